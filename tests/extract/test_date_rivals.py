"""Two days that speak against each other are told apart by something that is there to read, or neither is taken."""

import pytest

from archiver.extract import dates
from archiver.model import Candidate, Capture, Zone
from archiver.statements.settle import settle
from tests.extract.cut_pages import cut

TITLE = (Zone.TITLE, "Bridge opens after ten years of work")
BODY = (
    Zone.BODY,
    "The bridge over the river was opened to the public, and nobody fell into the water, the mayor said.",
)


def shown(found: list[Candidate]) -> list[str]:
    """The days that are shown as that of publication."""
    return [s.value[:10] for s in settle(found, capture_id="x") if s.property == "published" and s.shown]


def read(*lines: tuple[Zone, str], language: str = "en", url: str | None = None) -> list[Candidate]:
    """The candidates of a dump with one (zone, line) a block."""
    return dates.candidates(cut(*lines), Capture(b"", url=url), language)


@pytest.mark.parametrize(
    ("one", "other", "language", "expected"),
    [
        ("12 May 2024", "15 January 2023", "en", []),
        ("12. Mai 2024", "15. Januar 2023", "de", []),
        ("12 мая 2024", "15 января 2023", "ru", []),
        ("12 May 2024, 14:20", "15 January 2023", "en", ["2024-05-12"]),
        ("15 January 2023", "12 May 2024, 14:20", "en", ["2024-05-12"]),
        ("15. Januar 2023", "12. Mai 2024, 14:20 Uhr", "de", ["2024-05-12"]),
        ("12 May 2024, 14:20", "15 January 2023, 09:00", "en", []),
        ("12 May 2024", "12 May 2024", "en", ["2024-05-12"]),
        ("Published: 12 May 2024", "15 January 2023", "en", ["2024-05-12"]),
        ("12 May 2024 | 8 min read", "15 January 2023", "en", ["2024-05-12"]),
    ],
)
def test_two_days_in_the_byline_of_a_dump(one: str, other: str, language: str, expected: list[str]) -> None:
    """A label, a reading time and a time of day tell the article's own day; where nothing does, none is shown."""
    found = read(TITLE, (Zone.BYLINE, one), (Zone.BYLINE, other), BODY, language=language)
    assert shown(found) == expected
    if not expected:
        assert {c.value[:10] for c in found if c.property == "published"} == {"2024-05-12", "2023-01-15"}


def test_the_address_tells_two_days_apart() -> None:
    """The day in the address is that of the article, whatever stands beside its byline."""
    lines = (TITLE, (Zone.BYLINE, "15 January 2023"), (Zone.BYLINE, "12 May 2024"), BODY)
    assert shown(read(*lines, url="https://rivers.example/2024/05/12/bridge")) == ["2024-05-12"]


@pytest.mark.parametrize("heading", ["More news", "Mehr Nachrichten", "Читайте также"])
def test_a_day_that_ends_a_list(heading: str) -> None:
    """Well below the title, right above the heading of other articles, a day alone on its line belongs to a list."""
    lines = [(Zone.FURNITURE, word) for word in ("Share", "Print", "Save", "Follow") * 3]
    day, others = (Zone.BYLINE, "12 May 2024"), [(Zone.RELATED, heading), (Zone.RELATED, "3 May 2024")]
    assert shown(read(TITLE, *lines, day, *others, BODY)) == []
    assert shown(read(TITLE, *lines, day, BODY, *others)) == ["2024-05-12"]
    assert shown(read(TITLE, day, *others, BODY)) == ["2024-05-12"]
    assert shown(read(TITLE, *lines, (Zone.BYLINE, "Ann Lee, 12 May 2024"), *others, BODY)) == ["2024-05-12"]


def test_a_day_well_above_the_title_of_a_dump() -> None:
    """What stands lines above the title is the clock of the page or the end of another text."""
    lines = [(Zone.NAVIGATION, word) for word in ("News", "Sport", "Weather")]
    day = (Zone.BYLINE, "Ann Lee, 12 May 2024")
    assert shown(read(day, *lines, TITLE, BODY)) == []
    assert shown(read(day, TITLE, BODY)) == ["2024-05-12"]


def test_bylines_of_other_articles_below_the_text() -> None:
    """What has a byline behind the first paragraphs is another text, however often its day is repeated."""
    teasers = [(Zone.BYLINE, "11 May 2024")] * 3
    assert shown(read(TITLE, (Zone.BYLINE, "Ann Lee, 12 May 2024"), BODY, BODY, *teasers)) == ["2024-05-12"]
