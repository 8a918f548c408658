"""Where a text says it came from: named but not held, not nameable, contradictory, or without its link."""

from collections import defaultdict
from collections.abc import Iterator

from archiver.audit.rule import Observation, listed, seen
from archiver.audit.words import quoted
from archiver.model import Dossier, HeldOrigin, Meant, OriginKind, Reading, Severity, Space, Zone
from archiver.outlets.names import fold
from archiver.urls import host

_CALLED = {
    OriginKind.TRANSLATION: "a translation",
    OriginKind.REPRINT: "taken",
    OriginKind.SYNDICATION: "syndicated",
    OriginKind.WIRE: "an agency story",
    OriginKind.EXCERPT: "an excerpt",
    OriginKind.ADAPTATION: "an adaptation",
    OriginKind.REWRITE: "a rewrite",
}
_HOW = {
    Meant.STATED: "By its own words",
    Meant.INFERRED: "Read as",
    Meant.SUSPECTED: "Suspected to be",
    Meant.PERSON: "Decided by a person to be",
}
_GROUND = {
    Meant.STATED: ":",
    Meant.INFERRED: ", inferred from",
    Meant.SUSPECTED: ", because of",
    Meant.PERSON: ", on the ground of",
}
# A text has one original of these kinds; several agencies may have sent one story, and excerpts may be of many.
_ONLY_ONE = (OriginKind.TRANSLATION, OriginKind.REPRINT, OriginKind.ADAPTATION, OriginKind.REWRITE)
_OF_THE_ARTICLE = frozenset({Zone.TITLE, Zone.DEK, Zone.BYLINE, Zone.BODY, Zone.CAPTION, Zone.TAIL})


def origin_not_held(dossier: Dossier) -> Iterator[Observation]:
    """An origin is named, and the archive does not hold it."""
    for origin in dossier.origins:
        if origin.held or not _name(origin):
            continue
        named = f"{_HOW[origin.statement.meant]} {_CALLED[origin.kind]} from {quoted(_name(origin))}{_ground(origin)}"
        if dossier.held_in is None:
            yield seen(f"{named}; no archive was asked for the original.", [origin.statement], severity=Severity.LOW)
        elif origin.possible:
            message = (
                f"{named}; {len(origin.possible)} held by that outlet could be the original: {listed(origin.possible)}."
            )
            advice = "Compare them (`archiver show`) to see which one it is."
            yield seen(message, [origin.statement], severity=Severity.LOW, advice=advice)
        else:
            yield seen(f"{named}; the original is not held.", [origin.statement])


def origin_unnamed(dossier: Dossier) -> Iterator[Observation]:
    """The page says that it came from somewhere, but not from where."""
    for origin in dossier.origins:
        if not _name(origin):
            said = quoted(origin.statement.quote)
            message = f"The page says that it is {_CALLED[origin.kind]}, without naming the original: {said}."
            yield seen(message, [origin.statement])


def conflicting_origins(dossier: Dossier) -> Iterator[Observation]:
    """Several originals of a kind of which there can be one."""
    by_kind: dict[OriginKind, dict[str, HeldOrigin]] = defaultdict(dict)
    for origin in dossier.origins:
        if _name(origin):
            by_kind[origin.kind].setdefault(_key(origin), origin)
    for kind in _ONLY_ONE:
        origins = list(by_kind[kind].values())
        if len(origins) > 1:
            names = listed([f"{quoted(_name(o))} ({quoted(o.statement.quote)})" for o in origins])
            message = (
                f"The page names several originals as {_CALLED[kind]}: {names}. They may be a chain or a contradiction."
            )
            yield seen(message, [o.statement for o in origins])


def undated_translation(dossier: Dossier) -> Iterator[Observation]:
    """A translation that cannot be placed before or after its original."""
    reading = dossier.reading
    translations = [o.statement for o in dossier.origins if o.kind is OriginKind.TRANSLATION]
    grounds = translations or list(reading.shown("translator"))
    if grounds and not reading.shown("published"):
        yield seen(
            f"A translation ({quoted(grounds[0].quote)}) without a date: it cannot be set against its original.",
            grounds,
        )


def declared_machine_translation(dossier: Dossier) -> Iterator[Observation]:
    """The page says itself that a machine translated it."""
    for origin in dossier.origins:
        if origin.by_machine:
            original = f" The original: {quoted(_name(origin))}." if _name(origin) else ""
            said = quoted(origin.statement.quote)
            yield seen(f"By its own words a machine translated the text: {said}.{original}", [origin.statement])


def credit_without_link(dossier: Dossier) -> Iterator[Observation]:
    """A web page names its origin without linking to it."""
    reading = dossier.reading
    if reading.page_space is not Space.VISIBLE:
        return  # a text dump has lost its links; nothing can be said of them
    for origin in dossier.origins:
        said = origin.statement.meant is not Meant.SUSPECTED and origin.kind is not OriginKind.WIRE
        if _name(origin) and said and not _linked(origin, reading):
            credit, name = quoted(origin.statement.quote), quoted(_name(origin))
            message = f"The credit {credit} stands on a web page without a hyperlink to {name}."
            yield seen(message, [origin.statement])


def licence_asks_link(dossier: Dossier) -> Iterator[Observation]:
    """The page allows its use on the condition of a hyperlink."""
    for s in dossier.reading.shown("licence"):
        requires = s.detail.get("requires")
        if isinstance(requires, (list, tuple)) and "link" in requires:
            yield seen(f"Whoever uses this text is asked for a hyperlink: {quoted(s.quote)}.", [s])


def _name(origin: HeldOrigin) -> str:
    return origin.name or origin.domain or ""


def _key(origin: HeldOrigin) -> str:
    return origin.domain or fold(origin.name or "")


def _ground(origin: HeldOrigin) -> str:
    return f"{_GROUND[origin.statement.meant]} {quoted(origin.statement.quote)}"


def _linked(origin: HeldOrigin, reading: Reading) -> bool:
    """True when the credit itself is a link, or the article links to the origin's domain anywhere."""
    if origin.url:
        return True
    start, end = origin.statement.start, origin.statement.end
    for block in reading.blocks:
        if block.zone not in _OF_THE_ARTICLE:
            continue
        for link in block.links:
            at_credit = start is not None and end is not None and link.start < end and start < link.end
            if at_credit or (origin.domain and _leads_to(link.url, origin.domain)):
                return True
    return False


def _leads_to(url: str, domain: str) -> bool:
    found = host(url) or ""
    return found == domain or found.endswith("." + domain)
