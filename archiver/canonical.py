"""Bytes that must never change: digests, canonical JSON and the ids made from them.

Canonical JSON follows RFC 8785 (JSON Canonicalization Scheme) for the values used here: objects,
arrays, strings, integers within 2**53, booleans and null. Floats are refused: no id may hang on how
a float is printed.
"""

import base64
import hashlib
import json
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | tuple[Json, ...] | dict[str, Json] | None"

_MAX_SAFE_INTEGER = 2**53 - 1
_string = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps makes an encoder a call


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 lower-case hex digits, the form ``sha256sum`` prints."""
    return hashlib.sha256(data).hexdigest()


def text_digest(text: str) -> str:
    """The SHA-256 of ``text`` in UTF-8; lone surrogates are kept apart from every other text."""
    return sha256_hex(text.encode("utf-8", "surrogatepass"))


def canonical_json(value: Json) -> bytes:
    """``value`` in the one spelling of RFC 8785, as UTF-8 bytes.

    Raises TypeError for floats and unknown types, ValueError for integers beyond 2**53 - 1.
    """
    return _encode(value).encode("utf-8", "surrogatepass")


def short_id(kind: str, *parts: str | None) -> str:
    """An ASCII id of 16 characters (80 bits of SHA-256, base 32) for things of one ``kind``.

    The parts are joined as canonical JSON, so ("a", "b.c") and ("a.b", "c") never meet, and the same
    parts give the same id on every machine.
    """
    digest = hashlib.sha256(canonical_json([kind, *parts])).digest()
    return base64.b32encode(digest[:10]).decode("ascii").lower()


def _encode(value: Json) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a JSON object has strings for keys")
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_string(key)}:{_encode(item)}" for key, item in pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_encode(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > _MAX_SAFE_INTEGER:
            raise ValueError(f"{value} does not fit a JSON number of RFC 8785")
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical JSON here")
