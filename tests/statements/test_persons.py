"""Who signs: persons who own their site, names beside declared authors, values that people can read."""

import json

import pytest

from archiver.model import Capture, Reading
from archiver.statements import read
from archiver.statements.persons import bears_a_first_name, is_persons_name

_TEXT = "".join(
    f"<p>The ferry of Lomar was late again on day {n}, because its gearbox had been sold.</p>" for n in range(6)
)


def _read(body: str, *, author: str | None = None, kind: str = "Person", site: str = "Quay Post") -> Reading:
    node = {"@type": "NewsArticle", "headline": "Ferry late again"}
    if author:
        node["author"] = {"@type": kind, "name": author}  # type: ignore[assignment]
    head = f"<title>Ferry late again</title><meta property=og:site_name content='{site}'>"
    head += f"<script type='application/ld+json'>{json.dumps(node)}</script>"
    page = f"<html><head>{head}</head><body><article><h1>Ferry late again</h1>{body}</article></body></html>"
    return read(Capture(page.encode()))


def _authors(reading: Reading) -> list[str]:
    return [s.value for s in reading.shown("author")]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Karen Molnar", True),
        ("Sérgio Tarn", True),
        ("Иван Тарн", True),
        ("Finn Tarn", True),
        ("Jean-Pierre Tarn", True),
        ("Mehriban Tarn", True),
        ("Orvan Ledger", False),
        ("Jordan Times", False),
        ("Christian News", False),
        ("QuayPost", False),
        ("David TV", False),
        ("karen molnar", False),
    ],
)
def test_a_persons_name_begins_with_a_name_that_people_bear(name: str, person: bool) -> None:
    """Houses are told from people by their first and by their other words."""
    assert is_persons_name(name) == person


def test_a_site_called_after_its_writer_is_signed_by_her() -> None:
    """The same name on a house's page is the account that posted."""
    assert _authors(_read(_TEXT, author="Karen Molnar", site="Karen Molnar")) == ["Karen Molnar"]
    house = _read(_TEXT, author="Orvan Ledger", site="Orvan Ledger")
    assert _authors(house) == []
    assert [s.value for s in house.shown("posted_by")] == ["Orvan Ledger"]


def test_names_that_stand_about_are_kept_but_not_shown_beside_a_declared_author() -> None:
    """The reason names the declared author."""
    reading = _read(
        f"<div class=byline>12 May 2024</div><div class=byline>Harbour Stories</div>{_TEXT}", author="Ann Lee"
    )
    assert _authors(reading) == ["Ann Lee"]
    assert all("Ann Lee" in (s.why or "") for s in reading.statements if s.value == "Harbour Stories")


def test_a_house_said_to_be_the_author_is_an_agency() -> None:
    """Software calls people houses, too: two capitalised words stay a person."""
    assert _authors(_read(_TEXT, author="KVP", kind="Organization")) == []
    assert _authors(_read(_TEXT, author="Ann Lee", kind="Organization")) == ["Ann Lee"]


def test_a_value_is_readable_and_its_quote_is_what_stands_there() -> None:
    """A zero-width space inside a name stays in the quote alone."""
    reading = _read(f"<p class=byline>By Tomas Le\u200bck, 9 October 2024</p>{_TEXT}")
    (author,) = reading.shown("author")
    assert (author.value, author.quote) == ("Tomas Leck", "Tomas Le\u200bck")


@pytest.mark.parametrize(
    "end",
    [
        "<h4>Resources</h4>",
        "<div><a href=/tag/tarn>Ivo Tarn</a></div>",
        "<ul><li>Ivo Tarn</li></ul>",
        "<p>Sevet Post</p>",
        "<div><a href=#>Tweetle</a></div>",
    ],
)
def test_headings_tags_lists_and_houses_under_the_text_are_no_signatures(end: str) -> None:
    """Nothing announces them as a person's name."""
    assert _authors(_read(_TEXT + end)) == []


def test_a_line_of_its_own_under_the_text_is_a_signature() -> None:
    """As people sign."""
    assert _authors(_read(_TEXT + "<p>Ivo Tarn</p>")) == ["Ivo Tarn"]
    assert _authors(_read(_TEXT + "<div class=author>Ivo Tarn</div>")) == ["Ivo Tarn"]


@pytest.mark.parametrize(
    "line",
    [
        "<li><a href=#closing>Closing Thoughts</a></li>",
        "<div><a href=/catalogue>Lantern Catalogue</a></div>",
        "<div class=author-menu><a href=/2024/lomar>Lomar Ferry Sails Again With Twelve New Lamps On Deck</a></div>",
    ],
)
def test_a_line_that_leads_elsewhere_than_to_people_names_nobody(line: str) -> None:
    """A table of contents, a button and a headline of another article near the headline."""
    assert _authors(_read(f"<p>12 May 2024</p>{line}{_TEXT}")) == []


def test_who_put_an_article_online_is_no_author_beside_its_byline() -> None:
    """A name that one place in the metadata alone gives, and no reader of the page sees."""
    reading = _read(f"<p class=byline>By Tomas Leck, 9 October 2024</p>{_TEXT}", author="Vera Lomax")
    assert _authors(reading) == ["Tomas Leck"]
    assert any("Tomas Leck" in (s.why or "") for s in reading.statements if s.value == "Vera Lomax")
    assert _authors(_read(_TEXT, author="Vera Lomax")) == ["Vera Lomax"]


def test_a_byline_mid_line_does_not_name_whom_the_headline_speaks_of() -> None:
    """ "... liked by Ann" under a headline about Ann is no byline; at the start of a line it is."""
    body = f"<p class=byline>By Tomas Leck</p>{_TEXT}"
    assert _authors(_read(body.replace("By", "Ferry, long esteemed by"))) == ["Tomas Leck"]
    page = body.replace("By Tomas Leck", "Little esteemed by Lomar Ferry")
    made = f"<html><body><article><h1>How Lomar Ferry was late</h1>{page}</article></body></html>"
    assert _authors(read(Capture(made.encode()))) == []


@pytest.mark.parametrize(
    ("name", "known"),
    [("Ann Lee", True), ("Dr. Ann Lee", True), ("Debris Removal", False), ("Neueste Beiträge", False),
     ("Removal Ann", False), ("Иван Петров", True), ("谢若含", True), ("Removal", False)],
)  # fmt: skip
def test_a_first_name_stands_before_the_last_word(name: str, known: bool) -> None:
    """What is not written in Latin letters may be anybody's name."""
    assert bears_a_first_name(name) is known
