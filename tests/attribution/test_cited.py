"""Who is cited is an outlet: people, offices and things that speak in an article are no sources of it."""

import pytest

from archiver.attribution import Own, candidates
from archiver.outlets import default_registry
from tests.attribution.pages import PARAGRAPH, article


def cited(sentence: str, language: str) -> list[str]:
    page = article(lead=f"{sentence} {PARAGRAPH}")
    found = candidates(page, Own(domains=frozenset({"port.example"})), language, default_registry())
    return [c.value for c in found if c.property == "citation"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "“The gulls do not pay,” said the captain."),
        ("en", "“It is an excellent lock,” Holt said."),
        ("en", "The cheese does not mind, she told Mara Holt."),
        ("en", "White House press secretary Jane Roe said the gulls were fine."),
        ("en", "It costs 9p per hour for 300W dryers, according to a 2017 analysis."),
        ("de", "Niemand konnte sagen, wie viele Karten verkauft wurden."),
        ("de", "Wie die Sprecherin des Hafenamts sagte, bleiben die Preise gleich."),
        ("ru", "Об этом сообщил начальник Северного порта Пётр Ильин."),
        ("ru", "Об этом сообщила пресс-служба Министерства транспорта."),
        ("ru", "Компания сообщила, что линия откроется 3 мая 2024 года."),
        ("uk", "Компанія повідомила, що лінія відкриється 3 травня 2024 року."),
        ("az", "Kapitan deyib ki, o, qağayılar üçün darıxıb."),
        ("it", "Il traghetto per Karvel è tornato in servizio."),
    ],
)
def test_whoever_speaks_is_not_cited_as_an_outlet(language: str, sentence: str) -> None:
    """Speech, offices, figures and words that follow "how" or "per" are not outlets."""
    assert cited(sentence, language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "The port is open, Reuters reported.", "Reuters"),
        ("en", "The port is open, the Harbour Herald reported.", "Harbour Herald"),
        ("en", "The port is open, according to gull.example.", "gull.example"),
        ("de", "Laut der Kieler Abendzeitung ist der Hafen offen.", "Kieler Abendzeitung"),
        ("ru", "Об этом сообщает газета «Севет».", "Севет"),
        ("tr", "Sevet gazetesinin haberine göre liman açık.", "Sevet"),
    ],
)
def test_outlets_are_cited(language: str, sentence: str, name: str) -> None:
    """Known names, addresses, and names that the words call a newspaper."""
    assert name in cited(sentence, language)
