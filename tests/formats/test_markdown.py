"""A Markdown text is read as the page it is written for, and front matter as what it says of itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import FormatError
from archiver.formats import detect, frontmatter, open_page
from archiver.model import Capture, Space
from archiver.statements import read

FRONT = """---
title: "Ferry: stays in port"   # as announced
date: 2024-05-02 10:00:00 +0200
lastmod: 2024-05-03
authors:
  - Ann Lee
  - "Bo Ek"
tags: [sea, 'port, old']
canonical_url: https://tidewater-post.example/ferry
image: https://pictures.example/ferry.jpg
lang: en-GB
---
"""
TEXT = """# Ferry stays in port

The ferry stayed in **port** on Thursday because of [strong winds](https://wind.example/a), the harbour office said.

> Nobody sails, said the captain.

Passengers waited in the hall, which has *no* heating, until the evening.
"""


def test_front_matter_is_testimony_and_no_text() -> None:
    """Each value at its key, the date with its zone, two authors as two people; none of it in the text."""
    reading = read(Capture((FRONT + TEXT).encode()))
    assert reading.format == "markdown"
    shown = {(s.property, s.value, s.path) for s in reading.statements if s.shown and s.path}
    assert {
        ("author", "Ann Lee", "front matter[authors]"),
        ("author", "Bo Ek", "front matter[authors]"),
        ("published", "2024-05-02T10:00:00", "front matter[date]"),
        ("modified", "2024-05-03", "front matter[lastmod]"),
        ("canonical_url", "https://tidewater-post.example/ferry", "front matter[canonical_url]"),
    } <= shown
    assert [s.value for s in reading.shown("title")] == ["Ferry stays in port"]
    assert "lastmod" not in reading.page_text


def test_the_text_is_what_a_reader_of_the_page_sees() -> None:
    """No signs of Markdown, links at their words, the headline as a headline."""
    page = open_page(Capture(TEXT.encode(), filename="ferry.md"))
    assert page.space is Space.VISIBLE
    assert page.text.splitlines()[0] == "Ferry stays in port"
    assert "stayed in port on Thursday because of strong winds, the" in page.text
    links = [(page.text[link.start : link.end], link.url) for block in page.blocks for link in block.links]
    assert links == [("strong winds", "https://wind.example/a")]
    assert page.blocks[0].tag == "h1"


def test_the_same_text_as_html_says_the_same() -> None:
    """Rendered by hand, it has the same text, lines and title."""
    markup = (
        "<html><body><article><h1>Ferry stays in port</h1><p>The ferry stayed in <b>port</b> on Thursday because of "
        '<a href="https://wind.example/a">strong winds</a>, the harbour office said.</p><blockquote><p>Nobody sails, '
        "said the captain.</p></blockquote><p>Passengers waited in the hall, which has <i>no</i> heating, until the "
        "evening.</p></article></body></html>"
    )
    bare, written = read(Capture(markup.encode())), read(Capture(TEXT.encode(), format="markdown"))
    assert (written.page_text, written.text) == (bare.page_text, bare.text)
    assert written.content_digest == bare.content_digest


KINDS = {
    "front matter": (Capture(FRONT.encode()), "markdown"),
    "front matter of Hugo": (Capture(b'+++\ntitle = "Ferry"\n+++\nText'), "markdown"),
    "a name": (Capture(b"Only text", filename="NOTES.MD"), "markdown"),
    "a media type": (Capture(b"Only text", media_type="text/markdown; charset=utf-8"), "markdown"),
    "a text with rules": (Capture(b"---\nOne: two\n---\nText"), "textdump"),
    "a text with a heading": (Capture(b"# Ferry\n\nText"), "textdump"),
    "a page with a wrong name": (Capture(b"<!doctype html><p>Text", filename="page.md"), "html"),
    "front matter that never ends": (Capture(b"---\ntitle: Ferry\nText"), "textdump"),
}


@pytest.mark.parametrize("case", sorted(KINDS))
def test_markdown_is_what_says_so(case: str) -> None:
    """By name, type or front matter: a text dump with a few signs in it stays a text dump."""
    capture, kind = KINDS[case]
    assert detect(capture) == kind


PAIRS = {
    "yaml": ("---\ntitle: A\nauthor: Ann\n---\nText", [("title", "A"), ("author", "Ann")]),
    "toml": ('+++\ntitle = "A = b"\ntags = ["a", "b"]\n+++\nText', [("title", "A = b"), ("tags", "a"), ("tags", "b")]),
    "windows line ends": ("---\r\ntitle: A\r\n---\r\nText", [("title", "A")]),
    "a key in a key": ("---\ntitle: A\nauthor:\n  name: Ann\n---\nText", [("title", "A"), ("author.name", "Ann")]),
    "a list of tables": (
        "---\ntitle: A\nauthors:\n- name: Ann\n- name: Bo\n---\nText",
        [("title", "A"), ("authors.name", "Ann"), ("authors.name", "Bo")],
    ),
    "quotes": ("---\ntitle: 'It''s \"A\"' # no\n---\nText", [("title", 'It\'s "A"')]),
    "an address": (
        "---\ntitle: A\nurl: https://a.example/#b\n---\nText",
        [("title", "A"), ("url", "https://a.example/#b")],
    ),
    "nothing said": ("---\ntitle: A\ndate:\nauthor: null\n---\nText", [("title", "A")]),
}


@pytest.mark.parametrize("case", sorted(PAIRS))
def test_front_matter_is_read_line_by_line(case: str) -> None:
    """Keys in lower case, values without quotes and comments, lists as a pair for each item."""
    text, pairs = PAIRS[case]
    assert frontmatter.split(text) == (tuple(pairs), "Text")


HOSTILE = {
    "quotes a thousand deep": "> " * 1000 + "word",
    "lists a thousand deep": "- " * 1000 + "word",
    "brackets": "[" * 20_000 + "word",
    "pictures in pictures": "![" * 500 + "a" + "](a)" * 500 + " word",
    "sections that never end": "a <![CDATA[" * 300 + "word",
    "a script": "<script>alert(1)</script>\n\nword",
}


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_no_text_is_lost_to_what_is_hostile(case: str) -> None:
    """However it nests, the word at its end is read, and nothing of it runs."""
    page = open_page(Capture(HOSTILE[case].encode(), format="markdown"))
    assert "word" in page.text
    assert "alert" not in page.text


def test_a_text_too_large_is_refused_with_a_way_out() -> None:
    """Rendering costs seconds for each MiB: what is no article is not rendered."""
    with pytest.raises(FormatError, match="larger") as caught:
        open_page(Capture(b"word " * 200_000, filename="huge.md"))
    assert "--as textdump" in (caught.value.hint or "")


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="#*_[]()<>!`-+=|:\"'\\ \n\tab1\r\x00é", max_size=200))
def test_any_text_is_markdown_of_some_kind(text: str) -> None:
    """Nothing that can be written makes a traceback, with or without front matter before it."""
    for whole in (text, f"---\ntitle: {text}\n---\n{text}"):
        capture = Capture(whole.encode() or b" ", format="markdown")
        first = read(capture)
        assert first.format == "markdown"
        assert all(
            first.text[piece.start : piece.start + piece.length]
            == first.page_text[piece.page_start : piece.page_start + piece.length]
            for piece in first.pieces
        )
        assert read(capture) == first
