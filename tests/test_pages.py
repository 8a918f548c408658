"""Every folder under tests/pages/ is a page and what must be read from it; add one with `make page`."""

import json
from pathlib import Path

import pytest

from archiver.model import Capture
from tests.make_page import PAGES, expected

CASES = sorted(p for p in PAGES.iterdir() if p.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_a_page_is_read_as_expected(case: Path) -> None:
    """Values, origins and the ends of the text are those in expected.json."""
    wanted = json.loads((case / "expected.json").read_text("utf-8"))
    page = next(p for p in sorted(case.iterdir()) if p.stem == "page")
    assert expected(Capture(page.read_bytes(), url=wanted["url"])) == wanted
    assert len((case / "about.md").read_text("utf-8")) > 80
