"""Show one value, or say unknown, and forget no candidate.

Settling is one small table (``WAYS``): how two readings of a property are the same, and whether it holds one
value or several. Readings that are the same form a group; a group is as heavy as its heaviest reading, plus
``AGREEMENT`` for each further independent witness (another place on the page or in its metadata). The heaviest
group is shown if it reaches ``FIRM``; every other reading is kept with the reason why it is not shown. Nothing
here knows a site, a language or a format.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from archiver.canonical import short_id
from archiver.model import PROPERTIES, Candidate, Meant, Space, Statement
from archiver.statements.alike import FIRM, folded, same_words
from archiver.statements.authors import outranked_authors, plainest_first, same_person
from archiver.timepoint import TimePoint

__all__ = ["AGREEMENT", "FIRM", "MOST_AGREEMENT", "WAYS", "Way", "folded", "reject", "settle", "timepoint"]

AGREEMENT = 4
MOST_AGREEMENT = 12

Same = Callable[[Candidate, Candidate], bool]
Outranked = Callable[[Sequence[Sequence[Candidate]]], dict[int, str]]

_FULL_TITLES = frozenset({"meta/title-jsonld@1", "meta/title-og@1"})
_DAY = len("2024-12-19")
_MINUTE = len("2024-12-19T10:00")
_PRINTED = 66  # a date near the headline that rules trust
_REPEATED = frozenset({"date/byline@1"})
# The rules that read a day in a byline, and the least weight of one that stands below the headline, and near it.
_BYLINES = {"date/byline@1": 70, "date/labelled@1": 70, "date/beside-byline@1": 62}

_DOMAIN_END = re.compile(r"\.[a-z]{2,10}$")


def _same_title(one: Candidate, other: Candidate) -> bool:
    """The same headline, or one of them with a site name or section fixed to its end."""
    short, long = sorted((folded(one.value), folded(other.value)), key=len)
    return short == long or (len(short) >= 12 and (long.startswith(short) or long.endswith(short)))


def _kicker_first(group: list[Candidate]) -> list[Candidate]:
    """Of readings of one headline first the one to which JSON-LD and Open Graph alike give a kicker in front."""
    shown = folded(group[0].value)
    longer = [
        c for c in group if c.rule in _FULL_TITLES and folded(c.value).removesuffix(shown) not in {folded(c.value), ""}
    ]
    if len({c.rule for c in longer}) < len(_FULL_TITLES) or len({folded(c.value) for c in longer}) > 1:
        return group
    return [longer[0], *(c for c in group if c is not longer[0])]


def _same_outlet(one: Candidate, other: Candidate) -> bool:
    domains = {one.detail.get("domain"), other.detail.get("domain")}
    if len(domains) == 1 and None not in domains:
        return True
    names = (one.value, other.value)
    return len({folded(_DOMAIN_END.sub("", name.lower())) for name in names}) == 1 or same_words(one, other)


def _same_moment(one: Candidate, other: Candidate) -> bool:
    """Dates are the same when one is a prefix of the other, or both name one moment in two zones."""
    if one.value.startswith(other.value) or other.value.startswith(one.value):
        return True
    moment = _instant(one)
    return moment is not None and moment == _instant(other)


def _instant(candidate: Candidate) -> datetime | None:
    """The moment to the minute, where a zone is stated."""
    zone = candidate.detail.get("zone")
    if not isinstance(zone, str) or len(candidate.value) < _MINUTE:
        return None
    try:
        return datetime.fromisoformat(candidate.value[:_MINUTE] + zone.replace("Z", "+00:00")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _same_origin(one: Candidate, other: Candidate) -> bool:
    return one.detail.get("kind") == other.detail.get("kind") and _same_outlet(one, other)


def _outranked_days(groups: Sequence[Sequence[Candidate]]) -> dict[int, str]:
    """Days that only metadata names, next to the one day that the page shows: clocks of software run in other zones.

    Any other day of metadata is outranked by the one that the page prints in its byline.
    """
    days = [_ordinal(group[0].value) for group in groups]
    return _not_as_printed(groups, days) | _in_another_zone(groups, days)


def _not_as_printed(groups: Sequence[Sequence[Candidate]], days: Sequence[int]) -> dict[int, str]:
    """Days of metadata that the readers of the page never see, where its byline prints one other day to them.

    Software stamps imports, drafts and placeholders, too; an address that names the day is seen by readers. A day
    apart, print editions and clocks differ, and nothing is contradicted.
    """
    printed = {
        days[i]: group[0].value
        for i, group in enumerate(groups)
        if days[i] and any(c.start is not None and c.weight >= _BYLINES.get(c.rule, 101) for c in group)
    }
    if len(printed) != 1:
        return {}
    (day, value), *_ = printed.items()
    return {
        i: f"less supported than “{value}”, which the page prints in its byline"
        for i, group in enumerate(groups)
        if days[i] and abs(days[i] - day) > 1 and all(c.space is Space.HTML for c in group)
    }


def _in_another_zone(groups: Sequence[Sequence[Candidate]], days: Sequence[int]) -> dict[int, str]:
    shown = _days_shown(groups, days, _PRINTED) or _days_shown(groups, days, FIRM)
    if len(shown) != 1:
        return {}
    (day, value), *_ = shown.items()
    return {
        i: f"the page shows {value[:10]}, the same moment in its readers' zone"
        for i, group in enumerate(groups)
        if days[i] and day and abs(days[i] - day) == 1 and all(_may_be_greenwich(c) for c in group)
    }


def _days_shown(groups: Sequence[Sequence[Candidate]], days: Sequence[int], weight: int) -> dict[int, str]:
    """The days, by number, that the page shows at places where rules trust a date with ``weight`` at least."""
    return {
        days[i]: group[0].value
        for i, group in enumerate(groups)
        if days[i] and any(c.start is not None and c.weight >= weight for c in group)
    }


def _may_be_greenwich(candidate: Candidate) -> bool:
    """True for what metadata states without the zone of its readers; an address that names a month says no day."""
    if candidate.space is Space.HTML:
        return candidate.detail.get("zone") in {None, "Z", "+00:00"}
    return len(candidate.value) < _DAY


def _ordinal(value: str) -> int:
    """The number of a day, 0 for less than a day."""
    return date.fromisoformat(value[:10]).toordinal() if len(value) >= 10 else 0


@dataclass(frozen=True, slots=True)
class Way:
    """How one property settles: when two readings are the same, and whether several values may stand.

    ``outranked`` finds the groups that others contradict, with the reason, before weights are compared.
    """

    same: Same = same_words
    first: Callable[[list[Candidate]], list[Candidate]] = list
    several: bool = False
    outranked: Outranked | None = None


WAYS: dict[str, Way] = {
    "title": Way(_same_title, _kicker_first),
    "dek": Way(_same_title),
    "outlet": Way(_same_outlet),
    "section": Way(),
    "author": Way(same_person, plainest_first, several=True, outranked=outranked_authors),
    "posted_by": Way(several=True),
    "translator": Way(several=True),
    "agency": Way(_same_outlet, several=True),
    "origin": Way(_same_origin, several=True),
    "citation": Way(_same_outlet, several=True),
    "self_credit": Way(_same_outlet, several=True),
    "licence": Way(),
    "published": Way(_same_moment, outranked=_outranked_days),
    "modified": Way(_same_moment),
    "published_not_before": Way(_same_moment),
    "published_not_after": Way(_same_moment),
    "captured_not_before": Way(_same_moment),
    "language": Way(),
    "canonical_url": Way(),
    "photo_credit": Way(several=True),
    "suspected_machine_translation": Way(),
    "hidden_characters": Way(several=True),
}
# A bound is as good as its tightest ground: the latest lower bound, the earliest upper bound.
_TIGHTEST: dict[str, Callable[[str], tuple[int, ...]]] = {
    "captured_not_before": lambda value: tuple(map(ord, value)),
    "published_not_before": lambda value: tuple(map(ord, value)),
    "published_not_after": lambda value: tuple(-ord(c) for c in value),
}


def settle(candidates: Iterable[Candidate], *, capture_id: str) -> tuple[Statement, ...]:
    """Every candidate as a statement, in the order of PROPERTIES and then of the page.

    ``capture_id`` names the bytes that were read (it goes into the statements' ids). Candidates that are the
    same reading of the same place by the same rule are one statement.
    """
    by_property: dict[str, list[Candidate]] = {name: [] for name in PROPERTIES}
    for candidate in _without_twins(candidates):
        by_property[candidate.property].append(candidate)
    statements: list[Statement] = []
    for name, found in by_property.items():
        verdicts = _settle_one(found, WAYS[name], _TIGHTEST.get(name))
        ordered = sorted(verdicts, key=lambda v: (v.candidate.start is None, v.candidate.start or 0))
        statements.extend(_statement(v, capture_id) for v in ordered)
    return tuple(statements)


@dataclass(frozen=True, slots=True)
class _Verdict:
    candidate: Candidate
    shown: bool
    why: str | None


def _settle_one(
    found: Sequence[Candidate], way: Way, tightest: Callable[[str], tuple[int, ...]] | None
) -> list[_Verdict]:
    verdicts = [_Verdict(c, False, c.rejected) for c in found if c.rejected]
    groups = [way.first(group) for group in _groups([c for c in found if not c.rejected], way.same)]
    found_out = way.outranked(groups) if way.outranked else {}
    firm = [group for i, group in enumerate(groups) if _weight(group) >= FIRM and i not in found_out]
    if tightest is not None:
        firm.sort(key=lambda group: tightest(group[0].value), reverse=True)
    winners = firm if way.several else firm[:1]
    for i, group in enumerate(groups):
        if i in found_out:
            verdicts.extend(_Verdict(c, False, found_out[i]) for c in group)
        elif any(group is winner for winner in winners):
            verdicts.append(_Verdict(group[0], True, None))
            verdicts.extend(_Verdict(c, False, "says the same as the value shown") for c in group[1:])
        else:
            why = _why_not(group, winners)
            verdicts.extend(_Verdict(c, False, why) for c in group)
    return verdicts


def _groups(found: Sequence[Candidate], same: Same) -> list[list[Candidate]]:
    """Readings that say the same, heaviest reading first in each group, heaviest group first."""
    groups: list[list[Candidate]] = []
    for candidate in sorted(found, key=_order):
        home = next((group for group in groups if same(group[0], candidate)), None)
        if home is None:
            groups.append([candidate])
        else:
            home.append(candidate)
    return sorted((_local_first(group) for group in groups), key=lambda group: -_weight(group))


def _local_first(group: list[Candidate]) -> list[Candidate]:
    """Of readings that name one moment on two days, first the one in the zone of the page's readers."""
    if len(group) == 1 or not _may_be_greenwich(group[0]) or group[0].detail.get("zone") is None:
        return group
    local = next((c for c in group if c.value[:_DAY] != group[0].value[:_DAY] and len(c.value) > _DAY), None)
    return group if local is None else [local, *(c for c in group if c is not local)]


def _order(candidate: Candidate) -> tuple[object, ...]:
    """Heaviest first; between equals what the page states, then the fuller value, then page order."""
    return (
        -candidate.weight,
        candidate.meant is not Meant.STATED,
        candidate.space is Space.HTML,
        -len(candidate.value),
        candidate.start if candidate.start is not None else 1 << 40,
        candidate.path or "",
        candidate.rule,
    )


def _weight(group: Sequence[Candidate]) -> int:
    # A list prints one day beside each of its headlines: days without a label are one witness, however many.
    witnesses = {(c.space, c.path, c.rule if c.rule in _REPEATED else c.start) for c in group}
    return max(c.weight for c in group) + min(MOST_AGREEMENT, AGREEMENT * (len(witnesses) - 1))


def _why_not(group: Sequence[Candidate], winners: Sequence[Sequence[Candidate]]) -> str:
    if _weight(group) < FIRM:
        return f"too weak to show (weight {_weight(group)} of {FIRM})"
    return f"less supported than “{winners[0][0].value}” (weight {_weight(group)} against {_weight(winners[0])})"


def _without_twins(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One of each reading; of twins the heaviest stays, so the order of rules does not matter."""
    best: dict[tuple[object, ...], Candidate] = {}
    for candidate in candidates:
        key = _identity(candidate)
        if key not in best or _twin_rank(candidate) > _twin_rank(best[key]):
            best[key] = candidate
    return list(best.values())


def _twin_rank(candidate: Candidate) -> tuple[bool, int]:
    return (candidate.rejected is None, candidate.weight)


def _identity(c: Candidate) -> tuple[str | None, ...]:
    place = (None if c.start is None else str(c.start), None if c.end is None else str(c.end))
    kind = c.detail.get("kind")
    return (c.property, c.value, kind if isinstance(kind, str) else None, c.space, c.path, *place, c.rule)


def _statement(verdict: _Verdict, capture_id: str) -> Statement:
    c = verdict.candidate
    return Statement(
        id=short_id("statement", capture_id, *_identity(c)),
        property=c.property,
        value=c.value,
        quote=c.quote,
        space=c.space,
        path=c.path,
        start=c.start,
        end=c.end,
        rule=c.rule,
        meant=c.meant,
        shown=verdict.shown,
        why=verdict.why,
        detail=dict(c.detail),
    )


def timepoint(statement: Statement) -> TimePoint:
    """The moment that a date statement speaks of."""
    zone = statement.detail.get("zone")
    return TimePoint(statement.value, zone if isinstance(zone, str) else None)


def reject(candidate: Candidate, why: str) -> Candidate:
    """``candidate``, kept but never shown, with the reason."""
    return candidate if candidate.rejected else replace(candidate, rejected=why)
