"""A page becomes what a reader sees, each line at its place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import FormatError
from archiver.formats import FORMATS, detect, open_page
from archiver.formats.html import open_html
from archiver.model import Capture, Page, Space, Zone


def page(markup: str, url: str | None = "https://news.example/2024/a.html") -> Page:
    """``markup`` opened as a page of news.example."""
    return open_html(Capture(body=markup.encode(), url=url, format="html"))


def lines(markup: str) -> list[str]:
    """The visible lines of ``markup``."""
    opened = page(markup)
    return [opened.quote(block) for block in opened.blocks]


SEEN = {
    "white space collapses": ("<p>One \n\t two</p>", ["One two"]),
    "no-break spaces stay": ("<p>5\u00a0000  km</p>", ["5\u00a0000 km"]),
    "inline elements join": ("<p>Mar<b>vel</b>lous <i>day</i></p>", ["Marvellous day"]),
    "br breaks": ("<p>Ann Lee<br>2 May</p>", ["Ann Lee", "2 May"]),
    "blocks break": ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
    "cells break": ("<table><tr><td>Author</td><td>Ann Lee</td></tr></table>", ["Author", "Ann Lee"]),
    "a comment does not cut a word": ("<p>Mar<!-- x -->vellous</p>", ["Marvellous"]),
    "scripts are not seen": ("<p>Text<script>alert('x')</script></p><style>p{}</style>", ["Text"]),
    "comments are not seen": ("<p>Te<!-- no -->xt</p>", ["Text"]),
    "hidden": ('<p hidden>No</p><p style="DISPLAY : none">No</p><p aria-hidden="true">No</p><p>Yes</p>', ["Yes"]),
    "hidden until found is seen by searching": ('<p hidden="until-found">Yes</p>', ["Yes"]),
    "text after a hidden element stays": ("<p>A<span hidden>x</span>B</p>", ["AB"]),
    "a body that scripts would show": ('<body style="visibility:hidden"><p>Yes</p>', ["Yes"]),
    "noscript and template": ("<noscript>No</noscript><template><p>No</p></template><p>Yes</p>", ["Yes"]),
    "entities": ("<p>Q&amp;A &laquo;ə&raquo;</p>", ["Q&A «ə»"]),
    "preformatted": ("<pre>one\ntwo</pre>", ["one", "two"]),
    "labelled neighbours do not glue": (
        '<div><span class="by">By Ann Lee</span><span class="date">2 May</span></div>',
        ["By Ann Lee", "2 May"],
    ),
    "an icon between them does not hide the seam": (
        '<p><span class="by">By <a href="/a">Ann Lee</a></span><span class="on"><i></i><time>May 2</time></span></p>',
        ["By Ann Lee", "May 2"],
    ),
    "a large first letter keeps its word": (
        '<p><span class="cap">T</span><span class="x">he</span> end</p>',
        ["The end"],
    ),
    "a word split by a word processor stays one": ("<p><span>par</span><span>liament</span></p>", ["parliament"]),
    "zero-width characters stay": ("<p>اصلاح\u200cطلبان</p>", ["اصلاح\u200cطلبان"]),
    "bare text": ("<html>Just text", ["Just text"]),
    "nothing": ("<html><body></body></html>", []),
}


@pytest.mark.parametrize(("markup", "expected"), SEEN.values(), ids=SEEN)
def test_lines_are_those_a_reader_sees(markup: str, expected: list[str]) -> None:
    """Visible text, broken where a browser breaks it."""
    assert lines(markup) == expected


def check_places(opened: Page) -> None:
    """Blocks stand in order, apart, without space around them, and links lie inside."""
    for block in opened.blocks:
        quote = opened.quote(block)
        assert quote
        assert quote == quote.strip()
        assert all(block.start <= link.start < link.end <= block.end for link in block.links)
    assert all(one.end < other.start for one, other in pairwise(opened.blocks))
    assert "\n".join(map(opened.quote, opened.blocks)) == opened.text


def test_links_are_absolute_and_stand_where_their_words_stand() -> None:
    """A link leads from its words to its address, resolved against base and page."""
    opened = page('<p>See <a href="b.html">the <b>full</b> text</a> and <a href="//x.example/c">more</a>.</p>')
    links = opened.blocks[0].links
    assert [(opened.text[link.start : link.end], link.url) for link in links] == [
        ("the full text", "https://news.example/2024/b.html"),
        ("more", "https://x.example/c"),
    ]
    based = page('<base href="https://other.example/d/"><p><a href="e">x</a></p>')
    assert based.blocks[0].links[0].url == "https://other.example/d/e"


def test_a_broken_address_is_kept_as_it_stands() -> None:
    """What is no address stays readable and breaks nothing."""
    assert page('<p><a href="http://[broken">x</a></p>').blocks[0].links[0].url == "http://[broken"


ZONES = {
    "nav": ("<nav><a href=/>Home</a></nav>", Zone.NAVIGATION),
    "footer": ("<footer><p>Copyright</p></footer>", Zone.FOOTER),
    "a related list by its class": ('<div class="related-posts"><p class="byline">By Bob</p></div>', Zone.RELATED),
    "comments": ('<ol class="commentlist"><li>First</li></ol>', Zone.COMMENTS),
    "a byline by its item": ('<p><span itemprop="author">Ann Lee</span></p>', Zone.BYLINE),
    "camel case opens": ('<div class="ArticleByline">Ann Lee</div>', Zone.BYLINE),
    "a caption": ("<figure><figcaption>A view. AFP</figcaption></figure>", Zone.CAPTION),
    "no clue": ("<div><p>Text</p></div>", Zone.BODY),
}


@pytest.mark.parametrize(("markup", "zone"), ZONES.values(), ids=ZONES)
def test_markup_gives_a_first_zone(markup: str, zone: Zone) -> None:
    """Names of elements and words of classes say where to look."""
    filler = "<p>" + "The council met on Monday and talked about the bridge. " * 8 + "</p>"
    assert page(markup + filler).blocks[0].zone is zone


def test_a_wrapper_with_an_unlucky_name_is_seen_through() -> None:
    """A form or sidebar class around the whole page does not make the article furniture."""
    text = "<h1>Council votes for the new bridge</h1><p>" + "The council met on Monday. " * 20 + "</p>"
    opened = page(f'<form id="aspnetForm"><div class="sidebar-right">{text}</div></form>')
    assert [block.zone for block in opened.blocks] == [Zone.TITLE, Zone.BODY]


def test_times_and_hints_are_recognisable() -> None:
    """A line that is one time element is called so, and words of parents stand in the hint."""
    opened = page('<div class="entry-meta"><p><time datetime="2024-05-02">2 May</time></p><p>By <b>Ann</b></p></div>')
    assert [block.tag for block in opened.blocks] == ["time", "p"]
    assert all("entry-meta" in block.hint for block in opened.blocks)


@pytest.mark.parametrize("depth", [250, 255, 300, 2047, 2048, 5000, 60_000])
def test_no_depth_of_nesting_hides_text(depth: int) -> None:
    """Text 255 levels down, and all after it, is lost in silence by default; here it stays."""
    opened = page(
        "<html><body><p>Before</p>" + "<div>" * depth + "deep" + "</div>" * depth + "<p>After</p></body></html>"
    )
    assert opened.text.split() == ["Before", "deep", "After"]
    assert bool(opened.notes) == (depth > 400)


def test_odd_bytes_are_noted_and_harmless() -> None:
    """NUL characters go, with a note; their neighbours stay."""
    opened = open_html(Capture(body=b"<p>One\x00Two</p><p>Three</p>", format="html"))
    assert opened.text == "OneTwo\nThree"
    assert opened.notes == ("1 NUL characters were dropped",)


def test_thousands_of_attributes_are_thinned() -> None:
    """An element with a flood of attributes keeps those that mean something."""
    flood = " ".join(f"a{number}=1" for number in range(3_000))
    opened = page(f'<p {flood} class="byline">Text</p><p>More</p>')
    assert opened.text == "Text\nMore"
    assert len(opened.tree.find(".//p").attrib) == 1
    assert "attributes" in opened.notes[0]


@pytest.mark.parametrize("odd", ["\x01", "\x0c", "\ufffe"])
def test_odd_characters_in_a_crowded_tag_break_nothing(odd: str) -> None:
    """What the parser takes and XML does not allow stands as U+FFFD."""
    crowd = " ".join(f"data-{n}=x" for n in range(400))
    body = f'<p {crowd} class="a{odd}b">The ferry crosses again.</p>'.encode()
    opened = open_html(Capture(body=body, format="html"))
    assert opened.text == "The ferry crosses again."
    assert opened.tree.find(".//p").get("class").strip("ab") == "\ufffd"


def test_inline_images_of_a_single_file_page_are_skipped() -> None:
    """Megabytes of base64 change neither text nor links."""
    image = "data:image/png;base64," + "iVBOR" * 40_000
    opened = page(f'<p>One <img src="{image}"> two</p><style>p{{background:url("{image}")}}</style><p>Three</p>')
    assert opened.text == "One two\nThree"


FORMS = {
    "html by its start": (Capture(body=b"<!doctype html><p>x</p>"), "html"),
    "html without a head": (Capture(body=b"<div><p>One</p><p>Two</p></div>"), "html"),
    "html by its media type": (Capture(body=b"hello", media_type="text/html; charset=utf-8"), "html"),
    "text": (Capture(body="Bakı, 5 may. Mətn.\nİkinci sətir.\n".encode()), "textdump"),
    "text that mentions a tag": (Capture(body=b"Use the <p> element.\nThen go on.\n"), "textdump"),
    "told so": (Capture(body=b"<!doctype html><p>x</p>", format="textdump"), "textdump"),
}


@pytest.mark.parametrize(("capture", "name"), FORMS.values(), ids=FORMS)
def test_formats_are_told_apart(capture: Capture, name: str) -> None:
    """HTML is what looks like it, text is what is nothing else, and a person may overrule."""
    assert detect(capture) == name
    assert name in {each.name for each in FORMATS}
    assert open_page(capture).format == name


REFUSED = {
    "empty": Capture(body=b" \n", filename="a.txt"),
    "an image": Capture(body=b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, filename="a.png"),
    "an unknown format": Capture(body=b"text", format="wordperfect", filename="a.wpd"),
}


@pytest.mark.parametrize("capture", REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_is_refused_by_name(capture: Capture) -> None:
    """The error names the file and says what to do."""
    with pytest.raises(FormatError) as refused:
        open_page(capture)
    assert capture.filename
    assert capture.filename in refused.value.message
    assert refused.value.hint


TAGS = (
    "<p>|</p>|<div>|</div>|<br>|<span class=x>|</span>|<a href=/b>|</a>|<table><tr><td>|</td>|<ul><li>|<h1>|</h1>"
    "|<time>|<!-- -->|<script>|</script>|<pre>|</pre>|<b>|</i>|<nav>|</nav>|&nbsp;|&amp|&#0;|<| "
)
MARKUP = st.lists(st.one_of(st.sampled_from(TAGS.split("|")), st.text(max_size=8)), max_size=40)


@given(MARKUP)
def test_places_hold_for_any_markup(parts: list[str]) -> None:
    """Whatever the tags, blocks cut the visible text without gap or overlap."""
    markup = "<html><body><p>x</p>" + "".join(parts)
    opened = open_html(Capture(body=markup.encode("utf-8", "replace"), format="html"))
    assert opened.space is Space.VISIBLE
    check_places(opened)


def test_the_same_bytes_give_the_same_page() -> None:
    """Opening twice, with other pages between, changes nothing."""
    first = page("<p class=a>One</p><p>Two</p>")
    page("<p class=b>Other</p>")
    again = page("<p class=a>One</p><p>Two</p>")
    assert (first.text, first.blocks, first.notes) == (again.text, again.blocks, again.notes)


SAVED = {
    "SingleFile": (
        (
            "<html><!--\n Page saved with SingleFile \n url: https://news.example/a \n saved date: Thu May 02 2024 "
            "10:11:12 GMT+0200 (Central European Summer Time)\n--><p>Text</p>"
        ),
        {
            "comment[url]": "https://news.example/a",
            "comment[saved date]": "Thu May 02 2024 10:11:12 GMT+0200 (Central European Summer Time)",
        },
    ),
    "a browser's mark": (
        "<!doctype html>\n<!-- saved from url=(0022)https://news.example/a -->\n<html><p>Text</p>",
        {"comment[saved from url]": "https://news.example/a"},
    ),
    "any other comment": ("<html><!-- url: https://news.example/a --><p>Text</p>", {}),
}


@pytest.mark.parametrize("case", sorted(SAVED))
def test_what_a_saver_wrote_into_the_page_is_testimony(case: str) -> None:
    """The address and the moment in the comment are declared by the file, and are no part of the text."""
    markup, declared = SAVED[case]
    opened = page(markup)
    assert dict(opened.declared) == declared
    assert opened.text == "Text"


WRITTEN = {
    "XHTML": '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>T</title>'
    "<script>//<![CDATA[\nif (a < b) {}\n//]]></script></head><body><h1>Head</h1><p>Text<br/>more</p></body></html>",
    "AMP": '<!doctype html><html ⚡ lang="en"><head><style amp-boilerplate>body{visibility:hidden}</style><noscript>'
    "<style amp-boilerplate>body{visibility:visible}</style></noscript></head><body><h1>Head</h1>"
    '<amp-img src="a.jpg" layout="fill"></amp-img><p>Text<br>more</p></body></html>',
}


@pytest.mark.parametrize("case", sorted(WRITTEN))
def test_other_ways_to_write_html_are_the_same_page(case: str) -> None:
    """XHTML and AMP are HTML to a reader."""
    capture = Capture(body=WRITTEN[case].encode())
    assert detect(capture) == "html"
    assert open_page(capture).text == "Head\nText\nmore"
