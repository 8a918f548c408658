"""Read one capture: decode, cut, gather every candidate, settle. Asks no clock, disk or network.

The order matters in one place only: who published the page is settled first, because a name is an author, a
posting account, a credit to oneself or an origin depending on whose page it stands on.
"""

from collections.abc import Iterable
from dataclasses import replace

from archiver import formats
from archiver.attribution import Own
from archiver.attribution import candidates as attribution_candidates
from archiver.attribution.byline import candidates as byline_candidates
from archiver.attribution.licence import candidates as licence_candidates
from archiver.attribution.masthead import outlet_candidates
from archiver.canonical import canonical_json, sha256_hex
from archiver.extract import article, chrome, dates, head, hidden, language, metadata, residue, zones
from archiver.extract.garbled import double_encoded
from archiver.extract.headline import one_line
from archiver.extract.reach import within_reach
from archiver.model import Candidate, Capture, Page, Reading, Statement, TextPiece
from archiver.outlets import Registry, default_registry
from archiver.statements.persons import is_persons_name
from archiver.statements.reader import reader
from archiver.statements.settle import folded, settle
from archiver.text import editorial_form
from archiver.urls import host

_WORDS = frozenset({"title", "dek", "section", "outlet", "author", "posted_by", "translator", "agency", "photo_credit"})
# Zero-width spaces, marks of direction and tags; joiners stay, they are spelling in Persian and in emoji.
_UNSEEN = dict.fromkeys(
    (0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)

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
    near, left_out = within_reach(page)
    declared, trouble = metadata.candidates_and_notes(near, capture)
    found = _gather(near, text, capture, registry, declared)
    statements = settle([*found, *hidden.candidates(page)], capture_id=sha256)
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
        notes=(*page.notes, *left_out, *trouble, *double_encoded(text or page.text)),
        reader=reader(registry),
    )


def content_digest(text: str, statements: Iterable[Statement]) -> str:
    """The name of an editorial state: equal for readings that differ in furniture, white space or form only."""
    facts = sorted(
        (s.property, editorial_form(s.value), str(s.detail.get("kind", "")))
        for s in statements
        if s.shown and s.property in EDITORIAL
    )
    return sha256_hex(canonical_json([editorial_form(text), [list(fact) for fact in facts]]))


def _gather(page: Page, text: str, capture: Capture, registry: Registry, declared: list[Candidate]) -> list[Candidate]:
    """Every candidate that any rule reads, in no particular order; ``declared`` are those of the page's markup."""
    terms = licence_candidates(page, registry)
    mastheads = list(outlet_candidates(page, capture, registry, terms))
    own = _own([*(c for c in declared if c.property == "outlet"), *mastheads], capture, registry)
    stated = [c for c in declared if c.property == "language"]
    tongues = language.candidates(page, text, capture.language, stated)
    tongue = capture.language or _first(tongues)
    found = [
        *(c for c in declared if c.property != "language"),
        *mastheads,
        *tongues,
        *head.candidates(page),
        *byline_candidates(page, own.names),
        *attribution_candidates(page, own, tongue, registry),
        *terms,
        *dates.candidates(page, capture, tongue),
        *residue.candidates(text, page, tongue),
    ]
    return [_own_account(_readable(candidate), own) for candidate in found]


def _cut(page: Page, capture: Capture) -> tuple[Page, str, tuple[TextPiece, ...]]:
    """The page with its zones, its clean text, and the way from one to the other.

    A dump's text follows from its zones; an HTML page's zones need to know where its text is.
    """
    if page.fragment is not None or page.tree is None:
        page = zones.assign(page, capture)
        return (page, *(article.clean(page, capture.captured_at) if page.fragment else chrome.clean(page)))
    text, pieces, notes = article.clean_and_notes(page, capture.captured_at)
    page = zones.assign(page, capture, (text, pieces))
    return replace(page, notes=(*page.notes, *notes)) if notes else page, text, pieces


def _own(outlets: Iterable[Candidate], capture: Capture, registry: Registry) -> Own:
    """Whose page it is, as far as its own furniture and its address say."""
    settled = [s for s in settle(outlets, capture_id="") if s.shown]
    domains = {d for s in settled if isinstance(d := s.detail.get("domain"), str)}
    address = host(capture.url) if capture.url else None
    found = {outlet.id for domain in domains if (outlet := registry.by_domain(domain))}
    return Own(
        names=frozenset(s.value for s in settled),
        domains=frozenset(domains | {address} if address else domains),
        outlet_ids=frozenset(found),
    )


def _readable(candidate: Candidate) -> Candidate:
    """A name or title without characters that nobody sees; its quote keeps them."""
    if candidate.value.isascii() or candidate.property not in _WORDS:
        return candidate
    value = one_line(candidate.value.translate(_UNSEEN))
    return replace(candidate, value=value) if value and value != candidate.value else candidate


def _own_account(candidate: Candidate, own: Own) -> Candidate:
    """An author who bears the name of the page's own outlet is the account that posted, unless that is a person's."""
    if candidate.property == "posted_by" and is_persons_name(candidate.value):
        return replace(candidate, property="author")
    if is_persons_name(candidate.value):
        return candidate
    if candidate.property != "author" or folded(candidate.value) not in {folded(name) for name in own.names}:
        return candidate
    return replace(candidate, property="posted_by")


def _first(found: Iterable[Candidate]) -> str | None:
    """The heaviest value among candidates that are not rejected."""
    best = max((c for c in found if not c.rejected), key=lambda c: c.weight, default=None)
    return best.value if best else None
