"""Every procedure that a locality's worker runs; a new family adds its two classes here."""

from __future__ import annotations

from workflows.hukou_migration import HukouMigration
from workflows.hukou_move_out import HukouMoveOut
from workflows.parcel import Parcel
from workflows.pension_transfer_in import PensionTransferIn
from workflows.pension_transfer_out import PensionTransferOut
from workflows.personnel_file_in import PersonnelFileIn
from workflows.personnel_file_out import PersonnelFileOut
from workflows.proxy_home_office import ProxyHomeOffice
from workflows.proxy_window import ProxyWindow

PROCEDURES: tuple[type, ...] = (
    HukouMigration,
    HukouMoveOut,
    Parcel,
    PensionTransferIn,
    PensionTransferOut,
    ProxyWindow,
    ProxyHomeOffice,
    PersonnelFileIn,
    PersonnelFileOut,
)
