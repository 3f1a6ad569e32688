"""Payload encryption: what Temporal stores can only be read with a locality's key.

Used by `connection.data_converter` (workers, starter, console, replayer) and by the console's
codec server, which shows decrypted payloads in the Web UI to those who may see them.
"""

import os
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/encrypted"
KEY_ID = "encryption-key-id"
KEY_BYTES = 32
_NONCE_BYTES = 12


class PayloadKeyError(Exception):
    """A payload cannot be read with this key ring; the message names key ids, never keys."""


class EncryptionCodec(PayloadCodec):
    """AES-256-GCM over whole payloads, with a ring of keys chosen by id.

    Own payloads are written with `key_id`; payloads of any key in the ring are read, so that a
    letter from a peer locality and a payload from before a key rotation both open. Payloads
    that were never encrypted pass through unchanged.
    """

    def __init__(self, keys: Mapping[str, bytes], key_id: str) -> None:
        if key_id not in keys:
            raise PayloadKeyError(f"密钥环里没有编号为 {key_id} 的密钥，请检查 payload_key_id。")
        for name, key in keys.items():
            if len(key) != KEY_BYTES:
                raise PayloadKeyError(f"密钥 {name} 应为 {KEY_BYTES} 字节，实为 {len(key)} 字节。")
        self._ring = {name: AESGCM(key) for name, key in keys.items()}
        self._key_id = key_id

    async def encode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE_BYTES)
        # The key id is authenticated too: nobody can relabel a payload as another locality's.
        sealed = self._ring[self._key_id].encrypt(
            nonce, payload.SerializeToString(), self._key_id.encode()
        )
        return Payload(
            metadata={"encoding": ENCODING, KEY_ID: self._key_id.encode()}, data=nonce + sealed
        )

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        key_id = payload.metadata.get(KEY_ID, b"").decode(errors="replace")
        cipher = self._ring.get(key_id)
        if cipher is None:
            known = "、".join(sorted(self._ring))
            raise PayloadKeyError(
                f"这份数据用密钥 {key_id or '（未注明）'} 加密，而密钥环里只有 {known}；"
                "请把该密钥加入 payload_keys 后重试。"
            )
        nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, key_id.encode()))
        except (InvalidTag, ValueError) as error:
            raise PayloadKeyError(
                f"密钥 {key_id} 解不开这份数据：密钥内容不符，或数据已损坏。"
            ) from error
