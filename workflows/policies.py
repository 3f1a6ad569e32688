"""Timeouts and retry policies of every call a workflow makes, each with its reason."""

from __future__ import annotations

from datetime import timedelta

from temporalio.common import RetryPolicy

#: Our own database answers in milliseconds; ten seconds outlast a failover's first refusals.
REGISTER_TIMEOUT = timedelta(seconds=10)
#: A case must not fail because PostgreSQL restarts: try for ever, at most every ten seconds.
REGISTER_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10)
)

#: One attempt at an outside system: above the client's own five seconds, so that its error is read.
OUTSIDE_TIMEOUT = timedelta(seconds=15)
#: Acts of law at an outside register are repeated under their key until it answers.
OUTSIDE_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2,
    maximum_interval=timedelta(minutes=5),
)
#: A question that a clerk can also answer from paper is not asked for ever.
QUESTION_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=500), backoff_coefficient=2, maximum_attempts=3
)

#: A counter answers within seconds when it is up. After a day without one, a person takes over.
LETTER_TIMEOUT = timedelta(days=1)
