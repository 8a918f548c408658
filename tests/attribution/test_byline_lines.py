"""Lines round the headline: pen names, dated lines, sections of the site, jobs, brackets and cards."""

from dataclasses import replace

import pytest

from archiver.attribution.byline import candidates
from archiver.model import Block, Candidate, Page, Zone
from tests.attribution.pages import PARAGRAPH, page

HOUSE = "https://quay.example"
TITLE = "Lighthouse stays open"


def lines(*head: tuple[Zone, str], links: dict[str, str] | None = None, menu: str = "Boats") -> Page:
    """A menu, a headline, ``head`` below it, and a text; ``links`` are paths on the house's own site."""
    addresses = {words: HOUSE + path for words, path in (links or {}).items()}
    text = ((Zone.BODY, PARAGRAPH) for _ in range(3))
    return page((Zone.NAVIGATION, menu), (Zone.TITLE, TITLE), *head, *text, links=addresses)


def hinted(made: Page, line: str, hint: str) -> Page:
    """``made`` with the class words ``hint`` on the block that is ``line``."""

    def marked(block: Block) -> Block:
        return replace(block, hint=hint, tag="div") if made.quote(block) == line else block

    return replace(made, blocks=tuple(map(marked, made.blocks)))


def shown(found: list[Candidate]) -> list[str]:
    """The authors firm enough to show."""
    return [c.value for c in found if c.property == "author" and c.weight >= 50]


@pytest.mark.parametrize(
    ("head", "links", "authors"),
    [
        ([(Zone.BYLINE, "by harbourcat in Boats")], {"harbourcat": "/member/1"}, ["harbourcat"]),
        ([(Zone.BYLINE, "by"), (Zone.BYLINE, "harbourcat")], {"harbourcat": "/forum/members/68/"}, ["harbourcat"]),
        ([(Zone.BYLINE, "10:15 Uhr von Hafenkatze")], {"Hafenkatze": "/autor/7"}, ["Hafenkatze"]),
        ([(Zone.BYLINE, "by harbourcat in Boats")], {"harbourcat": "/boats/harbourcat"}, []),
        ([(Zone.BYLINE, "by admin")], {"admin": "/author/admin"}, []),
        ([(Zone.BYLINE, "by redaktion")], {"redaktion": "/autor/redaktion"}, []),
        ([(Zone.BYLINE, "leyla hart")], {"leyla hart": "/about/editors/leyla-hart-01/"}, ["leyla hart"]),
        ([(Zone.BYLINE, "old boats")], {"old boats": "/people/harbour"}, []),
    ],
    ids=["behind by", "below by", "behind a German preposition and an hour", "a link to no person", "a login of many",
         "a desk", "a name in small letters", "small words that are no name"],
)  # fmt: skip
def test_pen_names(head: list[tuple[Zone, str]], links: dict[str, str], authors: list[str]) -> None:
    """One word behind "by" that links to a page about its bearer is somebody who signs so; a login of many is not."""
    assert shown(candidates(lines(*head, links=links))) == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Leyla Hart | 05.04.2025 - Updated: 05.04.2025", ["Leyla Hart"]),
        ("Sevda Əliyeva · 5 aprel 2025", ["Sevda Əliyeva"]),
        ("Leyla Hart — class of 2018", []),
        ("– Leyla Hart, Baku, 05.04.2025", []),
    ],
    ids=["a day in figures", "a day in words", "a year alone", "whom somebody quotes"],
)
def test_a_dated_line_among_the_paragraphs(line: str, authors: list[str]) -> None:
    """A name, a sign and a day is a byline wherever it fell; a year behind a name is not."""
    assert shown(candidates(lines((Zone.BODY, line)))) == authors


def test_what_the_menu_lists_is_a_section() -> None:
    """ "By" above a row of sections announces none of them."""
    head = [(Zone.DEK, "By"), (Zone.BYLINE, "Harbour Tales")]
    assert shown(candidates(lines(*head, links={"Harbour Tales": "/tales/"}, menu="Harbour Tales"))) == []
    assert shown(candidates(lines(*head, links={"Harbour Tales": "/ht/"}, menu="Boats"))) == ["Harbour Tales"]
    assert shown(candidates(lines((Zone.BYLINE, "By: Leyla Hart")))) == ["Leyla Hart"]
    assert shown(candidates(lines((Zone.FURNITURE, "By: Leyla Hart")))) == ["Leyla Hart"]


@pytest.mark.parametrize(
    ("line", "hint", "authors"),
    [
        ("Leyla", "author-name byline", ["Leyla"]),
        ("谢若含", "name author share", ["谢若含"]),
        ("Leyla", "channel header-byline", []),
        ("admin", "author-name byline", []),
        ("Former Harbourmaster", "author-bio", []),
        ("[Leyla Hart]", "lyrics byline", []),
    ],
)
def test_one_word_that_markup_announces(line: str, hint: str, authors: list[str]) -> None:
    """A first name or a name without spaces signs where its own element is the author's; jobs and brackets do not."""
    dated = lines((Zone.BYLINE, line), (Zone.BYLINE, "5 April 2025"))
    assert shown(candidates(hinted(dated, line, hint))) == authors


def test_names_of_cards_below_the_text_sign_nothing() -> None:
    """A line of a card, a title or a tag under the text looks like a name and is none."""
    body = [(Zone.BODY, PARAGRAPH) for _ in range(3)]
    made = page((Zone.TITLE, TITLE), *body, (Zone.TAIL, "Leyla Hart"))
    for hint in ("card-alt__label card", "story-title", "taxonomy-links", "tag-label tags"):
        assert shown(candidates(hinted(made, "Leyla Hart", hint))) == []
    assert shown(candidates(hinted(made, "Leyla Hart", "signature"))) == ["Leyla Hart"]


def test_who_took_a_picture_does_not_own_the_site() -> None:
    """A copyright in a caption is the photographer's: her own byline stays one."""
    made = lines((Zone.BYLINE, "By Leyla Hart"), (Zone.CAPTION, "The lamp / (C) Leyla Hart"))
    assert shown(candidates(made)) == ["Leyla Hart"]


def test_a_byline_of_an_owner_and_a_guest_names_both() -> None:
    """Where the site belongs to its writer, the second name of her byline is not lost."""
    found = candidates(lines((Zone.BYLINE, "By Leyla Hart with Tom Abel")), frozenset({"Leyla Hart"}))
    assert [c.value for c in found] == ["Leyla Hart", "Tom Abel"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Leyla Hart, Tom Abel and Rosa Ruiz", ["Leyla Hart", "Tom Abel", "Rosa Ruiz"]),
        ("Leyla Hart und Tom Abel", ["Leyla Hart", "Tom Abel"]),
        ("LEYLA HART AND TOM ABEL", []),
        ("Leyla Hart, Tom Abel and the lamp", []),
        ("Harbour Tales", []),
    ],
    ids=["three", "two", "a slogan", "a sentence", "a heading"],
)
def test_a_line_of_names_alone_among_the_paragraphs(line: str, authors: list[str]) -> None:
    """Several names and nothing else right under the headline are its writers."""
    assert shown(candidates(lines((Zone.BODY, line), (Zone.BYLINE, "5 April 2025")))) == authors


def test_lines_of_a_slider_sign_nothing() -> None:
    """What slides above the text is advertising."""
    made = lines((Zone.FURNITURE, "Leyla Hart"), (Zone.BYLINE, "5 April 2025"))
    assert shown(candidates(made)) == ["Leyla Hart"]
    assert shown(candidates(hinted(made, "Leyla Hart", "news-slider caption"))) == []


def test_a_handle_beside_the_name_is_the_same_writer() -> None:
    """The name is shown, not "LeylaHart1" behind it."""
    head = [(Zone.BYLINE, "By Leyla Hart"), (Zone.BYLINE, "by LeylaHart1"), (Zone.BYLINE, "5 April 2025")]
    assert shown(candidates(lines(*head, links={"LeylaHart1": "/user/9"}))) == ["Leyla Hart"]


def test_the_house_behind_a_name_is_cut_off_with_its_letters() -> None:
    """ "Leyla Hart QP Today" wrote for QP Today; a surname in capitals stays."""
    assert shown(candidates(lines((Zone.BYLINE, "By Leyla Hart QP Today")))) == ["Leyla Hart"]
    assert shown(candidates(lines((Zone.BYLINE, "By Leyla HART")))) == ["Leyla HART"]


def test_small_letters_in_an_element_of_the_author_are_a_name() -> None:
    """Style sheets write capitals; the page itself may not."""
    made = lines((Zone.BYLINE, "leyla hart"), links={"leyla hart": "/people/17"})
    assert shown(candidates(made)) == []
    assert shown(candidates(hinted(made, "leyla hart", "author-name"))) == ["leyla hart"]


@pytest.mark.parametrize("name", ["Ann Lee", "Li Wei", "Jan Vos", "J. R. Moe"])
def test_short_names_are_no_initials(name: str) -> None:
    """Three letters and three letters are a name; "J. R." alone is none."""
    assert shown(candidates(lines((Zone.BYLINE, name), (Zone.BYLINE, "5 April 2025")))) == [name]
    assert shown(candidates(lines((Zone.BYLINE, "J. R."), (Zone.BYLINE, "5 April 2025")))) == []


def test_a_preposition_glued_to_the_name_or_behind_a_sign() -> None:
    """ "ByLeyla Hart" is two elements in one line; "By ASX" behind a sign is a house, no name that begins with By."""
    assert shown(candidates(lines((Zone.BYLINE, "5 April 2025 | ByLeyla Hart")))) == ["Leyla Hart"]
    assert shown(candidates(lines((Zone.BYLINE, "5 April 2025 | By ASX Online")))) == []
