"""Figures are ratios of sums over pages; their intervals draw sites, and never differ between two runs."""

from pathlib import Path

import pytest

from benchmarks.accuracy.measures import FIELDS, Answer
from benchmarks.accuracy.score import Contender, Figure, score
from benchmarks.accuracy.truth import Page

EVERYTHING = frozenset(FIELDS)


def pages(count: int, sites: int) -> list[Page]:
    return [
        Page(
            id=f"p{number}",
            path=Path("p.html"),
            url=None,
            site=f"s{number % sites}.example",
            source="made",
            title=f"Title {number}",
            days=("2024-05-01",),
            authors=("Mara Vell",) if number % 2 else (),
        )
        for number in range(count)
    ]


def scored(known: list[Page], answers: dict[str, Answer], fields: frozenset[str] = EVERYTHING) -> dict[str, Figure]:
    return score(known, {"one": Contender(fields, answers)}, draws=200)["one"]


def test_pages_without_an_answer_count_as_empty_ones() -> None:
    """Half of the pages answered, all of those right: half right, none wrong."""
    known = pages(20, 10)
    figures = scored(known, {page.id: Answer(title=page.title or "", date="2024-05-01") for page in known[:10]})
    assert figures["title exact"].value == figures["date right"].value == figures["date coverage"].value == 0.5
    assert figures["date wrong"].value == figures["author spurious"].value == 0.0
    assert figures["author F1"].value == 0.0


def test_what_is_known_nowhere_has_no_figure() -> None:
    """No text, no language: no line, rather than a zero."""
    assert {"text F1", "snippets F1", "language", "site name"}.isdisjoint(scored(pages(4, 2), {}))


def test_a_field_that_a_reader_does_not_give_is_not_held_against_it() -> None:
    """Only the figures of its own fields."""
    assert set(scored(pages(4, 2), {}, frozenset({"date"}))) == {"date right", "date wrong", "date coverage"}


def test_the_same_input_gives_the_same_intervals_in_any_order() -> None:
    """The seed is fixed, and neither the order of pages nor of answers matters."""
    known = pages(30, 15)
    answers = {page.id: Answer(title=page.title or "") for page in known[::3]}
    assert scored(known, answers) == scored(known[::-1], dict(reversed(answers.items())))


def test_pages_of_one_site_are_drawn_together() -> None:
    """Forty pages of two sites tell less than forty pages of forty."""
    few, many = pages(40, 2), pages(40, 40)
    answers = {f"p{number}": Answer(title=f"Title {number}") for number in range(0, 40, 2)}
    wide, narrow = scored(few, answers)["title exact"], scored(many, answers)["title exact"]
    assert wide.value == narrow.value == 0.5
    assert (wide.low, wide.high) == (0.0, 1.0)
    assert 0.2 < narrow.low < 0.5 < narrow.high < 0.8


def test_readers_are_compared_on_the_same_draws() -> None:
    """A reader beside itself differs by exactly nothing; the first is compared with nobody."""
    known = pages(30, 15)
    same = Contender(EVERYTHING, {page.id: Answer(title=page.title or "") for page in known[::3]})
    both = score(known, {"ours": same, "theirs": same, "silent": Contender(EVERYTHING, {})}, draws=200)
    assert both["ours"]["title exact"].behind is None
    assert both["theirs"]["title exact"].behind == (0.0, 0.0)
    behind = both["silent"]["title exact"].behind
    assert behind is not None
    assert 0 < behind[0] < behind[1]


@pytest.mark.parametrize("authors", [("Mara Vell", "Oskar Lind"), ("By Mara Vell and Oskar Lind",)])
def test_author_f1_weighs_people_not_pages(authors: tuple[str, ...]) -> None:
    """Ten people met of twenty said: precision a half, recall one."""
    known = [page for page in pages(20, 10) if page.authors]
    figures = scored(known, {page.id: Answer(authors=authors) for page in known})
    assert figures["author F1"].value == pytest.approx(2 / 3)
    assert figures["author exact set"].value == 0.0
