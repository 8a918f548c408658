"""The development texts are read right, and nothing is invented about them. Skips where they are absent."""

import json
from typing import Any

import pytest

from archiver.jobs.read import record_of
from archiver.model import Capture
from tests.shared_data import SHARED, needs_shared

EXPECTED = SHARED / "bench" / "seeds-expected.json"
CASES: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8"))["seeds"] if EXPECTED.is_file() else {}

pytestmark = needs_shared


@pytest.fixture(params=sorted(CASES), name="case")
def _case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any], str]:
    wanted = CASES[request.param]
    body = (SHARED / "seeds" / wanted["file"]).read_bytes()
    return wanted, record_of(Capture(body=body, filename=wanted["file"])), body.decode()


def test_every_required_value_is_shown(case: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    """Title, outlet, date, people and bounds are those that the text states, and unknown where it does not."""
    wanted, record, _ = case
    assert record["title"] in wanted["title"]
    assert (record["outlet"] or {}).get("domain") == wanted["outlet_domain"]
    assert (record["published"] or {}).get("value") == wanted["published"]
    if wanted["published"]:
        assert record["published"]["precision"] == wanted["precision"]
        assert record["published"]["zone"] is None
    assert record["authors"] == wanted["authors"]
    assert record["posted_by"] in wanted.get("posted_by", [None])
    assert record["bounds"]["captured_not_before"] == wanted.get("captured_not_before")
    assert record["language"] == wanted.get("language", record["language"])
    if "licence_quote" in wanted:
        assert wanted["licence_quote"] in record["licence"]["text"]


def test_origins_stand_at_their_place(case: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    """Each origin has its kind, its outlet, its quote at its offset and how it is meant; there is no other."""
    wanted, record, _ = case
    statements = {s["id"]: s for s in record["statements"]}
    found = [
        (o["kind"], o["domain"], statements[o["statement"]]["quote"], statements[o["statement"]]["start"], o["meant"])
        for o in record["origins"]
    ]
    assert found == [(o["kind"], o["domain"], o["quote"], o["start"], o["meant"]) for o in wanted["origins"]]


def test_the_clean_text_is_the_article(case: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    """The article's sentences are in, the furniture is out."""
    wanted, record, _ = case
    assert [t for t in wanted["text_has"] if t not in record["text"]] == []
    assert [t for t in wanted["text_lacks"] if t in record["text"]] == []


def test_every_quote_stands_at_its_place(case: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    """Letter by letter, in code points, for what is shown and what is not."""
    _, record, source = case
    texts = {"source": source, "text": record["text"]}
    for s in record["statements"]:
        if s["space"] in texts and s["start"] is not None:
            assert texts[s["space"]][s["start"] : s["end"]] == s["quote"], s


def test_nothing_is_claimed_that_a_file_cannot_know(case: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    """No address, no capture time; machine translation is suspected where it is expected and nowhere else."""
    wanted, record, _ = case
    assert (record["url"], record["captured_at"], record["grade"]) == (None, None, "file")
    suspected = any(f["rule"] == "suspected-machine-translation" for f in record["findings"])
    assert suspected == wanted.get("suspected_machine_translation", False)
