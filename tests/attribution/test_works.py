"""A credit is about this text: what is said of a novel, a prize or a foreign edition is no origin of it."""

import pytest

from archiver.attribution import Own, candidates
from archiver.outlets import default_registry
from tests.attribution.pages import article


def origins(sentence: str, language: str) -> list[tuple[object, str]]:
    found = candidates(article(sentence), Own(domains=frozenset({"port.example"})), language, default_registry())
    return [(c.detail["kind"], c.value) for c in found if c.property == "origin" and c.weight >= 50]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Mara Holt is the author of three books translated from Hungarian."),
        ("en", "His lecture was translated from German by Eva Kern."),
        ("en", "Her poems first appeared in The Harbour Review."),
        ("de", "Sein Buch erschien zuerst im Hafenblatt."),
        ("es", "La novela del capitán fue traducida del inglés por Marta Osuna."),
        ("es", "Su primer cuento fue publicado originalmente en El Faro."),
        ("it", "Il romanzo del capitano è stato tradotto dall'inglese da Marta Rossi."),
        ("fr", "Son livre a été traduit de l'anglais par Anne Roux."),
        ("ru", "Премию за лучший перевод с английского получил роман «Дом у реки»."),
        ("ru", "Мемуары капитана перевела с английского Мария Турова."),
        ("ru", "Роман капитана был опубликован в газете «Север» 3 марта 1987 года."),
        ("uk", "Роман капітана перекладено з англійської."),
        ("en", "The captain, whose letters were translated from Hungarian, smiled."),
        ("es", "El estudio fue publicado originalmente en la revista Nature."),
        ("ru", "Исследование опубликовано в журнале Nature."),
        ("ru", "Объявление было опубликовано на сайте газеты «Север»."),
        ("de", "Die Fotos wurden zuerst auf Spiegel Online veröffentlicht."),
        ("tr", "Kitap Türkçeye çevrildi."),
        ("tr", "Kaptanın romanı İngilizceden çevrildi."),
        ("az", "Kapitanın romanı ingilis dilindən tərcümə edilib."),
    ],
)
def test_other_works_are_not_this_text(language: str, sentence: str) -> None:
    """Books, poems, lectures and prizes have translators and first editions of their own."""
    assert origins(sentence, language) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This story was translated into Spanish by Marta Osuna."),
        ("en", "Translated into French by Anne Roux"),
        ("es", "Este artículo fue traducido al inglés por Marta Osuna"),
        ("fr", "Article traduit en anglais par Anne Roux."),
    ],
)
def test_a_translation_into_another_language_leads_away(language: str, sentence: str) -> None:
    """This text is the original of such a translation."""
    assert origins(sentence, language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "origin"),
    [
        ("en", "Translated by Roman Ivanov", ("translation", "")),
        ("en", "This article was translated into English by Marta Osuna.", ("translation", "")),
        ("en", "Translated from Hungarian", ("translation", "")),
        ("ru", "Перевёл Роман Иванов", ("translation", "")),
        ("de", "Übersetzt von Roman Müller", ("translation", "")),
        ("tr", "Çeviri: Roman Ada", ("translation", "")),
    ],
)
def test_credits_of_this_text_stand(language: str, sentence: str, origin: tuple[str, str]) -> None:
    """A translator may be called Roman, and a language is no outlet."""
    assert origins(sentence, language) == [origin]


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Source: own information"),
        ("en", "Source: our correspondent"),
        ("ru", "Источник: собственная информация"),
        ("ru", "Источник: внутренняя информация"),
        ("uk", "Джерело: власна інформація"),
        ("bg", "Източник: редакция"),
        ("tr", "Kaynak: Haber Merkezi"),
        ("az", "Mənbə: öz məlumatımız"),
        ("az", "Mənbə: redaksiya"),
        ("de", "Quelle: Eigenbericht"),
        ("de", "Quelle: Redaktion"),
        ("fr", "Source : la rédaction"),
        ("es", "Fuente: elaboración propia"),
        ("it", "Fonte: redazione"),
        ("pt", "Fonte: redação"),
        ("nl", "Bron: eigen redactie"),
        ("pl", "Źródło: informacja własna"),
        ("cs", "Zdroj: vlastní"),
        ("hu", "Forrás: saját"),
        ("ro", "Sursa: redacția"),
        ("hy", "Աղբյուր՝ սեփական տեղեկատվություն"),
        ("ka", "წყარო: რედაქცია"),
        ("fa", "منبع: تحریریه"),
        ("zh", "来源：本报"),
        ("ja", "出典：編集部"),
    ],
)
def test_own_work_is_no_reprint(language: str, label: str) -> None:
    """A page that names its own newsroom as the source has no other origin."""
    assert origins(label, language) == []


@pytest.mark.parametrize("name", ["Наша газета", "Редакция журнала «Север»", "Own Magazine", "Nasz Port"])
def test_newspapers_called_ours_are_sources(name: str) -> None:
    """A name with more in it than a newsroom is a name."""
    assert [kind for kind, _ in origins(f"Источник: {name}", "ru")] == ["reprint"]


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "Translated by Mia Thorn. Original article published in Hafenblatt.", "Hafenblatt"),
        ("en", "Translated from German by Mia Thorn. This article was first published by Hafenblatt.", "Hafenblatt"),
        ("fr", "Traduit de l'allemand par Anne Roux. L'original est paru dans le Hafenblatt.", "Hafenblatt"),
        ("es", "Traducción de Marta Osuna. Publicado originalmente en Hafenblatt", "Hafenblatt"),
        ("es", "Traducido del inglés por Marta Osuna. Artículo original publicado en Hafenblatt.", "Hafenblatt"),
        ("it", "(Traduzione di Marta Rossi. L'originale è apparso su Hafenblatt)", "Hafenblatt"),
        ("de", "Aus dem Englischen von Peter Lang. Zuerst erschienen im Hafenblatt.", "Hafenblatt"),
        ("ru", "Перевела с английского Мария Турова. Впервые опубликовано в газете «Север».", "Север"),
    ],
)
def test_the_next_sentence_names_what_was_translated(language: str, line: str, name: str) -> None:
    """One credit in two sentences is one translation of a named original, not an unnamed one beside a reprint."""
    assert origins(line, language) == [("translation", name)]


@pytest.mark.parametrize(
    ("language", "label", "source", "name"),
    [
        ("hy", "Թարգմանությունը ռուսերենից՝ Կարինե Սահակյանի", "Աղբյուր՝ gull.example", "gull.example"),
        ("ka", "თარგმანი ინგლისურიდან: მარიამ ლომიძე", "წყარო: gull.example", "gull.example"),
        ("pl", "Tłumaczenie z angielskiego: Ewa Nowak", "Źródło: gull.example", "gull.example"),
    ],
)
def test_a_label_may_say_the_language(language: str, label: str, source: str, name: str) -> None:
    """ "Translation from English: X" is a translator's credit as much as "Translation: X"."""
    page = article(label, source)
    found = candidates(page, Own(domains=frozenset({"port.example"})), language, default_registry())
    kinds = [(c.detail["kind"], c.value) for c in found if c.property == "origin" and c.rejected is None]
    assert kinds == [("translation", name)]


def test_a_translation_that_was_published_elsewhere_is_copied_from_there() -> None:
    """In one sentence it is the translation that first stood in the other place."""
    found = origins("Translated by Mia Thorn and originally published in Hafenblatt", "en")
    assert sorted(found) == [("reprint", "Hafenblatt"), ("translation", "")]
