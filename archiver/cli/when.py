"""Moments as people type them on a command line."""

import math
from datetime import UTC, datetime, timedelta

import click

from archiver.timepoint import TimePoint, parse_utc


def moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:  # noqa: ARG001
    """A click callback: an aware datetime in UTC, or a usage error that says what to write."""
    if value is None:
        return None
    try:
        given = parse_utc(value)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(str(error)) from error
    if given > datetime.now(UTC) + timedelta(days=1):
        raise click.BadParameter(f"{value} has not come yet; nothing can have been captured then")
    return given


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    """A click callback: the start of a real date, such as 2024 or 2024-12-19, or a usage error."""
    try:
        return None if value is None else TimePoint(value).value
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date; write 2024, 2024-12 or 2024-12-19") from error


def finite(ctx: click.Context, param: click.Parameter, value: float) -> float:  # noqa: ARG001
    """A click callback: a number of seconds that ends."""
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a number of seconds")
    return value
