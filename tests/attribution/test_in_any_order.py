"""A credit is read by its parts, whatever their order; what was banned, came later or went from here is none."""

import pytest

from archiver.attribution import Own, candidates
from archiver.outlets import default_registry
from tests.attribution.pages import PARAGRAPH, article

OWN = Own(names=frozenset({"Port Weekly"}), domains=frozenset({"port.example"}))


def origins(line: str, language: str, *, opening: bool = False) -> list[tuple[str, str]]:
    page = article(lead=f"{line} {PARAGRAPH}") if opening else article(line)
    found = candidates(page, OWN, language, default_registry())
    return sorted(
        (str(c.detail["kind"]), c.value)
        for c in found
        if c.property == "origin" and c.weight >= 50 and c.rejected is None
    )


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "Translated from the German original in Der Spiegel by Jane Roe", [("translation", "Der Spiegel")]),
        (
            "de",
            "Das Original erschien unter dem Titel „Licht“ in The Harbour Review.",
            [("reprint", "The Harbour Review")],
        ),
        (
            "cs",
            "Z anglického originálu v deníku The Guardian přeložila Jana Vlnová.",
            [("translation", "The Guardian")],
        ),
        ("ro", "Traducere: Ana Mare după Politico", [("translation", "Politico")]),
        ("sq", "Shkrimi u botua fillimisht nga Reuters", []),  # a verb that no class holds: unknown, never guessed
        ("az", "Yazı ilk dəfə “Axşam Fənəri” qəzetində dərc olunub", [("reprint", "Axşam Fənəri")]),
        ("hy", "Հոդվածն առաջին անգամ տպագրվել է «Ծովային Փարոս» թերթում", [("reprint", "Ծովային Փարոս")]),
        ("hr", "Članak je prenesen s portala Večernji Galeb", [("reprint", "Večernji Galeb")]),
        ("et", "Artikkel ilmus algselt ajalehes Õhtune Kajakas", [("reprint", "Õhtune Kajakas")]),
        ("no", "Artikkelen er hentet fra galeb.example", [("reprint", "galeb.example")]),
        ("de", "Ein Artikel unseres Kooperationspartners Deutsche Welle", [("reprint", "Deutsche Welle")]),
        ("ru", "Материал публикуется с любезного разрешения DW", [("reprint", "DW")]),
        ("fr", "Publié en partenariat avec Mediapart", [("reprint", "Mediapart")]),
    ],
)
def test_parts_in_any_order_name_the_origin(language: str, line: str, expected: list[tuple[str, str]]) -> None:
    """A verb of printing or translating and one outlet in a short line below the text."""
    assert origins(line, language) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Our article was reprinted by The Guardian last week."),
        ("en", "This article may not be reprinted without the permission of Reuters."),
        ("en", "A version of this article was later published by The Atlantic."),
        ("en", "Jane Roe writes for The Guardian. This article may be republished."),
        ("es", "Este artículo fue reproducido por El Mundo en su edición del domingo."),
        ("fr", "Cet article a été traduit en anglais et publié par The Guardian."),
        ("ru", "Наша статья перепечатана изданием «Медуза»."),
        ("ru", "Статью можно прочитать на английском языке на сайте OC Media."),
        ("de", "Nachdruck nur mit Genehmigung der dpa."),
        ("az", "Saytın materiallarından istifadə edərkən AZƏRTAC-a istinad vacibdir."),
        ("pl", "Tekst ukazał się także w The Guardian."),
        ("en", "This article was first published in Port Weekly."),
    ],
)
def test_other_sentences_of_the_same_words_do_not(language: str, line: str) -> None:
    """Bans, invitations, other people's texts, the way out, and the page's own name."""
    assert origins(line, language) == []


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "ab/rc (AFP, AP)", ["AFP", "AP"]),
        ("de", "fab/jok (dpa, afp)", ["afp", "dpa"]),
        ("fi", "(STT–AFP)", ["AFP", "STT"]),
        ("en", "Daily Sabah with AA", ["AA", "Daily Sabah"]),
        ("en", "(Reporting by Jane Roe in Dorsk; Editing by Jim Poe) Reuters", ["Reuters"]),
        ("en", "Reporting by Jane Roe for Reuters; Editing by Jim Poe", ["Reuters"]),
        ("en", "(Reporting by Jane Roe in Dorsk; Editing by Jim Poe)", []),
        ("en", "Data source: World Bank", []),
        ("tr", "Kaynak: Akşam Feneri", ["Akşam Feneri"]),
        ("tr", "Kaynak: Akşam", ["Akşam"]),
    ],
)
def test_sign_offs_and_longer_names(language: str, line: str, names: list[str]) -> None:
    """Desks sign with initials and agencies; an ordinary word that is known may open a longer name."""
    assert [value for _, value in sorted(origins(line, language), key=lambda pair: pair[1])] == names


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("ru", "Публикуем полный текст интервью министра агентству «Интерфакс».", [("wire", "Интерфакс")]),
        ("fr", "Nous publions la traduction d'un article paru dans Haaretz.", [("translation", "Haaretz")]),
        (
            "de",
            "Wir dokumentieren einen Beitrag aus der Wochenzeitung „Der Hafenbote“.",
            [("reprint", "Der Hafenbote")],
        ),
        (
            "tr",
            "Foreign Policy dergisinde yayımlanan makalenin çevirisini sunuyoruz.",
            [("translation", "Foreign Policy")],
        ),
        (
            "hy",
            "Ստորև ներկայացնում ենք The Guardian պարբերականի հոդվածի թարգմանությունը։",
            [("translation", "The Guardian")],
        ),
        (
            "pl",
            "Przedstawiamy tłumaczenie artykułu, który ukazał się w The Economist.",
            [("translation", "The Economist")],
        ),
        ("ru", "Публикуем список портов, которые откроются в мае.", []),
        ("es", "Publicamos las fotos que difundió Reuters.", []),
        ("fr", "Un article paru dans Haaretz a provoqué la colère du maire.", []),
        ("en", "The article that first angered the mayor was published in The Guardian.", []),
    ],
)
def test_a_paragraph_may_open_by_handing_over(language: str, sentence: str, expected: list[tuple[str, str]]) -> None:
    """We publish, present, reproduce an article of another outlet; telling that it exists is a citation."""
    assert origins(sentence, language, opening=True) == expected


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("The lighthouse stays open (The Guardian, Great Britain)", ["The Guardian"]),
        ("The lighthouse stays open (Dorsk, Norway)", []),
    ],
)
def test_a_headline_names_the_outlet_and_its_country(title: str, names: list[str]) -> None:
    """Translators' pages print the outlet and where it comes out behind the headline."""
    found = candidates(article(title=title), OWN, "ru", default_registry())
    assert [c.value for c in found if c.property == "origin" and c.weight >= 50] == names


def test_a_name_stands_behind_whose_and_what_it_is() -> None:
    """ "Norwegian daily" is no part of the name."""
    line = "This is a translation of an article from the Norwegian daily Gull Post."
    assert origins(line, "en") == [("translation", "Gull Post")]
