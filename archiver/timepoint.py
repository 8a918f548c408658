"""A moment as it was stated: an ISO 8601 prefix, its zone only where one was stated.

Precision is what was not written: ``2024-12`` is a month, ``2024-12-19T10:00`` a minute. Nothing here
asks the clock.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How much of a moment was stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


_BY_LENGTH = {
    4: Precision.YEAR,
    7: Precision.MONTH,
    10: Precision.DAY,
    13: Precision.HOUR,
    16: Precision.MINUTE,
    19: Precision.SECOND,
}
_SHAPE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d(?::\d\d)?)?)?)?)?", re.ASCII)
_ZONE = re.compile(r"Z|[+-](?:0\d|1[0-4]):[0-5]\d")  # the world's clocks lie between -12:00 and +14:00


@dataclass(frozen=True, slots=True, order=True)
class TimePoint:
    """A moment as stated. ``value`` is an ISO prefix without zone; ``zone`` is "Z", "+04:00" or None.

    Raises ValueError for anything that is not a real calendar date or clock time.
    """

    value: str
    zone: str | None = None

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.value):
            raise ValueError(f"not an ISO date prefix: {self.value!r}")
        if self.zone is not None and not _ZONE.fullmatch(self.zone):
            raise ValueError(f"not a zone offset: {self.zone!r}")
        datetime.fromisoformat(self.value + "0001-01-01T00:00:00"[len(self.value) :])

    @property
    def precision(self) -> Precision:
        """How much was stated, from the length of ``value``."""
        return _BY_LENGTH[len(self.value)]

    @property
    def day(self) -> str | None:
        """The day, ``YYYY-MM-DD``, or None when less was stated."""
        return self.value[:10] if len(self.value) >= 10 else None

    def iso(self) -> str:
        """Value and zone in one string, the zone only where a clock time was stated."""
        return self.value + (self.zone or "") if len(self.value) > 10 else self.value

    def as_json(self) -> dict[str, str | None]:
        """The shape of `published` in a record: value, precision, zone."""
        return {"value": self.value, "precision": str(self.precision), "zone": self.zone}


def from_datetime(moment: datetime) -> TimePoint:
    """A clock reading (must carry a zone) as a UTC TimePoint with seconds."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is not a moment")
    # Not strftime: it writes the year 33 as "33" on some platforms.
    return TimePoint(moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds"), "Z")


def utc_text(moment: datetime) -> str:
    """``2026-11-22T04:20:00Z``: how moments of our own clock are written everywhere."""
    return from_datetime(moment).iso()


def parse_utc(text: str) -> datetime:
    """Read back what ``utc_text`` wrote, or any ISO moment that carries a zone. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00") if text.endswith("Z") else text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a moment; write 2026-11-22T04:20:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no zone; write 2026-11-22T04:20:00Z or …+04:00")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} lies outside the calendar") from error
