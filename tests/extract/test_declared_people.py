"""Whom metadata names: people, the house that posts, agencies, and who only came after the writer."""

import json

import pytest

from archiver.extract import metadata, zones
from archiver.extract.people import read_names
from archiver.formats.html import open_html
from archiver.model import Capture

TITLE = "Town of Hill votes for a new bridge"
TEXT = "<p>The council of the town of Hill voted on Monday to build a new bridge over the river.</p>" * 4


def declared(head: str) -> dict[str, list[str]]:
    """Authors, posting accounts and agencies that ``head`` declares, each once."""
    markup = f"<html><head>{head}</head><body><h1>{TITLE}</h1>{TEXT}</body></html>"
    capture = Capture(markup.encode(), url="https://www.hillnews.example/town/bridge", format="html")
    found = metadata.candidates(zones.assign(open_html(capture), capture), capture)
    people = ("author", "posted_by", "agency")
    return {p: list(dict.fromkeys(c.value for c in found if c.property == p)) for p in people}


@pytest.mark.parametrize(
    ("label", "named"),
    [("Written by", True), ("Verfasst von", True), ("Scritto da", True), ("Napisane przez", True), ("執筆者", True),
     ("نویسنده", True), ("Est. reading time", False), ("Price", False), ("Lesezeit", False)],
)  # fmt: skip
def test_a_card_says_who_wrote_in_the_words_of_its_language(label: str, named: bool) -> None:
    """Cards for Twitter carry pairs of label and value; only a label that says "written by" names an author."""
    head = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ann Lee">'
    assert declared(head)["author"] == (["Ann Lee"] if named else [])


@pytest.mark.parametrize(
    "author",
    ["Hill House e.V.", "Hill House", "Hill House /AL", "HH - Hill House e.V."],
    ids=["its legal name", "half of its name", "its name and somebody's initials", "its whole name"],
)
def test_a_house_under_part_of_its_name_is_no_author(author: str) -> None:
    """A site name of several parts names the house by each of them."""
    head = f'<meta property="og:site_name" content="HH - Hill House e.V."><meta name="author" content="{author}">'
    if author in {"Hill House", "Hill House /AL"}:
        head = head.replace("HH - Hill House e.V.", "Hill House Blog", 1)
    assert declared(head)["author"] == []


def test_an_agency_behind_a_name_is_where_she_works() -> None:
    """In one field with a person an agency is no second author; alone it is whom the page names."""
    both = declared('<meta name="author" content="Ann Lee, Associated Press">')
    assert (both["author"], both["agency"]) == (["Ann Lee"], ["Associated Press"])
    house = declared('<meta name="author" content="Ann Lee, Hill Bridge Society">')
    assert house["author"] == ["Ann Lee", "Hill Bridge Society"]


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("Updated by Ann Lee", ()),
        ("Edited by Ann Lee", ()),
        ("Medically reviewed by Ann Lee", ()),
        ("Fact-checked by Ann Lee", ()),
        ("Additional reporting by Ann Lee", ()),
        ("More About Ann Lee", ("Ann Lee",)),
        ("Reviewed by Ann Lee", ("Ann Lee",)),
    ],
)
def test_who_came_after_the_writer_is_no_author(raw: str, people: tuple[str, ...]) -> None:
    """Updating, editing and checking is not writing; a review is written by its reviewer."""
    assert read_names(raw).people == people


def test_a_desk_of_an_abbreviated_house_is_an_account() -> None:
    """ "QP-Redaktion" is many hands."""
    names = read_names("QP-Redaktion")
    assert (names.people, names.accounts) == ((), ("QP-Redaktion",))


def test_json_ld_keeps_an_agency_that_is_an_author_of_its_own() -> None:
    """What the publisher lists as an author of its own is what it says."""
    data = {"@type": "NewsArticle", "headline": TITLE, "author": [{"name": "Ann Lee"}, {"name": "Ilsen Wire"}]}
    found = declared(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert found["author"] == ["Ann Lee", "Ilsen Wire"]


def test_meta_elements_that_carry_their_value_as_value() -> None:
    """A slip of software: the author stands in ``value`` and nothing in ``content``."""
    assert declared('<meta name="author" value="Ann Lee">')["author"] == ["Ann Lee"]
    assert declared('<meta name="author" value="Ann Lee" content="Bob Ray">')["author"] == ["Bob Ray"]
    assert declared('<meta name="viewport" value="Ann Lee">')["author"] == []


def test_who_worked_for_somebody_else_did_not_write() -> None:
    """A list of credits begins with the writer; make-up, hair and models follow, each with their house."""
    assert read_names("Ann Lee, Bob Ray for Hill Hair, Cy Dow using Hill Paint, Dee Fox").people == ("Ann Lee",)


@pytest.mark.parametrize(
    "author",
    ["WordPress", "Drupal", "Joomla! - Open Source Content Management", "WordPress 6.1", "Test User", "Default Author",
     "null", "N/A", "undefined", "Unbekannt", "Auteur inconnu", "Неизвестный автор", "Naməlum", "AI Assistant"],
)  # fmt: skip
def test_software_and_what_fills_an_empty_field_are_nobody(author: str) -> None:
    """Neither the name of a program nor a placeholder is an author, nor an account that posted."""
    none: dict[str, list[str]] = {"author": [], "posted_by": [], "agency": []}
    assert declared(f'<meta name="author" content="{author}">') == none


@pytest.mark.parametrize("author", ["Drew Palmer", "Wixi Hall", "Nil Ada", "Anna Ghost", "Ai Nakata", "Joom Larsen"])
def test_people_whose_names_resemble_a_program_stay(author: str) -> None:
    """Only a whole name of software is one."""
    assert declared(f'<meta name="author" content="{author}">')["author"] == [author]


def test_a_company_is_an_account() -> None:
    """What ends with its legal form is a company, and nobody's name."""
    for name in ("Quay Web Agency GmbH", "Karl Voss Ltd", "Hill Media LLC", "Hafenbote e.V"):
        found = declared(f'<meta name="author" content="{name}">')
        assert (found["author"], found["posted_by"]) == ([], [name])


def test_a_section_of_the_menu_is_no_author() -> None:
    """Where the author's field holds a link of the page's own menu, nobody is named; people in a menu are people."""
    nav = '<nav><a href="/politics">Politics</a> <a href="/sport">Sport</a> <a href="/author/iva">Iva</a></nav>'
    for name, people in (("Politics", []), ("Iva", ["Iva"]), ("Ann Lee", ["Ann Lee"])):
        markup = (
            f'<html><head><meta name="author" content="{name}"></head><body>{nav}<h1>{TITLE}</h1>{TEXT}</body></html>'
        )
        capture = Capture(markup.encode(), format="html")
        found = metadata.candidates(zones.assign(open_html(capture), capture), capture)
        assert [c.value for c in found if c.property == "author"] == people


def test_who_made_a_film_in_an_article_did_not_write_it() -> None:
    """The author of a VideoObject counts only where the page is nothing but the film."""
    film = {"@type": "VideoObject", "name": "Bridge", "author": {"name": "Bob Ray"}}
    inside = {"@type": "NewsArticle", "headline": TITLE, "video": film}
    assert declared(f'<script type="application/ld+json">{json.dumps(inside)}</script>')["author"] == []
    assert declared(f'<script type="application/ld+json">{json.dumps(film)}</script>')["author"] == ["Bob Ray"]


@pytest.mark.parametrize(
    ("url", "headline", "named"),
    [
        ("https://www.hillnews.example/other", "Ferries stop at night", False),
        ("https://www.hillnews.example/town/bridge", "Ferries stop at night", True),
        ("https://www.hillnews.example/other", "A bridge for the town of Hill", True),
    ],
    ids=["another address and headline", "its own address", "its own headline in other words"],
)
def test_an_article_of_another_headline_and_address_names_nobody_here(url: str, headline: str, named: bool) -> None:
    """Scripts also declare other articles; address and headline both tell them apart, neither does alone."""
    node = {"@type": "NewsArticle", "headline": headline, "url": url, "author": {"name": "Ann Lee"}}
    found = declared(f'<script type="application/ld+json">{json.dumps(node)}</script>')["author"]
    assert found == (["Ann Lee"] if named else [])
