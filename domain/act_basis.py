"""What a legal act rests on: the article of its own, or what its family of procedures rests on.

Offered by `domain.casework`.
"""

from __future__ import annotations

from domain.acts import ActCode

ACT_BASIS: dict[ActCode, str] = {
    ActCode.RECEIVED: "行政许可法第32条（参照）",
    ActCode.CORRECTION_NOTICE: "行政许可法第32条第1款第4项（参照）",
    ActCode.ACCEPTED: "行政许可法第32条第1款第5项（参照）",
    ActCode.DEEMED_ACCEPTED: "行政许可法第32条第1款第4项（参照）",
    ActCode.NOT_ACCEPTED: "行政许可法第32条（参照）",
    **dict.fromkeys(
        (
            ActCode.SEALED,
            ActCode.HANDED_OVER,
            ActCode.SEAL_CHECKED,
            ActCode.COUNTED,
            ActCode.SENT_BACK,
            ActCode.TAKEN_BACK,
            ActCode.CALLED_OFF,
            ActCode.LOST,
            ActCode.CLAIMED,
            ActCode.REBUILT,
            ActCode.SIGNED_FOR,
            ActCode.SENT_AGAIN,
            ActCode.MISSING_TOLD,
        ),
        "物料交接与寄递约定（docs/rules.md A8、A11）",
    ),
    ActCode.COLLECTED: "国办发〔2020〕35号（异地代收代办）",
    ActCode.REDIRECTED: "行政许可法第32条第1款第2项",
    ActCode.GRANTED: "行政许可法第38条第1款",
    ActCode.NOT_GRANTED: "行政许可法第38条第2款",
    ActCode.MADE: "行政许可法第44条",
    ActCode.HEARING_TOLD: "行政许可法第47条第1款",
    ActCode.HEARING_ANNOUNCED: "行政许可法第46条、第48条第1款第1项",
    ActCode.HEARING_NOTICED: "行政许可法第48条第1款第1项",
    ActCode.HEARING_HELD: "行政许可法第48条第1款第5项",
    ActCode.DIFFERENCE_SETTLED: "docs/rules.md D P1、P6",
    ActCode.DIFFERENCE_EXPLAINED: "docs/rules.md D P1、P6",
    ActCode.CALENDAR_SEEN_TO: "docs/rules.md B2",
    ActCode.CALENDAR_EXPLAINED: "docs/rules.md B2",
    ActCode.MONEY_ASSIGNED: "docs/rules.md A0 规则2",
    **dict.fromkeys(
        (
            ActCode.RATER_CALLED,
            ActCode.RATING_VERIFIED,
            ActCode.RECTIFIED,
            ActCode.RATER_INFORMED,
            ActCode.RECTIFICATION_CONFIRMED,
            ActCode.RATING_PUBLISHED,
            ActCode.RATING_EXCLUDED,
            ActCode.APPEAL_UPHELD,
            ActCode.APPEAL_REJECTED,
        ),
        "国办发〔2019〕51号（政务服务“好差评”）",
    ),
    ActCode.PART_PROMISED: "国办发〔2020〕42号（告知承诺）",
    **dict.fromkeys(
        (
            ActCode.TICKET_DISPATCHED,
            ActCode.TICKET_SIGNED,
            ActCode.TICKET_NOT_OURS,
            ActCode.TICKET_RETURNED,
            ActCode.TICKET_REPLIED,
            ActCode.TICKET_CALLED_BACK,
            ActCode.TICKET_CLOSED,
            ActCode.TICKET_WITHDRAWN,
        ),
        "国办发〔2020〕53号（12345政务服务便民热线）",
    ),
    ActCode.AUTO_CHECKED: "国务院令第716号（在线政务服务）第7条",
    ActCode.PROMISE_ACCEPTED: "国办发〔2020〕42号（告知承诺）",
    ActCode.PROMISE_KEPT: "国办发〔2020〕42号（告知承诺）",
    ActCode.PROMISE_FALSE: "国办发〔2020〕42号（告知承诺）",
    ActCode.DEFERRAL_ACCEPTED: "国发〔2022〕5号（容缺受理）",
    ActCode.DEFERRED_SUPPLIED: "国发〔2022〕5号（容缺受理）",
    ActCode.ITEM_REVIEWED: "行政许可法第34条（参照）",
    ActCode.ITEM_GRANTED: "行政许可法第38条第1款（参照）",
    ActCode.ITEM_REFUSED: "行政许可法第38条第2款（参照）",
    ActCode.SERVED: "服务事项清单",
    ActCode.RESULT_MADE: "行政许可法第44条（参照）",
    ActCode.MODE_CHANGED: "国办发〔2020〕35号（收受分离）",
    ActCode.ORIGINALS_VERIFIED: "国办发〔2020〕35号（收受分离）",
    ActCode.RESULT_REVOKED: "行政许可法第69条（参照）",
}
_HUKOU = "HUKOU_MIGRATION"
_HUKOU_BASIS: dict[ActCode, str] = {
    ActCode.CANCELLED: "户口登记条例第10条",
    ActCode.CERTIFICATE_ISSUED: "户口登记条例第10条",
    ActCode.LANDED: "户口登记条例第13条",
    ActCode.DEATH_RECORDED: "户口登记条例第8条",
}
#: What the acts of a family rest on that have no article of their own (docs/rules.md A1-A11, B4).
FAMILY_BASIS: dict[str, str] = {
    _HUKOU: "户口登记条例；户口迁移跨省通办工作规范",
    "PENSION": "国办发〔2009〕66号；人社部发〔2009〕187号",
    "RESIDENT_PENSION": "国发〔2014〕8号；人社部发〔2019〕84号",
    "PENSION_BRIDGE": "人社部发〔2014〕17号",
    "CIVIL_PENSION": "人社部规〔2017〕1号",
    "ANNUITY": "国办发〔2015〕18号；人社部规〔2017〕1号",
    "UNEMPLOYMENT": "失业保险条例第22条",
    "MEDICAL": "医保办发〔2021〕43号",
    "HOUSING_FUND": "住房公积金管理条例第13条",
    "PURCHASE_WITHDRAWAL": "住房公积金管理条例第24条、第25条",
    "PERSONNEL_FILE": "人社部发〔2021〕112号",
    "VEHICLE": "公安部令第164号",
    "DISABILITY_CARD": "残疾人证管理办法",
    "PROXY_INTAKE": "国办发〔2020〕35号（异地代收代办）",
    "GENERAL_ONLINE": "国办发〔2020〕35号（全程网办）",
    "RECONCILIATION": "docs/rules.md D P1、P6",
    "CALENDAR": "docs/rules.md B2",
    "RATING": "国办发〔2019〕51号（政务服务“好差评”）",
    "RATING_APPEAL": "国办发〔2019〕51号（政务服务“好差评”）",
    "GENERAL_JOINT": "国办发〔2020〕35号（多地联办）",
    "SCENARIO": "鲁政办发〔2021〕7号（“双全双百”一链办理）",
    "HOTLINE": "国办发〔2020〕53号（12345政务服务便民热线）",
}


def basis_of(code: ActCode, family: str) -> str:
    """The legal basis on which an office of that family does this act; KeyError: no such family."""
    own = _HUKOU_BASIS.get(code) if family == _HUKOU else None
    return own or ACT_BASIS.get(code) or FAMILY_BASIS[family]
