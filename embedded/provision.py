"""Make Temporal and PostgreSQL ready for the localities; every step may be repeated.

`system.System` calls it on one machine, `python -m embedded provision` in production.
"""

import asyncio
from collections.abc import Callable
from importlib import import_module

import asyncpg
from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.nexus.v1 import EndpointSpec, EndpointTarget
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    CreateNexusEndpointRequest,
    ListNexusEndpointsRequest,
    ListSearchAttributesRequest,
    UpdateNexusEndpointRequest,
)
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from connection import connect
from contracts import visibility
from counter.schedules import create_schedules
from embedded.errors import StartError
from settings import LocalitySettings, Settings

RETENTION_DAYS = 90
_USABLE_SECONDS = 60.0

Upgrade = Callable[[str], None]


async def create_database(admin_dsn: str, name: str, password: str) -> None:
    """Create a database and the role of the same name that alone may enter it."""
    connection = await asyncpg.connect(admin_dsn)
    try:
        role = await connection.fetchval("SELECT quote_ident($1)", name)
        secret = await connection.fetchval("SELECT quote_literal($1)", password)
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
            await connection.execute(f"CREATE ROLE {role} LOGIN")
        await connection.execute(f"ALTER ROLE {role} PASSWORD {secret}")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await connection.execute(f"CREATE DATABASE {role} OWNER {role}")
        await connection.execute(f"REVOKE CONNECT ON DATABASE {role} FROM PUBLIC")
    finally:
        await connection.close()


async def upgrade_databases(settings: Settings, upgrade: Upgrade | None = None) -> None:
    """Bring every locality's tables to the newest migration."""
    run = upgrade or storage_upgrade()
    for loc in settings.localities.values():
        # One after the other: alembic keeps its context in module globals.
        await asyncio.to_thread(run, loc.database_url.get_secret_value())


def storage_upgrade() -> Upgrade:
    """`storage.migrate.upgrade(url)`, imported late: alembic is slow to load."""
    run: Upgrade = import_module("storage.migrate").upgrade
    return run


async def provision_temporal(settings: Settings) -> None:
    """Namespaces, search attributes, Nexus endpoints and Schedules of all localities."""
    clients = {code: await connect(loc) for code, loc in settings.localities.items()}
    await asyncio.gather(
        *(_namespace(clients[code], loc) for code, loc in settings.localities.items())
    )
    for code, loc in settings.localities.items():
        await _nexus_endpoint(clients[code], loc)
        await create_schedules(clients[code], code)


async def _namespace(client: Client, loc: LocalitySettings) -> None:
    try:
        await _describe(client, loc)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        await _register(client, loc)
    await _search_attributes(client, loc)


async def _describe(client: Client, loc: LocalitySettings) -> None:
    await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=loc.namespace)
    )


async def _register(client: Client, loc: LocalitySettings) -> None:
    try:
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(
                namespace=loc.namespace,
                description=f"通办 {loc.code}",
                workflow_execution_retention_period=Duration(seconds=RETENTION_DAYS * 86400),
            )
        )
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:  # another provisioner was faster
            raise


async def _search_attributes(client: Client, loc: LocalitySettings) -> None:
    """Add what is missing. A cluster learns of a new namespace a little late: try until then."""
    wanted = {
        key.name: IndexedValueType.ValueType(key.indexed_value_type) for key in visibility.ALL
    }
    deadline = asyncio.get_running_loop().time() + _USABLE_SECONDS
    while True:
        try:
            listed = await client.operator_service.list_search_attributes(
                ListSearchAttributesRequest(namespace=loc.namespace)
            )
            missing = {n: t for n, t in wanted.items() if n not in listed.custom_attributes}
            if not missing:
                return
            await client.operator_service.add_search_attributes(
                AddSearchAttributesRequest(namespace=loc.namespace, search_attributes=missing)
            )
        except RPCError as error:
            late = error.status in (RPCStatusCode.NOT_FOUND, RPCStatusCode.ALREADY_EXISTS)
            if not late or asyncio.get_running_loop().time() > deadline:
                raise StartError(
                    f"命名空间 {loc.namespace} 的检索属性没有建成：{error.message}"
                ) from error
            await asyncio.sleep(0.1)


async def _nexus_endpoint(client: Client, loc: LocalitySettings) -> None:
    """Create the endpoint, or point an existing one of that name to this locality."""
    worker = EndpointTarget.Worker(namespace=loc.namespace, task_queue=loc.task_queue)
    spec = EndpointSpec(name=loc.endpoint, target=EndpointTarget(worker=worker))
    service = client.operator_service
    found = await service.list_nexus_endpoints(ListNexusEndpointsRequest(name=loc.endpoint))
    if not found.endpoints:
        await service.create_nexus_endpoint(CreateNexusEndpointRequest(spec=spec))
        return
    existing = found.endpoints[0]
    if existing.spec.target != spec.target:
        await service.update_nexus_endpoint(
            UpdateNexusEndpointRequest(id=existing.id, version=existing.version, spec=spec)
        )
