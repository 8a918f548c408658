"""What stands beside a name says what its bearer did: translated, took the pictures, or is no person at all."""

import pytest

from archiver.attribution.byline import candidates
from archiver.model import Page
from tests.attribution.pages import article


def shown(page: Page, what: str) -> list[str]:
    """The values of property ``what`` that are firm enough to show, each once."""
    found = (c for c in candidates(page) if c.property == what and c.weight >= 50 and c.rejected is None)
    return list(dict.fromkeys(c.value for c in found))


@pytest.mark.parametrize(
    ("line", "authors", "translators"),
    [
        ("Translated from Ilsen Post by Mona Hale", [], ["Mona Hale"]),
        ("Translated from Ilsen Post by Mona Hale, edited by Ned Frost", [], ["Mona Hale"]),
        ("by Leyla Hart (translated from German by Ned Frost)", ["Leyla Hart"], ["Ned Frost"]),
        ("By Leyla Hart, translated by Ned Frost", ["Leyla Hart"], ["Ned Frost"]),
        ("Von Leyla Hart, aus dem Englischen übersetzt von Uwe Brandt", ["Leyla Hart"], ["Uwe Brandt"]),
        ("Leyla Hart, Uwe Brandt (Übersetzung)", ["Leyla Hart"], ["Uwe Brandt"]),
        ("Par Luc Morel, traduit de l'anglais par Zoé Blanc", ["Luc Morel"], ["Zoé Blanc"]),
        ("Traducido del inglés por Ana Gil", [], ["Ana Gil"]),
        ("Tradotto dal tedesco da Aldo Neri", [], ["Aldo Neri"]),
        ("Лейла Гарт, Иван Лесной (перевод)", ["Лейла Гарт"], ["Иван Лесной"]),
        ("By Leyla Hart and Ned Frost", ["Leyla Hart", "Ned Frost"], []),
        ("By Leyla Hart (Translated by ChatGPT)", ["Leyla Hart"], []),
    ],
)
def test_who_translated_is_no_author(line: str, authors: list[str], translators: list[str]) -> None:
    """Whatever source stands between "translated" and "by", the name behind is the translator's."""
    page = article(byline=line)
    assert (shown(page, "author"), shown(page, "translator")) == (authors, translators)


@pytest.mark.parametrize(
    ("line", "translators"),
    [
        ("Translated from Ilsen Post (German) by Mona Hale", ["Mona Hale"]),
        ("Originally published at ilsenpost.example on 3 May 2018, translated by Mona Hale.", ["Mona Hale"]),
        ("This story was first published by Ilsen Post, and translated with permission by Mona Hale.", ["Mona Hale"]),
        ("Dieser Text wurde aus dem Englischen übersetzt von Uwe Brandt.", ["Uwe Brandt"]),
        ("Translated from an article by Ned Frost", []),
        ("Tərcümə İlsən Post saytından edilib", []),
        ("Перевод: Ильсен Пост сайта", []),
        ("Перевёл с немецкого Иван Лесной", ["Иван Лесной"]),
        ("Переклала з англійської Ганна Лісова", ["Ганна Лісова"]),
        ("Tərcümə: Aynur Əliyeva", ["Aynur Əliyeva"]),
    ],
)
def test_translators_below_the_text(line: str, translators: list[str]) -> None:
    """A note below the text names who translated; a site that it was translated from is nobody."""
    assert shown(article(line), "translator") == translators


def test_a_book_that_the_text_speaks_of_has_no_translator_here() -> None:
    """Within a paragraph "translated from the German by" is about something else."""
    lead = "Her first novel was translated from German by Ned Frost, and the harbour town has read it ever since."
    assert shown(article(byline="By Leyla Hart", lead=lead), "translator") == []


@pytest.mark.parametrize(
    "line",
    [
        "Presented by Leyla Hart Foundation", "By Ilsen Ferry Association", "By Karl Dorn Ltd", "Von Karl Dorn GmbH",
        "Von Karl Dorn Stiftung", "By AI Assistant", "Shared by Ned Frost", "Uploaded by Ned Frost",
        "Presented by Ned Frost", "Directed by Ned Frost", "Forwarded by Ned Frost", "Geteilt von Uwe Brandt",
        "Partagé par Luc Morel", "Compartido por Ana Gil", "Paylaşan: Ali Demir", "Editor: Ned Frost",
        "Reposted by Ned Frost", "Article sent by Ned Frost", "Фонд Анны Лесной", "Карл Дорн ООО",
        "Редактор: Иван Лесной", "Redaktion: Uwe Brandt", "— Ned Frost (@nedfrost) May 12, 2024",
    ],
)  # fmt: skip
def test_lines_that_name_no_author(line: str) -> None:
    """Houses, programs, who passed it on, who edited and who wrote a message in the text did not write the article."""
    assert shown(article(byline=line), "author") == []


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Leyla Hart (@leylahart)", ["Leyla Hart"]),
        ("By Ai Nakata", ["Ai Nakata"]),
        ("By Leyla Hart, Karl Dorn (photos)", ["Leyla Hart"]),
        ("By Leyla Hart (text), Karl Dorn (photos)", ["Leyla Hart"]),
        ("Von Leyla Hart (Text)", ["Leyla Hart"]),
        ("By Leyla Hart (Ilsen)", ["Leyla Hart"]),
        ("By Grant Foundry", ["Grant Foundry"]),
        ("By Leyla Hart, Society Editor", ["Leyla Hart"]),
        ("Prepared by Leyla Hart", ["Leyla Hart"]),
        ("5 May 2024 by Leyla Hart", ["Leyla Hart"]),
    ],
)
def test_lines_that_name_an_author(line: str, authors: list[str]) -> None:
    """A handle, a place or "text" in brackets leave the author one."""
    assert shown(article(byline=line), "author") == authors


def test_a_label_within_a_paragraph_names_nobody() -> None:
    """ "Source text: X" is no byline, wherever it stands."""
    lead = "The dam was built in the year of the flood, and people live below it. Source text: Плотина."
    assert shown(article(lead=lead), "author") == []


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Leyla Hart in Ilsen and Ned Frost in Port Hale", ["Leyla Hart", "Ned Frost"]),
        ("By Leyla Hart in Ilsen and Ned Frost in Arden; editing by Karl Dorn", ["Leyla Hart", "Ned Frost"]),
        ("Leyla Hart in Ilsen", ["Leyla Hart"]),
        ("Von Uwe Brandt in Ilsen und Karl Dorn in Arden", ["Uwe Brandt", "Karl Dorn"]),
        ("Por Ana Gil en Ilsen y Luis Paz en Arden", ["Ana Gil", "Luis Paz"]),
        ("Door Jan Dorn en Piet Hale en Kees Vroom", ["Jan Dorn", "Piet Hale", "Kees Vroom"]),
        ("Door Jan Dorn en Piet van Hale", ["Jan Dorn", "Piet van Hale"]),
        ("By María Inés de la Cruz y Ortega and Jan-Luc van den Dorn",
         ["María Inés de la Cruz y Ortega", "Jan-Luc van den Dorn"]),
        ("Leyla Hart in the harbour of Ilsen", []),
    ],
)  # fmt: skip
def test_where_they_wrote_from_stands_between_authors(line: str, authors: list[str]) -> None:
    """A place behind a name ends neither the name nor the list; particles do not make a name too long."""
    assert shown(article(byline=line), "author") == authors
