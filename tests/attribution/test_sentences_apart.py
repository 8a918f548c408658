"""A credit counts where it stands by itself: as a line, as the last sentence, in a bracket; under a text cut off."""

import pytest

from archiver.attribution import Own, candidates
from archiver.model import Block, Link, Page, Space, Zone
from archiver.outlets import default_registry

LONG = (
    "The harbour stays open until the end of the month, the town said on Monday, and the ferries go on sailing "
    "between the islands as they have done for a hundred years and more."
)
OWN = Own(names=frozenset({"The Gull"}), domains=frozenset({"gull.example"}))


def origins(lines: list[str], language: str = "en", zone: str = "bottom", links: tuple[Link, ...] = ()) -> list[str]:
    """The shown origins of a fragment, as "kind=name"."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    blocks = tuple(
        Block(start, start + len(line), Zone.BODY, links=links if line == lines[-1] else ())
        for start, line in zip(starts, lines, strict=True)
    )
    page = Page("textdump", Space.SOURCE, text, blocks, "utf-8", fragment=zone)
    found = candidates(page, OWN, language, default_registry())
    return [
        f"{c.detail['kind']}={c.value}" for c in found if c.property == "origin" and c.weight >= 50 and not c.rejected
    ]


@pytest.mark.parametrize(
    ("language", "credit", "expected"),
    [
        ("en", "Originally published by Harbour Daily.", "reprint=Harbour Daily"),
        ("en", "(Full story: Harbour Daily)", "excerpt=Harbour Daily"),
        ("en", "From Reuters.", "wire=Reuters"),
        ("de", "Nachdruck aus dem Hafenblatt.", "reprint=Hafenblatt"),
        ("ru", "По материалам «Чайки».", "adaptation=Чайки"),
        ("fr", "(Avec l’AFP)", "wire=AFP"),
    ],
)
def test_a_credit_may_be_the_last_sentence(language: str, credit: str, expected: str) -> None:
    """What a wording says on a line of its own it also says as the last sentence or bracket of the text."""
    assert origins([LONG, credit], language) == [expected]
    assert origins([LONG, f"{LONG} {credit}"], language) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "From Reuters he moved to the town hall, where he stayed for the rest of his life and never wrote again.",
        "The captain said he had it from Reuters, and from the harbour master, and from all who had been there.",
        "She works with agencies.",
    ],
)
def test_a_sentence_that_tells_something_is_no_credit(sentence: str) -> None:
    """Words of a credit at the beginning of a longer sentence belong to the story."""
    assert origins([LONG, f"{LONG} {sentence}"]) == []


@pytest.mark.parametrize(
    ("language", "button"),
    [
        ("en", "Read more"),
        ("ru", "Читать далее"),
        ("de", "Weiterlesen »"),
        ("es", "Seguir leyendo"),
        ("zh", "阅读全文"),
    ],
)
def test_a_text_cut_off_is_an_excerpt(language: str, button: str) -> None:
    """A text that breaks off over "Read more" goes on elsewhere; a whole text over the same button does not."""
    assert origins([LONG, f"{LONG[:-1]} […]", button], language) == ["excerpt="]
    assert origins([LONG, LONG, button], language) == []
    assert origins([LONG, f"{LONG[:-1]} …", f"{button} of the books that we all should have read last year"]) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Source:", "(Port - The Gull)"], []),
        (["Source: Harbour University press release"], ["reprint=Harbour University"]),
        (["Source: materials provided by Harbour University"], ["reprint=Harbour University"]),
        (["With files from Harbour Times"], ["wire=Harbour Times"]),
        (["With files from Jane Roe"], []),
        (["© Harbour Daily. Reprinted with permission."], ["reprint=Harbour Daily"]),
        (["Translated from Russian Harbour"], ["translation=Russian Harbour"]),
        (["A version of this article first appeared in Harbour Daily."], ["reprint=Harbour Daily"]),
        (["A version of this article appears in print on May 5."], []),
        (["First published on Apr 8"], []),
        (["Originally published 8 Apr 2020"], []),
    ],
)
def test_what_a_label_announces(lines: list[str], expected: list[str]) -> None:
    """The name is cut out of what describes it; a name that calls itself an outlet needs no registry."""
    assert origins([LONG, LONG, *lines]) == expected


def test_who_ordered_a_translation_is_not_translated() -> None:
    """ "From Fort Russ" and "Translated by A. for Fort Russ": a copy of a translation whose original is not named."""
    lines = ["A night at sea", "From Fort Russ", "Translated by Jane Roe for Fort Russ", LONG]
    assert sorted(origins(lines, zone="top")) == ["reprint=Fort Russ", "translation="]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ТАСС, 5 мая. ", ["wire=ТАСС"]),
        ("МОСКВА, 5 мая - РИА Новости, Иван Петров. ", ["wire=РИА Новости"]),
        ("Москва, 5 мая, вторник. ", []),
        ("Вечер, 5 мая. ", []),
    ],
)
def test_datelines_with_the_agency_first(line: str, expected: list[str]) -> None:
    """An agency and a day, or a reporter's name behind the agency, open a story as well."""
    assert origins(["Заголовок новости", line + LONG], "ru", zone="byline") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kommersant published an article by Ivan Petrov. Below is a full translation.", ["translation=Kommersant"]),
        ("Kommersant published an article by Ivan Petrov. Below is the full text.", ["reprint=Kommersant"]),
        ("Kommersant published an article by Ivan Petrov.", []),
    ],
)
def test_what_is_handed_over(sentence: str, expected: list[str]) -> None:
    """A cited article becomes the origin when it is handed over, as a translation where the words say so."""
    assert origins(["A title", sentence, LONG], zone="top") == expected


def test_a_list_of_teasers_is_no_text_cut_off() -> None:
    """Several buttons under several texts that break off lead to other articles of the same house."""
    cut = f"{LONG[:-1]} ..."
    assert origins([LONG, cut, "Read more", cut, "Read more"]) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Reuters/Jane Roe", []), ("Reuters/AFP", ["wire=AFP", "wire=Reuters"]), ("Reuters", ["wire=Reuters"])],
)
def test_an_agency_and_a_person_took_a_picture(line: str, expected: list[str]) -> None:
    """ "Agency/Person" under a headline is the credit of a picture, two agencies are those of the text."""
    assert sorted(origins(["A title of a story", line, LONG], zone="byline")) == expected


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("es", "Publicado originalmente en El Faro", ["reprint=El Faro"]),
        ("en", "Originally published by The Harbour", ["reprint=The Harbour"]),
        ("sv", "Ursprungligen publicerad i Hamnbladet", ["reprint=Hamnbladet"]),
        ("no", "Denne artikkelen ble først publisert i Havnebladet", ["reprint=Havnebladet"]),
        ("da", "Artiklen er oprindeligt bragt i Havnebladet", ["reprint=Havnebladet"]),
        ("cs", "Text vyšel v Maják", ["reprint=Maják"]),
        ("bg", "Статията е публикувана в „Фар“", ["reprint=Фар"]),
        ("sr", "Текст је преузет са портала Светионик", ["reprint=Светионик"]),
        ("hr", "Preuzeto s portala Svjetionik", ["reprint=Svjetionik"]),
        ("el", "Το άρθρο δημοσιεύθηκε αρχικά στην εφημερίδα Φάρος", ["reprint=Φάρος"]),
        ("he", "המאמר פורסם לראשונה באתר מגדלור", ["reprint=מגדלור"]),
        ("fa", "این مقاله نخستین بار در روزنامه فانوس منتشر شد", ["reprint=فانوس"]),
        ("ar", "نشر هذا المقال لأول مرة في صحيفة الفنار", ["reprint=الفنار"]),
        ("zh", "本文最初发表于《灯塔晚报》", ["reprint=灯塔晚报"]),
        ("ja", "この記事は「灯台新聞」に掲載されたものです", ["reprint=灯台新聞"]),
        ("ko", "이 기사는 ‘등대일보’에 게재된 것입니다", ["reprint=등대일보"]),
        ("kk", "«Шамшырақ» газетінен алынды", ["reprint=Шамшырақ"]),
        ("uz", "«Mayoq» gazetasidan olindi", ["reprint=Mayoq"]),
        ("id", "Artikel ini pertama kali diterbitkan di Mercusuar", ["reprint=Mercusuar"]),
        ("hy", "Թարգմանված է ռուսերենից", ["translation="]),
        ("lt", "Iš anglų kalbos vertė Ana", ["translation="]),
    ],
)
def test_first_published_elsewhere_in_many_languages(language: str, line: str, expected: list[str]) -> None:
    """A capitalised article belongs to the name, case endings and quotation marks do not."""
    assert origins([LONG, LONG, line], language) == expected


@pytest.mark.parametrize(
    ("label", "url", "expected"),
    [
        ("Source", "https://shore.example/a", ["reprint="]),
        ("→ Originalartikel", "https://shore.example/a", ["reprint="]),
        ("Источник", "https://shore.example/a", ["reprint="]),
        ("Source", "https://gull.example/a", []),
        ("Sources of joy", "https://shore.example/a", []),
    ],
)
def test_a_label_that_is_only_a_link(label: str, url: str, expected: list[str]) -> None:
    """A line that says "Source" and leads to another house states an origin; its address is that of the link."""
    start = 2 * (len(LONG) + 1)
    link = Link(start, start + len(label), url)
    assert origins([LONG, LONG, label], links=(link,)) == expected


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("hy", "Կողմերը պայմանավորվեցին. Առաջին լրատվական", ["reprint=Առաջին լրատվական"]),
        ("en", "The parties agreed on Monday. Reuters", ["wire=Reuters"]),
        ("en", "The parties agreed. Nobody smiled", []),
        ("ru", "Вечерний порт (Россия): заголовок статьи", []),
    ],
)
def test_a_name_that_ends_a_headline(language: str, title: str, expected: list[str]) -> None:
    """An outlet's name as the last sentence of a headline is a credit; a country in brackets is no outlet."""
    assert origins([title, LONG], language, zone="title") == expected
