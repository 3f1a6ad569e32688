"""What the closed sets of the catalogue are called in Chinese; commands and pages show these."""

from __future__ import annotations

from catalog.listing_models import Audience, Mode, OrganKind, Place, PowerKind, SceneRole
from catalog.models import Evidence, Level
from contracts.families import MODE_LABELS

MODES: dict[str, str] = {mode.value: MODE_LABELS[mode.value] for mode in Mode}

AUDIENCES: dict[str, str] = {
    Audience.PERSON: "个人",
    Audience.ENTERPRISE: "企业和其他组织",
}

#: GB/T 39046-2020 A.1
ITEM_TYPES: dict[str, str] = {
    "01": "行政许可",
    "02": "行政处罚",
    "03": "行政强制",
    "04": "行政征收",
    "05": "行政给付",
    "06": "行政检查",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
}

LEVELS: dict[str, str] = {
    Level.NATION: "国家级",
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWN: "乡镇级",
}

REACHES: dict[str, str] = {
    "CROSS_PROVINCE": "跨省通办",
    "PROVINCE_WIDE": "全省通办",
    "LIFE_CYCLE": "双全双百",
}

POWERS: dict[str, str] = {
    PowerKind.OWN: "本级职能",
    PowerKind.CITY: "市级职能",
    PowerKind.PROVINCE: "省级职能",
    PowerKind.VERTICAL: "垂直管理",
    PowerKind.COMPANY: "企业提供的服务",
    PowerKind.DELEGATED: "已下放",
    PowerKind.CANCELLED: "已取消",
    PowerKind.CAPABILITY: "有权但不具备办理条件",
}

ORGANS: dict[str, str] = {
    OrganKind.GOVERNMENT: "政府部门",
    OrganKind.VERTICAL: "垂直管理部门",
    OrganKind.INSTITUTION: "事业单位",
    OrganKind.MASS_ORGANISATION: "群团组织",
    OrganKind.COURT: "法院",
    OrganKind.ASSOCIATION: "社会团体",
    OrganKind.COMPANY: "企业",
}

PLACES: dict[str, str] = {
    Place.ANYWHERE: "任何地方",
    Place.ONLINE: "网上",
    Place.DESTINATION: "转入地",
    Place.ORIGIN: "转出地",
    Place.RESIDENCE: "居住地",
    Place.HOUSEHOLD: "户籍地",
    Place.WORKPLACE: "工作地",
    Place.INSURED: "参保地",
    Place.BIRTHPLACE: "出生地",
    Place.LOCATION: "所在地",
    Place.ISSUING: "发证地",
    Place.DESIGNATED: "指定地点",
    Place.REGISTERED: "注册地",
    Place.DEPOSIT: "缴存地",
    Place.LENDING: "贷款地",
    Place.TAXED: "缴税地",
    Place.EXAMINED: "考试报名地",
    Place.SUBMISSION: "提交申请地",
}

SCENE_ROLES: dict[str, str] = {
    SceneRole.RECEIVES: "受理",
    SceneRole.DECIDES: "决定",
    SceneRole.COOPERATES: "协同",
}

EVIDENCE: dict[str, str] = {
    Evidence.STATUTE: "法律法规",
    Evidence.PLAN: "清单或方案",
    Evidence.GUIDE: "办事指南",
    Evidence.CODE: "公开标准",
    Evidence.MEMORY: "待核实",
    Evidence.DESIGN: "本地默认，待核定",
}


def limit_words(written: str) -> str:
    """20wd as people say it: 20个工作日."""
    unit = "个工作日" if written.endswith("wd") else "日"
    return f"{written[:-2]}{unit}"


def fee_words(amount_fen: int | None) -> str:
    """An amount in fen as people say it; None: it is not known here."""
    if amount_fen is None:
        return "按主管部门公布的标准"
    return "不收费" if amount_fen == 0 else f"{amount_fen / 100:.2f}元"
