"""Reading an application for any transfer: who applies, what is asked, with which materials.

Used by `console.transfer_filing`. Which fields ``details`` may have is the matter's data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from console.application_form import (
    ApplicantPart,
    DocumentPart,
    Material,
    materials_of,
    wrong_fields,
)
from console.texts import check_texts


class TransferForm(BaseModel):
    """The application as people write it. ``peer_locality`` is the other locality."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    matter: str
    peer_locality: str
    peer_office: str | None = None
    applicant: ApplicantPart
    agent: ApplicantPart | None = None
    details: dict[str, Any] = {}
    documents: list[DocumentPart] = []


def parse_transfer(
    data: dict[str, Any], *, folder: Path, max_bytes: int, max_chars: int
) -> tuple[TransferForm, tuple[Material, ...]]:
    """The form and its documents; OfficeError names every wrong field at once."""
    check_texts(data, max_chars, long=frozenset({"text"}))
    try:
        form = TransferForm.model_validate(data)
    except ValidationError as error:
        raise wrong_fields(error) from None
    parts = [part.model_dump() for part in form.documents]
    return form, materials_of(parts, folder=folder, max_bytes=max_bytes)
