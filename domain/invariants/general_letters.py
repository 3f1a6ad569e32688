"""G3 and G8: a letter arrives once and unchanged, a command works once, no look without a reason.

Sources: docs/rules.md A0 rule 5, D; 政务数据共享条例 (purpose and case of every query).
"""

from __future__ import annotations

from collections import Counter

from domain.invariants.facts import Case, Found, Violation
from domain.invariants.papers import Access, Letter
from domain.invariants.registers import Registers

#: Kinds of work that begin after the origin has compared with its population register.
_AFTER_COMPARISON = frozenset({"DISCREPANCY", "PHONE_CONFIRMATION", "CANCELLATION"})


def nothing_has_two_effects(registers: Registers) -> Found:
    """G3: letters arrive once with digest and receipt the same; each command at most one effect."""
    for (direction, number), found in registers.letters_by_number.items():
        if direction == "OUT":
            for letter in found:
                yield from _arrived(registers, letter)
        else:
            yield from _came_from(registers, found)
        if len(found) > 1:
            yield _about(registers, found[-1], "G3", f"函号 {number} 在多地重复登记；请核对。")
    yield from _receipt_chains(registers)
    for case in registers.cases:
        yield from _causes(registers, case)


def every_look_has_case_and_purpose(registers: Registers) -> Found:
    """G8: peers read under a letter's grant, registers are asked for a case and a purpose."""
    known = {(case.locality, case.case_no): case for case in registers.cases}
    for access in registers.accesses:
        case = known.get((access.locality, access.case_no))
        if case is None or not access.purpose or not access.actor:
            yield Violation(
                "G8",
                access.locality,
                access.case_no or None,
                f"有一次 {access.what} 查阅没有办件、查阅人或用途；请核对查阅记录。",
            )
        elif access.actor.startswith("peer:") and not _granted(case, access):
            yield case.broken(
                "G8", f"{access.actor} 查阅 {access.what}，没有发给该地区且附此文书的函件。"
            )
    for case in registers.cases:
        yield from _unlogged(registers, case)


def _arrived(registers: Registers, letter: Letter) -> Found:
    if not letter.intact:
        yield _about(registers, letter, "G3", f"函件 {letter.number} 的内容与登记的摘要不符。")
    if letter.receipt is None or letter.peer not in registers.localities:
        return
    there = registers.letters_by_number.get(("IN", letter.number), [])
    twin = next((one for one in there if one.locality == letter.peer), None)
    if twin is None:
        text = f"函件 {letter.number} 有回执，对方 {letter.peer} 却没有收件登记；请核对。"
    elif twin.digest != letter.digest:
        text = f"函件 {letter.number} 在两地的摘要不同；请核对是否同号异文。"
    elif twin.receipt != letter.receipt:
        text = f"函件 {letter.number} 的回执与对方 {letter.peer} 登记的不一致；请核对。"
    else:
        return
    yield _about(registers, letter, "G3", text)


def _came_from(registers: Registers, found: list[Letter]) -> Found:
    for letter in found:
        if not letter.intact:
            yield _about(registers, letter, "G3", f"来函 {letter.number} 的内容与登记的摘要不符。")
        if letter.peer not in registers.localities:
            continue
        sent = registers.letters_by_number.get(("OUT", letter.number), [])
        if not any(one.locality == letter.peer for one in sent):
            yield _about(
                registers, letter, "G3", f"来函 {letter.number} 在 {letter.peer} 没有发函登记。"
            )


def _receipt_chains(registers: Registers) -> Found:
    """The receipts a counter gave for one case hang together in one chain."""
    chains: dict[tuple[str, str], list[Letter]] = {}
    for letter in registers.letters:
        if letter.direction == "IN" and letter.receipt is not None:
            chains.setdefault((letter.locality, letter.home_case_no), []).append(letter)
    for letters in chains.values():
        values = {letter.receipt.chain for letter in letters if letter.receipt}
        before = Counter(letter.receipt.previous for letter in letters if letter.receipt)
        for letter in letters:
            receipt = letter.receipt
            if receipt is None:
                continue
            linked = not receipt.previous or receipt.previous in values
            if not receipt.verifies or receipt.letter_digest != letter.digest:
                text = f"函件 {letter.number} 的回执不能验证；请核对是否被改动。"
            elif not linked or before[receipt.previous] > 1:
                text = f"函件 {letter.number} 的回执没有接在上一份回执之后；请核对。"
            else:
                continue
            yield _about(registers, letter, "G3", text)


def _causes(registers: Registers, case: Case) -> Found:
    counts = Counter(
        cause
        for transition in case.transitions
        for cause in transition.causes
        if not cause.startswith("clock:")
    )
    commands = {command.command_id: command for command in case.commands}
    letters = {letter.number: letter for letter in case.letters if letter.direction == "IN"}
    for cause, count in counts.items():
        # News from within the house: a line of the bank, a courier's word, another case.
        news = ":" in cause
        kind = "指令" if cause.startswith("c-") else "消息" if news else "来函"
        if count > 1:
            yield case.broken("G3", f"{kind} {cause} 被处理{count}次，应只有一次效力；请核对。")
        if news:
            continue
        if cause.startswith("c-"):
            command = commands.get(cause)
            if command is None or command.status == "REJECTED":
                yield case.broken("G3", f"指令 {cause} 未受理或不在本件，却产生了效力；请核对。")
        else:
            letter = letters.get(cause)
            refused = (
                letter is not None
                and letter.receipt is not None
                and (letter.receipt.status != "ACCEPTED")
            )
            if letter is None or refused:
                yield case.broken("G3", f"来函 {cause} 未收下或不在本件，却产生了效力；请核对。")
    for command in case.commands:
        if command.status == "DONE" and command.command_id not in counts:
            yield case.broken("G3", f"指令 {command.command_id} 已答复办理，却没有效力；请核对。")


def _granted(case: Case, access: Access) -> bool:
    peer, type_ = access.actor.removeprefix("peer:"), access.what.removeprefix("document:")
    return any(
        letter.direction == "OUT"
        and letter.peer == peer
        and letter.verb == access.purpose
        and type_ in letter.manifest
        and (letter.grant_until is None or access.at <= letter.grant_until)
        for letter in case.letters
    )


def _unlogged(registers: Registers, case: Case) -> Found:
    looked = registers.looks.get((case.locality, case.case_no), set())
    compared = any(task.kind in _AFTER_COMPARISON for task in case.tasks)
    if compared and "population.look_up" not in looked:
        yield case.broken("G8", "已与人口库核对，却没有查询记录；请核对查阅登记。")
    if case.acts_of("EXAMINED") and not any(what.startswith("register.") for what in looked):
        yield case.broken("G8", "已核对业务系统的登记，却没有查询记录；请核对查阅登记。")
    for document in case.documents:
        if document.source == "SHARED":
            asked = f"verify.{document.type.removeprefix('SHARED_')}"
            if asked not in looked:
                yield case.broken("G8", f"共享材料 {document.type} 没有对应的查询记录；请核对。")
        elif document.source.startswith("PEER:"):
            yield from _unlogged_pull(registers, case, document.source, document.type)


def _unlogged_pull(registers: Registers, case: Case, source: str, type_: str) -> Found:
    """What came from a peer was read at the peer, and the peer has written that down."""
    sent = registers.letters_by_number.get(("OUT", source.removeprefix("PEER:")), [])
    for letter in sent:
        read = (letter.locality, f"peer:{case.locality}", f"document:{type_}") in registers.pulls
        if not read:
            yield case.broken(
                "G8", f"凭函 {letter.number} 调取的 {type_} 在 {letter.locality} 没有查阅记录。"
            )


def _about(registers: Registers, letter: Letter, invariant: str, text: str) -> Violation:
    return Violation(invariant, letter.locality, letter.case_no, text)
