"""One locality's worker: its procedures, activities, counter and outbox.

``python worker.py --locality 371002``; settings come from TONGBAN_SETTINGS or the environment.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from contextlib import AsyncExitStack
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import (
    UnsandboxedWorkflowRunner,
    Worker,
    WorkflowRunner,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.archive import Archive
from activities.boundary import Boundary
from activities.bulletin_desk import BulletinDesk
from activities.business import BusinessDesk
from activities.calendar_checking import CalendarCheckDesk
from activities.calendars import Calendars
from activities.case_register import CaseRegister
from activities.courier_desk import CourierDesk
from activities.hotline_desk import HotlineDesk
from activities.hukou_standing import HukouStandingDesk
from activities.letter_papers import LetterPapers
from activities.notice_texts import word_notice
from activities.papers import PaperDesk
from activities.patrolling import PatrolDesk
from activities.population import PopulationDesk
from activities.reconciling import ReconciliationDesk
from activities.register_checking import RegisterCheckDesk
from activities.related_case import RelatedCases
from activities.replanning import ReplanDesk
from activities.shared_checks import SharedChecks
from activities.verification import Verification
from adapters.outside import OutsideSystems
from adapters.webhooks import WebhookSender
from catalog.catalog import Catalog
from catalog.errors import CatalogError
from catalog.loader import load_catalog
from connection import connect
from console.child_filing import ChildFiling
from console.office import Office
from console.waiting import silent_waits
from counter.bank_round import BankRound
from counter.calendar_round import CalendarRound
from counter.case_round import CaseRound
from counter.child_round import ChildRound
from counter.courier_round import CourierRound
from counter.desk import Counter
from counter.digest_round import DigestRound
from counter.handlers import doors
from counter.hotline_round import HotlineRound
from counter.outbox import Outbox
from counter.rating_round import RatingRound
from counter.referral_round import ReferralRound
from counter.rung_round import RungRound
from counter.schedules import create_schedules
from counter.tidings_round import TidingsRound
from counter.webhook_round import WebhookRound
from settings import LocalitySettings, SettingsError, load_settings
from storage.database import Database
from workflows.registry import PROCEDURES as WORKFLOWS

__all__ = ["WORKFLOWS", "LocalityWorker", "main", "serve", "workflow_runner"]


def workflow_runner(sandboxed: bool) -> WorkflowRunner:
    """The sandbox watches determinism in tests and CI; production saves half the worker's CPU."""
    if not sandboxed:
        return UnsandboxedWorkflowRunner()
    restrictions = SandboxRestrictions.default.with_passthrough_modules(
        "pydantic", "pydantic_core", "stdnum", "sqlalchemy", "httpx", "nexusrpc", "yaml"
    )
    return SandboxedWorkflowRunner(restrictions=restrictions)


class LocalityWorker:
    """Builds and runs everything of one locality; used by this command and by tests."""

    def __init__(
        self,
        settings: LocalitySettings,
        catalog: Catalog,
        client: Client,
        outside: OutsideSystems,
    ) -> None:
        self.database = Database(settings.database_url.get_secret_value())
        self._rest_seconds = settings.round_seconds
        self._papers = PaperDesk(self.database, settings.code, settings.peers)
        bank_round = BankRound(self.database, client, outside.bank, settings.code)
        case_round = CaseRound(self.database, client)
        calendars = Calendars(catalog, settings.code)
        courier_round = CourierRound(self.database, outside.courier, settings.code)

        async def here() -> Client:
            return client

        secret = settings.grant_secret.get_secret_value().encode()
        rating_round = RatingRound(self.database, outside.evaluation, catalog, settings.code)
        hotline_round = HotlineRound(
            self.database, outside.hotline, catalog, settings.code, settings.console_url, secret
        )
        self._sender = WebhookSender(
            private=settings.webhook_private_targets,
            timeout_seconds=settings.adapter_timeout_seconds,
        )
        self._webhooks = WebhookRound(self.database, self._sender, catalog, settings.code, secret)
        children = ChildFiling(Office(self.database, here, catalog, settings.code))
        self.outbox = Outbox(
            self.database,
            client,
            outside.notices,
            bank_round.step,
            case_round.step,
            courier_round.step,
            CalendarRound(self.database, client, calendars).step,
            rating_round.step,
            hotline_round.step,
            DigestRound(self.database, outside.notices).step,
            RungRound(self.database, outside.notices).step,
            ReferralRound(self.database, outside.notices, catalog, settings.code).step,
            ChildRound(self.database, children.file, children.withdraw).step,
        )
        self._tidings = TidingsRound(self.database, client)
        drafts = LetterPapers(secret)
        courier = CourierDesk(self.database, outside.courier, settings.console_url, secret)
        register = CaseRegister(self.database, calendars, drafts.draw_up, word_notice)
        population = PopulationDesk(self.database, outside.population, settings.code)
        standing = HukouStandingDesk(self.database, outside.population)
        shared = SharedChecks(self.database, outside.registers, settings.code)
        verification = Verification(
            self.database, outside.marriage, outside.education, shared, catalog, settings.code
        )
        business = BusinessDesk(
            self.database, outside.registers, catalog, settings.code, outside.population, shared
        )
        reconciling = ReconciliationDesk(self.database, client, catalog, settings.code)
        calendar_check = CalendarCheckDesk(self.database, calendars)
        replan = ReplanDesk(self.database, calendars, calendar_check.check)
        register_check = RegisterCheckDesk(
            self.database, client, catalog, settings.code, silent_waits
        )
        hotline = HotlineDesk(self.database, catalog, settings.code)
        bulletins = BulletinDesk(self.database, calendars)
        counter = Counter(self.database, client, catalog, settings.code)
        self.worker = Worker(
            client,
            task_queue=settings.task_queue,
            workflows=WORKFLOWS,
            activities=[
                register.record,
                register.recheck,
                replan.count,
                replan.tell,
                calendar_check.check,
                Archive(self.database).pack,
                self._papers.take_in,
                verification.verify,
                population.compare,
                population.cancel,
                population.replace_certificate,
                population.close_moved,
                population.restore,
                population.record_death,
                population.land,
                standing.ask,
                RelatedCases(self.database).ask,
                business.examine,
                business.act,
                shared.ask,
                courier.collect,
                courier.claim,
                reconciling.compare,
                reconciling.assign,
                PatrolDesk(self.database, calendars).patrol,
                register_check.check,
                hotline.dispatch,
                hotline.reply,
                bulletins.issue,
                bulletins.digest,
            ],
            nexus_service_handlers=doors(counter),
            interceptors=[Boundary()],
            workflow_runner=workflow_runner(settings.workflow_sandbox),
            max_cached_workflows=settings.max_cached_workflows,
            # After a crash the next command waits for this, not for the default ten seconds.
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
            graceful_shutdown_timeout=timedelta(seconds=5),
        )

    async def run_until(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; unconfirmed commands are repeated before anything else."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self._papers.close)
            stack.push_async_callback(self._sender.aclose)
            repeating = asyncio.create_task(self.outbox.repeat_commands(timedelta(0)))
            async with self.worker:
                rounds = [
                    repeating,
                    asyncio.create_task(self.outbox.run(self._rest_seconds)),
                    asyncio.create_task(self._tidings.run(self._rest_seconds)),
                    asyncio.create_task(self._webhooks.run(self._rest_seconds)),
                ]
                await stop.wait()
                for one in rounds:
                    one.cancel()
                await asyncio.gather(*rounds, return_exceptions=True)


async def serve(locality: str) -> None:
    """Connect everything and run until SIGTERM or SIGINT."""
    settings = load_settings()
    own = settings.locality(locality)
    catalog = load_catalog(*settings.catalog_dirs)
    catalog.locality(locality)
    client = await connect(own)
    await create_schedules(client, own.code)
    outside = OutsideSystems.at(own.adapters, timeout_seconds=own.adapter_timeout_seconds)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        await LocalityWorker(own, catalog, client, outside).run_until(stop)
    finally:
        await outside.aclose()


def main() -> int:
    """The command; every problem of set-up is one Chinese sentence."""
    parser = argparse.ArgumentParser(description="一个地区的工作进程")
    parser.add_argument("--locality", required=True, help="地区代码，如 371002")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        asyncio.run(serve(arguments.locality))
    except (SettingsError, CatalogError) as error:
        print(f"无法启动：{error}", file=sys.stderr)
        return 2
    except (RuntimeError, OSError) as error:
        print(
            f"无法连接 Temporal 服务或数据库（{type(error).__name__}），"
            "请检查地址和服务是否已启动。",
            file=sys.stderr,
        )
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
