"""What an outlet changed after it had published: a credit, a name, a headline, the text in silence."""

from collections.abc import Iterator
from itertools import pairwise

from archiver.audit.rule import Observation, listed, seen
from archiver.audit.words import quoted
from archiver.model import Dossier, Severity, Statement, Version
from archiver.outlets.names import fold
from archiver.text import editorial_form

_CREDITS = ("origin", "translator", "agency")


def credit_removed(dossier: Dossier) -> Iterator[Observation]:
    """A credit to an origin, a translator or an agency was there and is not any more."""
    for lost, older, newer in _lost(dossier, _CREDITS):
        yield _gone("credit", lost, older, newer, dossier)


def author_removed(dossier: Dossier) -> Iterator[Observation]:
    """An author who signed an earlier version does not sign a later one."""
    for lost, older, newer in _lost(dossier, ("author",)):
        yield _gone("author", lost, older, newer, dossier)


def headline_changed(dossier: Dossier) -> Iterator[Observation]:
    """The headline of a later version reads differently."""
    for older, newer in pairwise(dossier.versions):
        before, after = older.reading.shown("title"), newer.reading.shown("title")
        if before and after and editorial_form(before[0].value) != editorial_form(after[0].value):
            message = (
                f"The headline {quoted(before[0].value)} became {quoted(after[0].value)} "
                f"between version {older.number} and version {newer.number}."
            )
            yield seen(message, [*before, *after])


def silent_change(dossier: Dossier) -> Iterator[Observation]:
    """The text changed, and the page does not say so."""
    for older, newer in pairwise(dossier.versions):
        if editorial_form(older.reading.text) == editorial_form(newer.reading.text):
            continue
        before, after = older.reading.shown("modified"), newer.reading.shown("modified")
        if after and (not before or before[0].value != after[0].value):
            continue
        said = f"its date of last change is still {after[0].value}" if after else "no date of a change is given"
        message = f"The text changed between version {older.number} and version {newer.number}; {said}."
        yield seen(message, after)


def _lost(dossier: Dossier, names: tuple[str, ...]) -> Iterator[tuple[Statement, Version, Version]]:
    """Statements of a version that the next version has no counterpart of."""
    for older, newer in pairwise(dossier.versions):
        for name in names:
            kept = {key for s in newer.reading.shown(name) for key in _keys(s)}
            told: set[str] = set()
            for s in older.reading.shown(name):
                if not kept & _keys(s) and not told & _keys(s):
                    told |= _keys(s)
                    yield s, older, newer


def _gone(called: str, lost: Statement, older: Version, newer: Version, dossier: Dossier) -> Observation:
    words = quoted(lost.quote or lost.value)
    what = f"The {called} {words} of version {older.number} is missing from version {newer.number}"
    still = [s for s in newer.reading.statements if s.property == lost.property and _keys(lost) & _keys(s)]
    if still:
        message = f"{what} as such, but still stands on the page ({quoted(still[0].quote)})."
        return seen(message, [lost, *still], severity=Severity.LOW)
    later = [v for v in dossier.versions if v.number > newer.number]
    back = [v for v in later if _keys(lost) & {k for s in v.reading.shown(lost.property) for k in _keys(s)}]
    if back:
        numbers = listed([str(v.number) for v in back])
        return seen(f"{what}; it stands again in version {numbers}.", [lost], severity=Severity.INFO)
    return seen(f"{what}.", [lost])


def _keys(statement: Statement) -> set[str]:
    """What a name is known by: its domain and its folded spelling; an unnamed origin by its kind."""
    domain = statement.detail.get("domain")
    keys = {fold(statement.value), domain if isinstance(domain, str) else ""} - {""}
    return keys or {str(statement.detail.get("kind", statement.property))}
