"""A page may leave out its head and body tags, and none of its text stays behind in the head."""

import pytest

from archiver.formats import open_page
from archiver.model import Capture
from archiver.statements import read

PROSE = "The ferry left the harbour on Monday and came back with all who had waited on the other side. "
LEFT_OUT = {
    "article after the title": ("<!doctype html><title>A</title><article><p>one</p></article>", "one"),
    "main": ("<!doctype html><title>A</title><main><h1>one</h1>two</main>", "one\ntwo"),
    "header, then a paragraph": (
        "<!doctype html><html lang=en><meta charset=utf-8><title>A</title><header>one</header><p>two</p>",
        "one\ntwo",
    ),
    "two sections, then words": (
        "<title>A</title><section>one</section><section>two</section>three",
        "one\ntwo\nthree",
    ),
    "content inside a written head": (
        "<html><head><title>A</title><section><p>one</p></section></head><body>two<p>three</p></body></html>",
        "one\ntwo\nthree",
    ),
    "an element of their own": ("<!doctype html><title>A</title><x-page><p>one</p></x-page>", "one"),
    "nothing amiss": ("<html><head><title>A</title></head><body><p>one</p></body></html>", "one"),
}


@pytest.mark.parametrize("case", sorted(LEFT_OUT))
def test_content_is_read_where_a_browser_shows_it(case: str) -> None:
    """In the order in which it stands."""
    markup, lines = LEFT_OUT[case]
    assert open_page(Capture(markup.encode(), format="html")).text == lines


def test_metadata_behind_the_content_stays_metadata() -> None:
    """A title and an author that stand after the first element of the body are read all the same."""
    markup = (
        f'<article><p>{PROSE * 3}</p></article><title>A ferry is back</title><meta name="author" content="Ana Novak">'
    )
    reading = read(Capture(f"<!doctype html>{markup}".encode()))
    assert [s.value for s in reading.shown("title")] == ["A ferry is back"]
    assert [s.value for s in reading.shown("author")] == ["Ana Novak"]
    assert reading.text.startswith("The ferry left")
