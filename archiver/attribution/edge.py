"""One origin as a page gives it, and when two of them are one: the same house, under one name or two."""

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.attribution import weights
from archiver.attribution.mentions import Mention
from archiver.attribution.printed import Printed
from archiver.attribution.words import word_list
from archiver.model import OriginKind
from archiver.outlets.names import fold
from archiver.outlets.registry import site_label

_NAME = 5  # letters of a name that two different ones hardly share


@dataclass(frozen=True, slots=True)
class Edge:
    """One origin as the page gives it, with the mention that says so."""

    kind: OriginKind
    mention: Mention
    weight: int
    nameless: bool = False


def once(edges: list[Edge]) -> Iterator[tuple[Edge, str | None]]:
    """Each origin once, by identity; what says the same with less weight is kept with that reason."""
    seen: dict[str, Edge] = {}
    translated = {identity(e) for e in edges if e.kind is OriginKind.TRANSLATION and e.weight >= weights.SHOWN}
    # Said to be a translation somewhere, the copy that names the same source is that translation.
    order = sorted(
        edges,
        key=lambda e: (e.kind is not OriginKind.TRANSLATION and identity(e) in translated, -e.weight, e.mention.start),
    )
    for edge in order:
        key = identity(edge)
        first = seen.get(key) or next((other for other in seen.values() if _two_names(edge, other)), None)
        if first is None:
            seen[key] = edge
            yield edge, None
        else:
            yield edge, "the same origin is stated with more weight elsewhere"


def _two_names(one: Edge, other: Edge) -> bool:
    """True when one of two names, not both of them known, is the other with words more, its letters or its address.

    "European Space Agency" and "ESA", "Rice University" and "Rice University News", "Salt & Sea" and "saltsea.example".
    """
    names = [edge.mention.name for edge in (one, other) if not edge.nameless]
    if len(names) != 2 or not all(names) or all(name and name.found.known for name in names):
        return False
    first, second = (name for name in names if name)
    long, short = sorted((first.text, second.text), key=len, reverse=True)
    letters = "".join(word[0] for word in long.split() if word[0].isupper())
    labels = {fold(site_label(name.domain)) for name in (first, second) if name.domain and not name.found.known}
    inside = f" {' '.join(short.split()).casefold()} " in f" {' '.join(long.split()).casefold()} "
    return (
        (inside and len(short) >= _NAME)
        or (len(short) > 2 and short == letters)
        or fold(short) in labels
        or fold(long) in labels
    )


def identity(edge: Edge) -> str:
    """What all edges to one origin share; an unnamed one is told by its kind."""
    name = edge.mention.name
    if edge.nameless or name is None:
        return "?" + edge.kind
    return key_of(name)


def key_of(name: Printed) -> str:
    """What all spellings of ``name`` share: the outlet they lead to, else an address, else the name folded."""
    if name.found.outlet:
        return name.found.outlet.id
    return name.domain or fold(name.text)


def only_permits(edge: Edge, copies: list[Edge], text: str) -> bool:
    """True for "with permission from B" in the line that names A as where the text is from."""
    others = [e for e in copies if e is not edge and e.mention.line.number == edge.mention.line.number]
    return bool(others) and _permits(edge, text) and not any(_permits(e, text) for e in others)


def _permits(edge: Edge, text: str) -> bool:
    name = edge.mention.name
    said = text[edge.mention.start : name.start] if name else ""
    words = (fold(word) for word in said.split())
    return any(word.startswith(stem) for word in words for stem in word_list("credit_permission"))
