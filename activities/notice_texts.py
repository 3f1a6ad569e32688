"""The words of notices to applicants: each says what happened, what is asked and until when.

Called while a transition is written. Names and identity numbers are left out: a short message may
be read on a locked screen by somebody else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.joint_notice_texts import JOINT_FACTS, JOINT_TEXTS
from contracts.letters import ReceiptCode
from domain.refusals import refusal_words
from storage.calendar_tables import ClockLine
from storage.case_tables import Case
from storage.cases import family_of_case

#: Longest text the gateway takes, in characters.
MAX_CHARS = 500

TEXTS: dict[str, str] = {
    "RECEIVED": "您的{matter}申请已收件，办件编号{case_no}。5个工作日内告知是否受理，未告知即视为受理。",
    "ACCEPTED": "您的{matter}申请（{case_no}）已受理，审核结果将及时告知。",
    "DEEMED_ACCEPTED": "您的{matter}申请（{case_no}）依法自收件之日起视为受理。",
    "DUE_DATE_MOVED": "您的{matter}申请（{case_no}）：因节假日安排公布或调整，办理期限由{due_from}调整为{due_on}。",
    "CORRECTION": "您的{matter}申请（{case_no}）需补正以下全部内容，请一次补齐：{defects}",
    "MOVED_OUT": "您的户口已从迁出地注销并签发迁移证（{case_no}），请在期限内到迁入地派出所办理落户。",
    "ORIGIN_REFUSED": "迁出地不予迁出（{case_no}）：{reason_text}。{remedy}。",
    "PERSON_REFUSED": "随迁人员（第{person}人）迁出地不予迁出（{case_no}）：{reason_text}。{remedy}。其他人员继续办理。",
    "REISSUE_REFUSED": "迁出地不予补发户口迁移证（{case_no}），请联系迁入地派出所：原证有效的可凭证落户，也可申请恢复户口。",
    "PERMIT_EXPIRED": "准予迁入证明已过期（{case_no}），迁入地将告知您后续办理方式。",
    "WITHDRAWAL_TOO_LATE": "您的户口已注销，申请（{case_no}）不能撤回。您可继续落户，或向迁入地申请出具未落户证明后恢复户口。",
    "LANDING_DUE": "提醒：请尽快到迁入地派出所办理落户（{case_no}），迁移证过期须申请补发。",
    "CERTIFICATE_EXPIRED": "户口迁移证已过期（{case_no}），请联系迁入地派出所申请补发或说明不可抗力情形。",
    "CERTIFICATE_REISSUED": "户口迁移证已补发（{case_no}），原证作废，请在新证有效期内落户。",
    "RESTORED": "您在迁出地的户口已恢复（{case_no}），本次迁移终止。",
    "LANDED": "您的户口已落户（{case_no}），请按通知领取户口簿页。",
    "COMPLETED": "您的{matter}（{case_no}）已办结，欢迎评价。",
    "ENDED_NOT_ACCEPTED": "您的{matter}申请（{case_no}）不予受理：{reason_text}。{remedy}如不服，可在60日内申请行政复议或6个月内提起行政诉讼。",
    "ENDED_LAPSED": "您的{matter}申请（{case_no}）因逾期未补正已办结，材料齐全后可重新申请。",
    "ENDED_REFUSED": "您的{matter}申请（{case_no}）不予办理：{reason_text}。{what_to_do}如不服，可在60日内申请行政复议或6个月内提起行政诉讼。",
    "ENDED_ORIGIN_REFUSED": "您的{matter}申请（{case_no}）因迁出地不予迁出而终止：{reason_text}。{remedy}。如不服，可依法申请行政复议或提起行政诉讼。",
    "ENDED_WITHDRAWN": "您的{matter}申请（{case_no}）已撤回，各地登记均未变动，材料将退还。",
    "ENDED_RESTORED": "您的{matter}申请（{case_no}）已终止，迁出地户口已恢复。",
    "ENDED_PERMIT_EXPIRED": "您的{matter}申请（{case_no}）因准予迁入证明过期而终止，可重新申请。",
    "PEER_REFUSED": "您的{matter}（{case_no}），对方地区答复不予办理：{reason_text}。{remedy}。",
    "WAITING": "您的{matter}申请（{case_no}）须等另一件在办事项办结后继续，系统会自动接续，无需重新申请。",
    "PEER_DONE": "您的{matter}（{case_no}），对方地区已办结转出，本地正在办理接续。",
    "BOOKED": "您的{matter}（{case_no}）已完成接续登记。",
    "MONEY_WAITED_FOR": "您的{matter}（{case_no}），信息已收到，资金尚未到账，到账并核对一致后即为您接续。",
    "BALANCE_FOLLOWS": "您的{matter}（{case_no}）关系已接续，资金随后到账，到账后自动入账，无需再办手续。",
    "BALANCE_BOOKED": "您的{matter}（{case_no}），个人账户余额已到账并入账。",
    "BALANCE_PAID_OUT": "您的{matter}（{case_no}），个人账户余额已到账，按本地规定退还给您。",
    "MEDICAL_WAITING": "您的{matter}（{case_no}）已接续。参保中断超过规定时间，医保待遇等待期为{months}个月，详情请咨询经办机构。",
    "WITHDRAWAL_PAID": "您的{matter}（{case_no}）已准予提取，款项已由银行支付，请查收。",
    "ENDED_PEER_REFUSED": "您的{matter}申请（{case_no}）因对方地区不予办理而终止：{reason_text}。{remedy}。如不服，可依法申请行政复议或提起行政诉讼。",
    "VEHICLE_REGISTERED": "您的{matter}（{case_no}）已完成登记，原号牌、行驶证和登记证书作废，请按通知领取新号牌和证件。",
    "INSPECTION_OVERDUE": "您的{matter}（{case_no}），车辆没有在期限内到场查验，登记锁定将解除、发票将冲销，可重新申请。",
    "CARD_ACTIVATED": "您的{matter}（{case_no}）已办结，残疾人证号不变，在本地残联激活使用。",
    "REASSESSMENT": "您的{matter}（{case_no}），因残疾状况与原评定明显不同，需要重新评定，评定时间不计入办理时限。",
    "PEER_LATE": "您的{matter}（{case_no}），对方地区未在期限内办理，当地已启动督办，本地继续跟进，您无需再办手续。",
    "PEER_WAITS": "您的{matter}（{case_no}），对方地区须等您先处理一事：{reason_text}。{remedy}，处理后对方继续办理。",
    "OVERLAP_TO_CLEAR": "您的{matter}（{case_no}），两地有重复缴费月份。请告知保留哪一地的记录，另一地的个人账户部分退还本人，缴费年限只计一次。",
    "OVERLAP_CLEARED": "您的{matter}（{case_no}），重复缴费已清理，退还款项将按登记方式支付给您。",
    "ENDED_TEMPORARY_ACCOUNT": "您的{matter}申请（{case_no}）：您在本地首次参保时已达年龄界限且户籍不在本省，按规定不转关系。原参保地保留您的关系，本地为您建立临时基本养老保险缴费账户，将来由待遇领取地归集。如不服，可依法申请行政复议或提起行政诉讼。",
    "ENDED_LOST": "您的{matter}（{case_no}）因物品遗失无法继续办理，经办机构将与您联系补救。",
    "FILE_TAKEN_IN": "您的人事档案已由接收机构核对入库（{case_no}），转递回执已发出。本事项不收费。",
    "FILE_SENT_BACK": "您的人事档案因封签破损或缺少关键材料已退回原存档机构（{case_no}），处理后将重新转递，请勿自行取档。",
    "PARCEL_LOST": "您的{matter}（{case_no}）寄递途中遗失，正在查找并组织补办重建，进展将及时告知。",
    "ENDED_CAME_BACK": "您的{matter}申请（{case_no}）已终止：物料仍由原机构保管，可在备齐材料后重新申请。",
    "SUSPENDED_SPECIAL": "您的{matter}申请（{case_no}）依法需要{procedure}，预计需要{length}，所需时间不计入办理期限，完成后恢复计时。{reason_text}",
    "SUSPENDED": "您的{matter}申请（{case_no}）因{procedure}自今日起中止计时，事由消除后恢复计时。{reason_text}",
    "RESUMED": "您的{matter}申请（{case_no}）已恢复计时，继续办理。",
    "EXTENDED": "您的{matter}申请（{case_no}）经批准延长办理期限{length}。理由：{reason_text}",
    "EXTENSION_REVOKED": "您的{matter}申请（{case_no}）原批准的延期已撤销，按新的办结日期办理。理由：{reason_text}",
    "HEARING_RIGHT": "您的{matter}申请（{case_no}）：您依法有要求听证的权利，自被告知之日起{length}内可以提出，不收取费用；逾期未提出的，本机关继续办理。",
    "HEARING_SET": "您的{matter}申请（{case_no}）的听证定于{day}举行，地点和主持人见《听证通知书》，可以委托代理人，可以申请主持人回避。",
    "HEARING_OVER": "您的{matter}申请（{case_no}）的听证已经举行，本机关将根据听证笔录作出决定，办理期限继续计算。",
    "PEER_SUSPENDED_SPECIAL": "您的{matter}申请（{case_no}），对方地区办理机构依法需要{procedure}，预计需要{length}，所需时间不计入其办理期限。",
    "PEER_SUSPENDED": "您的{matter}申请（{case_no}），对方地区办理机构因{procedure}中止计时，事由消除后恢复。",
    "PEER_RESUMED": "您的{matter}申请（{case_no}），对方地区办理机构已恢复计时，继续办理。",
    "PEER_EXTENDED": "您的{matter}申请（{case_no}），对方地区办理机构经批准延长办理期限{length}。",
    "PEER_EXTENSION_REVOKED": "您的{matter}申请（{case_no}），对方地区办理机构已撤销原批准的延期。",
    "PROXY_COLLECTED": "您的{matter}材料已由代收窗口收件（{case_no}）。收件不是受理，是否受理由属地办理机关自收到材料之日起5个工作日内告知。",
    "PROXY_SHORTFALL": "您的{matter}材料（{case_no}）尚未收齐，请一次补齐：{defects}",
    "PROXY_CORRECTION": "属地办理机关要求补正您的{matter}材料（{case_no}）：{reason_text}。{remedy}，办件编号不变。",
    "PROXY_MADE": "您的{matter}（{case_no}）已由属地办理机关办结，证件到达窗口后即为您送达。",
    "PROXY_NOT_HANDED_OVER": "您的{matter}证件（{case_no}）本次未能送达，请与代收窗口联系领取；有旧证的请一并带来。",
    "PROXY_HELD": "您的{matter}证件（{case_no}）多次未能送达，已留存代收窗口待领，不重新制作。请在留存期内凭有效证件领取。",
    "PROXY_DELIVERED": "您的{matter}证件（{case_no}）已送达。",
    "PROXY_TOO_LATE": "您的{matter}证件（{case_no}）已经制作，申请不能撤回。",
    "ENDED_NOT_COLLECTED": "您的{matter}材料（{case_no}）未予代收，已退还：{reason_text}。{remedy}",
    "ENDED_UNCLAIMED": "您的{matter}证件（{case_no}）留存期满未领，已退回属地办理机关，请直接向其领取。",
    "GENERAL_STRAIGHT": "您的{matter}申请（{case_no}）经共享数据核验符合条件，已准予并出具结果文书，电子文书已送达。",
    "GENERAL_MADE": "您的{matter}申请（{case_no}）已准予，结果文书已制作，即为您送达。",
    "GENERAL_FEE": "您的{matter}申请（{case_no}）已作出准予决定，请在缴费期限内缴费{amount}元，缴费后出具结果文书。",
    "GENERAL_FEE_BACK": "您的{matter}申请（{case_no}）此前的准予决定尚未送达、已经撤回，所缴费用{amount}元将原路退还。",
    "GENERAL_FEE_RETURNED": "您的{matter}申请（{case_no}）未出具结果文书即已结束，所缴费用{amount}元将原路退还。",
    "GENERAL_REDONE": "您的{matter}申请（{case_no}）的结果文书须重新办理，此前通知的领取请勿前往，办好后另行通知。",
    "GENERAL_DEFERRED": "您的{matter}申请（{case_no}）已作出准予决定，请在承诺期限内补交容缺材料，补齐后出具结果文书，逾期不补将退件。",
    "GENERAL_STILL_MISSING": "您的{matter}申请（{case_no}）补交的容缺材料仍须补正以下内容：{defects}",
    "GENERAL_ORIGINALS": "您的{matter}申请（{case_no}）须核验纸质原件：{reason_text}。请在{length}内将原件交到您所在地（{place}）的政务服务大厅代收，办件编号和办理期限不变，无需到办理地。",
    "GENERAL_ORIGINALS_ON_THE_WAY": "您的{matter}申请（{case_no}）的原件正在寄送途中，暂不能撤回，原件到达后可以再次提出。",
    "ENDED_UNPAID": "您的{matter}申请（{case_no}）因逾期未缴费已终止，可以重新申请。",
    "ENDED_ITEM_REFUSED": "您的{matter}申请（{case_no}）不予办理：{reason_text}。{what_to_do}如不服，可在60日内申请行政复议或6个月内提起行政诉讼。",
    "ENDED_REVOKED": "您的{matter}（{case_no}）：{reason_text}。{what_to_do}如不服，可在60日内申请行政复议或6个月内提起行政诉讼。",
    **JOINT_TEXTS,
    "RATING_HANDLED": "您对政务服务的评价已核实处理（处理编号{case_no}），感谢监督；对处理结果有意见的，可拨打12345反映。",
    "ENDED_DECEASED": "{matter}申请（{case_no}）已终止办理。",
}


def due_date_moved(matter: str, case_no: str, due_from: date | None, due_on: date | None) -> str:
    """What an applicant reads when another calendar has moved a limit."""
    return TEXTS["DUE_DATE_MOVED"].format(
        matter=matter, case_no=case_no, due_from=due_from or "", due_on=due_on or ""
    )


async def word_notice(
    connection: AsyncConnection,
    case_no: str,
    template: str,
    facts: dict[str, str],
    body: dict[str, Any],
) -> tuple[str, str | None]:
    """The text of a notice and the phone it goes to (None: no phone was given)."""
    case = (
        await connection.execute(
            select(Case.matter_name, Case.phone, family_of_case()).where(Case.case_no == case_no)
        )
    ).one()
    due_from, due_on = await _moved(connection, case_no, facts.get("clock", ""))
    reason_text, remedy = _reason(case.family, facts.get("reason", ""), body)
    text = TEXTS[template].format(
        matter=case.matter_name,
        case_no=case_no,
        defects="；".join(str(item) for item in body.get("defects", ())),
        reason_text=reason_text,
        remedy=f"{remedy}（户口现在地区{facts['place']}）" if facts.get("place") else remedy,
        what_to_do=f"{remedy.rstrip('。')}。" if remedy else "",
        person=facts.get("person", ""),
        months=facts.get("months", ""),
        amount=facts.get("amount", ""),
        place=facts.get("place", ""),
        procedure=facts.get("procedure", ""),
        length=facts.get("length", ""),
        day=facts.get("day", ""),
        due_from=due_from,
        due_on=due_on,
        **{name: facts.get(name, "") for name in JOINT_FACTS},
    )
    if len(text) > MAX_CHARS:
        text = text[: MAX_CHARS - 20] + "……（全文见补正告知书）"
    return text, case.phone


async def _moved(connection: AsyncConnection, case_no: str, clock: str) -> tuple[str, str]:
    """From which day to which another calendar has moved a limit last; nothing without a limit."""
    if not clock:
        return "", ""
    line = (
        await connection.execute(
            select(ClockLine.due_from, ClockLine.due_to)
            .where(
                ClockLine.case_no == case_no,
                ClockLine.kind == clock,
                ClockLine.entry.is_not(None),
                ClockLine.due_from != ClockLine.due_to,
            )
            .order_by(ClockLine.id.desc())
            .limit(1)
        )
    ).one()
    return f"{line.due_from:%Y-%m-%d}", f"{line.due_to:%Y-%m-%d}"


def _reason(family: str, code: str, body: dict[str, Any]) -> tuple[str, str]:
    words = refusal_words(family, code)
    if words is not None:
        return words
    if code in set(ReceiptCode):
        return "对方地区未接收来函", "请经办机构核对后再次发函"
    return str(body.get("reason", "详见书面告知")), str(body.get("remedy", ""))
