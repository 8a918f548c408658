"""What reaches a terminal or a pipe is text, whatever a page put into its title."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.cli.terminal import columns, one_line, plain, table


@given(st.text())
def test_no_control_character_passes(text: str) -> None:
    """Neither C0 and C1 controls, nor direction overrides, nor invisible characters are ever printed."""
    for sign in plain(text):
        assert sign in "\t\n" or unicodedata.category(sign) != "Cc", repr(sign)
        assert sign not in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\u2028\u2029"


@given(st.text(max_size=200), st.integers(4, 80))
def test_one_line_fits(text: str, room: int) -> None:
    """One line is one line, and never wider than it may be."""
    line = one_line(text, room)
    assert "\n" not in line
    assert columns(line) <= room


@pytest.mark.parametrize("hostile", ["\x1b]0;owned\x07", "\x1b[2Jgone", "\x9b31m", "a\rb", "a\u202eb", "\U000e0041"])
def test_hostile_titles_are_shown_as_codes(hostile: str) -> None:
    """An escape sequence in a title is spelt out, not sent."""
    assert "<U+" in plain(hostile)


def test_a_table_keeps_its_columns_with_wide_signs() -> None:
    """Columns line up although Chinese signs are two columns wide."""
    lines = table([("国家", "a"), ("xy", "b")], ("name", "x"), flexible=0)
    assert len({columns(line) for line in lines[1:]}) == 1
