"""One locality's console process: ``python -m console --locality 371002``."""

from __future__ import annotations

import argparse
import sys
from functools import partial

import uvicorn

from catalog.errors import CatalogError
from catalog.loader import load_catalog
from connection import connect
from console.app import build_app
from console.desk_app import build_desk
from console.office import Office
from contracts.codec import EncryptionCodec
from domain.errors import DomainError
from settings import SettingsError, load_settings
from storage.database import Database


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description="一个地区的工作台：页面、接口、文书调阅与编解码")
    parser.add_argument("--locality", required=True, help="地区代码，如 371002")
    arguments = parser.parse_args()
    try:
        settings = load_settings()
        own = settings.locality(arguments.locality)
        catalog = load_catalog(*settings.catalog_dirs)
        catalog.locality(own.code)
    except (SettingsError, CatalogError, DomainError) as error:
        print(f"无法启动：{error}", file=sys.stderr)
        return 2
    codec = EncryptionCodec(own.key_ring(), own.payload_key_id) if own.payload_encryption else None
    database = Database(own.database_url.get_secret_value())
    office = Office(database, partial(connect, own), catalog, own.code)
    app = build_app(
        office,
        grant_secret=own.grant_secret.get_secret_value().encode(),
        slip_secret=own.slip_secret.get_secret_value().encode(),
        codec=codec,
        ui_url=settings.ui_url,
        codec_token=own.codec_token.get_secret_value() if own.codec_token else None,
        desk=build_desk(office, own, ui_url=settings.ui_url),
        supervisor_token=(
            own.supervisor_token.get_secret_value() if own.supervisor_token else None
        ),
    )
    uvicorn.run(app, host=own.console_host, port=own.console_port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
