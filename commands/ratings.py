"""``rate``, ``ratings``, ``rating`` and ``appeal``: 好差评 from the applicant to the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from commands.failure import wrong_input
from commands.register import FILING, LOOKING, WORKING, CaseArgument, command
from commands.session import Session

if TYPE_CHECKING:
    from enum import StrEnum

    from console.rating_desk import RatingDesk

    Code = TypeVar("Code", bound=StrEnum)

RatingArgument = Annotated[str, typer.Argument(metavar="评价编号", show_default=False)]
SecretOption = Annotated[str, typer.Option(help="收件凭证等凭证上的验证码", show_default=False)]
PhoneOption = Annotated[str, typer.Option(help="申请时留的联系电话", show_default=False)]
TailOption = Annotated[
    str, typer.Option(help="申请人身份证件号码后六位，与联系电话一起用", show_default=False)
]


@command("rate", panel=FILING)
async def rate(
    session: Session,
    case_no: CaseArgument,
    level: Annotated[
        str,
        typer.Option(
            help="VERY_SATISFIED、SATISFIED、BASIC、DISSATISFIED、VERY_DISSATISFIED",
            show_default=False,
        ),
    ],
    channel: Annotated[
        str, typer.Option(help="现场：WINDOW、TERMINAL、QR_CODE；线上：WEB、MOBILE、HOTLINE")
    ] = "WINDOW",
    occasion: Annotated[
        str | None,
        typer.Option(
            help="评哪一次到场：FILING、CORRECTION、REGISTRATION、DELIVERY；不写即最近一次"
        ),
    ] = None,
    words: Annotated[str, typer.Option(help="具体意见", show_default=False)] = "",
    consent: Annotated[
        bool, typer.Option("--consent", help="同意被评价机构知道是谁评的；不写即匿名")
    ] = False,
    secret: SecretOption = "",
    phone: PhoneOption = "",
    id_tail: TailOption = "",
) -> None:
    """申请人评价一次服务：现场一次一评、线上一事一评，不能修改；凭验证码，或电话加证件后六位。"""
    from activities.rating_filing import Offered
    from domain.ratings import Channel, Level, Occasion

    rating = await _desk(session, case_no).rate(
        Offered(
            case_no=case_no,
            level=_code(Level, level, "--level"),
            channel=_code(Channel, channel, "--channel"),
            occasion=_code(Occasion, occasion, "--occasion") if occasion else None,
            words=words,
            consent=consent,
        ),
        secret=secret,
        phone=phone,
        id_tail=id_tail,
        clerk=session.clerk,
    )
    told = {"rating_no": rating.rating_no, "occasion": rating.occasion, "level": rating.level}
    session.answer(told, lambda: _say(f"评价已记录，评价编号 {rating.rating_no}，感谢评价。"))


@command("ratings", panel=LOOKING)
async def ratings(
    session: Session,
    office: Annotated[
        str | None, typer.Option(help="机构代码，如 371002-GA-01", show_default=False)
    ] = None,
    low: Annotated[bool, typer.Option("--low", help="只列差评")] = False,
    limit: Annotated[int, typer.Option(help="最多列几项", min=1, max=10_000)] = 100,
) -> None:
    """列出评价，最近的在前；办件编号和意见只有主管督办员能看，评价人同意公开的本机构也能看。"""
    from console.service_lists import list_ratings

    found = await list_ratings(
        session.office(office or ""),
        _desk(session, office or ""),
        clerk=session.clerk,
        of=office,
        low=low,
        limit=limit,
    )
    session.answer(found, lambda: _draw_ratings(found))


@command("rating", panel=LOOKING)
async def rating(session: Session, rating_no: RatingArgument) -> None:
    """看一项评价：等级、整改和申诉；查看办件编号留痕。"""
    from console.service_lists import one_rating

    found = await one_rating(
        session.office(rating_no), _desk(session, rating_no), rating_no, clerk=session.clerk
    )
    session.answer(found, lambda: _draw_rating(found))


@command("appeal", panel=WORKING)
async def appeal(
    session: Session,
    rating_no: RatingArgument,
    ground: Annotated[
        str, typer.Option(help="MISTAKEN 误评，MALICIOUS 恶意差评", show_default=False)
    ],
    words: Annotated[str, typer.Option(help="申诉理由", show_default=False)],
    secret: SecretOption = "",
    phone: PhoneOption = "",
    id_tail: TailOption = "",
) -> None:
    """对差评提出申诉：被评价机构写 --as，评价人本人写验证码或电话加证件后六位；由督办员复核。"""
    from domain.ratings import Ground

    number = await _desk(session, rating_no).appeal(
        rating_no,
        _code(Ground, ground, "--ground"),
        words,
        clerk=session.clerk,
        secret=secret,
        phone=phone,
        id_tail=id_tail,
    )
    session.answer(
        {"rating_no": rating_no, "case_no": number},
        lambda: _say(f"申诉已受理，复核编号 {number}，由督办员复核后作出结论。"),
    )


def _desk(session: Session, hint: str) -> RatingDesk:
    from console.rating_desk import RatingDesk

    own = session.locality(hint)
    return RatingDesk(
        session.database(own),
        session.catalog,
        own.code,
        own.slip_secret.get_secret_value().encode(),
    )


def _code(codes: type[Code], given: str, option: str) -> Code:
    try:
        return codes(given.upper())
    except ValueError:
        known = "、".join(f"{one.value}（{getattr(one, 'label', one.value)}）" for one in codes)
        raise wrong_input(f"{option} 没有 {given}；请改为其中之一：{known}。") from None


def _say(text: str) -> None:
    from commands.screen import print_all

    print_all(text)


def _draw_ratings(found: list[dict[str, Any]]) -> None:
    from commands.screen import print_all, table

    print_all(
        table(
            f"评价（{len(found)}）",
            ("评价编号", "机构", "事项", "环节", "渠道", "等级", "评价于", "整改", "是否计入"),
            (_row(one) for one in found),
        )
    )


def _row(one: dict[str, Any]) -> tuple[object, ...]:
    from console.wording.labels import labelled
    from domain.casework import STAGE_LABELS
    from domain.ratings import Channel, Level, Occasion

    return (
        one["rating_no"],
        one["office"],
        one["matter_name"],
        Occasion(one["occasion"]).label,
        Channel(one["channel"]).label,
        Level(one["level"]).label,
        one["given_at"],
        labelled(STAGE_LABELS, one["rectification_stage"]),
        "申诉成立，不计入" if one["excluded"] else "计入",
    )


def _draw_rating(found: dict[str, Any]) -> None:
    from commands.screen import print_all, table
    from domain.ratings import Ground

    heads = ("评价编号", "机构", "事项", "环节", "渠道", "等级", "评价于", "整改", "是否计入")
    print_all(
        table(
            f"评价 {found['rating_no']}",
            ("项目", "内容"),
            (
                *zip(heads, _row(found), strict=True),
                ("整改编号", found["rectification"]),
                ("办件编号", found["case_no"]),
                ("意见", found["words"]),
                *(
                    ("申诉", f"{Ground(one['ground']).label}，复核编号 {one['case_no']}")
                    for one in found["appeals"]
                ),
            ),
        )
    )
