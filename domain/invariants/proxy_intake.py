"""X1 to X3 over proxied matters: who decides, where originals are, which document is valid.

Sources: docs/rules.md D (代收代办) and A11. The parcels of originals are judged by `custody`; here
stands what the two cases themselves say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.casework import ActCode, Ending
from domain.invariants.facts import Violation
from domain.invariants.transfers import Transfer, TransferWorld
from domain.schemes.proxy_documents import ACT_LABELS, ProxyAct, ProxyBreach, Seat, breaches, may

FAMILY = "PROXY_INTAKE"
_ACTS: Mapping[str, ProxyAct] = {
    ActCode.COLLECTED: ProxyAct.COLLECT,
    ActCode.OLD_COLLECTED: ProxyAct.COLLECT_OLD,
    ActCode.DELIVERED: ProxyAct.DELIVER,
    ActCode.HELD: ProxyAct.HOLD,
    ActCode.ACCEPTED: ProxyAct.ACCEPT,
    ActCode.DEEMED_ACCEPTED: ProxyAct.ACCEPT,
    ActCode.NOT_ACCEPTED: ProxyAct.NOT_ACCEPT,
    ActCode.CORRECTION_NOTICE: ProxyAct.ASK_CORRECTION,
    ActCode.REDIRECTED: ProxyAct.REDIRECT,
    ActCode.GRANTED: ProxyAct.DECIDE,
    ActCode.NOT_GRANTED: ProxyAct.DECIDE,
    ActCode.SERVED: ProxyAct.DECIDE,
    ActCode.MADE: ProxyAct.MAKE,
    ActCode.NEW_IN_FORCE: ProxyAct.VOID_OLD,
}
#: Endings of the home office's leg after which nothing of the person may stay there.
_GIVES_BACK = frozenset(
    {
        *(Ending.NOT_ACCEPTED, Ending.REFUSED, Ending.LAPSED, Ending.UNPAID),
        *(Ending.WITHDRAWN, Ending.PEER_REFUSED),
    }
)


def the_window_only_collects(world: TransferWorld) -> Iterator[Violation]:
    """X1: what is reserved to the home office never stands in the window's case."""
    for window in world.of(FAMILY, "HOME"):
        for act in window.acts:
            proxied = _ACTS.get(act.code)
            if proxied is not None and not may(Seat.WINDOW, proxied):
                yield window.broken(
                    "X1", f"代收窗口作出了“{ACT_LABELS[proxied]}”，应由属地机关作出"
                )
    for leg in world.of(FAMILY, "LEG"):
        accepted = leg.did(ActCode.ACCEPTED, ActCode.DEEMED_ACCEPTED)
        if leg.did(ActCode.GRANTED, ActCode.NOT_GRANTED) and not accepted:
            yield leg.broken("X1", "属地机关没有受理就作出了决定")
        if leg.did(ActCode.MADE) and not leg.did(ActCode.GRANTED, ActCode.SERVED):
            yield leg.broken("X1", "没有准予签发的决定就制作了证件")


def originals_have_a_custodian(world: TransferWorld) -> Iterator[Violation]:
    """X2: the home office has what it acknowledged, and gives it back where nothing is made."""
    for leg in world.of(FAMILY, "LEG"):
        taken = leg.did(ActCode.ORIGINALS_TAKEN)
        returned = leg.did(ActCode.ORIGINALS_RETURNED)
        if returned and not taken:
            yield leg.broken("X2", "退还了没有接收过的原件")
        if taken and not returned and leg.ending in _GIVES_BACK:
            yield leg.broken("X2", "未予签发而办结，接收的原件没有退还")
        window = _window_of(world, leg)
        if taken and window is not None and not window.did(ActCode.ORIGINALS_SENT):
            yield leg.broken("X2", "属地机关接收了窗口没有寄出的原件")
    for window in world.of(FAMILY, "HOME"):
        if window.did(ActCode.ORIGINALS_SENT) and not window.did(ActCode.COLLECTED):
            yield window.broken("X2", "没有收件就寄出了原件")


def the_old_document_goes_first(world: TransferWorld) -> Iterator[Violation]:
    """X3: collected before the new one is handed over, valid once; and no second printing (G2)."""
    for window in world.of(FAMILY, "HOME"):
        legs = [one for one in world.of(FAMILY, "LEG") if one.home_case_no == window.case_no]
        acts = _in_order((window, Seat.WINDOW), *((leg, Seat.HOME) for leg in legs))
        old = any(act.facts.get("old") == "yes" for leg in legs for act in leg.did(ActCode.MADE))
        found = breaches(acts, holds_old=old)
        if ProxyBreach.OLD_AND_NEW_VALID in found:
            yield window.broken("X3", "旧证没有收回就交付了新证")
        if ProxyBreach.MADE_TWICE in found:
            yield window.broken("X3", "同一申请制作了两次证件")
        for leg in legs:
            if leg.did(ActCode.NEW_IN_FORCE) and not window.did(ActCode.DELIVERED):
                yield leg.broken("X3", "证件没有送达就启用了")


def _in_order(*sides: tuple[Transfer, Seat]) -> list[tuple[Seat, ProxyAct]]:
    """The acts of both seats by the time at which they were done."""
    done = [
        (act.at, seat, _ACTS[act.code])
        for one, seat in sides
        for act in one.acts
        if act.code in _ACTS
    ]
    return [(seat, act) for _, seat, act in sorted(done, key=lambda item: item[0])]


def _window_of(world: TransferWorld, leg: Transfer) -> Transfer | None:
    for one in world.of(FAMILY, "HOME"):
        if one.case_no == leg.home_case_no:
            return one
    return None
