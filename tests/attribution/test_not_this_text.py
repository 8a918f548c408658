"""A source of a chart, a question, a translated quotation: credits of something else than the text name no origin."""

import pytest

from archiver.attribution import Own, candidates
from archiver.outlets import default_registry
from tests.attribution.pages import article

OWN = Own(names=frozenset({"Port Weekly"}), domains=frozenset({"port.example"}))


def origins(line: str, language: str) -> list[tuple[str, str]]:
    found = candidates(article(line), OWN, language, default_registry())
    return sorted(
        (str(c.detail["kind"]), c.value)
        for c in found
        if c.property == "origin" and c.weight >= 50 and c.rejected is None
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Source: council website, photos: Reuters"),
        ("de", "Quelle: Webseite der Stadt, Foto: Reuters"),
        ("ru", "Источник: сайт компании, фото: Рейтер"),
        ("en", "Map data from the Harbour Survey; source: Reuters Graphics"),
        ("en", "Chart: Jane Roe; Source: Harbour Bank"),
        ("de", "Grafik: Eva Kern; Quelle: Hafenbank"),
        ("fr", "Carte : Anne Roux. Infographie, source : Reuters"),
        ("es", "Gráfico: Marta Osuna; Fuente: Banco del Puerto"),
        ("ru", "Инфографика: Мария Турова; Источник: Рейтер"),
        ("tr", "Grafik: Ayşe Deniz; Kaynak: Reuters"),
        ("en", "Video source: Reuters"),
        ("en", "Source: Reuters (photo)"),
        ("az", "Məlumatların mənbəyi: Reuters"),
    ],
)
def test_a_drawing_or_a_picture_has_a_source_of_its_own(language: str, line: str) -> None:
    """What is drawn beside the text was not taken where the text was."""
    assert not any(name in {"Reuters", "Рейтер", "Reuters Graphics"} for _, name in origins(line, language))
    assert not any("ank" in name or "Banco" in name for _, name in origins(line, language))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Source: trust me"),
        ("de", "Quelle: eigene beobachtung"),
        ("ru", "Источник: наши соседи"),
        ("es", "Fuente: mis vecinos"),
    ],
)
def test_words_in_lower_case_are_no_outlet(language: str, line: str) -> None:
    """No name is spelt so, unless the registry knows it."""
    assert all(name == "" for _, name in origins(line, language))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Have you read it in The Evening Gull?"),
        ("en", "Was this story first published in The Evening Gull?"),
        ("de", "Ist dieser Artikel zuerst im Hafenblatt erschienen?"),
    ],
)
def test_a_question_states_nothing(language: str, line: str) -> None:
    """Who asks does not say."""
    assert origins(line, language) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Quotes translated from German by the author."),
        ("en", "The quotes in this article were translated from German by the author."),
        ("en", "Subtitles translated from German by Jane Roe."),
        ("en", "Title translated by Jane Roe"),
        ("de", "Zitate aus dem Englischen übersetzt von Eva Kern."),
        ("fr", "Citations traduites de l'anglais par Anne Roux."),
        ("es", "Citas traducidas del inglés por Marta Osuna."),
        ("ru", "Цитаты переведены с английского автором."),
        ("ru", "Субтитры перевела с английского Мария Турова."),
        ("az", "Sitatlar ingilis dilindən tərcümə edilib."),
    ],
)
def test_a_translated_part_is_no_translation(language: str, line: str) -> None:
    """Quotations, subtitles and titles are translated in articles that are not."""
    assert origins(line, language) == []


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "Source: Reuters, photos: The Evening Gull", [("wire", "Reuters")]),
        ("en", "Source: dpa", [("wire", "dpa")]),
        ("en", "Source: salt & sea", [("reprint", "salt & sea")]),
        ("en", "Source: The Evening Gull", [("reprint", "The Evening Gull")]),
        ("en", "First published in The Evening Gull under the title “Who pays?”", [("reprint", "The Evening Gull")]),
        ("en", "First published in The Evening Gull. What do you think?", [("reprint", "The Evening Gull")]),
        ("en", "Text translated from German by Jane Roe.", [("translation", "")]),
        ("en", "This interview was translated from German by Jane Roe.", [("translation", "")]),
        ("de", "Aus dem Englischen übersetzt von Eva Kern.", [("translation", "")]),
        ("az", "Tərcümə Axşam Qağayısı saytından edilib", [("translation", "Axşam Qağayısı")]),
        ("az", "Tərcümə “Axşam Qağayısı” qəzetindən", [("translation", "Axşam Qağayısı")]),
        ("az", "Axşam Qağayısı saytından tərcümə edilib", [("translation", "Axşam Qağayısı")]),
    ],
)
def test_credits_of_the_text_stay(language: str, line: str, expected: list[tuple[str, str]]) -> None:
    """The same words said of the text itself."""
    assert origins(line, language) == expected


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "With material from Reuters, AFP and dpa", ["AFP", "Reuters", "dpa"]),
        ("de", "mit Material von dpa und AFP", ["AFP", "dpa"]),
        ("en", "Source: Reuters, AFP and dpa", ["AFP", "Reuters", "dpa"]),
    ],
)
def test_each_name_of_a_list_stands_in_its_quote(language: str, line: str, names: list[str]) -> None:
    """A quote that lacks the name proves nothing."""
    page = article(line)
    found = [c for c in candidates(page, OWN, language, default_registry()) if c.property == "origin"]
    assert sorted({c.value for c in found}) == names
    assert all(c.value in c.quote for c in found)
    assert all(c.start is not None and page.text[c.start : c.end] == c.quote for c in found)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The police seized copies of Le Monde, reprinted from The Evening Gull."),
        ("en", "He sold old stamps from the islands, reproduced by The Evening Gull."),
    ],
)
def test_a_participle_speaks_of_what_stands_before_it(language: str, line: str) -> None:
    """Other printed things are reprinted, too."""
    assert origins(line, language) == []


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "This story originally appeared in The Evening Gull, which credited Harbour Tribune.", 2),
        ("en", "Reprinted with permission from The Evening Gull, which took it from Harbour Tribune.", 2),
        ("en", "Reprinted with permission from The Evening Gull, which is read on the coast.", 1),
        ("en", "Via Evening Post / Harbour Tribune", 2),
        ("en", "Via Arsun Post / Harbour Tribune", 2),
        ("de", "Zuerst erschienen im Hafenblatt, das ihn von der Abendmöwe übernahm.", 2),
        ("ru", "Перепечатано из газеты «Маяк», которая взяла её у «Чайки».", 2),
    ],
)
def test_a_chain_has_an_edge_for_each_link(language: str, line: str, expected: int) -> None:
    """Where a source names its own source, both are stated."""
    assert len(origins(line, language)) == expected


def test_the_original_of_a_translation_is_what_was_translated() -> None:
    """ "Originally published at A, translated by B, reprinted via C": a translation of A that came through C."""
    line = (
        "Originally published at gull.example on 3 January 2018, translated by Mira Sol, reprinted via Harbour Tribune"
    )
    assert origins(line, "en") == [("reprint", "Harbour Tribune"), ("translation", "gull.example")]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "Quelle: dpa", [("wire", "dpa")]),
        ("de", "Источник: Reuters", [("wire", "Reuters")]),
        ("ru", "Mənbə: Reuters", [("wire", "Reuters")]),
        ("en", "Quelle: die Nachbarn", []),
        ("en", "Read the original at gull.example", [("reprint", "gull.example")]),
        ("en", "See the original on the wall of the town hall", []),
    ],
)
def test_a_label_speaks_in_any_tongue(language: str, line: str, expected: list[tuple[str, str]]) -> None:
    """A label line and a known outlet need not be in the language of the page."""
    assert origins(line, language) == expected
