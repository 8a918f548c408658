"""Who published this page, from what the page itself shows around its article; unknown stays unknown.

Witnesses: a copyright line, the root of a breadcrumb, a logo line (the name printed twice, glued), an e-mail
address, a licence line that names itself, the sign-off, and the address when the registry knows it. One weak witness
is not enough; each further one that agrees adds ``AGREEMENT``. A label ("Azerbaijan news") or the end of a title is
no witness. Property ``outlet``: the value is the name as printed, ``detail["domain"]`` the registry's domain, else
one that the page itself shows, else None.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from archiver.attribution import licence
from archiver.attribution.areas import is_short
from archiver.attribution.cues import CuedLines
from archiver.attribution.printed import Reader, trimmed
from archiver.attribution.words import word_list
from archiver.model import Candidate, Capture, Meant, Page, Space, Zone
from archiver.outlets import Outlet, Registry, Resolution, default_registry
from archiver.outlets.names import fold
from archiver.outlets.registry import printed_domain, site_label
from archiver.urls import host

AGREEMENT = 9
_PRINTED = frozenset({"copyright", "logo", "breadcrumb"})
_SPELT_LIKE_ADDRESS = 10  # added to a printed name of several words that the page's address spells as well
_ACRONYM = 5  # letters of a name that may all be capitals
_WEIGHTS = {
    "copyright": 56,
    "address": 58,
    "licence": 52,
    "breadcrumb": 46,
    "logo": 40,
    "email": 38,
    "signoff": 30,
    "host": 44,
}
_KNOWN = 8  # added when the registry knows the name
_DOMAIN_SHAPED = 6

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright(?:\s{0,2}(?:©|\(c\)))?)\s{0,3}(?:(?:19|20)\d\d(?:\s{0,2}[-–—]\s{0,2}(?:(?:19|20)\d\d|present))?)?[\s,.:–—-]{0,4}(?:by\s{1,3})?(?P<after>[^\n|©]{2,70})?",
    re.I,
)
_BEFORE_COPYRIGHT = re.compile(r"^(?P<before>[^\n|©(]{2,40}?)\s{0,3}(?:©|\(c\))\s{0,3}(?:19|20)\d\d", re.I)
_NOISE = re.compile(
    r"[.,;|\s–—-]{0,4}(?:all rights?|alle rechte|tous droits|todos los|все права|усі права|"
    r"bütün hüquq|tüm hak|wszelkie prawa|"
    r"powered by|designed|theme|privacy|terms|inc\b|ltd\b|llc\b|gmbh\b|contact|email|e-mail|part of|"
    r"registered).{0,200}$",
    re.I | re.S,
)
_TAGLINE = re.compile(r"\s[-–—|:]\s.{0,80}$|\.\s.{0,80}$", re.S)
_CRUMBS = re.compile(r"\s{1,3}[>›»→/]\s{1,3}|\s::\s")
_CRUMB_MARKS = (">", "›", "»", "→", "/", "::")
_EMAIL = re.compile(r"\b[\w.+-]{1,40}@((?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,12})\b", re.I)
_NO_FURNITURE = frozenset({Zone.TITLE, Zone.COMMENTS, Zone.RELATED})
_NAME = re.compile(r"^[^\W_][^\n]{1,48}$")


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that shows a name or an address: ``kind`` is a key of the weights."""

    kind: str
    name: str
    start: int
    end: int
    found: Resolution
    domain: str | None
    space: Space | None = None

    @property
    def key(self) -> str:
        """What two witnesses share when they agree."""
        if self.found.outlet:
            return self.found.outlet.id
        return fold(site_label(self.domain)) if self.domain else fold(self.name)


def outlet_candidates(
    page: Page, capture: Capture, registry: Registry | None = None, terms: Iterable[Candidate] | None = None
) -> list[Candidate]:
    """Who published ``page``, one candidate a witness, heaviest first; empty when nothing on it says so.

    ``terms`` are the licence candidates of the page, where the caller has them.
    """
    registry = registry or default_registry()
    terms = licence.candidates(page, registry) if terms is None else terms
    witnesses = list(_witnesses(page, capture, registry, terms))
    shown = Counter(key for key, _ in {(w.key, w.kind) for w in witnesses})
    domains = {w.key: domain for w in witnesses if (domain := _domain(w))}
    printed = _as_printed(witnesses)
    witnesses = [replace(w, name=printed[w.key]) if w.kind == "address" and w.key in printed else w for w in witnesses]
    address = next((w.key for w in witnesses if w.kind == "host"), None)
    found = [_candidate(page, w, shown[w.key], domains.get(w.key), address) for w in witnesses]
    return sorted(found, key=lambda c: (-c.weight, c.start if c.start is not None else -1))


def _as_printed(witnesses: Iterable[Witness]) -> dict[str, str]:
    """What the page itself calls the outlet that its address leads to: "Anadolu Ajansı", not the name in a register."""
    return {
        w.key: w.name
        for w in witnesses
        if w.kind in _PRINTED and w.found.how == "name" and w.domain != w.name and _titled(w.name)
    }


def _titled(name: str) -> bool:
    """True for a name as it is written in a text: not all in capitals, but for an acronym, and no address."""
    letters = [c for c in name if c.isalpha()]
    return "." not in name and (len(letters) <= _ACRONYM or not name.isupper())


def _witnesses(page: Page, capture: Capture, registry: Registry, terms: Iterable[Candidate]) -> Iterator[Witness]:
    reader = Reader(registry)
    if capture.url:
        yield from _address(capture.url, registry)
    furniture = _furniture(page)
    yield from (w for w in _copyrights(page, furniture, reader) if not _delivered(w, capture.url, registry))
    yield from _breadcrumbs(page, furniture, reader)
    yield from _logos(page, furniture, reader)
    yield from _emails(furniture, registry)
    yield from _licences(page, reader, terms)
    yield from _sign_offs(page, reader)


def _address(url: str, registry: Registry) -> Iterator[Witness]:
    address = host(url)
    outlet = registry.by_domain(address) if address else None
    if address and outlet and outlet.type != "platform":
        yield Witness("address", outlet.name, 0, 0, Resolution(outlet.name, "domain", outlet), address, Space.URL)
    elif address and outlet is None and printed_domain(address):
        # Nobody who is known: the address is all that is sure, and any name that the page shows is better.
        yield Witness("host", address, 0, 0, Resolution(address, "unknown", domain=address), address, Space.URL)


@dataclass(frozen=True)
class _Furniture:
    """The lines of ``page`` that can be furniture: short, no headline, nobody else's comment."""

    page: Page
    places: tuple[int, ...]
    texts: tuple[str, ...]

    @cached_property
    def cued(self) -> CuedLines:
        """The lines, folded, to look for words in."""
        return CuedLines(self.texts)

    @cached_property
    def longer(self) -> frozenset[str]:
        """The keys of all lines of the page that are long enough for a headline."""
        texts = map(self.page.quote, self.page.blocks)
        return frozenset(fold(text) for text in texts if len(text) > 12)

    def holding(self, *words: str) -> Iterator[tuple[int, str]]:
        """(start, text) of the lines that hold one of ``words``."""
        return ((self.places[number], self.texts[number]) for number in self.cued.holding(*words))

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return zip(self.places, self.texts, strict=True)


def _furniture(page: Page) -> _Furniture:
    blocks = [b for b in page.blocks if b.end - b.start <= 260 and b.zone not in _NO_FURNITURE]
    return _Furniture(page, tuple(block.start for block in blocks), tuple(map(page.quote, blocks)))


def _copyrights(page: Page, furniture: _Furniture, reader: Reader) -> Iterator[Witness]:
    for start, text in furniture.holding("©", "(c)", "copyright"):
        match = _COPYRIGHT.search(text)
        if not match:
            continue
        before = _BEFORE_COPYRIGHT.search(text)
        if before:
            yield from _named(page, reader, "copyright", start + before.start("before"), start + before.end("before"))
        elif match.group("after"):
            first = start + match.start("after")
            name = _TAGLINE.sub("", _NOISE.sub("", match.group("after")))
            yield from _named(page, reader, "copyright", first, first + len(name))


def _delivered(witness: Witness, url: str | None, registry: Registry) -> bool:
    """True for an agency's or a syndicator's copyright on a page at another address: it sold the text."""
    outlet, address = witness.found.outlet, host(url) if url else None
    if outlet is None or address is None or outlet.type not in {"agency", "syndicator"}:
        return False
    return registry.by_domain(address) != outlet and fold(site_label(address)) not in map(fold, outlet.names)


def _named(page: Page, reader: Reader, kind: str, start: int, end: int) -> Iterator[Witness]:
    start, end = trimmed(page.text, start, end)
    name = page.text[start:end].rstrip(".")
    end = start + len(name)
    if (
        _NAME.match(name)
        and len(name.split()) <= 6
        and any(c.isalpha() for c in name)
        and fold(name) not in word_list("home")
    ):
        printed = reader.at(page.text, start, end)
        yield Witness(kind, name, start, end, printed.found, printed.domain)


def _breadcrumbs(page: Page, furniture: _Furniture, reader: Reader) -> Iterator[Witness]:
    """ "Name > Section > Headline": a name at the root, and the headline of the page at the end."""
    for start, text in furniture.holding(*_CRUMB_MARKS):
        crumbs = _CRUMBS.split(text)
        if len(crumbs) < 3 or (last := fold(crumbs[-1])) == fold(text) or last not in furniture.longer:
            continue
        yield from _named(page, reader, "breadcrumb", start, start + len(crumbs[0]))


def _logos(page: Page, furniture: _Furniture, reader: Reader) -> Iterator[Witness]:
    """A name printed twice without a space: the text of a logo and its image."""
    for start, text in furniture:
        half = len(text) // 2
        if (
            4 <= half <= 40
            and text[0] == text[half]
            and len(text) % 2 == 0
            and text[:half] == text[half:]
            and not text[0].isdigit()
        ):
            yield from _named(page, reader, "logo", start, start + half)


def _emails(furniture: _Furniture, registry: Registry) -> Iterator[Witness]:
    for start, text in furniture.holding("@"):
        match = _EMAIL.search(text)
        if not match or not is_short(text):
            continue
        domain = match.group(1).lower()
        if site_label(domain) in word_list("mailboxes") or not printed_domain(domain):
            continue
        outlet = registry.by_domain(domain)
        found = Resolution(domain, "domain" if outlet else "unknown", outlet, domain=domain)
        yield Witness("email", domain, start + match.start(1), start + match.end(1), found, domain)


def _licences(page: Page, reader: Reader, terms: Iterable[Candidate]) -> Iterator[Witness]:
    for candidate in terms:
        requires = candidate.detail.get("requires")
        name = candidate.detail.get("names") if isinstance(requires, list) and "link" in requires else None
        if isinstance(name, str) and candidate.start is not None and candidate.end is not None:
            place = page.text.find(name, candidate.start, candidate.end)
            if place >= 0:
                yield from _named(page, reader, "licence", place, place + len(name))


def _sign_offs(page: Page, reader: Reader) -> Iterator[Witness]:
    """A last line that is a known outlet's name. It may be a credit: it only supports what others say."""
    for block in page.blocks:
        if block.zone is Zone.TAIL and block.end - block.start <= 40:
            printed = reader.at(page.text, block.start, block.end)
            if printed.found.outlet:
                yield Witness("signoff", printed.text, printed.start, printed.end, printed.found, printed.domain)


def _domain(witness: Witness) -> str | None:
    """The registry's domain, else the address that the page shows for this name."""
    if witness.found.outlet:
        return _of(witness.found.outlet)
    return witness.domain


def _of(outlet: Outlet) -> str | None:
    return outlet.domain


def _candidate(page: Page, witness: Witness, kinds: int, domain: str | None, address: str | None) -> Candidate:
    known = _KNOWN if witness.found.outlet or witness.found.ambiguous else 0
    shaped = _DOMAIN_SHAPED if not known and witness.domain and witness.kind != "email" else 0
    spelt = _SPELT_LIKE_ADDRESS if witness.kind in _PRINTED and " " in witness.name and witness.key == address else 0
    weight = _WEIGHTS[witness.kind] + known + shaped + spelt + AGREEMENT * (kinds - 1)
    if witness.kind == "signoff":
        weight = min(weight, 48) if kinds == 1 else weight
    in_text = witness.space is None
    return Candidate(
        property="outlet",
        value=witness.name,
        quote=page.text[witness.start : witness.end] if in_text else witness.domain or witness.name,
        space=page.space if in_text else Space.URL,
        rule=f"masthead/{witness.kind}@1",
        meant=Meant.STATED if witness.kind in {"copyright", "licence"} else Meant.INFERRED,
        weight=min(weight, 95),
        path=None if in_text else "host",
        start=witness.start if in_text else None,
        end=witness.end if in_text else None,
        detail={
            "domain": domain,
            "outlet": witness.found.outlet.id if witness.found.outlet else None,
            "witness": witness.kind,
        },
    )
