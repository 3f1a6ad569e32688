"""What a refusal of the population register means, in Chinese, and what to do next.

Used by the client and by the command line, which tells refusals without asking the register.
"""

from collections.abc import Mapping

from adapters.population.models import RegisterRefusal

SENTENCES: Mapping[str, str] = {
    RegisterRefusal.NOT_REGISTERED: "人口库中没有此人在本地的登记，请核对身份号码和户口所在地",
    RegisterRefusal.WRONG_STATUS: "此人的户口状态不允许办理这一事项，请先查询当前状态",
    RegisterRefusal.CERTIFICATE_DIFFERS: "户口迁移证编号与人口库登记的不一致，请核对证件编号",
    RegisterRefusal.CERTIFICATE_SPENT: "该户口迁移证编号已使用或已作废，请使用新的编号",
    RegisterRefusal.ALREADY_ACTIVE: "此人在本地已有有效户口登记，不能再次落户",
    RegisterRefusal.DECEASED: "人口库中此人已登记死亡，请核实后转有关部门处理",
    RegisterRefusal.UNDER_INVESTIGATION: "此人的户口登记正在核查（重复户口），请待核查结束后再办",
    RegisterRefusal.IDENTITY_DIFFERS: "原姓名与人口库登记的不一致，请核对后再办更正",
    RegisterRefusal.IDENTITY_CORRECTED: "此身份号码已更正，请按更正后的号码办理",
    RegisterRefusal.IDENTITY_TAKEN: "更正后的身份号码已登记在他人名下，请核查",
}
