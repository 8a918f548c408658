"""Shapes in which newsrooms of many languages credit: each is read by its grammar, and its double is not."""

import pytest

from archiver.attribution import Own, candidates
from archiver.model import Page, Zone
from archiver.outlets import default_registry
from tests.attribution.pages import PARAGRAPH, article, page

OWN = Own(names=frozenset({"Port Weekly"}), domains=frozenset({"port.example"}))


def origins(made: Page, language: str) -> list[tuple[str, str]]:
    """(kind, name) of the origins that ``made`` states firmly, in the order of names."""
    found = candidates(made, OWN, language, default_registry())
    firm = [c for c in found if c.property == "origin" and c.weight >= 50 and c.rejected is None]
    return sorted((str(c.detail["kind"]), c.value) for c in firm)


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("en", "(With PTI and ANI inputs)", [("wire", "ANI"), ("wire", "PTI")]),
        ("en", "Reuters and AFP contributed to this story.", [("wire", "AFP"), ("wire", "Reuters")]),
        ("en", "Source: Ministry of Defence of the Republic of Azerbaijan", None),
        ("en", "Source: company filings", []),
        ("ru", "Источник: газета «Вечерний маяк»", [("reprint", "Вечерний маяк")]),
        ("ru", "Оригинал статьи на сайте The Guardian", [("reprint", "The Guardian")]),
        ("de", "Der Text erschien in der Ausgabe 3/2021", []),
        ("tr", "Haber: DHA", [("wire", "DHA")]),
        ("zh", "图片来源：新华社", []),
        ("zh", "来源：新华社", [("wire", "新华社")]),
        ("ko", "이 글은 등대신문에 먼저 실렸습니다.", [("reprint", "등대신문")]),
        ("ja", "※本記事は「灯台新聞」2021年3月3日付より転載しました。", [("reprint", "灯台新聞")]),
        ("be", "Тэкст упершыню апублікаваны ў газеце «Вячэрні маяк»", [("reprint", "Вячэрні маяк")]),
        ("is", "Heimild: Reuters", [("wire", "Reuters")]),
    ],
)
def test_credits_below_the_text(language: str, line: str, found: list[tuple[str, str]] | None) -> None:
    """Lists, kinds before names in marks, and labels of languages that have few wordings of their own."""
    read = origins(article(line), language)
    assert read == found if found is not None else "Azerbaijan" not in {name for _, name in read}


@pytest.mark.parametrize(
    ("language", "opening", "found"),
    [
        ("az", "Bakı, 3 mart, AZƏRTAC ", [("wire", "AZƏRTAC")]),
        ("zh", "中新网北京3月3日电 ", [("wire", "中新网")]),
        ("en", "NORTHPORT, March 3 (Harbour Wire) — ", [("wire", "Harbour Wire")]),
        ("es", "EFE.- ", [("wire", "EFE")]),
        ("en", "On March 3, Reuters and others wrote. ", []),
        ("en", "Northport, 3 May, the harbour. ", []),
    ],
)
def test_datelines(language: str, opening: str, found: list[tuple[str, str]]) -> None:
    """The agency may stand without a mark behind the day, and an unknown one in brackets behind PLACE and day."""
    assert origins(article(lead=opening + PARAGRAPH), language) == found


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("fr", "Publié le 03/03/2021 par AFP", [("wire", "AFP")]),
        ("fr", "Rédaction AFP", [("wire", "AFP")]),
        ("cs", "Praha/ČTK", [("wire", "ČTK")]),
        ("en", "ANI / Updated: Mar 3, 2021, 11:26 IST", [("wire", "ANI")]),
        ("en", "Jane Roe/AP", []),
        ("en", "AP/Jane Roe", []),
    ],
)
def test_bylines(language: str, line: str, found: list[tuple[str, str]]) -> None:
    """A day and "by", a newsroom or a place before an agency; a person beside a slash took a picture."""
    assert origins(article(byline=line), language) == found


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("en", "First published in Der Leuchtturm. Translated by Jane Roe.", [("translation", "Der Leuchtturm")]),
        ("pt", "Publicado originalmente em “El Farol”. Tradução de Ana Souza", [("translation", "El Farol")]),
        (
            "en",
            "Translated by Jane Roe. First published in The Guardian.",
            [("reprint", "The Guardian"), ("translation", "")],
        ),
    ],
)
def test_a_translator_and_a_place_of_publication(language: str, line: str, found: list[tuple[str, str]]) -> None:
    """The source of a translation is named beside it, unless that paper is printed in the page's own language alone."""
    assert origins(article(line), language) == found


def test_a_fragment_of_a_byline_may_begin_with_the_agency() -> None:
    """Cut out where the byline stands, an agency's name is no logo; an outlet's may be."""
    for name, found in (("Lusa", [("wire", "Lusa")]), ("Público", [])):
        made = page((Zone.BODY, name), (Zone.BODY, PARAGRAPH), fragment="byline")
        assert origins(made, "pt") == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("This story was originally published at port.example. Read it here.", [("reprint", "port.example")]),
        ("This article first appeared in Port Weekly. Read the original article.", [("reprint", "Port Weekly")]),
        ("This article first appeared in Port Weekly. Read more about ferries.", []),
        ("This article first appeared in the March issue of Port Weekly.", []),
    ],
)
def test_nobody_sends_readers_to_the_original_at_home(line: str, found: list[tuple[str, str]]) -> None:
    """A copy may declare the address of its original as canonical; its words still send the reader there."""
    assert origins(article(line), "en") == found


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("en", "Source | The Guardian", [("reprint", "The Guardian")]),
        ("ar", "المصدر/ رويترز", [("wire", "رويترز")]),
        ("az", "Qaynaq: Oxu.az", [("reprint", "Oxu.az")]),
        ("es", "Por: EFE", [("wire", "EFE")]),
        ("es", "Original en inglés: The Guardian. Traducción: Juan Pérez", [("translation", "The Guardian")]),
        ("en", "Text: Jane Roe", []),
        ("en", "Source | Jane Roe", []),
        ("en", "Sources of the river", []),
    ],
)
def test_labels_with_other_marks(language: str, line: str, found: list[tuple[str, str]]) -> None:
    """A label in any tongue and with any mark names an outlet that is known, and nobody else."""
    assert origins(article(line), language) == found


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Source: Northport Sea Agency", "Provided by NSA"), 1),
        (("Source: Harbour University", "Provided by Harbour University Press Office"), 1),
        (("Source: Harbour University", "Provided by Northport Sea Agency"), 2),
        (("Source: Reuters", "Originally published by The Guardian."), 2),
    ],
)
def test_an_origin_under_two_names_is_one(lines: tuple[str, ...], names: int) -> None:
    """A longer form, the letters or the address of an unknown name are that name; two that are known stay two."""
    assert len(origins(article(*lines), "en")) == names


def test_who_permits_is_not_where_it_is_from() -> None:
    """ "Reprinted from A with permission from B" has one origin."""
    line = "This article was reprinted from gull.example with permission from the Harbour Foundation."
    assert origins(article(line), "en") == [("reprint", "gull.example")]
    assert len(origins(article("Reprinted with permission from Harbour Foundation News."), "en")) == 1
