"""No pattern of the reading packages can be made slow: every repeat is bounded, none trades letters with another."""

import re

import pytest

from benchmarks.linear.hostile import pieces
from benchmarks.linear.patterns import all_patterns, only_from_start
from tests.robust.regexes import faults

PATTERNS = all_patterns()

# Patterns that break the rule and are safe all the same, each with its reason.
EXCUSED = {
    "archiver.formats.prescan._CHARSET": "looked for in the content of one meta element, which is cut short",
    "archiver.formats.textdump._MARKUP": "looked for in the first two thousand bytes",
    "archiver.extract.chrome_lines._HEX": "looks ahead from the start of a line of 300 characters at most",
    "archiver.extract.chrome_lines._SLUG": "looks ahead from the start of a line of 300 characters at most",
    "archiver.extract.chrome_lines._WORD": "letters and what joins them share no character",
    "archiver.extract.residue._CLAUSE": "matched within 120 characters",
    "archiver.text._WORD": "nothing has to follow, so nothing is ever given back",
    "archiver.attribution.phrases": "reads wording files, never a page",
}


def test_the_search_finds_patterns_of_every_kind() -> None:
    """Globals, rows of tables, packaged wordings and patterns that a call writes out."""
    places = "\n".join(PATTERNS)
    assert len(PATTERNS) > 700
    for known in (
        "formats.html._MARKUP",
        "formats.clues._ROWS[0]",
        "_packaged_by_tongue[",
        "residue[",
        "formats.clues:",
    ):
        assert known in places


@pytest.mark.parametrize("package", ["formats", "extract", "attribution", "statements", "outlets", "other"])
def test_every_repeat_is_bounded(package: str) -> None:
    """Doubling a text that nearly matches at most doubles the time of each pattern."""
    known = ("formats", "extract", "attribution", "statements", "outlets")
    mine = {
        place: pattern
        for place, pattern in PATTERNS.items()
        if (place.split(".")[1] == package or (package == "other" and place.split(".")[1] not in known))
    }
    assert mine
    found = {place: faults(pattern) for place, pattern in mine.items() if not place.startswith(tuple(EXCUSED))}
    assert {place: what for place, what in found.items() if what} == {}


def test_excuses_are_needed() -> None:
    """A pattern that was mended or is gone needs no excuse."""
    for excused in EXCUSED:
        assert any(faults(pattern) for place, pattern in PATTERNS.items() if place.startswith(excused)), excused


SLOW = {
    r"a+b": ["unbounded"],
    r"(?:a*)*": ["unbounded", "nested"],
    r"(?:a+b)*": ["unbounded"],
    r"\s*x|y": ["unbounded"],
    r".*?end": ["unbounded"],
    r"(?:\w{2,12}[,.]?\s?){0,8}": ["nested"],
    r"(?:x|(?:\w{1,80}))*": ["nested"],
    r"(?=\S*\d)x": ["unbounded"],
}
QUICK = (
    r"\d+",
    r"a(?:b{0,3}|c+)",
    r"a{0,80}b",
    r"(?:\w{1,80},){0,8}",
    r"(?:[^<]++|<(?!/))*+",
    r"(?:\w{2,30}+[,.]?\s?){0,8}",
    r"(?:ab?){1,9}",
    rb"[^\r\n]*(?:\r|\n|\Z)?",
)


@pytest.mark.parametrize("pattern", SLOW)
def test_slow_patterns_are_told(pattern: str) -> None:
    """Each by what makes it slow."""
    assert set(faults(re.compile(pattern))) == set(SLOW[pattern])


@pytest.mark.parametrize("pattern", QUICK)
def test_quick_patterns_pass(pattern: str | bytes) -> None:
    """A repeat at the end, bounded ones, possessive ones, and rounds that a comma must end."""
    compiled: re.Pattern[str] | re.Pattern[bytes] = re.compile(pattern)
    assert faults(compiled) == []


def test_texts_are_made_from_the_pattern_itself() -> None:
    """What matches, its beginnings, and what its repeats are made of."""
    made = pieces(re.compile(r"Translated by ([A-Z][a-z]{2,20}) from"))
    assert "Translated by Aaaa from" in made
    assert any(each.startswith("Trans") and not each.endswith("from") for each in made)
    assert {"a", " ", "1"} <= set(made)


def test_patterns_that_are_tried_at_one_place_are_known() -> None:
    """A pattern that is matched, never searched for, costs nothing per character."""
    assert only_from_start("archiver.extract.declared_file._SENDER")
    assert not only_from_start("archiver.formats.html._SAVED")
