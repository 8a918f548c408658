"""The collections of broken answers and real robots.txt files: each gets the verdict it deserves."""

import base64
import json
from typing import Any

import pytest

from archiver.fetch.manners import read_robots
from archiver.model import Outcome
from tests.fakeweb import FakeWeb
from tests.fetch.helpers import fetcher
from tests.shared_data import SHARED

ATTACKS = SHARED / "bench" / "attacks"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ATTACKS.is_dir(), reason="development data not beside the project"),
]


def _cases() -> list[Any]:
    path = ATTACKS / "http-evil" / "cases.jsonl"
    if not path.is_file():
        return []
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, path.read_text("utf-8").splitlines())]


@pytest.mark.parametrize("case", _cases())
def test_broken_answers(case: dict[str, Any]) -> None:
    """What is whole is kept, nothing else is, and the record holds what was written."""
    written = base64.b64decode(case["b64"])
    with FakeWeb() as web, fetcher() as fetch:
        web.fallback = lambda _: [written]
        result = fetch.fetch(web.url("/a"))
    assert result.exchanges[0].interim + result.exchanges[0].response == written
    if case["id"].startswith("status-") and case["expect"] == "ok":
        # A number beyond 599 comes whole and stays as it came, but is no success (RFC 9110, 15).
        assert (result.outcome, result.status) == (Outcome.HTTP_ERROR, int(written.split()[1]))
        return
    assert (result.outcome is Outcome.KEPT) == (case["expect"] == "ok"), result.reason
    assert result.reason or result.outcome is Outcome.KEPT


def test_every_real_robots_txt_is_read() -> None:
    """No file that sites serve breaks the reading of their rules."""
    files = [path for folder in ("robots-real", "robots-crawlercommons") for path in (ATTACKS / folder).iterdir()]
    for path in files:
        read_robots(path.read_bytes()).forbid("https://news.example/a?b=c")
    assert len(files) > 100


@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("wildcards.txt", "/gp/cart", False),
        ("wildcards.txt", "/gp/registry/wishlist/1/reserve", False),
        ("wildcards.txt", "/gp/other", True),
        ("robots-with-utf16le-bom.txt", "/", True),
        ("dos-line-endings.txt", "/", True),
    ],
)
def test_examples_of_rules(name: str, path: str, allowed: bool) -> None:
    """Wildcards, byte order marks, line ends."""
    rules = read_robots((ATTACKS / "robots-crawlercommons" / name).read_bytes())
    assert (rules.forbid(f"https://news.example{path}") is None) == allowed
