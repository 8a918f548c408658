"""What reaches a terminal is text, whatever a page put into its title.

Data goes to standard output, messages and progress to standard error. Control characters, escape sequences
and direction overrides of outside text are shown as words in angle brackets, never sent.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import click

from archiver.errors import UsageError

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


UNCUT = 10_000


def prose_width() -> int:
    """The width at which running text is wrapped, for a terminal and a pipe alike."""
    return min(width(), 100)


def plain(text: str) -> str:
    """``text`` with everything that steers a terminal or reorders a line made visible. New lines stay."""
    return _UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str, width: int | None = None) -> str:
    """``text`` on one line of at most ``width`` columns, safe to print."""
    line = plain(" ".join(text.split()))
    if width is None or columns(line) <= width:
        return line
    cut = line
    while cut and columns(cut) > width - 1:
        cut = cut[: max(0, len(cut) - max(1, columns(cut) - width))]
    return cut.rstrip() + "…"


def columns(text: str) -> int:
    """How many columns ``text`` takes: wide signs two, marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def width() -> int:
    """The width to fill: the terminal's, at most 120; in a pipe or a file nothing is cut."""
    if sys.stdout is None or not sys.stdout.isatty():
        return UNCUT
    try:
        return min(120, os.get_terminal_size().columns)
    except OSError:
        return 100


def colours(no_color: bool) -> bool:
    """True when standard output may carry colours (https://no-color.org)."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return (sys.stdout is not None and sys.stdout.isatty()) or os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}


def standard_input() -> BinaryIO:
    """Standard input as bytes. Raises UsageError when it is closed."""
    if sys.stdin is None:
        raise UsageError("standard input is closed", "give a file, or a pipe")
    return sys.stdin.buffer


def say(text: str = "", *, no_color: bool = False) -> None:
    """One line of data for people on standard output."""
    click.echo(text if colours(no_color) else click.unstyle(text), color=colours(no_color))


def say_json(value: Mapping[str, Any]) -> None:
    """One JSON object on one line of standard output, the same bytes for the same value."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(", ", ": "))
    # A lone surrogate (from a broken page) has no UTF-8; it is written as its JSON escape.
    if sys.stdout is None:
        raise UsageError("standard output is closed", "give the command somewhere to write to")
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def note(text: str, *, quiet: bool = False) -> None:
    """A message beside the data, on standard error."""
    if not quiet:
        click.echo(plain(text), err=True)


def complain(message: str, hint: str | None = None) -> None:
    """An error on standard error: what happened, then what to do."""
    click.echo(f"error: {plain(message)}", err=True)
    if hint:
        click.echo(f"  {plain(hint)}", err=True)


def table(rows: Iterable[Sequence[str]], heads: Sequence[str], *, flexible: int) -> list[str]:
    """Lines of a table whose column number ``flexible`` takes the room the others leave."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max([columns(head), *(columns(row[i]) for row in cells)]) for i, head in enumerate(heads)]
    others = sum(widths) - widths[flexible] + 2 * (len(heads) - 1)
    widths[flexible] = max(12, min(widths[flexible], width() - others))
    lines = [click.style(_row(list(heads), widths), bold=True)]
    lines.extend(_row(row, widths) for row in cells)
    return lines


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [one_line(cell, room) for cell, room in zip(cells, widths, strict=True)]
    padded = [cell + " " * (room - columns(cell)) for cell, room in zip(fitted, widths, strict=True)]
    return "  ".join(padded).rstrip()
