"""A page that says a machine translated it is a stated translation, made by a machine, with nobody as translator."""

import pytest

from archiver.attribution import Own, byline, candidates
from archiver.model import Candidate, Meant
from archiver.outlets import default_registry
from tests.attribution.pages import article


def origins(line: str, language: str) -> list[Candidate]:
    found = candidates(article(line), Own(domains=frozenset({"port.example"})), language, default_registry())
    return [c for c in found if c.property == "origin" and c.weight >= 50 and c.rejected is None]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "This article was translated from Armenian by a machine and has not been edited."),
        ("en", "This article was translated with the help of AI and edited by our staff."),
        ("en", "Machine translation from Russian"),
        ("en", "Translated by Google Translate"),
        ("tr", "Bu haber yapay zekâ ile çevrilmiştir."),
        ("az", "Məqalə süni intellekt vasitəsilə tərcümə edilib."),
        ("ru", "Текст переведён с помощью искусственного интеллекта."),
        ("uk", "Текст перекладено за допомогою штучного інтелекту."),
        ("de", "Dieser Text wurde mit Hilfe von KI übersetzt."),
        ("fr", "Cet article a été traduit de l'allemand à l'aide d'un outil d'intelligence artificielle."),
        ("es", "Este artículo ha sido traducido del inglés con inteligencia artificial."),
        ("it", "Questo articolo è stato tradotto con l'intelligenza artificiale."),
        ("hy", "Հոդվածը արհեստական բանականության միջոցով թարգմանվել է"),
    ],
)
def test_a_declared_machine_translation_is_stated(language: str, line: str) -> None:
    """The page's own word is testimony, not suspicion; no program is a translator."""
    [origin] = origins(line, language)
    assert (origin.detail["kind"], origin.meant, origin.detail.get("machine")) == ("translation", Meant.STATED, True)
    assert [c.value for c in byline.candidates(article(line)) if c.property == "translator" and c.weight >= 50] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Translated by Ai Weiwei"),
        ("de", "Übersetzt von Anna Möwe"),
        ("ru", "Перевод с английского: Анна Лесная"),
    ],
)
def test_people_are_no_machines(language: str, line: str) -> None:
    """A translation by a person says nothing of machines."""
    [origin] = origins(line, language)
    assert "machine" not in origin.detail


@pytest.mark.parametrize("line", ["Translated by Google", "Перевод: ИИ", "Çeviri: Google Çeviri", "Traduction : DeepL"])
def test_programs_are_no_translators(line: str) -> None:
    """Where a person's name is expected, the name of a program is none."""
    assert [c.value for c in byline.candidates(article(line)) if c.property == "translator"] == []
