"""A collection of articles is imported line by line, and what its keys say is testimony of the file."""

import io
import json
from pathlib import Path

import pytest

from archiver.errors import FormatError
from archiver.formats import detect, open_page
from archiver.jobs.targets import Given, Target, expand
from archiver.model import Capture, Grade, Space
from archiver.statements import read
from tests.formats.test_pdf import FIRST, SECOND

ARTICLE = {
    "url": "https://tidewater-post.example/ferry",
    "title": "Ferry stays in port",
    "published": "2024-05-02T10:00:00+02:00",
    "authors": ["Anna Leeman", {"name": "Bo Ekdahl"}],
    "outlet": "Tidewater Post",
    "language": "en",
    "captured_at": "2024-05-04T08:00:00Z",
    "text": f"{FIRST}\n\n{SECOND}",
}
LINE = json.dumps(ARTICLE, ensure_ascii=False).encode()


def test_a_line_is_an_article_and_its_keys_are_testimony() -> None:
    """Each value with the path of its key; no address and no moment of ours comes of it."""
    reading = read(Capture(LINE))
    assert (reading.format, reading.page_space, reading.page_text) == ("jsonl", Space.SOURCE, ARTICLE["text"])
    shown = {(s.property, s.value, s.path) for s in reading.statements if s.shown and s.path}
    assert shown == {
        ("title", "Ferry stays in port", "json[title]"),
        ("published", "2024-05-02T10:00:00", "json[published]"),
        ("author", "Anna Leeman", "json[authors]"),
        ("author", "Bo Ekdahl", "json[authors]"),
        ("outlet", "Tidewater Post", "json[outlet]"),
        ("canonical_url", "https://tidewater-post.example/ferry", "json[url]"),
        ("published_not_after", "2024-05-04", "json[captured_at]"),
    }
    assert reading.text == ARTICLE["text"]


def test_a_page_in_a_line_is_read_as_a_page() -> None:
    """Its links lead from the address that the line states."""
    page = f'<html><body><h1>Ferry stays in port</h1><p>{FIRST}</p><p>See <a href="/a">more</a>.</p></body></html>'
    opened = open_page(Capture(json.dumps({"html": page, "url": ARTICLE["url"]}).encode()))
    assert opened.space is Space.VISIBLE
    assert [link.url for block in opened.blocks for link in block.links] == ["https://tidewater-post.example/a"]


KINDS = {
    "an article": (LINE, "jsonl"),
    "another object": (b'{"name": "text", "version": 3}', "textdump"),
    "two objects": (LINE + b"\n" + LINE, "textdump"),
    "an empty text": (b'{"text": " "}', "textdump"),
    "no text but a list": (b'{"text": ["a"]}', "textdump"),
    "JSON without an end": (b'{"text": "a"', "textdump"),
    "arrays in arrays": (b'{"text": ' + b"[" * 100_000, "textdump"),
}


@pytest.mark.parametrize("case", sorted(KINDS))
def test_what_is_one_object_with_an_article_is_known_by_that(case: str) -> None:
    """Other JSON stays the text that it is."""
    body, kind = KINDS[case]
    assert detect(Capture(body)) == kind


def test_what_is_said_to_be_a_line_and_is_none_is_refused() -> None:
    """The error says what to write."""
    with pytest.raises(FormatError, match="no JSON object with an article") as caught:
        open_page(Capture(b"[]", format="jsonl"))
    assert caught.value.hint


def _targets(folder: Path, data: bytes) -> list[Target]:
    path = folder / "collection.jsonl"
    path.write_bytes(data)
    return list(expand([str(path)], Given(), io.BytesIO()))


def test_each_line_is_a_capture_of_its_own_bytes(tmp_path: Path) -> None:
    """Line ends and a byte order mark belong to no line; separators of Unicode inside one do."""
    odd = json.dumps({"text": "One\u2028two\x85three", "title": "Ünicode"}, ensure_ascii=False).encode()
    found = [target.load() for target in _targets(tmp_path, b"\xef\xbb\xbf" + LINE + b"\r\n\n" + odd + b"\n")]
    assert [capture.body for capture in found] == [LINE, odd]
    assert [(c.grade, c.filename, c.url, c.captured_at) for c in found] == [
        (Grade.FILE, "collection.jsonl", None, None)
    ] * 2
    assert [detect(capture) for capture in found] == ["jsonl", "jsonl"]


def test_bad_lines_are_named_by_their_number_and_the_rest_is_kept(tmp_path: Path) -> None:
    """Empty lines count; no line costs another."""
    bad = [b"no json", b"", b'"a text"', b'{"title": "nothing else"}', b"\xff\xfe", b"[" * 100_000]
    found = _targets(tmp_path, b"\n".join([LINE, *bad, LINE]))
    named = {target.name.rpartition(" ")[2]: target.error.message for target in found if target.error}
    assert sorted(named) == ["2", "4", "5", "6", "7"]
    assert "not JSON" in named["2"]
    assert "not in UTF-8" in named["6"]
    assert [target.load().body for target in found if not target.error] == [LINE, LINE]


def test_a_list_without_entries_is_named(tmp_path: Path) -> None:
    """An empty file is no list."""
    (only,) = _targets(tmp_path, b"\n\n")
    assert only.error is not None
    assert "no entries" in only.error.message
