"""A line that says who wrote is found wherever it fell, where nothing else names anybody."""

from dataclasses import replace

import pytest

from archiver.attribution.byline import candidates
from archiver.model import Candidate, Page, Zone
from tests.attribution.pages import PARAGRAPH, page

HOUSE = "https://quay.example"
TITLE = "Lighthouse stays open"


def below(*lines: tuple[Zone, str], head: str | None = None, links: dict[str, str] | None = None) -> Page:
    """A text, ``lines`` under it, and so much more text that they are far from its end."""
    byline = [(Zone.BYLINE, head)] if head else []
    text = [(Zone.BODY, PARAGRAPH) for _ in range(6)]
    addresses = {words: HOUSE + path for words, path in (links or {}).items()}
    return page((Zone.TITLE, TITLE), *byline, *text, *lines, *text, links=addresses)


def shown(found: list[Candidate]) -> list[str]:
    """The authors firm enough to show."""
    return [c.value for c in found if c.property == "author" and c.weight >= 50]


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ([(Zone.BYLINE, "Text by Leyla Hart")], ["Leyla Hart"]),
        ([(Zone.BODY, "Autoren Leyla Hart und Tom Abel")], ["Leyla Hart", "Tom Abel"]),
        ([(Zone.BODY, "Autorin: Leyla Hart, Projektleiterin der Hafenstiftung.")], ["Leyla Hart"]),
        ([(Zone.BODY, "Автор: Лейла Гасанова")], ["Лейла Гасанова"]),
        ([(Zone.BODY, "Müəllif: Leyla Həsənova")], ["Leyla Həsənova"]),
        ([(Zone.RELATED, "Article by"), (Zone.RELATED, "Leyla Hart")], ["Leyla Hart"]),
        ([(Zone.RELATED, "Article by Leyla Hart"), (Zone.RELATED, "Article by Tom Abel")], []),
        ([(Zone.BODY, "Written by Leyla Hart for the harbour festival, the song is sung every year.")], []),
        ([(Zone.COMMENTS, "Written by Leyla Hart")], []),
        ([(Zone.FOOTER, "Text by Leyla Hart")], []),
        ([(Zone.BODY, "Translated by Leyla Hart")], []),
        ([(Zone.BODY, "By Leyla Hart")], []),
    ],
    ids=["under the text", "without a sign", "with her job", "Russian", "Azerbaijani", "the label in a line of its own",
         "a list of other articles", "a sentence", "a comment", "a footer", "a translator",
         "a preposition is too little"],
)  # fmt: skip
def test_one_labelled_line(lines: list[tuple[Zone, str]], authors: list[str]) -> None:
    """The line holds nothing but names and their jobs, and no other such line names somebody else."""
    assert shown(candidates(below(*lines))) == authors


def test_a_preposition_counts_where_markup_or_a_link_says_so() -> None:
    """ "par Leyla Hart" in an element of the author's, or as a link to her page."""
    made = below((Zone.RELATED, "par Leyla Hart"))
    assert shown(candidates(made)) == []
    blocks = tuple(replace(b, hint="meta author-title", tag="p") if b.zone is Zone.RELATED else b for b in made.blocks)
    assert shown(candidates(replace(made, blocks=blocks))) == ["Leyla Hart"]
    linked = below((Zone.RELATED, "par Leyla Hart"), links={"Leyla Hart": "/personnalites/leyla-hart"})
    assert shown(candidates(linked)) == ["Leyla Hart"]


def test_names_with_their_agencies_under_a_label_are_read_by_their_links() -> None:
    """In a long line under "By" those wrote who have a page."""
    line = "Leyla Hart, harbour correspondent of the Quay Post, and Tom Abel, Harbour Wire"
    people = {"Leyla Hart": "/author/lh", "Tom Abel": "/author/ta"}
    made = below((Zone.RELATED, "Written by"), (Zone.RELATED, line), links=people)
    assert shown(candidates(made)) == ["Leyla Hart", "Tom Abel"]


def test_a_byline_near_the_headline_is_enough() -> None:
    """What stands elsewhere is read only where nothing else names anybody."""
    assert shown(candidates(below((Zone.BYLINE, "Text by Leyla Hart"), head="By Tom Abel"))) == ["Tom Abel"]
