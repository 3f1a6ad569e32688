"""What a refusal of the courier means, in Chinese, and what to do next; as for the registers."""

from collections.abc import Mapping

from adapters.courier.protocol import CourierRefusal

SENTENCES: Mapping[str, str] = {
    CourierRefusal.UNKNOWN_WAYBILL: "寄递企业查无此运单，请核对运单编号",
    CourierRefusal.ALREADY_DELIVERED: "该邮件已经妥投，请与收件机构核对",
    CourierRefusal.ALREADY_CLAIMED: "该运单已经提出索赔，请等待答复",
    CourierRefusal.SAME_PLACE: "寄出地与寄达地相同，请核对寄达地",
}
