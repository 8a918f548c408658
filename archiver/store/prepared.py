"""What the store makes of one capture alone, before it has a number: the costly part, on any processor.

Everything here is a pure function of the capture and of what was read from it. So a worker process can do it,
and the one writer is left with the rows.
"""

import json
import zlib
from dataclasses import dataclass

from archiver.canonical import Json
from archiver.model import Reading
from archiver.store.incoming import NewCapture, clean, is_given, storable
from archiver.store.snapshots import PackedBody, packed_body
from archiver.text import fold

_COMPACT = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
# Layouts are read for a page at a time. Level 1 takes half the time of level 6 and a tenth more room.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading, and what its rows need that takes time to make.

    ``layout`` is the blob of its blocks and pieces, ``title_key`` and ``text_key`` what search finds it by,
    ``body`` the packed record of the bytes where it could be made ahead. ``as_stored``: the rows give back this
    very reading, for there is nothing in it that no file could hold.
    """

    reading: Reading
    layout: bytes
    title_key: str
    text_key: str
    as_stored: bool
    body: PackedBody | None = None


def prepare(reading: Reading, new: NewCapture | None = None) -> Prepared:
    """Everything of ``reading`` (and of the bytes of ``new``, a file or a paste) that can be made ahead."""
    title = next((one.value for one in reading.shown("title")), "")
    layout, layout_as_stored = _layout(reading)
    ahead = new is not None and new.body is not None and is_given(new) and not new.exchanges
    return Prepared(
        reading=reading,
        layout=layout,
        title_key=fold(storable(title)),
        text_key=fold(storable(reading.text)),
        as_stored=layout_as_stored and _as_stored(reading),
        body=packed_body(clean(new), reading.sha256) if ahead and new is not None else None,
    )


def _layout(reading: Reading) -> tuple[bytes, bool]:
    """Blocks and pieces as packed JSON, which ``dossiers`` reads back; and whether it gives back equal ones."""
    pieces = [(piece.start, piece.page_start, piece.length) for piece in reading.pieces]
    blocks = [
        (
            b.start,
            b.end,
            b.zone,
            b.tag,
            b.hint,
            [(link.start, link.end, link.url) for link in b.links] if b.links else (),
        )
        for b in reading.blocks
    ]
    # Not canonical JSON: no id hangs on it, and the encoder in C is ten times as fast over thousands of blocks.
    text = _COMPACT({"pieces": pieces, "blocks": blocks})
    plain = "\\ud" not in text  # else half of a pair of surrogates, or the pair of a letter beyond U+FFFF
    if not plain:
        text = _COMPACT(_storable(json.loads(text)))
    return zlib.compress(text.encode(), _LEVEL), plain


def _storable(value: Json) -> Json:
    """``value`` with every text as it can be stored."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(one) for key, one in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list) else value


def _as_stored(reading: Reading) -> bool:
    """True when its texts and statements, written down and loaded again, are equal ones."""
    texts = [reading.page_text, reading.text, *reading.notes]
    for one in reading.statements:
        texts += (one.value, one.quote, one.path or "", one.why or "")
        if one.detail and not all(_comes_back(value, texts) for value in one.detail.values()):
            return False
    whole = "".join(texts)
    return whole.isascii() or storable(whole) == whole


def _comes_back(value: Json, texts: list[str]) -> bool:
    """True for what JSON gives back as it was (a tuple comes back as a list); its texts are added to ``texts``."""
    if isinstance(value, str):
        texts.append(value)
        return True
    if isinstance(value, dict):
        return all(_comes_back(one, texts) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return all(_comes_back(one, texts) for one in value)
    return not isinstance(value, tuple)
