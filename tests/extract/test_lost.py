"""No text is lost in silence: what parsers follow is read, and what they give up at rings the alarm."""

import pytest

from archiver.extract.lost import lost
from archiver.formats.html import open_html
from archiver.model import Capture
from archiver.statements import read

FIRST = "The harbour board of Lomar will close the old ferry pier for repairs from the first Monday of October on."
SECOND = "Passengers are asked to use the northern pier, which the board has lengthened by two berths for the purpose."
THIRD = "A shuttle bus will run between the two piers every ten minutes until the work is done, the board's chair said."


def html(inside: str, *, end: str = "</body></html>") -> bytes:
    """A page with FIRST and THIRD round ``inside``."""
    head = "<html><head><title>Pier closes</title></head><body><h1>Old pier of Lomar closes</h1>"
    return f"{head}<p>{FIRST}</p>{inside}<p>{THIRD}</p>{end}".encode()


def nested(element: str, depth: int) -> bytes:
    """SECOND inside ``depth`` elements."""
    return html(f"<{element}>" * depth + f"<p>{SECOND}</p>" + f"</{element}>" * depth)


FOLLOWED = {
    "300 divisions deep": nested("div", 300),
    "3,000 divisions deep": nested("div", 3_000),
    "600 quotations deep": nested("blockquote", 600),
    "3,000 letters in bold never closed": html("<b>" * 3_000 + f"<p>{SECOND}</p>"),
    "500 tables deep": html("<table><tr><td>" * 500 + SECOND + "</td></tr></table>" * 500),
    "32,000 attributes": html(f"<p {' '.join(f'data-{i}=x' for i in range(32_000))}>{SECOND}</p>"),
    "an attribute of two million letters": html(f"<p data-x='{'y' * 2_000_000}'>{SECOND}</p>"),
    "a paragraph of a million letters": html(f"<p>{SECOND} {'Ferry. ' * 150_000}</p>"),
    "a program of two million letters": html(f"<script>{'y' * 2_000_000}</script><p>{SECOND}</p>"),
    "a comment of two million letters": html(f"<!--{'y' * 2_000_000}--><p>{SECOND}</p>"),
    "a letter of no value": html(f"<p>\0{SECOND}</p>"),
    "behind the end of the document": html("", end=f"</body></html><p>{SECOND}</p>"),
    "in a second document": html("") + f"<html><body><p>{SECOND}</p></body></html>".encode(),
    "behind an end in capitals": html("", end=f"</BODY></HTML\n><P>{SECOND}</P>").replace(b"<html>", b"<HTML>"),
    "behind three ends": html("", end=f"</html></html></html><p>{SECOND}</p>"),
}


@pytest.mark.parametrize("body", FOLLOWED.values(), ids=FOLLOWED)
def test_text_is_read_however_it_is_wrapped(body: bytes) -> None:
    """All three paragraphs stand on the page and in the text, and no alarm rings."""
    reading = read(Capture(body, format="html"))
    for paragraph in (FIRST, SECOND, THIRD):
        assert paragraph in reading.page_text
        assert paragraph in reading.text
    assert not any("not shown" in note for note in reading.notes)


GIVEN_UP = {
    "in a comment never closed": (html(f"<!-- a note <p>{SECOND}</p>"), "a comment"),
    "in a script never closed": (html(f"<script>let x = 1 <p>{SECOND}</p>"), "a script"),
    "in a style sheet never closed": (html(f"<style>p {{}} <p>{SECOND}</p>"), "a style sheet"),
    "in a field never closed": (html(f"<textarea>Your words <p>{SECOND}</p>"), "a text field"),
    "in a link whose address is never closed": (
        html(f'<a href="/pier>The pier</a><p>{SECOND}</p><a href="/more">More</a>'),
        "quotation marks of an attribute",
    ),
    "in a class that is never closed": (
        html(f'<p id=second class="lead>{SECOND}</p><p class="lead">And so on.</p>'),
        "quotation marks of an attribute",
    ),
    "in single quotes that are never closed": (
        html(f"<img alt=\"Pier\" src='/pier.jpg><p>{SECOND}</p><img src='/ferry.jpg'>"),
        "quotation marks of an attribute",
    ),
    "in quotes that nothing closes": (html(f'<p style="margin:0>{SECOND}</p>'), "quotation marks of an attribute"),
}


@pytest.mark.parametrize(("body", "where"), GIVEN_UP.values(), ids=GIVEN_UP)
def test_the_alarm_names_where_a_parser_gave_up(body: bytes, where: str) -> None:
    """The record says that text is missing, and behind what."""
    page = open_html(Capture(body, format="html"))
    assert SECOND not in page.text
    note = lost(page, Capture(body))
    assert note is not None
    assert where in note
    assert note in read(Capture(body, format="html")).notes


QUIET = {
    "a plain page": html(f"<p>{SECOND}</p>"),
    "a counter behind the end": html("", end="</body></html><!-- cached at 10:15 --><script>count()</script>"),
    "the end written by a script": html(f"<script>w('</body></html>')</script><p>{SECOND}</p>"),
    "what is shown already": html(f"<p>{SECOND}</p>", end=f"</body></html><p>{SECOND}</p>"),
    "a long title": html("").replace(b"Pier closes", b"Pier closes for repairs, and ferries wait " * 9),
    "a menu behind the end": html("", end="</body></html><li>News</li><li>Sport</li>"),
    "markup as a value": html(f'<div data-note="<p>{SECOND}</p>" title="a > b">Note</div>'),
    "a comparison in a value": html(f'<button onclick="if (a > 1) show()">More</button><p>{SECOND}</p>'),
    "markup in a script": html(f"<script>w('<p class=\"x' + (a>b) + '\">{SECOND}</p><p class=\"y\">')</script>"),
    "a comparison in a script": html(f"<script>for (let i='a'; i<b && c='d'>e; i++) f('<p>{SECOND}</p>')</script>"),
    "quotes never closed whose text is shown": html(f'<p class="x>{SECOND}</p><p class="y">And on.</p><p>{SECOND}</p>'),
    "a short word in quotes never closed": html('<a href="/more>More</a><a href="/news">News</a>'),
}


@pytest.mark.parametrize("body", QUIET.values(), ids=QUIET)
def test_no_alarm_without_a_loss(body: bytes) -> None:
    """Signs alone say nothing; running text must be missing."""
    assert lost(open_html(Capture(body, format="html")), Capture(body)) is None


def test_a_dump_and_a_fragment_have_no_parser() -> None:
    """What is read letter by letter loses none."""
    dump = Capture(f"Pier closes\n\n{FIRST}".encode())
    assert not any("not shown" in note for note in read(dump).notes)
