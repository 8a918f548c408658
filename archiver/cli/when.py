"""Moments as people type them on a command line."""

from datetime import datetime

import click

from archiver.timepoint import parse_utc


def moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:  # noqa: ARG001
    """A click callback: an aware datetime in UTC, or a usage error that says what to write."""
    if value is None:
        return None
    try:
        return parse_utc(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a moment ({error}); write 2024-05-01T12:00:00Z") from error
