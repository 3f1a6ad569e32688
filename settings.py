"""Typed settings of one installation; worker, starter, console and embedded load them here.

They come from the file named by TONGBAN_SETTINGS (JSON or YAML) and from environment variables
such as TONGBAN_LOCALITIES__371002__DATABASE_URL, which win over the file. A production locality
needs no file at all.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings.exceptions import SettingsError as UnreadableVariable

from contracts import ids

PROJECT_ROOT = Path(__file__).resolve().parent
DEFAULT_FILE = PROJECT_ROOT / ".tongban" / "up" / "settings.json"
FILE_VARIABLE = "TONGBAN_SETTINGS"
KEY_BYTES = 32
_KINDS = {
    "missing": "缺少",
    "extra_forbidden": "不认识",
    "too_short": "太短",
    "greater_than": "超出范围",
    "greater_than_equal": "超出范围",
    "less_than_equal": "超出范围",
    "int_parsing": "应为整数",
    "float_parsing": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "string_type": "应为文字",
}


class SettingsError(Exception):
    """A missing or wrong setting, as one Chinese sentence that says what to do."""


class AdapterUrls(BaseModel):
    """Base URLs of the outside systems a locality talks to."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    population: str
    marriage: str
    education: str
    notices: str
    registers: str
    bank: str
    courier: str
    evaluation: str | None = None
    """The 好差评 platform of province or nation; without it ratings stay in the house."""
    hotline: str | None = None
    """The 12345 hotline's platform; without it no tickets come."""


class OidcSettings(BaseModel):
    """The OpenID Connect provider that staff sign in with."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    metadata_url: str
    """…/.well-known/openid-configuration of the provider."""
    client_id: str
    client_secret: SecretStr
    public_url: str
    """Base URL under which browsers reach this console."""
    scope: str = "openid"
    staff_claim: str = "staff_numbers"
    """The claim with the staff number, or a list of them."""


class LocalitySettings(BaseModel):
    """Everything that one locality's worker and console need to run."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    code: str = Field(min_length=1)
    temporal_address: str
    namespace: str
    tls: bool = False
    tls_server_root_ca: Path | None = None
    tls_client_cert: Path | None = None
    tls_client_key: Path | None = None
    api_key: SecretStr | None = None
    database_url: SecretStr
    """postgresql+asyncpg://user:password@host:port/database"""
    console_url: str
    """Base URL under which peers reach this locality's document endpoint."""
    peers: dict[str, str] = {}
    """Peer code -> its console_url; documents are fetched from these and nowhere else."""
    console_host: str = "127.0.0.1"
    console_port: int = Field(ge=1, le=65535)
    adapters: AdapterUrls
    adapter_timeout_seconds: float = Field(default=5, gt=0)
    payload_encryption: bool = True
    payload_keys: dict[str, SecretStr] = {}
    """Key id -> base64 of 32 bytes: own key and the peers'. In the environment a JSON object."""
    payload_key_id: str = ""
    grant_secret: SecretStr = Field(min_length=16)
    """HMAC key of document grants."""
    slip_secret: SecretStr = Field(min_length=16)
    """HMAC key of the verification codes on slips; replacing it makes printed codes wrong."""
    codec_token: SecretStr | None = None
    """Opens the codec server to callers beyond this machine (Authorization: Bearer …)."""
    supervisor_token: SecretStr | None = None
    """Opens what supervisors read and do over HTTP to callers beyond this machine (Bearer …)."""
    oidc: OidcSettings | None = None
    """Who vouches for staff; without it, and without seeded accounts, nobody signs in."""
    seeded_accounts: bool = False
    """Anybody may sign in as any staff number: for rehearsal on one machine only."""
    session_secret: SecretStr | None = Field(default=None, min_length=16)
    """Signs the console's forms; without it every restart makes open forms stale."""
    secure_cookies: bool = True
    """False only where browsers reach the console by plain HTTP on the same machine."""
    webhook_private_targets: bool = False
    """Webhooks may go to loopback and inner networks: for rehearsal, or an integrator in-house."""
    workflow_sandbox: bool = False
    round_seconds: float = Field(default=2, gt=0)
    """How long the worker rests between its rounds: outbox, bank, courier, news."""
    max_cached_workflows: int = Field(default=1000, ge=100)
    """Fewer, and cases are replayed so often that clerks wait for it."""

    @model_validator(mode="before")
    @classmethod
    def _derive_names(cls, data: Any) -> Any:
        """The namespace is `tongban-<code>` unless named."""
        if not isinstance(data, Mapping) or not data.get("code"):
            return data
        return {"namespace": f"tongban-{data['code']}", **data}

    @property
    def task_queue(self) -> str:
        """The queue of the locality's worker; peers and running cases know it by this name."""
        return ids.task_queue(self.code)

    @property
    def endpoint(self) -> str:
        """The Nexus endpoint under which peers reach this locality."""
        return ids.endpoint(self.code)

    @model_validator(mode="after")
    def _check_keys(self) -> Self:
        ring = self.key_ring()
        if self.payload_encryption and self.payload_key_id not in ring:
            raise ValueError("payload_key_id 所指的密钥不在 payload_keys 中")
        if (self.tls_client_cert is None) != (self.tls_client_key is None):
            raise ValueError("tls_client_cert 与 tls_client_key 须同时给出")
        return self

    def key_ring(self) -> dict[str, bytes]:
        """Key id -> 32 raw bytes; ValueError names the key id that is malformed."""
        ring: dict[str, bytes] = {}
        for name, secret in self.payload_keys.items():
            try:
                key = base64.b64decode(secret.get_secret_value(), validate=True)
            except (binascii.Error, ValueError):
                key = b""
            if len(key) != KEY_BYTES:
                raise ValueError(f"payload_keys 中的 {name} 应为 {KEY_BYTES} 字节的 base64")
            ring[name] = key
        return ring


class Settings(BaseSettings):
    """All localities that this machine serves, and where to find extra catalog data."""

    model_config = SettingsConfigDict(
        env_prefix="TONGBAN_",
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    catalog_dirs: list[Path] = []
    ui_url: str | None = None
    localities: dict[str, LocalitySettings] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _fill_codes(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("localities"), dict):
            data["localities"] = {
                str(code): {"code": str(code), **locality}
                if isinstance(locality, Mapping)
                else locality
                for code, locality in data["localities"].items()
            }
        return data

    @model_validator(mode="after")
    def _check_codes(self) -> Self:
        for code, locality in self.localities.items():
            if locality.code != code:
                raise ValueError(f"localities.{code} 里的 code 写成了 {locality.code}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # What load_settings passes in is the file; the environment goes over it.
        return env_settings, init_settings

    def locality(self, code: str) -> LocalitySettings:
        """Settings of one locality; SettingsError lists the known codes."""
        try:
            return self.localities[code]
        except KeyError:
            known = "、".join(sorted(self.localities))
            raise SettingsError(f"设置里没有地区 {code}；现有地区：{known}。") from None


def load_settings(file: Path | None = None) -> Settings:
    """Settings from `file` (or the one named by TONGBAN_SETTINGS) and environment.

    SettingsError when absent or wrong.
    """
    named = file or os.environ.get(FILE_VARIABLE)
    path = Path(named) if named else DEFAULT_FILE
    data: dict[str, Any] = {}
    if path.is_file():
        data = _read(path)
    elif named:
        raise SettingsError(f"设置文件 {path} 不存在，请检查环境变量 {FILE_VARIABLE}。")
    try:
        return Settings(**data)
    except UnreadableVariable:
        raise SettingsError(
            "有一个 TONGBAN_ 开头的环境变量应是 JSON（例如 PAYLOAD_KEYS），但格式不对，请检查。"
        ) from None
    except ValidationError as error:
        if not data and not _environment_has_localities():
            raise SettingsError(
                f"还没有设置：请先运行 make up，或用环境变量 {FILE_VARIABLE} 指明设置文件。"
            ) from None
        raise SettingsError(_sentence(error, path if data else None)) from None


def _environment_has_localities() -> bool:
    return any(name.upper().startswith("TONGBAN_LOCALITIES") for name in os.environ)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(
            path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SettingsError(f"设置文件 {path} 读不出来，请检查权限和 JSON/YAML 格式。") from None
    if not isinstance(data, dict):
        raise SettingsError(f"设置文件 {path} 的最外层应是键值对。")
    return {str(key): value for key, value in data.items()}


def _sentence(error: ValidationError, path: Path | None) -> str:
    """The wrong settings by name; values are left out because some are secrets."""
    parts = []
    for item in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in item["loc"]) or "设置"
        message = item["msg"].removeprefix("Value error, ")
        parts.append(f"{name} {_KINDS.get(item['type']) or f'不正确（{message}）'}")
    where = f"设置文件 {path} " if path else "环境变量 TONGBAN_…（层级之间用 __ 相连）"
    return f"设置有误：{'；'.join(parts)}。请改好{where}后再试。"
