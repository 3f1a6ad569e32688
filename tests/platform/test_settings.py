"""Settings: where they come from, and that a mistake is one sentence without secrets."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import settings
from settings import PROJECT_ROOT, SettingsError, load_settings
from tests.platform.builders import HOME, KEY, locality_data


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("TONGBAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(settings, "DEFAULT_FILE", tmp_path / "absent.json")


def written(tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"localities": {HOME: locality_data(**changes)}}))
    return path


def test_names_follow_the_locality_code(tmp_path: Path) -> None:
    loc = load_settings(written(tmp_path)).locality(HOME)
    assert (loc.code, loc.namespace, loc.task_queue, loc.endpoint) == (
        HOME,
        *["tongban-371002"] * 3,
    )


def test_the_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAN_SETTINGS", str(written(tmp_path, max_cached_workflows=107)))
    assert load_settings().locality(HOME).max_cached_workflows == 107


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAN_LOCALITIES__371002__CONSOLE_PORT", "7999")
    loc = load_settings(written(tmp_path)).locality(HOME)
    assert loc.console_port == 7999
    assert loc.console_url == "http://127.0.0.1:7490"


def test_a_file_may_be_yaml_with_unquoted_codes(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(yaml.safe_dump({"localities": {int(HOME): locality_data()}}))
    assert list(load_settings(path).localities) == [HOME]


def test_one_locality_needs_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in locality_data().items():
        text = value if isinstance(value, str | int) else json.dumps(value)
        monkeypatch.setenv(f"TONGBAN_LOCALITIES__{HOME}__{name.upper()}", str(text))
    assert load_settings().locality(HOME).key_ring()["371002-1"] == b"1" * 32


def test_without_any_setting_the_sentence_says_how_to_begin() -> None:
    with pytest.raises(SettingsError, match="make up"):
        load_settings()


def test_an_absent_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAN_SETTINGS", "/nowhere/settings.json")
    with pytest.raises(SettingsError, match=r"/nowhere/settings\.json 不存在"):
        load_settings()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"console_port": 70000}, "localities.371002.console_port 超出范围"),
        ({"grant_secret": "short"}, "localities.371002.grant_secret 太短"),
        ({"databse_url": "x"}, "localities.371002.databse_url 不认识"),
        ({"payload_keys": {"371002-1": KEY[:8]}}, "371002-1 应为 32 字节的 base64"),
        ({"payload_key_id": "371002-9"}, "payload_key_id 所指的密钥不在 payload_keys 中"),
        ({"tls_client_cert": "/a.pem"}, "tls_client_cert 与 tls_client_key 须同时给出"),
        ({"code": "330902"}, "localities.371002 里的 code 写成了 330902"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(tmp_path, **changes))
    assert sentence in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "short" not in str(caught.value)


def test_a_missing_setting_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    data = locality_data()
    del data["database_url"]
    path.write_text(json.dumps({"localities": {HOME: data}}))
    with pytest.raises(SettingsError, match=r"localities\.371002\.database_url 缺少"):
        load_settings(path)


def test_a_variable_that_is_no_json_gets_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAN_LOCALITIES__371002__PAYLOAD_KEYS", "{")
    with pytest.raises(SettingsError, match="PAYLOAD_KEYS"):
        load_settings(written(tmp_path))


def test_an_unknown_locality_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="没有地区 110101；现有地区：371002"):
        load_settings(written(tmp_path)).locality("110101")


def test_secrets_do_not_show_in_a_printed_setting(tmp_path: Path) -> None:
    shown = repr(load_settings(written(tmp_path)))
    assert "geheim" not in shown
    assert KEY not in shown
    assert "only-for-tests" not in shown


def test_an_entry_point_ends_with_the_sentence_and_no_traceback(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "console", "--locality", "371002"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "TONGBAN_SETTINGS": str(tmp_path / "none.json")},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "不存在" in ended.stderr
