"""Read one capture: decode, cut, gather every candidate, settle. Asks no clock, disk or network.

The order matters in one place only: who published the page is settled first, because a name is an author, a
posting account, a credit to oneself or an origin depending on whose page it stands on.
"""

from collections.abc import Iterable

from archiver import formats
from archiver.attribution import Own
from archiver.attribution import candidates as attribution_candidates
from archiver.attribution.byline import candidates as byline_candidates
from archiver.attribution.licence import candidates as licence_candidates
from archiver.attribution.masthead import outlet_candidates
from archiver.canonical import canonical_json, sha256_hex
from archiver.extract import article, dates, head, hidden, language, metadata, residue, zones
from archiver.model import Candidate, Capture, Page, Reading, Statement
from archiver.outlets import Registry, default_registry
from archiver.statements.settle import folded, reject, settle
from archiver.text import editorial_form
from archiver.urls import host

# Raised whenever the same bytes may be read differently than before; `archiver reread` compares by it.
RULES_VERSION = 1

# What makes an editorial state: these values and the text. Furniture, counters and languages guessed do not.
EDITORIAL = ("title", "dek", "author", "translator", "agency", "origin", "licence", "published", "modified")


def read(capture: Capture, registry: Registry | None = None) -> Reading:
    """What ``capture`` says, with the words for every value.

    A pure function of ``capture`` (and of ``registry``, who is who; the packaged one by default).
    Raises FormatError when the bytes are not a text that any reader here reads.
    """
    registry = registry or default_registry()
    page = formats.open_page(capture)
    page, text, pieces = _cut(page, capture)
    sha256 = sha256_hex(capture.body)
    statements = settle(_gather(page, text, capture, registry), capture_id=sha256)
    return Reading(
        sha256=sha256,
        format=page.format,
        encoding=page.encoding,
        page_space=page.space,
        page_text=page.text,
        text=text,
        pieces=pieces,
        blocks=page.blocks,
        statements=statements,
        content_digest=content_digest(text, statements),
        notes=page.notes,
    )


def content_digest(text: str, statements: Iterable[Statement]) -> str:
    """The name of an editorial state: equal for readings that differ in furniture, white space or form only."""
    facts = sorted(
        (s.property, editorial_form(s.value), str(s.detail.get("kind", "")))
        for s in statements
        if s.shown and s.property in EDITORIAL
    )
    return sha256_hex(canonical_json([editorial_form(text), [list(fact) for fact in facts]]))
