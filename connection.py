"""The one place where a Temporal client is put together: converter, codec, TLS, API key.

Called by worker, starter, console, embedded and tests; the replayer takes `data_converter`.
"""

import dataclasses

from temporalio.client import Client, TLSConfig
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes

from contracts.codec import EncryptionCodec
from settings import LocalitySettings


class TemporalUnreachable(ConnectionError):
    """The Temporal server of a locality does not answer."""


def data_converter(loc: LocalitySettings) -> DataConverter:
    """Pydantic payloads, encrypted with the locality's key when encryption is on.

    Failure messages and stack traces are sealed too: an unforeseen exception, say of the
    database driver, may quote the row that it choked on.
    """
    if not loc.payload_encryption:
        return pydantic_data_converter
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=EncryptionCodec(loc.key_ring(), loc.payload_key_id),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(loc: LocalitySettings) -> Client:
    """A client of the locality's namespace; TemporalUnreachable says whom we tried."""
    try:
        return await Client.connect(
            loc.temporal_address,
            namespace=loc.namespace,
            data_converter=data_converter(loc),
            tls=_tls(loc),
            api_key=loc.api_key.get_secret_value() if loc.api_key else None,
        )
    except RuntimeError as error:
        raise TemporalUnreachable(
            f"连不上 {loc.temporal_address} 的 Temporal 服务，请确认它在运行、地址和证书无误。"
        ) from error


def _tls(loc: LocalitySettings) -> TLSConfig | bool:
    if not loc.tls:
        return False

    return TLSConfig(
        server_root_ca_cert=loc.tls_server_root_ca.read_bytes() if loc.tls_server_root_ca else None,
        client_cert=loc.tls_client_cert.read_bytes() if loc.tls_client_cert else None,
        client_private_key=loc.tls_client_key.read_bytes() if loc.tls_client_key else None,
    )
