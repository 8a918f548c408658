"""Printed dates as candidates: value, words, place, and what makes a reading doubtful or impossible."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from archiver.canonical import Json
from archiver.extract.address_dates import is_later
from archiver.extract.date_own import ASIDE, NEVER_OWN, Own
from archiver.extract.date_places import Placed
from archiver.model import Candidate, Meant, Space, Zone
from archiver.timepoint import TimePoint

_FROM_ELSEWHERE = {  # what settled day and month, where the digits and their own line do not
    "order": "the page's other dates speak for",
    "country": "the country of the page's address speaks for",
}

# The first second of Unix time, in the zones of both hemispheres: what software prints where it knows no date.
_NO_DAY = frozenset({"1969-12-31", "1970-01-01"})
_NULL = "what software writes where it knows no date"


def candidate_of(own: Own, space: Space, latest: date | None) -> Candidate:
    """``own`` as a candidate; rejected where it is no date, later than ``latest``, or two days at once."""
    printed = own.placed.printed
    if not printed.values:
        return _shaped(own, space, printed.words, None, rejected=own.rejected or printed.trouble or "no date at all")
    if printed.value is not None and printed.value.day in _NO_DAY:
        return _shaped(own, space, printed.value.value, printed.value, rejected=own.rejected or _NULL)
    possible = [value for value in printed.values if not is_later(value, latest)]
    if not possible:
        return _shaped(own, space, printed.values[0].value, printed.values[0], rejected="later than the capture")
    if len(possible) > 1:
        readings = [value.value for value in possible]
        return _shaped(
            own, space, possible[0].value, possible[0], rejected=own.rejected or "ambiguous", readings=readings
        )
    inferred = len(printed.values) > 1 or printed.settled_by in _FROM_ELSEWHERE
    chosen = replace(own, meant=Meant.INFERRED) if inferred else own
    return _shaped(chosen, space, possible[0].value, possible[0], rejected=own.rejected)


def other_readings(own: Sequence[Own], space: Space) -> Iterator[Candidate]:
    """The reading with day and month exchanged, where only the page's other dates or its country settled them."""
    for each in own:
        value = each.placed.printed.value
        ground = _FROM_ELSEWHERE.get(each.placed.printed.settled_by or "")
        if ground is None or value is None or value.day is None:
            continue
        year, month, day = value.day.split("-")
        other = TimePoint(f"{year}-{day}-{month}{value.value[10:]}", value.zone)
        why = f"other reading of the digits: {ground} {value.day}"
        yield _shaped(replace(each, meant=Meant.INFERRED), space, other.value, other, rejected=why)


def foreign_dates(placed: Sequence[Placed], space: Space) -> Iterator[Candidate]:
    """The labelled dates that cannot be the article's own, one a zone, with the reason."""
    seen: set[Zone] = set()
    for each in placed:
        if each.zone not in NEVER_OWN or each.zone in seen or each.printed.value is None or each.printed.role is None:
            continue
        seen.add(each.zone)
        role = each.printed.role if each.printed.role in {"published", "modified"} else "published"
        why = f"stands in another part of the page: {each.zone}"
        own = Own(each, role, ASIDE, 10)
        yield _shaped(own, space, each.printed.value.value, each.printed.value, rejected=why)


def _shaped(
    own: Own,
    space: Space,
    value: str,
    point: TimePoint | None,
    *,
    rejected: str | None = None,
    readings: Sequence[str] = (),
) -> Candidate:
    return Candidate(
        property=own.role,
        value=value,
        quote=own.placed.printed.words,
        space=space,
        rule=own.rule,
        meant=own.meant,
        weight=own.weight,
        start=own.placed.start,
        end=own.placed.end,
        detail=_detail(own, point, readings),
        rejected=rejected,
    )


def _detail(own: Own, point: TimePoint | None, readings: Sequence[str]) -> dict[str, Json]:
    printed = own.placed.printed
    detail: dict[str, Json] = {
        "precision": str(point.precision) if point else None,
        "zone": point.zone if point else None,
    }
    if readings:
        detail["readings"] = list(readings)
    if printed.settled_by not in {None, "digits"}:
        detail["order_by"] = printed.settled_by
    if printed.weekday == "contradicts":
        detail["weekday"] = "contradicts"
    if printed.calendar != "gregorian":
        detail["calendar"] = printed.calendar
    return detail
