"""A page is judged on what is known about it and on nothing else; spelling that no reader minds does not count."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.accuracy.measures import Answer, measure
from benchmarks.accuracy.outlet_names import same_site
from benchmarks.accuracy.people import matched, people, same_person
from benchmarks.accuracy.truth import Page
from benchmarks.accuracy.words import shingles, title_key, tokens


def page(**known: object) -> Page:
    return Page(id="a", path=Path("a.html"), url=None, site="news.example", source="made", **known)  # type: ignore[arg-type]


def test_a_page_of_which_nothing_is_known_is_not_measured() -> None:
    """No count at all, whatever was answered."""
    answer = Answer("Some text of some length", "Title", "2024-05-01", ("Mara Vell",), "The Bay Herald", "en")
    assert measure(page(), answer) == {}


def test_no_answer_is_wrong_nowhere_and_right_nowhere() -> None:
    """A missing prediction lowers what must be found, and is no invention."""
    known = page(
        text="Five words of known text",
        title="A title",
        days=("2024-05-01",),
        authors=("Mara Vell",),
        sitenames=("Bay Herald",),
        language="en",
    )
    counts = measure(known, Answer())
    assert "text.answered" not in counts
    assert counts["text.recall"] == counts["title.right"] == counts["sitename.right"] == counts["language.right"] == 0
    assert (counts["date.right"], counts["date.wrong"], counts["date.answered"]) == (0, 0, 0)
    assert (counts["authors.said"], counts["authors.true"], counts["authors.exact"]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("2024-05-01", 1, 0),
        ("2024-05-02T23:10:00+02:00", 1, 0),
        ("2024-05-03", 0, 1),
        ("2024-05", 0, 1),
        ("", 0, 0),
    ],
)
def test_any_of_the_acceptable_days_is_right(said: str, right: int, wrong: int) -> None:
    """Where only an instant in UTC is known, both local days are right; a month alone is no day."""
    counts = measure(page(days=("2024-05-01", "2024-05-02")), Answer(date=said))
    assert (counts["date.right"], counts["date.wrong"]) == (right, wrong)


def test_a_page_known_to_have_no_author_counts_inventions_only() -> None:
    """An empty list says something; an absent one says nothing."""
    assert measure(page(authors=()), Answer(authors=("Staff",))) == {"authorless.pages": 1, "authorless.spurious": 1}
    assert measure(page(authors=()), Answer()) == {"authorless.pages": 1, "authorless.spurious": 0}


@pytest.mark.parametrize(
    ("said", "exact", "met"),
    [
        (("Oskar Lind", "Mara Vell"), 1, 2),
        (("By Mara Vell and Oskar Lind",), 1, 2),
        (("MARA VELL; Lind, Oskar",), 1, 2),
        (("Mara Vell", "Oskar Lind", "Bay Herald"), 0, 2),
        (("Мара Велл", "Oskar Lind"), 0, 1),
        (("Mara Vell", "Mara Vell"), 0, 1),
    ],
)
def test_authors_are_a_set_of_people(said: tuple[str, ...], exact: int, met: int) -> None:
    """Order and "and" do not count; somebody too many, or a name in another script, does; nobody is met twice."""
    counts = measure(page(authors=("Mara Vell", "Oskar Lind")), Answer(authors=said))
    assert (counts["authors.exact"], counts["authors.met"]) == (exact, met)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        (" , ; ", []),
        ("Von: Mara Vell und Oskar Lind", ["Mara Vell", "Oskar Lind"]),
        ("Lind, Oskar", ["Oskar Lind"]),
        ("Mara Vell, PhD, RDN", ["Mara Vell"]),
        ("Mara Vell, Senior Editor", ["Mara Vell"]),
        ("Mara Vell & mara vell", ["Mara Vell"]),
        ("Ana Ríos y Luis Paz", ["Ana Ríos", "Luis Paz"]),
        ("Ana Ríos y", ["Ana Ríos y"]),
        ("記者：田中花子、鈴木一郎", ["田中花子", "鈴木一郎"]),
        ("Vell & Sons GmbH", ["Vell & Sons GmbH"]),
        ("Mara Vell\nOskar Lind", ["Mara Vell", "Oskar Lind"]),
    ],
)
def test_an_author_line_becomes_people(line: str, found: list[str]) -> None:
    """Labels, degrees and roles are nobody; a company is one name."""
    assert people(line) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("MARA VELL", "Vell Mara", True),
        ("Dr. Mara Vell", "Mara Vell", True),
        ("Mara Anna Vell", "Mara Vell", True),
        ("J. M. Vell", "JM Vell", True),
        ("Łukasz Øst", "Lukasz Ost", True),
        ("Mara", "Mara Vell", False),
        ("Mara Vell", "Mara Lind", False),
        ("Мара Велл", "Mara Vell", False),
        ("", "", False),
    ],
)
def test_two_spellings_of_one_person(one: str, other: str, *, same: bool) -> None:
    """Alike in both directions."""
    assert same_person(one, other) is same_person(other, one) is same


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=5))
def test_everybody_meets_themselves(lines: list[str]) -> None:
    """Whatever stands in author lines: the people found in them are all met by the same people, and by nobody less."""
    found = [name for line in lines for name in people(line)]
    assert matched(found, found) == len(found)
    assert matched([], found) == matched(found, []) == 0


@pytest.mark.parametrize(
    ("answer", "truth", "same"),
    [
        ("The Bay Herald", "Bay Herald", True),
        ("bayherald.example", "Bay Herald", False),
        ("www.bayherald.com", "Bay Herald", True),
        ("Bay-Herald", "BAY HERALD", True),
        ("Diário da Baía", "diario da baia", True),
        ("Herald", "Bay Herald", False),
        ("", "Bay Herald", False),
        ("", "", False),
    ],
)
def test_site_names(answer: str, truth: str, *, same: bool) -> None:
    """Spelling does not count, parts do."""
    assert same_site(answer, [truth]) is same


def test_text_without_spaces_is_measured_by_its_characters() -> None:
    """One changed character costs the four shingles it stands in, not the whole text."""
    assert tokens("新聞は port 80 を") == ["新", "聞", "は", "port", "80", "を"]
    true = "新しい橋は来年の春に開通する予定である"
    counts = measure(page(text=true), Answer(text=true.replace("春", "夏")))
    length = len(true)
    assert counts["text.recall"] == counts["text.precision"] == (length - 3 - 4) / (length - 3)


def test_repeated_text_counts_as_often_as_it_stands() -> None:
    """A reader that says everything twice has half the precision."""
    true = " ".join(f"word{number}" for number in range(1000))
    counts = measure(page(text=true), Answer(text=f"{true} {true}"))
    assert counts["text.recall"] == 1
    assert counts["text.precision"] == pytest.approx(0.5, abs=0.002)


def test_a_text_shorter_than_a_shingle_is_one() -> None:
    """Two words are compared as two words; none with nothing."""
    assert shingles("Two words") == {("Two", "words"): 1}
    assert not shingles(" \u200b… ")


def test_snippets_are_found_across_line_breaks() -> None:
    """White space is one space; what must not be there counts apart."""
    known = page(wanted=("the bridge opens", "not there"), unwanted=("Subscribe now",))
    counts = measure(known, Answer(text="Soon the\nbridge  opens. Subscribe now"))
    assert (counts["snippets.wanted"], counts["snippets.found"], counts["snippets.intruding"]) == (2, 1, 1)


def test_titles_differ_by_words_not_by_signs() -> None:
    """Quotes, dashes and case are printers' choices."""
    assert title_key("“Bridge – at last”.") == title_key('"bridge - AT LAST"')
    assert title_key("Bridge at last | Bay Herald") != title_key("Bridge at last")
