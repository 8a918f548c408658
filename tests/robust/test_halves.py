"""Half a character, escaped in JSON, is U+FFFD in the record: every record can be written down as UTF-8."""

import json

import pytest

from archiver.jobs.read import record_of
from archiver.model import Capture
from archiver.text import whole_escapes

HALVES = {
    r'{"a": "x\ud83d"}': "x\ufffd",
    r'{"a": "\udcff x"}': "\ufffd x",
    r'{"a": "\uDC00\uD800"}': "\ufffd\ufffd",
    r'{"a": "\ud83d\ud83d\ude00"}': "\ufffd\U0001f600",
    r'{"a": "\ud83d\ude00 and é"}': "\U0001f600 and é",
    r'{"a": "\u0041\u00e9"}': "Aé",
}


@pytest.mark.parametrize("source", HALVES)
def test_halves_are_marked_and_whole_characters_stay(source: str) -> None:
    """Pairs are one character; a half alone is none."""
    assert json.loads(whole_escapes(source))["a"] == HALVES[source]


PROSE = "The ferry left the harbour on Monday and came back with all who had waited on the other side. " * 4
DATA = r'{"@type": "NewsArticle", "headline": "A ferry \udcff", "author": {"name": "Ana \ud800 Novak"}}'
CAPTURES = {
    "page": Capture(f'<script type="application/ld+json">{DATA}</script><p>{PROSE}</p>'.encode(), format="html"),
    "line of a collection": Capture(
        json.dumps({"title": "A ferry \udcff", "text": f"\ud800 {PROSE}"}).encode(), filename="a.jsonl"
    ),
}


@pytest.mark.parametrize("case", sorted(CAPTURES))
def test_records_are_characters_only(case: str) -> None:
    """Whatever a page or a line of JSON holds, its record is UTF-8 that reads back alike; the half is marked."""
    record = record_of(CAPTURES[case])
    written = json.dumps(record, ensure_ascii=False).encode("utf-8")
    assert json.loads(written) == json.loads(json.dumps(record))
    assert "A ferry \ufffd" in {s["value"] for s in record["statements"] if s["property"] == "title"}
