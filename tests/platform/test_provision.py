"""Provisioning on real servers: what it makes, and that repeating it changes nothing."""

from collections import Counter

import asyncpg
import pytest
from temporalio.api.nexus.v1 import Endpoint, EndpointSpec, EndpointTarget
from temporalio.api.operatorservice.v1 import (
    ListNexusEndpointsRequest,
    ListSearchAttributesRequest,
    UpdateNexusEndpointRequest,
)
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeIndexedValueType

from connection import connect
from contracts import visibility
from embedded import provision
from embedded.system import System
from tests.platform.builders import HOME, ORIGIN


async def client_of(servers: System, code: str) -> Client:
    return await connect(servers.settings.locality(code))


async def endpoints(client: Client) -> dict[str, Endpoint]:
    found = await client.operator_service.list_nexus_endpoints(ListNexusEndpointsRequest())
    return {endpoint.spec.name: endpoint for endpoint in found.endpoints}


@pytest.mark.parametrize("code", [HOME, ORIGIN])
async def test_a_namespace_keeps_closed_cases_for_ninety_days(servers: System, code: str) -> None:
    client = await client_of(servers, code)
    described = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=f"tongban-{code}")
    )
    retention = described.config.workflow_execution_retention_ttl
    assert retention.ToTimedelta().days == 90


@pytest.mark.parametrize("code", [HOME, ORIGIN])
async def test_operators_can_filter_by_every_search_attribute(servers: System, code: str) -> None:
    client = await client_of(servers, code)
    listed = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=f"tongban-{code}")
    )
    assert len(visibility.ALL) == 11
    for key in visibility.ALL:
        assert int(listed.custom_attributes[key.name]) == int(key.indexed_value_type)
    query = (
        "Overdue = true AND EscalationLevel > 1 AND Stage = 'REVIEW' AND "
        "DueDate > '2026-11-22T00:00:00+08:00'"
    )
    assert (await client.count_workflows(query)).count == 0


async def test_a_letter_to_an_endpoint_reaches_that_localitys_queue(servers: System) -> None:
    found = await endpoints(await client_of(servers, HOME))
    for code in (HOME, ORIGIN):
        target = found[f"tongban-{code}"].spec.target.worker
        assert (target.namespace, target.task_queue) == (f"tongban-{code}", f"tongban-{code}")


async def test_provisioning_twice_changes_nothing(servers: System) -> None:
    client = await client_of(servers, HOME)
    before = await endpoints(client)
    await provision.provision_temporal(servers.settings)
    assert await endpoints(client) == before


async def test_an_endpoint_that_points_elsewhere_is_set_right(servers: System) -> None:
    client = await client_of(servers, HOME)
    endpoint = (await endpoints(client))["tongban-330902"]
    wrong = EndpointTarget.Worker(namespace="tongban-371002", task_queue="elsewhere")
    await client.operator_service.update_nexus_endpoint(
        UpdateNexusEndpointRequest(
            id=endpoint.id,
            version=endpoint.version,
            spec=EndpointSpec(name="tongban-330902", target=EndpointTarget(worker=wrong)),
        )
    )
    await provision.provision_temporal(servers.settings)
    assert (await endpoints(client))["tongban-330902"].spec.target == endpoint.spec.target


def asyncpg_url(servers: System, code: str) -> str:
    url = servers.settings.locality(code).database_url.get_secret_value()
    return url.replace("postgresql+asyncpg://", "postgresql://")


async def test_a_locality_may_create_tables_in_its_own_database(servers: System) -> None:
    connection = await asyncpg.connect(asyncpg_url(servers, HOME))
    await connection.execute("CREATE TABLE proof (n int)")
    await connection.execute("DROP TABLE proof")
    await connection.close()


async def test_a_locality_cannot_enter_its_peers_database(servers: System) -> None:
    own = asyncpg_url(servers, HOME)
    foreign = own.removesuffix("tongban_371002") + "tongban_330902"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(foreign)


async def test_a_wrong_password_opens_no_database(servers: System) -> None:
    url = asyncpg_url(servers, HOME)
    password = url.split(":")[2].split("@")[0]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url.replace(password, "guess"))


async def test_chinese_text_sorts_the_same_on_every_machine(servers: System) -> None:
    connection = await asyncpg.connect(asyncpg_url(servers, HOME))
    provider, locale = await connection.fetchrow(
        "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = current_database()"
    )
    await connection.close()
    assert (provider, locale) == ("b", "C.UTF-8")


async def test_every_database_is_upgraded_with_its_own_url(servers: System) -> None:
    seen: list[str] = []
    await provision.upgrade_databases(servers.settings, seen.append)
    assert [url.rpartition("/")[2] for url in seen] == ["tongban_371002", "tongban_330902"]


def test_attribute_kinds_stay_within_a_namespaces_limits() -> None:
    kinds = Counter(key.indexed_value_type for key in visibility.ALL)
    assert kinds.pop(SearchAttributeIndexedValueType.KEYWORD) <= 10
    assert max(kinds.values()) <= 3
