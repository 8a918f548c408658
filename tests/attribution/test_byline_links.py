"""Promises: links to people's pages and boxes about the author name authors; other links and other jobs do not."""

from dataclasses import replace

import pytest

from archiver.attribution.byline import candidates
from archiver.model import Candidate, Page, Zone
from tests.attribution.pages import PARAGRAPH, page

HOUSE = "https://quay.example"
TITLE = "Lighthouse stays open"


def lines(*head: tuple[Zone, str], links: dict[str, str] | None = None) -> Page:
    """A headline, ``head`` below it, and a text; ``links`` are paths on the house's own site."""
    addresses = {words: HOUSE + path for words, path in (links or {}).items()}
    return page((Zone.TITLE, TITLE), *head, *((Zone.BODY, PARAGRAPH) for _ in range(3)), links=addresses)


def shown(found: list[Candidate]) -> list[str]:
    """The authors firm enough to show."""
    return [c.value for c in found if c.property == "author" and c.weight >= 50]


@pytest.mark.parametrize(
    ("zone", "line", "links", "authors"),
    [
        (Zone.BYLINE, "& Leyla Hart Writer, Harbours", {"Leyla Hart": "/u/leyla-hart"}, ["Leyla Hart"]),
        (Zone.RELATED, "Leyla Hart & Tom Abel", {"Leyla Hart": "/author/lh", "Tom Abel": "/author/ta"},
         ["Leyla Hart", "Tom Abel"]),
        (Zone.RELATED, "Leyla Hart & Harbour Tales", {"Leyla Hart": "/author/lh", "Harbour Tales": "/2"}, []),
        (Zone.BYLINE, "lighthousefan for Quay Tales", {"lighthousefan": "/user/LighthouseFan"}, ["lighthousefan"]),
        (Zone.BYLINE, "lighthousefan", {"lighthousefan": "/user/74"}, []),
        (Zone.BYLINE, "more", {"more": "/author/more"}, []),
        (Zone.BYLINE, "Tested by Leyla Hart", {"Leyla Hart": "/author/lh"}, []),
        (Zone.BYLINE, "Photo: Leyla Hart", {"Leyla Hart": "/author/lh"}, []),
        (Zone.BYLINE, "Leyla Hart on lighthouses", {"Leyla Hart": "/tag/by/leyla-hart"}, []),
        (Zone.COMMENTS, "Leyla Hart", {"Leyla Hart": "/user/leyla-hart"}, []),
    ],
    ids=["behind a sign", "several in a list", "a list of other things", "a handle", "a handle of another address",
         "a word of menus", "who only tested", "who took the picture", "a tag", "who commented"],
)  # fmt: skip
def test_links_to_people(zone: Zone, line: str, links: dict[str, str], authors: list[str]) -> None:
    """Near the headline, with the job that stands before the link."""
    assert shown(candidates(lines((zone, line), links=links))) == authors


def test_a_label_alone_announces_the_next_line_wherever_it_fell() -> None:
    """A table beside the text, a standfirst, a name with the agency it writes for."""
    assert shown(candidates(lines((Zone.RELATED, "By"), (Zone.RELATED, "Leyla Hart")))) == ["Leyla Hart"]
    assert shown(candidates(lines((Zone.DEK, "Autor:"), (Zone.BYLINE, "Leyla Hart/KV-X")))) == ["Leyla Hart"]
    assert shown(candidates(lines((Zone.COMMENTS, "By"), (Zone.COMMENTS, "Leyla Hart")))) == []


@pytest.mark.parametrize(
    ("hint", "line", "authors"),
    [
        ("author-box__name author-box", "Leyla Hart", ["Leyla Hart"]),
        ("title about-the-author", "Leyla Hart (Harbour Desk)", ["Leyla Hart"]),
        ("author-bio", "Leyla Hart loves lighthouses", []),
        ("comment-author-box author-box", "Leyla Hart", []),
        ("related-author-card", "Leyla Hart", []),
        ("harbour-box", "Leyla Hart", []),
    ],
)
def test_a_box_about_the_author(hint: str, line: str, authors: list[str]) -> None:
    """A name alone in it signs, where nobody else is named; this is inferred."""
    made = page((Zone.TITLE, TITLE), (Zone.BODY, PARAGRAPH), (Zone.BODY, PARAGRAPH), (Zone.RELATED, line))
    made = replace(made, blocks=(*made.blocks[:-1], replace(made.blocks[-1], tag="h3", hint=hint)))
    assert shown(candidates(made)) == authors


def test_a_box_is_silent_beside_a_byline() -> None:
    """Who is named above the text signed it."""
    made = page((Zone.TITLE, TITLE), (Zone.BYLINE, "By Tom Abel"), (Zone.BODY, PARAGRAPH), (Zone.RELATED, "Leyla Hart"))
    made = replace(made, blocks=(*made.blocks[:-1], replace(made.blocks[-1], tag="h3", hint="author-box")))
    assert shown(candidates(made)) == ["Tom Abel"]
