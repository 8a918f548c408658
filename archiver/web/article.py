"""A dossier, arranged as the article page shows it: facts with their evidence, origins in sentences, marks in texts.

Pure functions over frozen values; a template needs no logic beyond "is there one".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archiver import judged
from archiver.model import (
    PROPERTIES,
    CaptureEvent,
    Decision,
    Dossier,
    Finding,
    Grade,
    HeldOrigin,
    Judgement,
    Meant,
    Reading,
    Space,
    Statement,
    Version,
)
from archiver.web import words
from archiver.web.highlight import Span, plain
from archiver.web.links import host_words

AGREES = "says the same as the value shown"
LONGEST_CHAIN = 6

Load = Callable[[str], Dossier | None]


@dataclass(frozen=True, slots=True)
class Value:
    """One value that is shown, with what it rests on; ``also`` are other places that say the same."""

    statement: Statement
    text: str
    note: str | None
    meant: str
    place: str
    in_text: bool
    also: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property: its values, or in words that there is none."""

    property: str
    label: str
    family: str
    values: tuple[Value, ...]
    unknown: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """One text of an origin chain. ``id`` is None for one that is not held; ``possible`` could be it."""

    title: str
    outlet: str
    about: str
    id: str | None
    here: bool = False
    possible: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """From one node of a chain to the next: what happened, and the words that say so."""

    verb: str
    meant: str
    stated: bool
    quote: str
    statement: str
    article: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A path of texts that ends at the article shown: node, (step, node), (step, node) …, oldest first."""

    first: Node
    rest: tuple[tuple[Step, Node], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One version in the list of versions."""

    version: Version
    first: CaptureEvent | None
    last: CaptureEvent | None
    same_as: int | None
    words: int


def title_of(reading: Reading) -> str | None:
    """The headline that is shown."""
    found = reading.shown("title")
    return found[0].value if found else None


def facts(reading: Reading, ruled_out: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """The properties in the order in which people read them; those always asked for even where nothing is said.

    ``ruled_out`` are those of which a person ruled out what the page says.
    """
    names = [name for name in PROPERTIES if name in words.ALWAYS_ASKED or reading.shown(name)]
    inside = {span.id for span in text_spans(reading, {})}
    return tuple(_fact(reading, name, inside, ruled_out) for name in names)


def _fact(reading: Reading, name: str, inside: set[str], ruled_out: frozenset[str]) -> Fact:
    shown = reading.shown(name)
    agreeing = [s for s in reading.statements if s.property == name and not s.shown and s.why == AGREES]
    values = tuple(_value(s, _also(s, shown, agreeing), inside) for s in shown)
    unknown = None if values else _unknown(reading, name, ruled_out)
    return Fact(name, words.label_of(name), words.family_of(name), values, unknown)


def _also(statement: Statement, shown: Sequence[Statement], agreeing: Sequence[Statement]) -> tuple[Statement, ...]:
    """Which of the agreeing readings support this value, where several are shown."""
    if len(shown) == 1:
        return tuple(agreeing)
    return tuple(s for s in agreeing if s.value.casefold() == statement.value.casefold())


def _value(s: Statement, also: tuple[Statement, ...], inside: set[str]) -> Value:
    return Value(
        statement=s,
        text=_value_text(s),
        note=_note(s),
        meant=words.MEANT[s.meant],
        place=words.place_words(s.space, s.path),
        in_text=s.id in inside,
        also=also,
    )


def _value_text(s: Statement) -> str:
    if words.family_of(s.property) == "when":
        zone = s.detail.get("zone")
        return words.date_words(s.value, zone if isinstance(zone, str) else None)
    return s.value or ("not named" if s.property == "origin" else "yes")


def _note(s: Statement) -> str | None:
    """What the value alone cannot hold, in a few words."""
    if s.property == "origin":
        made = ", by a machine" if s.detail.get("machine") else ""
        return f"{s.detail.get('kind')}{made}" if s.detail.get("kind") else None
    if s.property in {"published", "modified"}:
        precision = s.detail.get("precision")
        return f"given to the {precision}" if isinstance(precision, str) else None
    if s.property == "outlet" and isinstance(s.detail.get("domain"), str):
        return str(s.detail["domain"]) if s.detail["domain"] != s.value else None
    if s.property == "licence" and s.detail.get("requires"):
        needs = s.detail["requires"]
        return f"asks for: {', '.join(map(str, needs))}" if isinstance(needs, (list, tuple)) else None
    return None


@dataclass(frozen=True, slots=True)
class Decided:
    """One judgement for people: ``did`` goes on after the name of who decided; ``withdrawn`` ones are kept."""

    judgement: Judgement
    did: str
    withdrawn: bool


def decided(dossier: Dossier) -> tuple[Decided, ...]:
    """What people decided about an article, the newest first."""
    withdrawn = {one.about for one in dossier.judgements if one.decision is Decision.WITHDRAW}
    return tuple(Decided(one, _did(one), one.id in withdrawn) for one in reversed(dossier.judgements))


def _did(one: Judgement) -> str:
    what = (one.property or "").replace("_", " ") + (f" “{one.value}”" if one.value else "")
    return words.DECISIONS[one.decision].format(what=what)


def _unknown(reading: Reading, name: str, ruled_out: frozenset[str]) -> str:
    if name in ruled_out:
        return "decided by a person: none of what the page says"
    if name == "published":
        return "not stated" + _between(reading)
    if name == "origin":
        own = reading.shown("self_credit")
        return "no other text is named" + ("; the page calls it its own production" if own else "")
    return "not stated"


def _between(reading: Reading) -> str:
    bounds = []
    for name, before in (("published_not_before", "not before"), ("published_not_after", "not after")):
        found = reading.shown(name)
        if found:
            bounds.append(f"{before} {words.date_words(found[0].value[:10])}")
    return f"; {', '.join(bounds)}" if bounds else ""


def rejected(reading: Reading) -> tuple[Statement, ...]:
    """Readings that are not shown and do not merely repeat one that is, in page order."""
    shown = {fact.property: fact for fact in facts(reading)}
    supporting = {s.id for fact in shown.values() for value in fact.values for s in value.also}
    return tuple(s for s in reading.statements if not s.shown and s.id not in supporting)


def byline(reading: Reading) -> tuple[str, str]:
    """Outlet, and date with how it is meant, for one line above a headline; two parts, for each has its direction."""
    outlet = reading.shown("outlet")
    published = reading.shown("published")
    date = words.short_date(published[0].value if published else None)
    how = f" ({words.MEANT_SHORT[published[0].meant]})" if published else _between(reading)
    return (outlet[0].value if outlet else "Outlet not stated", date + how)


def authors(reading: Reading) -> str:
    """Who signs the text, in one line; "" when nobody is shown."""
    return ", ".join(statement.value for statement in reading.shown("author"))


def origin_sentences(dossier: Dossier) -> tuple[tuple[str, HeldOrigin | None, str], ...]:
    """What may be said of where the text came from: (before the name, the origin, after the name)."""
    if not dossier.origins:
        if "origin" in judged.ruled_out(dossier.judgements, dossier.latest.first_capture):
            return (("A person decided that it did not come from the text that the page names.", None, ""),)
        own = dossier.reading.shown("self_credit")
        text = "The page says that the text is its own production." if own else "The page names no text it came from."
        return ((text, None, ""),)
    return tuple(_origin_sentence(origin) for origin in dossier.origins)


def _origin_sentence(origin: HeldOrigin) -> tuple[str, HeldOrigin, str]:
    verb = words.came_from(origin)
    before = {
        Meant.STATED: f"The page itself says that this was {verb} ",
        Meant.INFERRED: f"A rule infers that this was {verb} ",
        Meant.SUSPECTED: f"There are signs, and no proof, that this was {verb} ",
        Meant.PERSON: f"A person decided that this was {verb} ",
    }[origin.statement.meant]
    said = "; the page does not say so in a sentence" if origin.statement.meant is Meant.INFERRED else ""
    return before, origin, f"{said}{_far_end(origin)}."


def _far_end(origin: HeldOrigin) -> str:
    """What the archive knows of the original."""
    if origin.held:
        return ". It is held here"
    if origin.possible:
        return ". It may be held here: somebody has to compare"
    return ". It is not captured" if origin.name or origin.url else ""


def origin_name(origin: HeldOrigin) -> str:
    """What an origin is called: its name, else its domain or host, else that it is not named."""
    return origin.name or origin.domain or host_words(origin.url) or "a text that is not named"


def life_sentence(dossier: Dossier) -> str:
    """How the newest version came here, and what is known of when."""
    event = _event(dossier, dossier.latest.first_capture)
    parts = [_arrival(event) if event else "Read without an archive"]
    bound = dossier.reading.shown("captured_not_before")
    if bound and not dossier.captured_at:
        parts.append(f"the page was captured no earlier than {words.date_words(bound[0].value[:10])}")
    parts.append(_held(dossier))
    return "; ".join(parts) + "."


def _held(dossier: Dossier) -> str:
    """How many versions, and whether anybody looked again: a text that nobody looked at again is not "unchanged"."""
    number = words.many(len(dossier.versions), "version")
    if len(dossier.versions) > 1 or dossier.latest.last_capture == dossier.latest.first_capture:
        return number
    last = _event(dossier, dossier.latest.last_capture)
    return f"{number}, seen unchanged on {words.clock_words(last.captured_at or last.added_at)}" if last else number


def _arrival(event: CaptureEvent) -> str:
    added = words.clock_words(event.added_at)
    when = words.clock_words(event.captured_at) if event.captured_at else None
    if event.grade is Grade.FETCH:
        return f"Fetched by this archive on {when or added}"
    if event.grade is Grade.ARCHIVE:
        return f"Copy from another archive{f', made on {when}' if when else ''}, imported on {added}"
    what = "Pasted text" if event.grade is Grade.PASTE else "File"
    saved = f", saved on {when} as its giver says" if when else ", when it was saved is not known"
    return f"{what} imported on {added}{saved}"


def _event(dossier: Dossier, number: int) -> CaptureEvent | None:
    return next((event for event in dossier.captures if event.number == number), None)


def versions(dossier: Dossier) -> tuple[Seen, ...]:
    """Every version, oldest first; one that says what an earlier one said names it."""
    first_with: dict[str, int] = {}
    found = []
    for version in dossier.versions:
        same = first_with.get(version.content_digest)
        first_with.setdefault(version.content_digest, version.number)
        found.append(
            Seen(
                version,
                _event(dossier, version.first_capture),
                _event(dossier, version.last_capture),
                same,
                len(version.reading.text.split()),
            )
        )
    return tuple(found)


def chains(dossier: Dossier, load: Load) -> tuple[Chain, ...]:
    """One chain for each origin of the article, followed through held texts to its far end."""
    return tuple(
        Chain(path[0][1], tuple((path[i][0], path[i + 1][1]) for i in range(len(path) - 1)))  # type: ignore[misc]
        for path in (
            [*_upwards(origin, dossier, load), (None, _node(dossier, here=True))] for origin in dossier.origins
        )
    )


def _upwards(origin: HeldOrigin, child: Dossier, load: Load) -> list[tuple[Step, Node]]:
    """(step towards the child, node) pairs, oldest first."""
    steps: list[tuple[Step, Node]] = []
    met = {child.id}
    current: HeldOrigin | None = origin
    while current is not None and len(steps) < LONGEST_CHAIN:
        parent = load(current.held) if current.held and current.held not in met else None
        node = _node(parent) if parent else _unheld(current, load)
        steps.append((_step(current, child.id), node))
        if parent is None:
            break
        met.add(parent.id)
        child, current = parent, parent.origins[0] if parent.origins else None
    return steps[::-1]


def _step(origin: HeldOrigin, article: str) -> Step:
    s = origin.statement
    return Step(words.came_from(origin), words.MEANT_SHORT[s.meant], s.meant is Meant.STATED, s.quote, s.id, article)


def _node(dossier: Dossier, *, here: bool = False) -> Node:
    return Node(title_of(dossier.reading) or "Without a headline", *byline(dossier.reading), dossier.id, here)


def _unheld(origin: HeldOrigin, load: Load) -> Node:
    named = origin.name or origin.url or origin.domain
    host = host_words(origin.url) or origin.domain or ""
    about = "not identified" if origin.possible else "not captured" if named else "not named"
    return Node(
        origin_name(origin),
        host if host != origin.name else "",
        about,
        None,
        possible=tuple(_candidates(origin.possible[:3], load)),
    )


def _candidates(ids: Sequence[str], load: Load) -> Iterator[tuple[str, str]]:
    for ident in ids:
        found = load(ident)
        if found is not None:
            yield ident, title_of(found.reading) or ident


def text_spans(reading: Reading, hrefs: dict[str, str]) -> tuple[Span, ...]:
    """Where shown statements, and places that say the same, stand in the clean text."""
    found = []
    for s in _marking(reading):
        for start, end in _in_text(reading, s):
            found.append(_span(s, start, end, hrefs))
    return tuple(found)


def page_spans(reading: Reading, hrefs: dict[str, str]) -> tuple[Span, ...]:
    """Where every statement, shown or not, stands in the text of the whole capture."""
    return tuple(
        _span(s, s.start, s.end, hrefs)
        for s in reading.statements
        if s.space == reading.page_space and s.start is not None and s.end is not None
    )


def off_page(reading: Reading) -> tuple[Statement, ...]:
    """Statements whose quote does not stand in the page text: metadata, headers, addresses, comparisons."""
    placed = {span.id for span in page_spans(reading, {})}
    return tuple(s for s in reading.statements if s.id not in placed)


def supported(reading: Reading) -> dict[str, str]:
    """Which shown statement each statement belongs to: itself, or the one whose value it repeats."""
    owner = {}
    for fact in facts(reading):
        for value in fact.values:
            owner[value.statement.id] = value.statement.id
            owner |= {s.id: value.statement.id for s in value.also}
    return owner


def _marking(reading: Reading) -> Iterator[Statement]:
    """Statements to mark in the clean text. Headlines and bounds would paint it without telling anything."""
    skipped = {"title", "dek", "language", "section"}
    for s in reading.statements:
        if s.property not in skipped and (s.shown or s.why == AGREES):
            yield s


def _in_text(reading: Reading, s: Statement) -> Iterator[tuple[int, int]]:
    if s.start is None or s.end is None:
        return
    if s.space is Space.TEXT:
        yield s.start, s.end
        return
    if s.space != reading.page_space:
        return
    for piece in reading.pieces:
        start = max(s.start, piece.page_start)
        end = min(s.end, piece.page_start + piece.length)
        if start < end:
            yield piece.start + start - piece.page_start, piece.start + end - piece.page_start


def _span(s: Statement, start: int, end: int, hrefs: dict[str, str]) -> Span:
    label = f"{words.label_of(s.property)}: {plain(s.value)} ({words.MEANT_SHORT[s.meant]})"
    kept = s.shown or s.why == AGREES
    if not kept:
        label += f", not shown: {plain(s.why)}"
    return Span(start, end, s.id, words.family_of(s.property), label, kept, hrefs.get(s.id))


def findings_for(found: Sequence[Finding], reading: Reading) -> tuple[tuple[Finding, tuple[Statement, ...]], ...]:
    """Each finding with those of its statements that this version holds."""
    by_id = {s.id: s for s in reading.statements}
    return tuple((f, tuple(by_id[i] for i in f.statements if i in by_id)) for f in found)
