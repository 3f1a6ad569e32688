"""Property tests have no time limit per example: a busy machine is no counter-example."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("domain", deadline=None)
settings.load_profile("domain")
