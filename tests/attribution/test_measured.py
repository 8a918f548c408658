"""Measured on the development cases: how often a foreign origin is found, and how often one is found that is none."""

import importlib.util
import json
from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from archiver.attribution import Own, candidates
from archiver.attribution.licence import candidates as licences
from archiver.attribution.masthead import outlet_candidates
from archiver.extract import zones
from archiver.formats.textdump import open_textdump
from archiver.model import Block, Candidate, Capture, Page, Space, Zone
from archiver.outlets import default_registry
from archiver.urls import host
from tests.shared_data import SHARED, needs_shared, seeds

pytestmark = [pytest.mark.shared, needs_shared]


def firm(candidate: Candidate) -> bool:
    return candidate.property == "origin" and candidate.weight >= 50 and candidate.rejected is None


def own_of(page: Page, url: str | None) -> Own:
    """Whose page it is, by its masthead and its address."""
    found = [c for c in outlet_candidates(page, Capture(b"", url=url)) if c.weight >= 50][:1]
    domains = {d for c in found if isinstance(d := c.detail["domain"], str)}
    address = host(url) if url else None
    return Own(frozenset(c.value for c in found), frozenset(domains | ({address} if address else set())))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attribution", SHARED / "bench" / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fragment(case: dict[str, Any]) -> Page:
    text = "\n".join(case["lines"])
    blocks, start = [], 0
    for line in case["lines"]:
        if line.strip():
            first = start + len(line) - len(line.lstrip())
            blocks.append(Block(first, first + len(line.strip()), Zone.BODY))
        start += len(line) + 1
    return Page("textdump", Space.SOURCE, text, tuple(blocks), "utf-8", fragment=case["position"])


def record(case: dict[str, Any]) -> dict[str, Any]:
    page = fragment(case)
    found = candidates(page, own_of(page, case.get("url")), case["lang"], default_registry())
    said = [{"id": str(i), "quote": c.quote, "start": c.start, "end": c.end} for i, c in enumerate(found)]
    origins = [
        {
            "kind": c.detail["kind"],
            "name": c.value or None,
            "domain": c.detail["domain"],
            "meant": str(c.meant),
            "statement": str(i),
        }
        for i, c in enumerate(found)
        if firm(c)
    ]
    return {"id": case["id"], "origins": origins, "statements": said}


def test_development_cases() -> None:
    """Precision first: a wrong origin in an archive is worse than none."""
    score = scorer()
    lines = (SHARED / "bench" / "attribution.dev.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    results: list[Counter[str]] = [score.judge(case, record(case)) for case in cases]
    figures = score.figures(results)
    assert figures["case_precision"] >= 0.96
    assert figures["case_f1"] >= 0.90
    assert figures["wrong_rate"] <= 0.05
    assert figures["evidence"] >= 0.94


EXPECTED = {
    "000": ("aze.media", [("translation", "minval.az", "Translated from minval.az")]),
    "001": ("caliber.az", []),
    "002": (None, []),
    "003": (None, []),
    "004": ("aze.media", [("reprint", "commonspace.eu", "commonspace")]),
}


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name[:3])
def test_seeds(path: Any) -> None:
    """Whose page it is, and where its text says it came from, as dumps of real pages show it."""
    capture = Capture(path.read_bytes())
    page = zones.assign(open_textdump(capture), capture)
    outlets = [c for c in outlet_candidates(page, capture) if c.weight >= 50]
    domain, expected = EXPECTED[path.name[:3]]
    assert (outlets[0].detail["domain"] if outlets else None) == domain
    found = [c for c in candidates(page, own_of(page, None), "en", default_registry()) if firm(c)]
    assert [(c.detail["kind"], c.detail["domain"], c.quote) for c in found] == expected
    terms = [c.value for c in licences(page)]
    assert terms == (
        ["Any use of materials is allowed only if there is a hyperlink to Caliber.az"] if domain == "caliber.az" else []
    )
