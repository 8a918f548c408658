"""Dates that are missing, only bounded, at odds with each other, or moved."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from archiver.audit.rule import Observation, listed, seen
from archiver.audit.words import count, quoted
from archiver.model import Dossier, Reading, Severity, Space, Statement, Zone
from archiver.text import editorial_form
from archiver.timepoint import Precision, TimePoint, utc_text

# How `archiver.statements.settle` begins the reason of a reading that was firm enough but had less support.
OUTVOTED = "less supported than"
_DAY = timedelta(days=1)
_NEAR_HEADLINE = frozenset({Zone.TITLE, Zone.DEK, Zone.BYLINE})


def no_date(dossier: Dossier) -> Iterator[Observation]:
    """No publication date and no bound."""
    reading = dossier.reading
    if reading.shown("published") or _bounds(dossier):
        return
    others = _unshown(reading, "published")
    found = f" {_dates(others)} on the page, none of them firmly the article's own." if others else ""
    yield seen(f"Nothing on the page says when this was published.{found}{_known_since(dossier)}", others)


def date_bounds_only(dossier: Dossier) -> Iterator[Observation]:
    """No publication date, but something that bounds it."""
    bounds = _bounds(dossier)
    if bounds and not dossier.reading.shown("published"):
        said = listed([f"{_BOUND_WORDS[s.property]} {s.value} ({quoted(s.quote)})" for s in bounds])
        yield seen(f"No publication date is stated; it was published {said}.", bounds)


def date_conflict(dossier: Dossier) -> Iterator[Observation]:
    """Dates of weight that cannot all be true."""
    reading = dossier.reading
    shown = reading.shown("published")
    for date_shown in shown[:1]:
        yield from _against_each(date_shown, _contenders(date_shown, reading, dossier.captured_at))
        yield from _against_modified(date_shown, reading.shown("modified"))
        yield from _against_capture(date_shown, dossier)


def date_moved(dossier: Dossier) -> Iterator[Observation]:
    """The publication date of a later version is another one, or gone."""
    for older, newer in zip(dossier.versions, dossier.versions[1:], strict=False):
        before, after = older.reading.shown("published"), newer.reading.shown("published")
        if not before:
            continue
        between = f"between version {older.number} and version {newer.number}"
        if not after:
            message = f"The publication date {before[0].value} disappeared {between}."
            yield seen(message, before, severity=Severity.HIGH)
        elif gap := days_between(point(before[0]), point(after[0])):
            moved = f"The publication date moved from {before[0].value} to {after[0].value} {between}"
            yield _move(moved, gap, before[0], after[0], older.reading, newer.reading)


def point(statement: Statement) -> TimePoint:
    """The moment a date statement speaks of."""
    zone = statement.detail.get("zone")
    return TimePoint(statement.value, zone if isinstance(zone, str) else None)


def _is_moment(statement: Statement) -> bool:
    """False for words that were rejected because they name no day that there is."""
    try:
        point(statement)
    except ValueError:
        return False
    return True


def days_between(one: TimePoint, other: TimePoint) -> int:
    """Whole days that lie between two moments as stated: 0 when they can be the same day.

    Two clock times with zones are compared as instants; everything else as calendar spans, so that ``2024-03``
    and ``2024-03-09`` do not disagree.
    """
    if (first := _instant(one)) and (second := _instant(other)):
        return abs(first - second) // _DAY
    (start, end), (other_start, other_end) = _span(one), _span(other)
    return max(0, (other_start - end).days, (start - other_end).days)


def _move(moved: str, gap: int, before: Statement, after: Statement, old: Reading, new: Reading) -> Observation:
    """How grave it is: a date that the newer page still states somewhere has not gone, it is only not the one shown."""
    read = [s for s in new.statements if s.property == "published" and _is_moment(s)]
    still = [s for s in read if not days_between(point(s), point(before))]
    if still:
        message = f"{moved}, but the earlier one still stands on the page ({quoted(still[0].quote)})."
        return seen(message, [before, after, *still], severity=Severity.LOW)
    same = " while the text stayed the same" if editorial_form(old.text) == editorial_form(new.text) else ""
    return seen(f"{moved}{same}.", [before, after], severity=None if gap > 1 else Severity.LOW)


def _against_each(shown: Statement, others: Iterable[Statement]) -> Iterator[Observation]:
    told: set[str] = set()
    for other in others:
        gap = days_between(point(shown), point(other))
        if not gap or other.value in told:
            continue
        told.add(other.value)
        message = (
            f"Published {shown.value} by {_place(shown)} ({quoted(shown.quote)}), but {other.value} by {_place(other)} "
            f"({quoted(other.quote)}): {count(gap, 'day')} apart{_swapped(shown.value, other.value)}."
        )
        yield seen(message, [shown, other], severity=Severity.INFO if gap == 1 else None)


def _against_modified(shown: Statement, modified: tuple[Statement, ...]) -> Iterator[Observation]:
    for change in modified[:1]:
        if days_between(point(shown), point(change)) > 1 and change.value < shown.value:
            message = f"Last changed {change.value}, but published only {shown.value}."
            yield seen(message, [shown, change], severity=Severity.MEDIUM)


def _against_capture(shown: Statement, dossier: Dossier) -> Iterator[Observation]:
    """Nothing is published after it was captured, nor, where nobody witnessed that, after it came into the archive."""
    known = _first_known(dossier)
    if known is None:
        return
    moment, how = known
    start, _ = _span(point(shown))
    ahead = (start - moment.astimezone(UTC).date()).days
    if ahead > 1:
        before = f"{how} {count(ahead, 'day')} before, on {utc_text(moment)}"
        yield seen(f"Published {shown.value} by {_place(shown)}, but {before}.", [shown])


def _first_known(dossier: Dossier) -> tuple[datetime, str] | None:
    """When the newest version is known to have existed, and how that is known."""
    if dossier.captured_at is not None:
        return dossier.captured_at, "captured"
    first = next((event for event in dossier.captures if event.number == dossier.latest.first_capture), None)
    return (first.added_at, "added to the archive") if first else None


_BOUND_WORDS = {"published_not_before": "not before", "published_not_after": "not after"}


def _bounds(dossier: Dossier) -> tuple[Statement, ...]:
    """What bounds the date of publication, but for the moment of capture, which bounds every page's."""
    captured = dossier.captured_at.astimezone(UTC).date() if dossier.captured_at else date.max
    found = (s for name in _BOUND_WORDS for s in dossier.reading.shown(name))
    return tuple(s for s in found if s.property != "published_not_after" or _span(point(s))[1] < captured)


def _unshown(reading: Reading, name: str) -> list[Statement]:
    return [s for s in reading.statements if s.property == name and not s.shown]


def _dates(statements: list[Statement]) -> str:
    values = list(dict.fromkeys(s.value for s in statements))
    return f"{count(len(values), 'date')} ({listed(values, 3)}) {'stands' if len(values) == 1 else 'stand'}"


def _known_since(dossier: Dossier) -> str:
    return f" It existed on {utc_text(dossier.captured_at)}, when it was captured." if dossier.captured_at else ""


def _contenders(shown: Statement, reading: Reading, captured_at: datetime | None) -> list[Statement]:
    """Dates of weight beside the one shown: all that the metadata declare, and the visible one near the headline.

    Several visible ones are a list of other articles, several ``itemprop`` ones the comments, one of the day of
    capture is the page's clock, and a ``time`` element may stand in any of them: these belong to the page.
    """
    firm = [s for s in reading.statements if s.property == "published" and (s.why or "").startswith(OUTVOTED)]
    declared = [s for s in firm if s.space is Space.HTML and not (s.path or "").startswith("time[")]
    marked = [s for s in declared if "itemprop" in (s.path or "")]
    if not _one_day(marked):
        declared = [s for s in declared if s not in marked]
    visible = [s for s in firm if s.start is not None and _zone(s, reading) in _NEAR_HEADLINE]
    visible = [s for s in visible if days_between(point(s), point(shown)) and not _is_clock(s, captured_at)]
    return [*declared, *visible] if _one_day(visible) else declared


def _one_day(statements: list[Statement]) -> bool:
    return len({s.value[:10] for s in statements}) == 1


def _zone(statement: Statement, reading: Reading) -> Zone | None:
    place = statement.start or 0
    return next((block.zone for block in reading.blocks if block.start <= place < block.end), None)


def _is_clock(statement: Statement, captured_at: datetime | None) -> bool:
    if captured_at is None:
        return False
    start, end = _span(point(statement))
    today = captured_at.astimezone(UTC).date()
    return start - _DAY <= today <= end + _DAY if date.min < start and end < date.max else False


def _place(statement: Statement) -> str:
    if statement.space is Space.HTML:
        return f"its metadata {statement.path}"
    return {Space.URL: "its address", Space.HEADER: "a response header"}.get(statement.space, "the visible text")


def _swapped(one: str, other: str) -> str:
    """A hint where day and month changed places (``03/04/2024``)."""
    same = one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]
    return "; day and month may have changed places" if same and len(one) >= 10 <= len(other) else ""


def _instant(moment: TimePoint) -> datetime | None:
    if moment.zone is None or moment.precision in {Precision.YEAR, Precision.MONTH, Precision.DAY, Precision.HOUR}:
        return None
    return datetime.fromisoformat(moment.value + moment.zone.replace("Z", "+00:00"))


def _span(moment: TimePoint) -> tuple[date, date]:
    """First and last day that the moment, as stated, may fall on."""
    if moment.precision is Precision.YEAR:
        year = int(moment.value)
        return date(year, 1, 1), date(year, 12, 31)
    if moment.precision is Precision.MONTH:
        first = date.fromisoformat(moment.value + "-01")
        following = (
            (first.replace(day=28) + timedelta(days=4)).replace(day=1) if first < date(9999, 12, 1) else date.max
        )
        return first, following - _DAY
    day = date.fromisoformat(moment.value[:10])
    return day, day
