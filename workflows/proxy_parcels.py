"""原件与结果的寄递: one side sends and stays answerable until the other has acknowledged (X2).

Used by window and home office alike: originals go there, the result comes back. The parcel's own
procedure searches, claims and rebuilds; this module tells the other side and sends again.
"""

from __future__ import annotations

from collections.abc import Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb
    from contracts.parcels import NEW_WAYBILL, ParcelItem, ParcelNews, ParcelWord
    from contracts.tidings import Tidings
    from domain.attribution import Holder
    from domain.casework import Stage
    from domain.transports import ItemKind, Service
    from workflows.happenings import Arrived, Happening
    from workflows.home_case import HomeCase
    from workflows.leg_case import LegCase
    from workflows.parcel_in import CheckedIn, ParcelIn
    from workflows.parcels import is_news, parcel_news, send_parcel, tell_parcel

#: Reasons of the PROGRESS letters between window and home office.
SENT, TAKEN, NOT_COMING = "PARCEL_SENT", "PARCEL_TAKEN", "PARCEL_NOT_COMING"
LOST, FOUND = "PARCEL_LOST", "PARCEL_FOUND"
_FAILED = (ParcelNews.REBUILT, ParcelNews.RETURNED, ParcelNews.CALLED_OFF)


def letter_of(case: HomeCase | LegCase, verb: LetterVerb, **fields: object) -> Letter:
    """A letter to the other side of this matter, whichever side this is."""
    if isinstance(case, HomeCase):
        return case.to_leg(verb, **fields)
    return case.letter(verb, **fields)


class Sending:
    """One thing on its way to the other side, in as many parcels as it takes."""

    def __init__(self, case: HomeCase | LegCase, kind: str, item: ItemKind) -> None:
        self.case = case
        self.kind = kind
        self.item = item
        self.key = ""
        self.left = False  # the carrier has it
        self.announced = False  # the other side knows its waybill and will check it in
        self.acknowledged = False
        self.facts: dict[str, str] = {}  # of the letter that announces the parcel
        self.told_lost = False

    def open(self, to_office: str) -> None:
        """Put it on the packing clerk's list with the step that is being prepared."""
        self.to_office, self.left, self.announced = to_office, False, False
        self.told_lost = False
        self.key = send_parcel(
            self.case,
            kind=self.kind,
            service=Service.EMS,
            to_office=to_office,
            items=(ParcelItem(code=self.kind, kind=self.item),),
        )

    async def hand_over(self, to_office: str) -> dict[str, str]:
        """Wait until the carrier has it; the facts that announce it."""
        while True:
            self.open(to_office)
            news = await parcel_news(
                self.case, self.key, ParcelNews.HANDED_OVER, ParcelNews.CALLED_OFF
            )
            if news.code == ParcelNews.HANDED_OVER:
                self.left = self.announced = True
                self.facts = news.facts
                return news.facts

    async def heed(self, tidings: Tidings) -> None:
        """News of the parcel: announced when it has left, opened anew when it failed."""
        if not is_news(tidings, self.key):
            return
        if tidings.code == ParcelNews.HANDED_OVER:
            self.left, self.told_lost, self.facts = True, False, tidings.facts
            self.announced = await self._tell(NEW_WAYBILL if self.announced else SENT)
        elif tidings.code in _FAILED:
            self.case.desk.note("PARCEL_SENT_AGAIN", parcel=self.key)
            self.open(self.to_office)
        elif tidings.code == ParcelNews.LOST:
            self.case.desk.note("PARCEL_LOST", parcel=self.key)
            if self.announced and workflow.patched(f"loss-told-{self.key}"):
                # Nobody there can check in what is lost; what replaces it is announced anew.
                self.told_lost = await self._tell(LOST)
        elif tidings.code == ParcelNews.ARRIVED and self.told_lost:
            self.told_lost = False
            await self._tell(FOUND)

    async def _tell(self, reason: str) -> bool:
        """Where the parcel stands; whether the other side has taken the letter."""
        letter = letter_of(self.case, LetterVerb.PROGRESS, reason_code=reason, facts=self.facts)
        receipt = await self.case.mail.send(letter)
        return receipt.code is None

    def taken(self, letter: Letter) -> None:
        """The other side has checked seal and count: it is answerable from now on."""
        self.acknowledged = True
        self.case.desk.custodian = letter.from_office
        self.case.desk.note("PARCEL_ACKNOWLEDGED", parcel=self.key)
        tell_parcel(self.case.desk, self.key, ParcelWord.RECEIPT_BACK, letter.facts)

    async def settle(self) -> None:
        """At an early end: called off, or answered for until the other side has it."""
        desk = self.case.desk
        if self.acknowledged or not self.key:
            return
        if not self.left:
            tell_parcel(desk, self.key, ParcelWord.CALL_OFF)
            return
        if not self.announced:
            return
        while True:
            match await desk.next():
                case Arrived(letter=letter) if letter.reason_code == TAKEN:
                    self.taken(letter)
                    return
                case happening:
                    if is_failure(happening, self.key):
                        letter = letter_of(self.case, LetterVerb.PROGRESS, reason_code=NOT_COMING)
                        await self.case.mail.send(letter)
                        return


def is_failure(happening: Happening, key: str) -> bool:
    """Whether a parcel has ended without reaching the other side."""
    tidings = getattr(happening, "tidings", None)
    return tidings is not None and is_news(tidings, key, *_FAILED)


async def check_in(
    case: HomeCase | LegCase, announcing: Letter, other: Callable[[Happening], None]
) -> tuple[ParcelIn, CheckedIn] | None:
    """Check in what a letter announces, or what replaces it; None where nothing will come.

    The other side gets its receipt by letter. What else happens meanwhile goes to ``other``.
    """
    desk, replaced = case.desk, [announcing]

    def progress(happening: Happening) -> bool:
        if isinstance(happening, Arrived) and happening.letter.verb is LetterVerb.PROGRESS:
            replaced.append(happening.letter)
            return True
        other(happening)
        return False

    parcel: ParcelIn | None = None
    lost = False
    while (letter := replaced[-1]).reason_code != NOT_COMING:
        if letter.reason_code == LOST:
            lost = True
            desk.custodian = letter.from_office
            desk.move(Stage.TAKING_OVER, Holder.THEIRS, due=None, allows=frozenset())
            while not progress(await case.next()):
                pass
            continue
        if lost and parcel and letter.facts["parcel"] == parcel.parcel.parcel_key:
            parcel.renew(letter)  # it has turned up, or comes under another number
        else:
            desk.custodian = letter.from_office
            parcel = ParcelIn(case, letter, stage=Stage.TAKING_OVER)
            parcel.announce()
        lost = False
        checked = await parcel.check_in(progress)
        if checked is not None:
            parcel.sign()
            await case.mail.send(
                letter_of(case, LetterVerb.PROGRESS, reason_code=TAKEN, facts=checked.facts())
            )
            return parcel, checked
    return None
