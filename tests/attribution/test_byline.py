"""Promises of the byline reader: who signed, letter by letter; desks, jobs and the site's own account sign nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.attribution.byline import candidates
from archiver.formats.textdump import open_textdump
from archiver.model import Block, Candidate, Capture, Meant, Page, Space, Zone
from tests.extract.dumps import NEWS_SITE, PARAGRAPHS, zoned

BODY = "\n\n".join(PARAGRAPHS)
RUSSIAN = (
    "Городской совет принял решение открыть порт для пассажирских судов весной, сообщила мэр города в понедельник.\n"
    "По её словам, ремонт причала обошёлся дешевле, чем планировалось, и первый паром выйдет в море уже в марте.\n"
)
TITLE = "Harbour of Port Ellery reopens in spring"


def page_with(byline: str, zone: Zone = Zone.BYLINE) -> Page:
    """A page of a headline, one line in ``zone``, and a text."""
    lines = [TITLE, byline, *PARAGRAPHS]
    zones = [Zone.TITLE, zone, *(Zone.BODY for _ in PARAGRAPHS)]
    if zone is Zone.TAIL:
        lines, zones = [TITLE, *PARAGRAPHS, byline], [Zone.TITLE, *(Zone.BODY for _ in PARAGRAPHS), Zone.TAIL]
    blocks, at = [], 0
    for line, each in zip(lines, zones, strict=True):
        blocks.append(Block(at, at + len(line), each))
        at += len(line) + 1
    return Page("textdump", Space.SOURCE, "\n".join(lines), tuple(blocks), "utf-8")


def shown(found: list[Candidate], name: str = "author") -> list[str]:
    return [c.value for c in found if c.property == name and c.weight >= 50 and not c.rejected]


def test_a_page_with_posting_account_sign_off_and_credit() -> None:
    """The site's own account only posted; the name above the credit line signed, which is inferred."""
    page = zoned(NEWS_SITE)
    found = candidates(page)
    assert shown(found) == ["Leyla Hart"]
    assert set(shown(found, "posted_by")) == {"CoastExample"}
    author = next(c for c in found if c.property == "author")
    assert (author.meant, author.rule) == (Meant.INFERRED, "byline/sign-off@1")
    assert all(page.text[c.start : c.end] == c.quote for c in found)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Leyla Hart", ["Leyla Hart"]),
        ("By Leyla Hart and Tom Abel", ["Leyla Hart", "Tom Abel"]),
        ("By Leyla Hart, Tom Abel and Ana Ruiz", ["Leyla Hart", "Tom Abel", "Ana Ruiz"]),
        ("By Leyla Hart in Port Ellery", ["Leyla Hart"]),
        ("By Leyla Hart, Political Correspondent", ["Leyla Hart"]),
        ("Leyla Hart Political Correspondent", ["Leyla Hart"]),
        ("By Leyla HartFounder at Pier Works", ["Leyla Hart"]),
        ("BY LEYLA HART", ["LEYLA HART"]),
        ("By T. A. Frank", ["T. A. Frank"]),
        ("By Ludwig van der Berg | 3 March 2024", ["Ludwig van der Berg"]),
        ("Written by: Leyla Hart", ["Leyla Hart"]),
        ("Leyla Hart — 24 October, 15:26", ["Leyla Hart"]),
        ("March 3, 2024 By Leyla Hart", ["Leyla Hart"]),
        ("Published March 3, 2024 | Leyla Hart | 4 Min Read", ["Leyla Hart"]),
        ("Von Leyla Hart und Tom Abel", ["Leyla Hart", "Tom Abel"]),
        ("Ein Artikel von Leyla Hart | 27.01.2022", ["Leyla Hart"]),
        ("Par Léa Hamon le 14.09.2020 à 11h46", ["Léa Hamon"]),
        ("Por Luna González", ["Luna González"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("Текст: Иван Петров, Анна Белова", ["Иван Петров", "Анна Белова"]),
        ("Müəllif: Leyla Əliyeva", ["Leyla Əliyeva"]),
        ("Yazan: Ayşe Yılmaz", ["Ayşe Yılmaz"]),
        ("Հեղինակ՝ Անի Սարգսյան", ["Անի Սարգսյան"]),
        ("ავტორი: ნინო ბერიძე", ["ნინო ბერიძე"]),
        ("作者：王小明", ["王小明"]),
        ("記者 山田太郎", ["山田太郎"]),
        ("Віктор Волокіта — 24 жовтня, 15:26", ["Віктор Волокіта"]),
        ("Por Luna González Publicado 3 marzo", ["Luna González"]),
        ("Por: Agencia Muelle | 17 de Febrero 2020", []),
        ("Leyla Hart | The Quay Bank | Getty Images", []),
        ("27.01.2022 Aktuelles Hafengespräch", []),
        ("Author: By Leyla Hart", ["Leyla Hart"]),
        ("By Leyla Hart, DVM. Reviewed by Ana Ruiz, DVM", ["Leyla Hart"]),
        ("Tested by Leyla Hart and Tom Abel", []),
        ("La información es de Luna González", []),
        ("By Staff", []),
        ("By Admin", []),
        ("By our correspondent", []),
        ("Editor", []),
        ("by the end of March", []),
        ("Translated by Tom Abel", []),
        ("Edited by Tom Abel", []),
        ("4 Min Read", []),
        ("Share Comments", []),
    ],
)
def test_bylines(byline: str, authors: list[str]) -> None:
    """Names are cut out of bylines in many languages; jobs, places, dates and desks are not names."""
    assert shown(candidates(page_with(byline))) == authors


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        ("Translated by Tom Abel", "translator", ["Tom Abel"]),
        ("Перевод: Анна Белова", "translator", ["Анна Белова"]),
        ("Tərcümə: Leyla Əliyeva", "translator", ["Leyla Əliyeva"]),
        ("Çeviren: Ayşe Yılmaz", "translator", ["Ayşe Yılmaz"]),
        ("Translated from seaside.example", "translator", []),
        ("Photo: Tom Abel", "photo_credit", ["Tom Abel"]),
        ("By Reuters", "agency", ["Reuters"]),
    ],
)
def test_others_who_sign(line: str, name: str, values: list[str]) -> None:
    """Translators, photographers and agencies have properties of their own."""
    found = candidates(page_with(line))
    assert shown(found, name) == values
    assert shown(found) == []


@pytest.mark.parametrize(
    "byline", ["By CoastExample", "Coast.Example", "By Coast Example", "coast.example", "COASTEXAMPLE"]
)
def test_the_sites_own_name_only_posted(byline: str) -> None:
    """Own names are compared by identity: spaces, dots, case and the end of an address do not matter."""
    found = candidates(page_with(byline), frozenset({"Coast.Example"}))
    assert shown(found) == []
    assert all(c.property != "author" for c in found if not c.rejected)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Leyla Hart", ["Leyla Hart"]),
        ("— Leyla Hart", ["Leyla Hart"]),
        ("commonground", []),
        ("coast.example", []),
        ("Coast News", []),
        ("Reuters", []),
        ("All hope is gone.", []),
    ],
)
def test_sign_offs(line: str, authors: list[str]) -> None:
    """A person's name alone below the text signs it; what may be an outlet does not."""
    assert shown(candidates(page_with(line, Zone.TAIL))) == authors


def test_whom_the_text_speaks_of_did_not_write_it() -> None:
    """A bare name near the headline that the text itself names is its subject; a label would settle it."""
    assert shown(candidates(page_with("Ines Corvo"))) == []
    assert shown(candidates(page_with("By Ines Corvo"))) == ["Ines Corvo"]


def test_a_label_announces_the_name_in_the_next_line() -> None:
    """ "Written by" alone, then the name."""
    page = zoned(f"{TITLE}\n\nWritten by:\nLeyla Hart\n4 March 2024\n\n{BODY}")
    assert shown(candidates(page)) == ["Leyla Hart"]


def test_a_label_alone_does_not_take_the_next_label_for_a_name() -> None:
    """ "Перевод с английского" names no translator, and "Источник" below it is none."""
    page = zoned(f"Порт откроется весной\n\n{RUSSIAN}\nПеревод с английского\nИсточник: Seaside Times\nТеги: порт")
    assert shown(candidates(page), "translator") == []


def test_names_in_lists_and_footers_sign_nothing() -> None:
    """Bylines of other articles, comments and imprint are not read."""
    page = zoned(
        f"{TITLE}\n\n4 March 2024\n\n{BODY}\n\nYou might also like\n\nBy Tom Abel\n\nLeave a reply\n\nBy Ana Ruiz"
    )
    assert "Ana Ruiz" not in shown(candidates(page))


@given(st.text(max_size=200))
def test_any_line_can_be_a_byline(text: str) -> None:
    """No text makes the reader fail, and every quote stands at its place."""
    page = open_textdump(Capture(body=text.encode("utf-8", "replace"), zone="byline"))
    blocks = tuple(Block(b.start, b.end, Zone.BYLINE) for b in page.blocks)
    page = Page(page.format, page.space, page.text, blocks, page.encoding, fragment="byline")
    for candidate in candidates(page):
        assert page.text[candidate.start : candidate.end] == candidate.quote


@pytest.mark.parametrize(
    "line",
    [
        "Traducido del inglés por Leyla Hart",
        "Traduit de l’anglais par Leyla Hart",
        "Aus dem Russischen übersetzt von Leyla Hart",
        "Vertaald uit het Engels door Leyla Hart",
        "Översatt av Leyla Hart",
        "Prevela Leyla Hart",
    ],
)
def test_a_translator_is_named_with_the_language(line: str) -> None:
    """The words for a translator may name the language between verb and name."""
    assert shown(candidates(page_with(line, Zone.TAIL)), "translator") == ["Leyla Hart"]


def test_who_took_the_picture_signed_no_text() -> None:
    """ "Jane Doe/AP" beside the headline credits a picture."""
    assert shown(candidates(page_with("Tom Abel/AP"))) == []


def test_a_heading_in_capitals_is_no_signature() -> None:
    """Three words in capitals below the text are a heading sooner than a name."""
    assert shown(candidates(page_with("TODAYS OTHER HEADLINES", Zone.TAIL))) == []


@pytest.mark.parametrize("zone", [Zone.BODY, Zone.NAVIGATION, Zone.FOOTER])
def test_a_block_marked_as_the_authors_is_read_in_any_zone(zone: Zone) -> None:
    """A short line between headline and text that its markup calls the author's is a byline wherever it was put."""
    page = page_with("By Leyla Hart", zone)
    first, second, *rest = page.blocks
    marked = Block(second.start, second.end, zone, "p", "article-author")
    assert shown(candidates(replace(page, blocks=(first, marked, *rest)))) == ["Leyla Hart"]
