"""The encoding that a page declares in its first bytes, found as HTML section 13.2.3.2 "prescan a byte stream" says.

Browsers look at 1,024 bytes before they parse and honour a later ``meta`` when they meet it, so the same scan goes
on to ``_LATEST``, there passing over scripts.
"""

import re
from collections.abc import Iterator

from archiver.formats.labels import codec_for

_EARLY = 1_024
_LATEST = 65_536
_SPACE = b"\t\n\x0c\r "
_ATTRIBUTE_NAME = re.compile(rb"[^\t\n\x0c\r /=>]{1,200}")
_UNQUOTED = re.compile(rb"[^\t\n\x0c\r >]{0,2000}")
_TAG = re.compile(rb"</?[A-Za-z]")
_META = re.compile(rb"<meta[\t\n\x0c\r /]", re.I)
_SCRIPT = re.compile(rb"<script[\t\n\x0c\r />]", re.I)
_SCRIPT_END = re.compile(rb"</script", re.I)
_CHARSET = re.compile(
    rb"charset[\t\n\x0c\r ]{0,20}=[\t\n\x0c\r ]{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\x0c\r ;\"']+))", re.I
)


def declared_encoding(body: bytes) -> str | None:
    """The first label in a ``meta`` element of ``body`` that anybody knows, or None."""
    data = body[:_LATEST]
    place = 0
    while (place := data.find(b"<", place)) >= 0:
        if data.startswith(b"<!--", place):
            place = _after(data, b"-->", place + 2)
        elif _META.match(data, place):
            attributes, place = _attributes(data, place + 5)
            label = _label(attributes) if place < len(data) else None
            if label:
                return label
        elif place > _EARLY and _SCRIPT.match(data, place):
            end = _SCRIPT_END.search(data, place)
            place = end.start() if end else len(data)
        elif _TAG.match(data, place):
            name = _UNQUOTED.match(data, place + 1)
            _, place = _attributes(data, name.end() if name else place + 1)
        elif data[place + 1 : place + 2] in {b"!", b"/", b"?"}:
            place = _after(data, b">", place)
        else:
            place += 1
    return None


def _after(data: bytes, end: bytes, place: int) -> int:
    found = data.find(end, place)
    return found + len(end) if found >= 0 else len(data)


def _attributes(data: bytes, place: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of the tag at ``place`` and where the tag ends; the end of ``data`` when it does not."""
    found: dict[bytes, bytes] = {}
    while True:
        while place < len(data) and data[place] in _SPACE + b"/":
            place += 1
        if place >= len(data) or data[place] == ord(">"):
            return found, place
        name, value, place = _attribute(data, place)
        found.setdefault(name, value)


def _attribute(data: bytes, place: int) -> tuple[bytes, bytes, int]:
    matched = _ATTRIBUTE_NAME.match(data, place)
    name = matched.group().lower() if matched else b"="
    place = matched.end() if matched else place + 1
    after = _skip_space(data, place)
    if data[after : after + 1] != b"=":
        return name, b"", place
    place = _skip_space(data, after + 1)
    quote = data[place : place + 1]
    if quote in {b'"', b"'"}:
        end = data.find(quote, place + 1)
        return (name, data[place + 1 : end], end + 1) if end >= 0 else (name, b"", len(data))
    unquoted = _UNQUOTED.match(data, place)
    value = unquoted.group() if unquoted else b""
    return name, value, place + len(value)


def _skip_space(data: bytes, place: int) -> int:
    while place < len(data) and data[place] in _SPACE:
        place += 1
    return place


def _label(attributes: dict[bytes, bytes]) -> str | None:
    """The label that a ``meta`` with these attributes declares; a ``content`` needs its ``http-equiv``."""
    for label in _labels(attributes):
        if codec_for(label) is not None:
            # A page that could be read far enough to find this is not UTF-16.
            return "utf-8" if (codec_for(label) or "").startswith("utf-16") else label
    return None


def _labels(attributes: dict[bytes, bytes]) -> Iterator[str]:
    if b"charset" in attributes:
        yield attributes[b"charset"].decode("ascii", "replace")
    elif attributes.get(b"http-equiv", b"").lower() == b"content-type":
        found = _CHARSET.search(attributes.get(b"content", b"")[:2000])
        if found:
            yield next(group for group in found.groups() if group is not None).decode("ascii", "replace")
