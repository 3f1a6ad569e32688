"""Forms that travel with originals, parcels and personnel files; each handover has two signatures.

Basis for files: 人社部发〔2021〕112号 (sealed, listed, never carried by the person, receipt back).
"""

from __future__ import annotations

from slips.form import Column, Columns, Form, Row
from slips.kinds import SlipKind
from slips.model import Stub

_FILES_BASIS = "人社部发〔2021〕112号"
_CONTENTS = Columns(
    "contents",
    (
        Column("名称", "name", 6),
        Column("编号", "number", 5),
        Column("原件/复印件", "form", 3),
        Column("份数", "copies", 2),
        Column("页数", "sheets", 2),
    ),
    title="内件清单",
)
_FILE_ROWS = (
    Row("档案所属人", "person"),
    Row("档案编号", "file_no", optional=True),
    Row("转出机构", "from_office"),
    Row("转入机构", "to_office"),
)

THINGS: dict[SlipKind, Form] = {
    SlipKind.TRANSFER_OF_THINGS: Form(
        office="寄出机关或窗口；随件流转，每次交接双方签字",
        rows=(
            Row("办件编号", "case_no"),
            Row("事项名称", "matter", optional=True),
            Row("寄出单位", "from_office"),
            Row("接收单位", "to_office"),
            Row("承运方式", "carrier"),
            Row("运单号", "waybill", optional=True),
            Row("封签号", "seal", optional=True),
        ),
        tables=(
            _CONTENTS,
            Columns(
                "custody",
                (
                    Column("交接事项", "event", 3),
                    Column("交出方", "from", 4),
                    Column("接收方", "to", 4),
                    Column("日期", "on", 4),
                    Column("封签、数量", "condition", 4),
                    Column("双方签字", "signed", 4),
                ),
                title="交接记录",
            ),
        ),
        closing=(
            "接收时先查封签，再按清单清点。封签破损或者数量不符的，当场注明，不得签收为完好。",
        ),
        signatures=("封装人", "复核人"),
        footer="一式三份：随件一份，寄出单位和接收单位各存一份",
    ),
    SlipKind.HANDOVER_LIST: Form(
        office="交出材料的一方",
        rows=(
            Row("办件编号", "case_no"),
            Row("交出方", "from_office"),
            Row("接收方", "to_office"),
            Row("交接日期", "handed_on", optional=True),
            Row("交接事由", "reason"),
        ),
        tables=(_CONTENTS,),
        closing=("上述材料已当面清点，数量和状况与清单一致；不一致的在清单上注明。",),
        signatures=("交出人", "接收人"),
        footer="一式两份，交接双方各执一份",
        sealed=False,
    ),
    SlipKind.FILE_DISPATCH: Form(
        office="档案转出机构",
        basis=_FILES_BASIS,
        recipient="{to_office}",
        paragraphs=(
            "现将下列人员的人事档案转去，请按清单查收，并将回执于收到后盖章退回。"
            "档案由{carrier}转递，不得由本人携带。",
        ),
        rows=(
            *_FILE_ROWS,
            Row("调档函编号", "call_up_no", optional=True),
            Row("转递方式", "carrier"),
            Row("转递编号", "waybill", optional=True),
            Row("封签号", "seal"),
            Row("正本卷数", "volumes"),
            Row("副本卷数", "duplicates", optional=True),
        ),
        tables=(_CONTENTS,),
        signatures=("封装人", "复核人"),
        stub=Stub(
            "档案转递通知单回执",
            "{from_office}：你单位转来{person}的档案，已按通知单清点核对，情况如下。",
            ("收到日期", "封签情况", "清点情况"),
            "收到机构（盖章）",
            ("收件人", "复核人"),
        ),
    ),
    SlipKind.FILE_RECEIPT: Form(
        office="档案转入机构",
        basis=_FILES_BASIS,
        recipient="{from_office}",
        paragraphs=(
            "你单位{dispatch_no}号档案转递通知单及所附档案已于{received_on}收到，核对情况如下。",
        ),
        rows=(
            *_FILE_ROWS,
            Row("通知单编号", "dispatch_no"),
            Row("收到日期", "received_on"),
            Row("封签情况", "seal_state"),
            Row("身份核对", "identity_state", optional=True),
            Row("清点情况", "count_state"),
        ),
        tables=(
            Columns(
                "differences",
                (
                    Column("材料名称", "name", 5),
                    Column("清单记载", "listed", 4),
                    Column("实际收到", "found", 4),
                    Column("处理意见", "proposal", 5),
                ),
                title="与清单不一致的内容",
            ),
        ),
        signatures=("收件人", "复核人"),
        footer="盖章后退回转出机构",
    ),
}
