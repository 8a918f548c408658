"""The clean text keeps the page's own characters and leads back to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extract import article
from archiver.extract.pieces import pieces
from archiver.formats.html import open_html
from archiver.model import Capture, Page
from archiver.statements import read

PARAGRAPHS = [
    "The council of the town of Hill voted on Monday to build a new bridge over the river after ten years of debate.",
    "Members said that the old bridge could not carry the lorries which pass through the town every day of the week.",
    "The work is to begin in the spring and will cost four million, half of which the region has promised to pay.",
    "Residents who spoke at the meeting asked for a path for bicycles and for lamps that do not shine into bedrooms.",
]


def page(body: str) -> Page:
    """An HTML page with ``body``."""
    return open_html(
        Capture(body=f"<html><head><title>t</title></head><body>{body}</body></html>".encode(), format="html")
    )


def paragraphs(*texts: str) -> str:
    """``texts`` as an article element."""
    return "<article>" + "".join(f"<p>{text}</p>" for text in texts) + "</article>"


def test_text_comes_without_furniture_and_with_its_places() -> None:
    """Paragraphs are kept, the menu is not, and every piece is letter by letter the page's."""
    opened = page("<nav><a href=/>Home page</a></nav>" + paragraphs(*PARAGRAPHS) + "<footer>About us</footer>")
    text, pieces = article.clean(opened, None)
    assert text.split("\n\n") == PARAGRAPHS
    assert [text[p.start : p.start + p.length] for p in pieces] == PARAGRAPHS
    assert all(
        text[p.start : p.start + p.length] == opened.text[p.page_start : p.page_start + p.length] for p in pieces
    )


def test_invisible_characters_are_kept() -> None:
    """A zero-width non-joiner is spelling in Persian, a soft hyphen or a mark may be evidence: none is dropped."""
    marked = [text.replace("bridge", "bri\u200cdge", 1).replace("Monday", "Mon\u00adday") for text in PARAGRAPHS]
    text, _ = article.clean(page(paragraphs(*marked)), None)
    assert text.split("\n\n") == marked


def test_invisible_characters_at_the_ends_of_a_line_are_kept() -> None:
    """An override that opens a line and the mark that ends it stay together: one alone says something else."""
    marked = ["\u202e" + PARAGRAPHS[0], PARAGRAPHS[1] + "\u202c", f"\u202b{PARAGRAPHS[2]}\u202c", *PARAGRAPHS[3:]]
    text, pieces = article.clean(page(paragraphs(*marked)), None)
    assert text.split("\n\n") == marked
    assert sum(piece.length for piece in pieces) == sum(map(len, marked))


def test_reading_other_pages_changes_nothing() -> None:
    """No memory of earlier pages: the same page gives the same text, however often."""
    first = article.clean(page(paragraphs(*PARAGRAPHS)), None)
    for _ in range(4):
        assert article.clean(page(paragraphs(*PARAGRAPHS)), None) == first


def test_a_page_without_article_markup_gives_its_longest_run() -> None:
    """Where nothing is found, the longest run of paragraphs is the text."""
    opened = page(
        "".join(f"<div>{text}</div>" for text in PARAGRAPHS[:2]) + "<p>Menu</p>" * 4 + "<div>One more line.</div>"
    )
    assert [opened.quote(block) for block in article.longest_run(opened)] == PARAGRAPHS[:2]


def test_the_alarm_rings_when_text_is_lost() -> None:
    """A clean text far shorter than what the page shows is noted."""
    opened = page(paragraphs(*PARAGRAPHS * 6))
    assert article.loss(opened, PARAGRAPHS[0]) is not None
    assert article.loss(opened, "\n".join(PARAGRAPHS * 6)) is None


VAST = {
    "20,001 elements": "<div><i></i><i></i><i></i></div>" * 5_001,
    "one element of 3,001": f"<ul>{'<li>1</li>' * 3_001}</ul>",
}


@pytest.mark.parametrize("beside", VAST.values(), ids=VAST)
def test_a_page_too_vast_for_the_extractor_says_so(beside: str) -> None:
    """The text is the longest run of paragraphs, and the record says that and why."""
    reading = read(Capture(f"<html><body>{paragraphs(*PARAGRAPHS)}{beside}</body></html>".encode(), format="html"))
    assert reading.text.split("\n\n") == PARAGRAPHS
    assert [note for note in reading.notes if "trafilatura was not asked" in note]


def test_a_page_of_common_size_has_no_such_note() -> None:
    """Two thousand elements are many and no reason."""
    beside = "<div><i></i><i></i><i></i></div>" * 500
    reading = read(Capture(f"<html><body>{paragraphs(*PARAGRAPHS)}{beside}</body></html>".encode(), format="html"))
    assert not [note for note in reading.notes if "trafilatura" in note]


SPACES = {
    "no-break space": ("one two three four", "x one\u00a0two three four y", ["one", "two three four"]),
    "line break for a space": ("one two three four", "one two\nthree four", ["one two", "three four"]),
    "a bullet that is not on the page": ("- one two three", "zero\none two three", ["one two three"]),
    "text that is nowhere": ("alpha beta gamma", "one two three", []),
    "a word in the middle is missing": (
        "the long first half of it [...] and the second half of it",
        "the long first half of it\nand the second half of it",
        ["the long first half of it", "and the second half of it"],
    ),
}


@pytest.mark.parametrize(("text", "page_text", "expected"), SPACES.values(), ids=SPACES)
def test_pieces_follow_the_text_through_white_space(text: str, page_text: str, expected: list[str]) -> None:
    """White space may differ between the two; pieces hold only what is equal."""
    found = pieces(text, page_text)
    assert [text[p.start : p.start + p.length].strip() for p in found] == expected


@settings(max_examples=60)
@given(
    st.lists(st.text("ab \u00a0\n-", min_size=1, max_size=40), max_size=12),
    st.lists(st.text("ab \u00a0\n-", min_size=1, max_size=40), max_size=12),
)
def test_pieces_are_always_equal_characters(some: list[str], other: list[str]) -> None:
    """Whatever the texts, a piece is the same characters on both sides, and pieces do not overlap."""
    text, page_text = "\n".join(some), "\n".join(other + some)
    end = 0
    for piece in pieces(text, page_text):
        assert piece.start >= end
        assert piece.length > 0
        end = piece.start + piece.length
        assert text[piece.start : end] == page_text[piece.page_start : piece.page_start + piece.length]
