"""What the question "who may, and where" is answered with: a route, or a refusal with its remedy.

Made by `catalog.scope.route`; read by filing, by the public pages and by the coverage of the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.listing_models import Mode
from domain.errors import DomainError


class Unroutable(StrEnum):
    """Why an item cannot be applied for as asked."""

    NOT_IN_FORCE = "NOT_IN_FORCE"  # not yet, or no longer, an item of the catalogue
    CANCELLED = "CANCELLED"  # 已取消
    NOT_LISTED = "NOT_LISTED"  # no list of this place names it
    MODE_NOT_OFFERED = "MODE_NOT_OFFERED"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"  # 服务对象不符
    EXCLUDED = "EXCLUDED"  # 负面清单
    SAME_PLACE = "SAME_PLACE"  # a window collects for another place only
    OUTSIDE_REACH = "OUTSIDE_REACH"  # beyond the border that the list draws
    LACKS_MEANS = "LACKS_MEANS"  # the organ has the power but not the means
    NO_OFFICE = "NO_OFFICE"  # the organ has no office in this locality's system
    NO_WINDOW = "NO_WINDOW"  # nobody collects where the applicant is

    @property
    def label(self) -> str:
        """The reason in a few words, as lists show it."""
        return _LABELS[self]


_LABELS = {
    Unroutable.NOT_IN_FORCE: "不在有效期内",
    Unroutable.CANCELLED: "已取消",
    Unroutable.NOT_LISTED: "本地区清单没有",
    Unroutable.MODE_NOT_OFFERED: "不提供该业务模式",
    Unroutable.WRONG_AUDIENCE: "服务对象不符",
    Unroutable.EXCLUDED: "列入负面清单",
    Unroutable.SAME_PLACE: "本地直接办理",
    Unroutable.OUTSIDE_REACH: "超出通办范围",
    Unroutable.LACKS_MEANS: "机构不具备办理条件",
    Unroutable.NO_OFFICE: "本地区系统内没有承办机构",
    Unroutable.NO_WINDOW: "申请人所在地没有代收窗口",
}


@dataclass(frozen=True, slots=True)
class Route:
    """Who receives and who decides an item in one mode, for one place.

    ``receives`` is the office that takes the application in (收件), ``competent`` the one that
    decides; both by code. Authority does not move with intake: ``competent`` is always an office of
    the organ that has the power for item, region and level. ``tracks`` is the locality's own office
    that follows the case where a higher level decides. ``service``: a company provides it, which is
    no authority and issues no decision. ``rerouted`` says for organs that lack a means for
    applicants from elsewhere which locality's organ takes their part. ``agreement`` names the
    agreement without which the case would be out of reach.
    """

    item: str
    mode: Mode
    locality: str
    applicant_locality: str
    receives: str
    competent: str
    organ: str
    level: str
    tracks: str | None = None
    service: bool = False
    own: tuple[str, ...] = ()
    rerouted: tuple[tuple[str, str], ...] = ()
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class NoRoute:
    """Why not, in one sentence, and what to do instead, in another.

    ``source`` is the document that says so, where one does.
    """

    item: str
    code: Unroutable
    reason: str
    remedy: str
    source: str | None = None

    def error(self) -> DomainError:
        """The refusal as an exception, for whoever has to stop."""
        return DomainError(self.code, f"{self.reason}{self.remedy}", item=self.item)
