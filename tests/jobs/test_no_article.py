"""A page that says there is none is a failed capture in every wrapping, and a text about one is not."""

import json
from pathlib import Path

import pytest

from archiver.jobs.add import add
from archiver.jobs.items import Options
from archiver.jobs.targets import Given, expand
from archiver.model import Outcome
from tests.formats.printed import lines, pdf
from tests.formats.wrapped import mhtml
from tests.samples.collection import captures

MISSING = captures()["17"].body
WORDS = ["Page not found", "", "The page you are looking for does not exist."]
ABOUT = (
    "The words Page not found stood on the notice board of the harbour for a whole week, because somebody had torn "
    "the timetable off. Passengers asked the office for the next departure, and the office answered each of them."
)

FILES = {
    "a saved page": ("page.mhtml", mhtml(MISSING), Outcome.SOFT_404),
    "a line of a collection": ("page.jsonl", json.dumps({"html": MISSING.decode()}).encode(), Outcome.SOFT_404),
    "a printed page": ("page.pdf", pdf([lines(WORDS)]), Outcome.SOFT_404),
    "a text dump": ("page.txt", "\n".join(WORDS).encode(), Outcome.SOFT_404),
    "a text about one": ("page.txt", ABOUT.encode(), Outcome.KEPT),
}


@pytest.mark.parametrize("case", sorted(FILES))
def test_a_page_that_says_there_is_none_is_a_failed_capture(case: str, tmp_path: Path) -> None:
    """Whatever file it came in."""
    name, body, outcome = FILES[case]
    (tmp_path / name).write_bytes(body)
    with (tmp_path / name).open("rb") as nothing:
        (answer,) = add(tmp_path / "archive", expand([str(tmp_path / name)], Given(), nothing), Options())
    assert answer.outcome is outcome
