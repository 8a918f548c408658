"""A page built to be slow is read as far as any page goes, in bounded work, and the record says what was not read."""

from collections.abc import Callable

import pytest

from archiver.extract.article import longest_run
from archiver.extract.reach import HEAD, TAIL, within_reach
from archiver.formats import open_page
from archiver.model import Block, Capture, Page, Space, Zone
from archiver.statements import read

PROSE = "The council met on Monday and agreed on the bridge over the river, officials said. "
MONTHS_APART = "<p>" + "The council met and agreed on the bridge. " * 8 + "</p>"


def dump(text: str) -> Capture:
    """A text dump as somebody pastes it."""
    return Capture(text.encode(), format="textdump")


def test_what_stands_at_the_end_of_a_huge_text_is_still_read() -> None:
    """The credit line below a book is found at its place; the note says that the middle was not looked at."""
    text = "A Long Book\n" + PROSE * 5_000 + "\nTranslated from Gull Times\n"
    reading = read(dump(text))
    assert reading.page_text == text
    origin = next(s for s in reading.statements if s.property == "origin")
    assert text[origin.start : origin.end] == origin.quote
    assert any("rules looked at the first" in note for note in reading.notes)


def test_a_page_of_common_length_is_looked_at_whole() -> None:
    """No block changes and no note is made below the limit."""
    page = open_page(dump((PROSE + "\n") * 2_900))
    assert len(page.text) < HEAD + TAIL
    assert within_reach(page) == (page, ())


CUTS = {
    "one line": PROSE * 8_000,
    "lines": (PROSE + "\n") * 8_000,
    "spaces where the reach ends": "a" * (HEAD - 50) + " " * (2 * TAIL) + "b" * TAIL,
    "nothing but spaces at the end": "a" * HEAD + "b" * TAIL + " " * TAIL,
}


@pytest.mark.parametrize("case", sorted(CUTS))
def test_blocks_within_reach_are_whole_words_of_the_text(case: str) -> None:
    """Every block lies in the text, holds no space at its ends, and none stands before the one before it."""
    page, notes = within_reach(open_page(dump(CUTS[case])))
    assert len(notes) == 1
    for before, block in zip((None, *page.blocks), page.blocks, strict=False):
        assert page.quote(block) == page.quote(block).strip() != ""
        assert before is None or before.end <= block.start
        assert block.end <= HEAD or block.start >= len(page.text) - TAIL


def test_links_beyond_the_reach_are_left_out_with_their_words() -> None:
    """A block that is cut keeps the links whose words it keeps."""
    words = '<a href="https://news.example/a">a link</a> and ' * 30_000
    page = open_page(Capture(f"<p>{words}</p>".encode()))
    near, _ = within_reach(page)
    assert len(near.blocks) == 2
    for block in near.blocks:
        assert block.links
        assert all(page.text[link.start : link.end] == "a link" for link in block.links)
        assert all(block.start <= link.start and link.end <= block.end for link in block.links)


def test_no_line_of_a_dump_is_lost_beyond_the_most_lines() -> None:
    """Lines past the hundred thousandth are one block, to the end of the text."""
    page = open_page(dump("a\n" * 150_000 + "the end\n\n"))
    assert len(page.blocks) == 100_001
    assert page.quote(page.blocks[-1]).endswith("a\nthe end")
    assert [page.quote(block) for block in page.blocks[:3]] == ["a", "a", "a"]


def test_a_page_of_countless_tags_says_where_reading_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first tags are read; the note counts the characters that were not."""
    monkeypatch.setattr("archiver.formats.html._MOST_TAGS", 2_500)
    page = open_page(Capture(("<p>first words of the page</p>" + "<br>x" * 2_600 + "<p>last</p>").encode()))
    assert page.text.startswith("first words of the page")
    assert "last" not in page.text
    assert any("more than 2500 tags" in note and "characters were not read" in note for note in page.notes)


def test_scripts_do_not_count_below_the_limit() -> None:
    """A program with tens of thousands of signs for smaller-than takes nothing from the page."""
    page = open_page(Capture(f"<!doctype html><script>{'a<b;' * 60_000}</script><p>The page itself</p>".encode()))
    assert page.text == "The page itself"
    assert page.notes == ()


VAST: dict[str, Callable[[], str]] = {
    "many elements": lambda: f"<p>{PROSE}</p>" * 21_000,
    "many in one": lambda: f"<p>{PROSE * 3}</p><p>" + '<a href="/a">A B</a>, ' * 3_100 + f"</p><p>{PROSE * 3}</p>",
}


@pytest.mark.parametrize("case", sorted(VAST))
def test_a_vast_page_has_its_text_without_the_extractors(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an extractor would take the square of the elements it is not asked, and the text comes from the blocks."""

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the extractor was asked")

    monkeypatch.setattr("archiver.extract.article.bare_extraction", asked)
    reading = read(Capture(f"<title>A page</title><article>{VAST[case]()}</article>".encode()))
    assert reading.text.startswith(PROSE.strip())


def test_the_longest_run_has_its_paragraphs_and_no_other_line() -> None:
    """Two short lines may stand between paragraphs, a third ends the run; the longer of two runs wins."""
    lines = [PROSE, "a", "b", PROSE, "a", "b", "c", PROSE]
    text, blocks = "", []
    for line in lines:
        blocks.append(Block(len(text), len(text) + len(line.strip()), Zone.BODY, "p"))
        text += line.strip() + "\n"
    page = Page("html", Space.VISIBLE, text, tuple(blocks), "utf-8")
    assert longest_run(page) == [blocks[0], blocks[3]]
