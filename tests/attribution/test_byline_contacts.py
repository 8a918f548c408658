"""Who answers questions about a text, and who signed another one, are no authors of this one."""

import pytest

from archiver.attribution.byline import candidates
from archiver.model import Zone
from tests.attribution.pages import PARAGRAPH, article, page

CONTACTS = [
    ("Media contact", "Anna Bell", "Head of Communications", "+1 555 0100"),
    ("For more information, please contact:", "Anna Bell", "press@lomar.example"),
    ("Pressekontakt:", "Anna Bell", "Leiterin Kommunikation"),
    ("Contact presse", "Anna Bell"),
    ("Contacto de prensa:", "Ana Gil", "Oficina de Lomar"),
    ("Ufficio stampa", "Anna Rossi"),
    ("Assessoria de imprensa", "Ana Souza"),
    ("Контакты для СМИ:", "Анна Белова", "Пресс-секретарь порта"),
    ("Basın İletişim", "Ayşe Demir", "Liman İdaresi"),
    ("Media üçün əlaqə:", "Aynur Əliyeva"),
    ("Kontakt dla mediów", "Anna Nowak"),
]
SIGNED = [
    ("Anna Bell", "Harbour correspondent"),
    ("Anna Bell", "Contact: anna@lomar.example"),
    ("The contract was signed on Monday", "Anna Bell"),
    ("Kontaktlos wird die Fähre bezahlt", "Anna Bell"),
]


def authors(*tail: str) -> list[str]:
    """Who is shown as an author of an article that ends in ``tail``."""
    found = candidates(article(*tail))
    return [c.value for c in found if c.property == "author" and c.weight >= 50 and c.rejected is None]


@pytest.mark.parametrize("tail", CONTACTS, ids=lambda tail: tail[0])
def test_a_contact_signs_nothing(tail: tuple[str, ...]) -> None:
    """Whatever the language of the label, and whatever stands under the name."""
    assert authors(*tail) == []


@pytest.mark.parametrize("tail", SIGNED, ids=lambda tail: tail[0])
def test_a_signature_beside_such_words_is_one(tail: tuple[str, ...]) -> None:
    """A label under the name, or words that only begin alike, take nobody's signature away."""
    assert authors(*tail) == ["Anna Bell"]


def test_the_byline_under_another_headline_is_that_articles() -> None:
    """One teaser is no list that could show itself as one; its headline is a link."""
    body = [(Zone.TITLE, "Lighthouse stays open"), (Zone.BODY, PARAGRAPH), (Zone.BODY, PARAGRAPH)]
    teaser = (Zone.RELATED, "Ferry late again")
    of = page(*body, teaser, (Zone.RELATED, "Text by Anna Bell"), links={teaser[1]: "https://news.example/ferry"})
    assert [c for c in candidates(of) if c.property == "author"] == []
    box = page(*body, (Zone.RELATED, "About us"), (Zone.RELATED, "Text by Anna Bell"))
    assert [c.value for c in candidates(box) if c.property == "author"] == ["Anna Bell"]
