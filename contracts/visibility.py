"""Search attributes: what operators filter by in the Temporal Web UI.

Workflows set them; `embedded.provision` creates them in every locality's namespace. Temporal
stores them unencrypted, so they hold codes and dates, never names or identity numbers.
"""

from datetime import datetime

from temporalio.common import SearchAttributeKey

CASE_NO: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("CaseNo")
MATTER: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Matter")
MODE: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Mode")
LOCALITY: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Locality")
OFFICE: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Office")
STAGE: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Stage")
BALL_HOLDER: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("BallHolder")
PEER: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Peer")
DUE_DATE: SearchAttributeKey[datetime] = SearchAttributeKey.for_datetime("DueDate")
OVERDUE: SearchAttributeKey[bool] = SearchAttributeKey.for_bool("Overdue")
ESCALATION_LEVEL: SearchAttributeKey[int] = SearchAttributeKey.for_int("EscalationLevel")

# A dev-server namespace takes at most 10 Keyword and 3 of each other kind.
ALL: tuple[
    SearchAttributeKey[str]
    | SearchAttributeKey[datetime]
    | SearchAttributeKey[bool]
    | SearchAttributeKey[int],
    ...,
] = (
    CASE_NO,
    MATTER,
    MODE,
    LOCALITY,
    OFFICE,
    STAGE,
    BALL_HOLDER,
    PEER,
    DUE_DATE,
    OVERDUE,
    ESCALATION_LEVEL,
)
