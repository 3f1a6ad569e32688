"""Stands-in for what names a person, a vehicle or a file, for the length of one check."""

from __future__ import annotations

import hashlib
import secrets


class Pseudonyms:
    """The same stand-in for the same number during one check, and never again."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, number: str) -> str:
        """The stand-in of an identity number or another subject."""
        return hashlib.blake2b(number.encode(), key=self._key, digest_size=12).hexdigest()
