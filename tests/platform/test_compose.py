"""The production compose file: complete, without secrets, and in step with the rest."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.loader import load_catalog
from settings import PROJECT_ROOT, Settings
from tests.platform.builders import KEY

DOCKER = PROJECT_ROOT / "docker"
COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
CODES = sorted(load_catalog().localities)
SECRET = re.compile(r"(PASSWORD|PWD|SECRET|_KEYS|DATABASE_URL)$")
REFERENCE = re.compile(r"\$\{(\w+):\?\}")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_what_it_runs_and_how_it_restarts(name: str) -> None:
    service = SERVICES[name]
    assert "image" in service or "build" in service
    assert not service.get("image", "").endswith(":latest")
    assert service["restart"] in ("unless-stopped", "on-failure:5")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_health_check_or_a_reason(name: str) -> None:
    service = SERVICES[name]
    assert bool(service.get("healthcheck")) != bool(service.get("x-no-healthcheck"))


@pytest.mark.parametrize("name", SERVICES)
def test_what_waits_for_health_can_be_answered(name: str) -> None:
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[needed]
        else:
            assert how["condition"] == "service_completed_successfully"
            assert SERVICES[needed]["restart"] == "on-failure:5"


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_from_the_environment_and_are_required(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        if SECRET.search(key):
            assert REFERENCE.search(value), key
        assert "${" not in REFERENCE.sub("", value), f"{key} has a default or is optional"


def test_the_example_names_every_variable_and_fills_in_no_secret() -> None:
    text = (DOCKER / "compose.yaml").read_text()
    example = dict(
        line.split("=", 1)
        for line in (DOCKER / ".env.example").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert set(example) == set(REFERENCE.findall(text))
    assert {name for name, value in example.items() if value} == {
        "TEMPORAL_VERSION",
        "TEMPORAL_UI_VERSION",
        "BIND_ADDRESS",
    }


def test_no_database_and_no_temporal_port_is_published() -> None:
    published = {name for name, service in SERVICES.items() if "ports" in service}
    assert published == {"temporal-ui", *(f"console-{code}" for code in CODES)}
    for name in published:
        for port in SERVICES[name]["ports"]:
            assert port.startswith(("127.0.0.1:", "${BIND_ADDRESS:?}:"))


def test_every_catalog_locality_has_its_four_services() -> None:
    for part in ("db", "provision", "worker", "console"):
        found = sorted(n.removeprefix(f"{part}-") for n in SERVICES if n.startswith(f"{part}-"))
        assert found == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_database_is_reachable_from_its_own_locality_only(code: str) -> None:
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert networks[f"db-{code}"] == {f"locality-{code}"}
    sharing = {name for name, nets in networks.items() if f"locality-{code}" in nets}
    assert sharing == {f"{part}-{code}" for part in ("db", "provision", "worker", "console")}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("part", ["provision", "worker", "console"])
def test_a_program_starts_with_settings_of_its_locality_alone(
    code: str, part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for key, value in SERVICES[f"{part}-{code}"]["environment"].items():
        monkeypatch.setenv(key, REFERENCE.sub(KEY if "PAYLOAD_KEYS" in key else "0" * 48, value))
    loaded = Settings.model_validate({})
    assert list(loaded.localities) == [code]
    loc = loaded.locality(code)
    assert loc.console_url == f"http://console-{code}:8080"
    assert (loc.console_host, loc.console_port) == ("0.0.0.0", 8080)
    assert sorted(loc.payload_keys) == sorted(f"{known}-1" for known in CODES)
    assert loc.peers == {known: f"http://console-{known}:8080" for known in CODES}


def test_the_image_holds_every_room_and_runs_as_an_ordinary_user() -> None:
    ignore = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    kept = {line.removeprefix("!") for line in ignore if line.startswith("!")}
    rooms = {
        path.parent.name
        for path in PROJECT_ROOT.glob("*/__init__.py")
        if path.parent.name not in ("tests", "bench")
    }
    modules = {path.name for path in PROJECT_ROOT.glob("*.py")}
    assert rooms | modules <= kept
    steps = (DOCKER / "Dockerfile").read_text().splitlines()
    assert "USER tongban" in steps
    assert any("--require-hashes" in step for step in steps)


@pytest.mark.parametrize("name", [n for n, s in SERVICES.items() if "build" in s])
def test_programs_may_not_change_their_own_files_or_gain_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert shlex.join(service["command"]).startswith("python ")
