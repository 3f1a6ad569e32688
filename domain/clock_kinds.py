"""The kinds of time limits that run in cases, with their names.

Offered by `domain.casework`; lengths and effects are policy, see `domain.limits`.
"""

from __future__ import annotations

from enum import StrEnum


class ClockKind(StrEnum):
    """The lawful time limits of all procedures."""

    INTAKE = "INTAKE"  # 一次性告知
    CORRECTION = "CORRECTION"  # 补正
    DECISION = "DECISION"  # 审核审批
    PEER = "PEER"  # the origin's limit as home knows it
    PEER_SILENT = "PEER_SILENT"  # our own: until somebody has taken the silence up
    PERMIT = "PERMIT"  # 准迁证 validity
    CERTIFICATE = "CERTIFICATE"  # 迁移证 validity
    LANDING = "LANDING"  # the person's duty, art 13
    ORIGIN = "ORIGIN"  # the origin's own limit
    CONFIRMATION = "CONFIRMATION"  # 落户后告知迁出地
    RELEASE = "RELEASE"  # the leg's own limit of a transfer
    BOOKING = "BOOKING"  # after table and money are both here
    MONEY = "MONEY"  # how long money may be on its way before it is asked for
    NEGOTIATION = "NEGOTIATION"  # 两地协商
    PAYMENT = "PAYMENT"  # until the bank has paid the person
    RECEIPT = "RECEIPT"  # 回执 of a file or parcel
    TRACKING = "TRACKING"  # the courier's silence
    HANDOVER = "HANDOVER"  # until a parcel is sealed and given to its carrier
    TRANSIT = "TRANSIT"  # how long a parcel may travel
    TRACE = "TRACE"  # until a search without result counts as loss
    RECHECK = "RECHECK"  # look again at what the case waits for
    INSPECTION = "INSPECTION"  # until the car is shown
    PLATE = "PLATE"  # validity of a temporary plate
    COLLECTION = "COLLECTION"  # a window sends on what it collected
    MAKING = "MAKING"  # a document, after the decision
    HOLDING = "HOLDING"  # an undelivered document at the window
    DIFFERENCE = "DIFFERENCE"  # a difference of the reconciliation
    CALENDAR_FINDING = "CALENDAR_FINDING"  # what the check of the calendar found
    SUSPENSION = "SUSPENSION"  # runs while another limit stands still: no pause sleeps
    CONTACT = "CONTACT"  # call back who gave a low rating
    VERIFICATION = "VERIFICATION"  # of a low rating
    RECTIFICATION = "RECTIFICATION"  # of what a low rating found
    FEEDBACK = "FEEDBACK"  # to who gave a low rating
    CONFIRMING = "CONFIRMING"  # of a rectification
    APPEAL = "APPEAL"  # against a rating
    DISPATCH = "DISPATCH"  # of a ticket to an office
    SIGNING = "SIGNING"  # an office takes a ticket or returns it
    HANDLING = "HANDLING"  # of a ticket
    VERDICT = "VERDICT"  # the hotline's call-back
    HEARING_ASK = "HEARING_ASK"  # until a hearing may be asked for
    HEARING_HOLD = "HEARING_HOLD"  # until a hearing that was asked for is held
    HEARING_NOTICE = "HEARING_NOTICE"  # between its announcement and the hearing
    # parts of a joint case, each with a limit of its own
    PART_1 = "PART_1"
    PART_2 = "PART_2"
    PART_3 = "PART_3"
    PART_4 = "PART_4"
    PART_5 = "PART_5"
    PART_6 = "PART_6"
    PART_7 = "PART_7"
    PART_8 = "PART_8"
    PARTICIPATION = "PARTICIPATION"  # the other locality's part of a joint case
    FEE = "FEE"  # until the applicant has paid
    DEFERRAL = "DEFERRAL"  # until a deferred material is handed in
    AFTER_CHECK = "AFTER_CHECK"  # of a promise


CLOCK_LABELS: dict[ClockKind, str] = {
    ClockKind.INTAKE: "收件告知时限",
    ClockKind.CORRECTION: "补正期限",
    ClockKind.DECISION: "审核审批时限",
    ClockKind.PEER: "对方办理时限",
    ClockKind.PEER_SILENT: "对方逾期协商时限",
    ClockKind.PERMIT: "准予迁入证明有效期",
    ClockKind.CERTIFICATE: "户口迁移证有效期",
    ClockKind.LANDING: "本人申报落户期限",
    ClockKind.ORIGIN: "迁出办理时限",
    ClockKind.CONFIRMATION: "送达与告知时限",
    ClockKind.RELEASE: "转出办理时限",
    ClockKind.BOOKING: "接续办理时限",
    ClockKind.MONEY: "资金到账查询期限",
    ClockKind.NEGOTIATION: "两地协商期限",
    ClockKind.PAYMENT: "银行支付期限",
    ClockKind.RECEIPT: "回执期限",
    ClockKind.TRACKING: "寄递无消息期限",
    ClockKind.HANDOVER: "交寄时限",
    ClockKind.TRANSIT: "在途期限",
    ClockKind.TRACE: "查询期限",
    ClockKind.RECHECK: "再次核对",
    ClockKind.INSPECTION: "车辆查验期限",
    ClockKind.PLATE: "临时行驶车号牌有效期",
    ClockKind.COLLECTION: "代收移送时限",
    ClockKind.MAKING: "制证时限",
    ClockKind.HOLDING: "留存待领期间",
    ClockKind.DIFFERENCE: "对账差异处理时限",
    ClockKind.CALENDAR_FINDING: "历法事项处理时限",
    ClockKind.SUSPENSION: "中止预计期限",
    ClockKind.CONTACT: "差评回访时限",
    ClockKind.VERIFICATION: "差评核实时限",
    ClockKind.RECTIFICATION: "差评整改时限",
    ClockKind.FEEDBACK: "整改反馈时限",
    ClockKind.CONFIRMING: "整改复核时限",
    ClockKind.APPEAL: "评价申诉复核时限",
    ClockKind.DISPATCH: "工单派发时限",
    ClockKind.SIGNING: "工单签收与退单时限",
    ClockKind.HANDLING: "工单办理时限",
    ClockKind.VERDICT: "热线回访期限",
    ClockKind.HEARING_ASK: "申请听证期限",
    ClockKind.HEARING_HOLD: "组织听证期限",
    ClockKind.HEARING_NOTICE: "听证通知期间",
    ClockKind.PART_1: "协同环节一办理时限",
    ClockKind.PART_2: "协同环节二办理时限",
    ClockKind.PART_3: "协同环节三办理时限",
    ClockKind.PART_4: "协同环节四办理时限",
    ClockKind.PART_5: "协同环节五办理时限",
    ClockKind.PART_6: "协同环节六办理时限",
    ClockKind.PART_7: "协同环节七办理时限",
    ClockKind.PART_8: "协同环节八办理时限",
    ClockKind.PARTICIPATION: "联办协助时限",
    ClockKind.FEE: "缴费期限",
    ClockKind.DEFERRAL: "容缺材料补交期限",
    ClockKind.AFTER_CHECK: "承诺事后核查时限",
}
