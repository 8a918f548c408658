"""Where in a line a date can stand at all, told from its runs of digits: what spares most lines the slower patterns.

Every question here is answered generously: a line that is refused cannot hold a date of that shape, a line that is let
through may. Runs are (start, end) of digits in a flattened line (``date_words.flatten``), in order of place.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archiver.model import Block, Page

Runs = Sequence[tuple[int, int]]

_RUN = re.compile(r"\d+")
# A page's line with none of these holds no date: digits of any script, the year sign of dates in Chinese numerals.
DATE_CUE = re.compile(r"[\d年]")
_BASIC = 8
_JOINT = 3  # a separator with a space to each side
_ROMAN_ROOM = 10
_YEAR_DIGITS = range(4, 7)  # "2024" may have an hour glued behind it
_BEFORE_YEAR, _BEHIND_YEAR = 68, 40


def blocks_with(cue: re.Pattern[str], page: Page) -> Iterator[tuple[int, Block]]:
    """The blocks of ``page``, with their index, in which ``cue`` matches: one scan of the text finds them."""
    next_cue = -1
    for index, block in enumerate(page.blocks):
        if next_cue < block.start:
            found = cue.search(page.text, block.start)
            if found is None:
                return
            next_cue = found.start()
        if next_cue < block.end:
            yield index, block


def digit_runs(flat: str) -> list[tuple[int, int]]:
    """The runs of ASCII digits of the flattened line ``flat``."""
    return [found.span() for found in _RUN.finditer(flat)]


def may_hold_date(runs: Runs, flat: str) -> bool:
    """False for a line whose digits are no year: one short number alone, as in "5 comments"."""
    return len(runs) > 1 or any(end - start >= _YEAR_DIGITS.start for start, end in runs) or "年" in flat


def has_basic_format(runs: Runs) -> bool:
    """True where eight digits stand in one run, as in 20240403T150800Z."""
    return any(end - start >= _BASIC for start, end in runs)


def has_triple(runs: Runs) -> bool:
    """True where three runs stand a separator apart, as in 05.04.2024."""
    return any(
        second[0] - first[1] <= _JOINT and third[0] - second[1] <= _JOINT
        for first, second, third in zip(runs, runs[1:], runs[2:], strict=False)
    )


def has_roman_gap(runs: Runs) -> bool:
    """True where a short word can stand between day and year, as in 5.IV.2024."""
    return any(second[1] - second[0] == 4 and second[0] - first[1] <= _ROMAN_ROOM for first, second in pairwise(runs))


def has_year(runs: Runs) -> bool:
    """True where four digits stand alone."""
    return any(end - start == 4 for start, end in runs)


def near_years(runs: Runs, length: int) -> list[tuple[int, int]]:
    """The stretches of a line of ``length`` characters in which the name of a month can have its year.

    Two digits are a year only where a day stands before the name.
    """
    spans: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(runs):
        digits = end - start
        short = digits == 2 and index > 0 and start - runs[index - 1][1] <= _BEFORE_YEAR + _BEHIND_YEAR
        if digits not in _YEAR_DIGITS and not short:
            continue
        low, high = max(0, start - _BEFORE_YEAR), min(length, end + _BEHIND_YEAR)
        if spans and low <= spans[-1][1]:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    return spans
