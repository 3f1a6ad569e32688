"""The simulators' memory: one SQLite file that survives a restart; used by SimulatedSystem only.

Records are JSON under (system, id). Acts carry the key of the order and the receipt given, unique
per system and key, so a repeat finds the first receipt even after the process was killed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_TABLES = """
CREATE TABLE IF NOT EXISTS records (
    system TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (system, id)
);
CREATE TABLE IF NOT EXISTS seeded (system TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS acts (
    number INTEGER PRIMARY KEY, system TEXT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL,
    case_no TEXT NOT NULL, digest TEXT NOT NULL, receipt TEXT NOT NULL, UNIQUE (system, key)
);
CREATE TABLE IF NOT EXISTS queries (
    number INTEGER PRIMARY KEY, system TEXT NOT NULL, operation TEXT NOT NULL,
    case_no TEXT NOT NULL, purpose TEXT NOT NULL, at TEXT NOT NULL
);
"""


class PastAct(NamedTuple):
    digest: str
    receipt: str


class Store:
    """Raises sqlite3.Error when the file is no database or cannot be written."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
        try:
            # WAL with NORMAL loses nothing when the process is killed, only when power fails.
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_TABLES)
        except sqlite3.Error:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or nothing when it raises."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def get(self, system: str, id: str) -> str | None:
        found = self._db.execute(
            "SELECT body FROM records WHERE system = ? AND id = ?", (system, id)
        ).fetchone()
        return None if found is None else str(found[0])

    def put(self, system: str, id: str, body: str) -> None:
        self._db.execute(
            "INSERT INTO records (system, id, body) VALUES (?, ?, ?)"
            " ON CONFLICT (system, id) DO UPDATE SET body = excluded.body",
            (system, id, body),
        )

    def delete(self, system: str, id: str) -> None:
        self._db.execute("DELETE FROM records WHERE system = ? AND id = ?", (system, id))

    def all(self, system: str) -> list[str]:
        rows = self._db.execute(
            "SELECT body FROM records WHERE system = ? ORDER BY rowid", (system,)
        )
        return [body for (body,) in rows]

    def mark_seeded(self, system: str) -> bool:
        """True the first time in the life of this file."""
        cursor = self._db.execute("INSERT OR IGNORE INTO seeded (system) VALUES (?)", (system,))
        return cursor.rowcount == 1

    def next_number(self) -> int:
        """Number of the act being recorded in this transaction, from 1."""
        (number,) = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM acts").fetchone()
        return int(number)

    def past_act(self, system: str, key: str) -> PastAct | None:
        found = self._db.execute(
            "SELECT digest, receipt FROM acts WHERE system = ? AND key = ?", (system, key)
        ).fetchone()
        return None if found is None else PastAct(*found)

    def record_act(
        self, system: str, operation: str, key: str, case_no: str, digest: str, receipt: str
    ) -> None:
        self._db.execute(
            "INSERT INTO acts (system, operation, key, case_no, digest, receipt)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (system, operation, key, case_no, digest, receipt),
        )

    def record_query(
        self, system: str, operation: str, case_no: str, purpose: str, at: str
    ) -> None:
        self._db.execute(
            "INSERT INTO queries (system, operation, case_no, purpose, at) VALUES (?, ?, ?, ?, ?)",
            (system, operation, case_no, purpose, at),
        )

    def acts(self) -> list[dict[str, str]]:
        """Every act done, in order, without personal data."""
        return self._rows("SELECT system, operation, key, case_no FROM acts ORDER BY number")

    def queries(self) -> list[dict[str, str]]:
        """Every query answered, with the case and the purpose stated (G8)."""
        return self._rows(
            "SELECT system, operation, case_no, purpose, at FROM queries ORDER BY number"
        )

    def _rows(self, statement: str) -> list[dict[str, str]]:
        cursor = self._db.execute(statement)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
