"""What the store makes of one capture alone, before it has a number: the costly part, on any processor.

Everything here is a pure function of the capture and of what was read from it. So a worker process can do it,
and the one writer is left with the rows.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.canonical import Json, sha256_hex, text_digest
from archiver.model import Reading, Statement
from archiver.store.incoming import NewCapture, clean, is_given, storable
from archiver.store.snapshots import PackedBody, packed_body
from archiver.text import fold

_COMPACT = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
# Layouts are read for a page at a time. Level 1 takes half the time of level 6 and a tenth more room.
_LEVEL = 1


# What a statement is made of, in the order of its columns.
STATEMENT = (
    *("id", "property", "value", "quote", "space", "path", "start", "end"),
    *("rule", "meant", "shown", "why", "detail"),
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading, and what its rows need that takes time to make.

    ``layout`` is the blob of its blocks and pieces, ``title_key`` and ``text_key`` what search finds it by,
    ``body`` the packed record of the bytes where it could be made ahead. ``as_stored``: the rows give back this
    very reading, for there is nothing in it that no file could hold. ``digest`` names everything that was read,
    ``statements_digest`` its statements alone, ``search_digest`` the words it is found by: readings with equal
    digests have equal rows.
    """

    reading: Reading
    layout: bytes
    title_key: str
    text_key: str
    as_stored: bool
    text_sha256: str
    page_text_sha256: str
    digest: str
    statements_digest: str
    search_digest: str
    body: PackedBody | None = None


def prepare(reading: Reading, new: NewCapture | None = None) -> Prepared:
    """Everything of ``reading`` (and of the bytes of ``new``, a file or a paste) that can be made ahead."""
    title = next((one.value for one in reading.shown("title")), "")
    layout, layout_as_stored = _layout(reading)
    ahead = new is not None and new.body is not None and is_given(new) and not new.exchanges
    title_key, text_key = fold(storable(title)), fold(storable(reading.text))
    text, page_text = text_digest(storable(reading.text)), text_digest(storable(reading.page_text))
    facts = (reading.content_digest, reading.page_space, reading.format, reading.encoding, *reading.notes)
    statements = statements_json(map(statement_row, reading.statements))
    statements_digest = sha256_hex(statements)
    return Prepared(
        reading=reading,
        layout=zlib.compress(layout, _LEVEL),
        title_key=title_key,
        text_key=text_key,
        as_stored=layout_as_stored and _as_stored(reading),
        text_sha256=text,
        page_text_sha256=page_text,
        digest=digest_of((text, page_text, *facts), statements_digest, layout),
        statements_digest=statements_digest,
        search_digest=text_digest(f"{title_key}\n{text_key}"),
        body=packed_body(clean(new), reading.sha256) if ahead and new is not None else None,
    )


def digest_of(facts: Sequence[str], statements_digest: str, layout: bytes) -> str:
    """The digest of a reading: of its texts' digests and facts, its statements, and its unpacked layout."""
    said = _COMPACT([[storable(fact) for fact in facts], statements_digest, sha256_hex(layout)])
    return sha256_hex(said.encode())


def statements_json(rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Statements, as the columns of their rows, in canonical JSON (RFC 8785): a list of objects, in their order."""
    return _SORTED([dict(zip(STATEMENT, row, strict=True)) for row in rows]).encode()


def statement_row(one: Statement) -> tuple[str | int | None, ...]:
    """A statement as the columns of its row, from ``id`` to ``detail``."""
    return (
        one.id,
        one.property,
        storable(one.value),
        storable(one.quote),
        one.space,
        storable(one.path) if one.path is not None else None,
        one.start,
        one.end,
        one.rule,
        one.meant,
        int(one.shown),
        storable(one.why) if one.why is not None else None,
        storable(_SORTED(dict(one.detail))) if one.detail else "{}",
    )


def _layout(reading: Reading) -> tuple[bytes, bool]:
    """Blocks and pieces as JSON, which ``dossiers`` reads back; and whether it gives back equal ones."""
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
    return text.encode(), plain


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
