"""``make fingerprints``: accepts today's workflow code as the baseline of the fingerprint test."""

from __future__ import annotations

import json

from tests.replay.test_replay import BASELINE, current

if __name__ == "__main__":
    BASELINE.write_text(json.dumps(current(), indent=2, sort_keys=True) + "\n")
    print(f"{len(current())} modules written to {BASELINE.name}")
