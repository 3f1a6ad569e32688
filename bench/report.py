"""Prints the hukou benchmark: real and skeleton side by side, what is alike and what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.rounds import Load, Round

TARGET = 0.8
#: Events of which the skeleton must have as many as the real case.
_SAME = (
    "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
    "LOCAL_ACTIVITY",
    "ACTIVITY_TASK_SCHEDULED",
    "NEXUS_OPERATION_SCHEDULED",
    "TIMER_STARTED",
    "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
)
_ALIKE = (
    "Temporal 服务、PostgreSQL（落盘）、模拟器、工作台、两地两个工作进程及其选项（无沙箱）",
    "载荷转换与加密；人的命令先入库再以 Update 提交，Update 均有校验器",
    "本地活动用同一个登记活动写同样种类和行数的表；归档、调取文书、人口库各活动及其 HTTP 调用相同",
    "公函经同样的 Nexus 操作往来；期限计时器、检索属性更新的次数相同；通知由同样的发件箱发送",
)
_UNLIKE = (
    "骨架的流程是固定的一条直线：无规则、无分支、无督办、无时限暂停与延长、无撤回与补正",
    "骨架的校验器只看待办是否存在；不画办件卡片；写入内容固定，行为 SYSTEM 或经办人",
    "骨架的收信台只写一行并回执：不查重、不核对证件、不串联回执",
)


def show(played: Mapping[tuple[str, str], list[Round]], loads: list[Load]) -> None:
    """Medians of the rounds; ratio is real over skeleton."""
    console = Console(width=118)
    table = Table(title="户口迁移（工作调动，一人，常规路径，两地联办）：实际流程与裸骨架")
    table.add_column("每件（除注明外）")
    for load in loads:
        for name in ("实际", "骨架", "比"):
            table.add_column(f"{load.name} {name}", justify="right")
    for label, digits, figure in _FIGURES:
        cells = [label]
        for load in loads:
            real, bare = (
                median(figure(item) for item in played[load.name, kind])
                for kind in ("real", "skeleton")
            )
            ratio = f"{real / bare:.2f}" if bare else "—"
            cells += [f"{real:.{digits}f}", f"{bare:.{digits}f}", ratio]
        table.add_row(*cells)
    console.print(table)
    for load in loads:
        console.print(
            f"{load.name}：{load.cases} 件同时未办结，{load.at_once} 人办理，"
            f"每个工作进程缓存 {load.cached} 件；{len(played[load.name, 'real'])} 轮取中位数"
        )
    _sentences(console, "两者相同：", _ALIKE)
    _sentences(console, "两者不同：", _UNLIKE)
    for load in loads:
        reached = _ratio(played, load)
        word = "达到" if reached >= TARGET else "未达到"
        console.print(f"{load.name}：实际的速度是骨架的 {reached:.2f}，{word}目标 {TARGET}")
    first = loads[0].name
    for difference in differences(played[first, "real"][0], played[first, "skeleton"][0]):
        console.print(f"骨架与实际流程不再一致，请更新 bench/skeleton.py：{difference}")


def _ratio(played: Mapping[tuple[str, str], list[Round]], load: Load) -> float:
    real, bare = (
        median(_rate(item) for item in played[load.name, kind]) for kind in ("real", "skeleton")
    )
    return real / bare


def differences(real: Round, bare: Round) -> list[str]:
    """Where the skeleton does not write or send what the real procedure does, per case."""
    return [
        f"{name} {here:g}，骨架 {there:g}"
        for name, here, there in (
            *((table, real.rows[table], bare.rows[table]) for table in real.rows),
            *((kind, real.history.get(kind, 0), bare.history.get(kind, 0)) for kind in _SAME),
        )
        if here != there
    ]


def _sentences(console: Console, head: str, sentences: tuple[str, ...]) -> None:
    console.print(head)
    for sentence in sentences:
        console.print(f"  · {sentence}")


def _rate(item: Round) -> float:
    return item.load.cases / item.played.seconds


def _refused(item: Round) -> float:
    return item.played.refused / item.load.cases * 100


def _unanswered(item: Round) -> float:
    return item.played.unanswered / item.load.cases * 100


def _latency(part: float, *, quiet: bool) -> Callable[[Round], float]:
    def figure(item: Round) -> float:
        taken = sorted((item.quiet if quiet else item.played).latencies)
        return taken[min(int(len(taken) * part), len(taken) - 1)] * 1000 if taken else 0.0

    return figure


def _events(*kinds: str) -> Callable[[Round], float]:
    return lambda item: sum(item.history.get(kind, 0.0) for kind in kinds)


def _cpu(*groups: str) -> Callable[[Round], float]:
    return lambda item: sum(item.cpu[group] for group in groups) * 1000


_FIGURES: tuple[tuple[str, int, Callable[[Round], float]], ...] = (
    ("件/秒", 2, _rate),
    ("下一待办可见 p50，毫秒（满负荷）", 0, _latency(0.5, quiet=False)),
    ("下一待办可见 p95，毫秒（满负荷）", 0, _latency(0.95, quiet=False)),
    ("下一待办可见 p50，毫秒（一人单独）", 0, _latency(0.5, quiet=True)),
    ("下一待办可见 p95，毫秒（一人单独）", 0, _latency(0.95, quiet=True)),
    ("可见却被拒、重试的决定，每百件", 1, _refused),
    ("十秒未答、重发的决定，每百件", 1, _unanswered),
    ("历史事件", 0, _events("events")),
    ("历史字节，千", 1, lambda item: item.history["bytes"] / 1000),
    ("流程任务", 0, _events("WORKFLOW_TASK_COMPLETED")),
    ("流程任务超时或失败", 2, _events("WORKFLOW_TASK_TIMED_OUT", "WORKFLOW_TASK_FAILED")),
    ("本地活动", 0, _events("LOCAL_ACTIVITY")),
    ("普通活动", 0, _events("ACTIVITY_TASK_SCHEDULED")),
    ("Nexus 操作", 0, _events("NEXUS_OPERATION_SCHEDULED")),
    ("Update", 0, _events("WORKFLOW_EXECUTION_UPDATE_ACCEPTED")),
    ("期限计时器", 0, _events("TIMER_STARTED")),
    ("检索属性更新", 0, _events("UPSERT_WORKFLOW_SEARCH_ATTRIBUTES")),
    ("CPU 毫秒：工作进程", 0, _cpu("worker")),
    ("CPU 毫秒：Temporal 服务", 0, _cpu("server")),
    ("CPU 毫秒：数据库", 0, _cpu("database")),
    ("CPU 毫秒：工作台与模拟器", 0, _cpu("others")),
    ("CPU 毫秒：合计", 0, _cpu("worker", "server", "database", "others")),
)
