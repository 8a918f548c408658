"""This machine's clock: the one place that asks it, imported by commands that read no page too."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This machine's clock, in UTC."""
    return datetime.now(UTC)
