"""On the same predictions our figures agree with those of the scorer that judges the development data."""

import importlib.util
import json
import sys
import tarfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.accuracy.measures import FIELDS, Answer
from benchmarks.accuracy.score import Contender, score
from benchmarks.accuracy.truth import load
from tests.shared_data import SHARED, needs_shared

pytestmark = [pytest.mark.shared, pytest.mark.slow, needs_shared]

SAME = {
    "text F1": "text.F1",
    "snippets F1": "snip.F1",
    "title exact": "title.exact",
    "date right": "date.acc",
    "date wrong": "date.wrong",
    "date coverage": "date.cov",
    "author F1": "author.F1",
    "author exact set": "author.exactset",
    "author spurious": "author.spurious",
    "site name": "site.exact",
    "language": "lang.acc",
}
# Author lines are split by two independent lists of words and signs; everything else is the same arithmetic.
TOLERANCE = {"author F1": 0.005, "author exact set": 0.01, "author spurious": 0.005}
EVERY = 4


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The other scorer, which finds its own neighbours by its path."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("score_pages", SHARED / "bench" / "score_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def truth(tmp_path: Path) -> list[dict[str, Any]]:
    """A quarter of the development truth, laid out as a folder whose pages are empty files."""
    with tarfile.open(SHARED / "bench" / "pages.tar.gz") as packed:
        member = next(each for each in packed if each.name.endswith("truth.dev.jsonl"))
        stream = packed.extractfile(member)
        assert stream is not None
        rows: list[dict[str, Any]] = [json.loads(line) for line in stream.read().splitlines()[::EVERY]]
    for row in rows:
        row["html_path"] = "page.html"
    (tmp_path / "page.html").touch()
    (tmp_path / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return rows


def predicted(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """The truth, spoilt in one of many ways by its number: halved, doubled, shifted, joined, shouted, left out."""
    text = row.get("text") or "\n".join([*row.get("text_snippets_with", [])[: number % 4], "Menu"])
    snippets = row.get("text_snippets_without") or []
    authors = row.get("authors") or []
    spoilt = {
        "text": (text, text[: len(text) // 2], text + text[:300], "\n".join([text, *snippets]), "")[number % 5],
        "title": (row.get("title") or "", (row.get("title") or "").upper(), "Another title")[number % 3],
        "date": (row.get("date"), "2001-01-01", None, f"{row.get('date')}T10:00:00Z")[number % 4],
        "authors": (authors, authors[::-1], ["By " + " and ".join(authors)], [*authors, "Ida Nobody"], [])[number % 5],
        "sitename": (row.get("sitename") or "", "The " + str(row.get("sitename")), row["site"])[number % 3],
        "language": ("en-GB", row.get("lang"), "")[number % 3],
    }
    return {"id": row["id"], **spoilt}


def answer(line: dict[str, Any]) -> Answer:
    return Answer(authors=tuple(line["authors"]), **{name: line[name] or "" for name in FIELDS if name != "authors"})


def test_both_scorers_agree(scorer: ModuleType, truth: list[dict[str, Any]], tmp_path: Path) -> None:
    """Values within rounding, or a small tolerance for people; the ends of the intervals within what chance allows."""
    lines = {row["id"]: predicted(number, row) for number, row in enumerate(truth) if number % 11}
    theirs = scorer.evaluate(sorted(truth, key=lambda row: row["id"]), lines, boot=1000)["metrics"]
    contender = Contender(frozenset(FIELDS), {name: answer(line) for name, line in lines.items()})
    ours = score(load(tmp_path), {"ours": contender})["ours"]
    apart = {
        name: (figure.value, theirs[SAME[name]]["value"])
        for name, figure in ours.items()
        if abs(figure.value - theirs[SAME[name]]["value"]) > TOLERANCE.get(name, 0.0002)
    }
    assert apart == {}
    ends = {
        name: (figure.low, figure.high, *theirs[SAME[name]]["ci95"])
        for name, figure in ours.items()
        if max(abs(figure.low - theirs[SAME[name]]["ci95"][0]), abs(figure.high - theirs[SAME[name]]["ci95"][1])) > 0.03
    }
    assert ends == {}
    assert set(ours) == set(SAME)
