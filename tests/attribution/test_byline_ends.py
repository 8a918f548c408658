"""A name ends where its sentence, its language or its label ends; what is announced as something else is no author."""

import pytest

from archiver.attribution.byline import candidates
from archiver.model import Page, Zone
from tests.attribution.pages import article, page


def people(of: Page, kind: str) -> list[str]:
    return [c.value for c in candidates(of) if c.property == kind and c.weight >= 50 and c.rejected is None]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Translated by Mia Thorn. Original article published in Hafenblatt.", "Mia Thorn"),
        ("Traducido del inglés por Marta Osuna. Artículo original publicado en El Faro.", "Marta Osuna"),
        ("Traducción de Marta Osuna. Publicado originalmente en El Faro", "Marta Osuna"),
        ("Traduit de l'allemand par Anne Roux. L'original est paru dans le Phare.", "Anne Roux"),
        ("(Traduzione di Marta Rossi. L'originale è apparso sul Faro)", "Marta Rossi"),
        ("Переклад: Марія Лис. Оригінал тут", "Марія Лис"),
        ("Translated by J. R. Thorn", "J. R. Thorn"),
        ("ترجمه از انگلیسی: سارا کریمی", "سارا کریمی"),
        ("თარგმანი ინგლისურიდან: მარიამ ლომიძე", "მარიამ ლომიძე"),
        ("Թարգմանությունը ռուսերենից՝ Կարինե Սահակյանի", "Կարինե Սահակյանի"),
        ("Übersetzung aus dem Englischen: Peter Lang", "Peter Lang"),
        ("Tłumaczenie z angielskiego: Ewa Nowak", "Ewa Nowak"),
    ],
)
def test_a_translator_is_named_whole_and_no_more(line: str, name: str) -> None:
    """The next sentence and the language translated from are no part of a name."""
    assert people(article(line), "translator") == [name]


@pytest.mark.parametrize("line", ["ترجمه از انگلیسی", "თარგმანი ინგლისურიდან", "Translation: English"])
def test_a_language_translates_nothing(line: str) -> None:
    """Where only the language is given, nobody is named."""
    assert people(article(line), "translator") == []


@pytest.mark.parametrize(
    "line",
    ["Թարգմանեց Կարինե Սահակյանը", "Перевёл Роман Иванов", "Übersetzt von Roman Müller", "Avec AFP", "(Avec AFP)"],
)
def test_a_credit_is_no_signature(line: str) -> None:
    """Who translated, and the agency that helped, did not sign."""
    assert people(article(line), "author") == []


@pytest.mark.parametrize(
    ("line", "names"),
    [("Ein Porträt von Hannah Weiss", ["Hannah Weiss"]), ("Репортаж Анны Лесной", []), ("Очерк Анны Лесной", [])],
)
def test_a_genre_is_no_first_name(line: str, names: list[str]) -> None:
    """The kind of a text stands before its author's name, in the case that its language asks for."""
    of = page(*((z, t) for z, t in [(Zone.TITLE, "Gulls"), (Zone.BYLINE, line), (Zone.BYLINE, "05.03.2024")]), *_body())
    assert people(of, "author") == names


def _body() -> list[tuple[Zone, str]]:
    text = article()
    return [(block.zone, text.quote(block)) for block in text.blocks if block.zone is Zone.BODY]
