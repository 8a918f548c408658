"""Zones decide what a date is the date of; only the article's own day becomes its day of publication."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archiver.extract import dates
from archiver.model import Candidate, Capture, Meant, Page, Space, Zone
from archiver.statements.settle import FIRM
from tests.extract.cut_pages import cut
from tests.shared_data import needs_shared, seeds

TITLE = (Zone.TITLE, "Bridge opens after ten years of work")
BODY = (
    Zone.BODY,
    "The bridge over the river was opened to the public, and nobody fell into the water, the mayor said.",
)
FILE = Capture(b"")


def read(page: Page, capture: Capture = FILE, language: str | None = "en") -> list[Candidate]:
    """All candidates, after checking that each quote stands at its place."""
    found = dates.candidates(page, capture, language)
    for each in found:
        if each.start is not None:
            assert page.text[each.start : each.end] == each.quote
            assert each.space is page.space
    return found


def usable(found: list[Candidate], name: str = "published") -> list[str]:
    """The values of ``name`` that no rule rejected."""
    return [each.value for each in found if each.property == name and not each.rejected]


@pytest.mark.parametrize(
    ("zone", "line", "rule"),
    [
        (Zone.BYLINE, "By Ann Lee Published December 19, 2024 9 Min Read", "date/labelled@1"),
        (Zone.BYLINE, "December 19, 2024 10:30", "date/byline@1"),
        (Zone.FURNITURE, "Published: 19 December 2024", "date/labelled-line@1"),
        (Zone.BODY, "19 December 2024", "date/beside-title@1"),
        (Zone.BODY, "TBILISI, December 19, 2024 /Example Agency/. The bridge was opened.", "date/dateline@1"),
        (
            Zone.BODY,
            "Baku/19.12.24/Example: The bridge was opened to the public at last, the mayor said.",
            "date/dateline@1",
        ),
    ],
)
def test_where_a_date_is_the_articles_own(zone: Zone, line: str, rule: str) -> None:
    """Labelled, in the byline, beside the title, in a dateline."""
    (published,) = [c for c in read(cut(TITLE, (zone, line), BODY)) if c.property == "published"]
    assert (published.value[:10], published.rule, published.meant) == ("2024-12-19", rule, Meant.STATED)
    assert published.rejected is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ru", "Мост построили 5 августа 2019 года."),
        ("tr", "Köprü 5 Ağustos 2019'da açıldı, köprüyü belediye yaptırdı ve 5 Ağustos 2019 tarihinde açtı."),
        ("uk", "Міст збудували 5 серпня 2019 року."),
        ("pl", "Most zbudowano 5 sierpnia 2019 roku."),
        ("az", "Yeni körpü nəhayət 5 avqust 2019-cu ildə açılıb."),
        ("hy", "Կամուրջը կառուցվել է 2019 թվականի օգոստոսի 5-ին։"),
        ("en", "The bridge opened on 5 August 2019."),
    ],
)
def test_a_sentence_with_a_day_is_no_byline(language: str, line: str) -> None:
    """A short paragraph that tells of a day may fall among the lines of the byline; the day is not the article's."""
    found = [c for c in read(cut(TITLE, (Zone.BYLINE, line), BODY), language=language) if c.property == "published"]
    assert all(c.weight < FIRM or c.rejected for c in found)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "This article was originally published in Talblatt on 2 February 2022."),
        ("en", "First published in The Sevet Post on 2 February 2022."),
        ("de", "Zuerst erschienen im «Talblatt» am 2. Februar 2022."),
        ("ru", "Впервые опубликовано в газете «Севет» 2 февраля 2022 года."),
        ("fr", "Publié pour la première fois dans Le Sevet le 2 février 2022."),
        ("es", "Publicado originalmente en El Sevet el 2 de febrero de 2022."),
    ],
)
def test_the_day_of_an_original_elsewhere_is_not_the_articles(language: str, line: str) -> None:
    """When the text appeared in another outlet is no day of this page; the reason is kept."""
    found = read(cut(TITLE, BODY, (Zone.TAIL, line)), language=language)
    assert usable(found) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/rivers/2022/02/bridge", ["2022-02-02", "2022-02"]),
        ("https://news.example/rivers/2022/02/02/bridge", ["2022-02-02", "2022-02-02"]),
        ("https://news.example/rivers/2022/03/bridge", ["2022-03"]),
        ("https://news.example/rivers/bridge", []),
    ],
)
def test_the_address_tells_a_section_from_another_outlet(url: str, expected: list[str]) -> None:
    """ "Published in Rivers" names a section where the page's own address holds that month or day."""
    page = cut(TITLE, (Zone.BODY, "By Ann Lee Published in Rivers 2 February 2022"), BODY)
    assert usable(read(page, Capture(b"", url=url))) == expected


@pytest.mark.parametrize("line", ["December 31, 1969", "January 1, 1970 00:00", "1 января 1970"])
def test_the_first_day_of_unix_time_is_no_day(line: str) -> None:
    """What software prints where it knows no date, spelt out or in the address."""
    found = read(cut(TITLE, (Zone.BYLINE, line), BODY), Capture(b"", url="https://news.example/1969/12/16_slug"))
    assert usable(found) == []
    assert {c.rejected for c in found if c.property == "published"} == {"what software writes where it knows no date"}


def test_a_linked_subheading_under_a_dated_title_makes_no_teaser() -> None:
    """The heading nearest above a day is the one it belongs to."""
    markup = (
        "<html><body><main><article><h1>Bridge opens after ten years of work</h1><p>5 April 2024</p>"
        '<h2><a href="/s">Rivers and bridges</a></h2><p>{}</p></article>'
        "{}</main></body></html>"
    )
    teasers = "".join(
        f'<h3><a href="/{n}">Ferry number {n} is late again, the harbour says</a></h3><p>{n} March 2023</p>'
        for n in range(1, 5)
    )
    assert _published_of(markup.format(BODY[1] * 3, teasers)) == ["2024-04-05"]


TOLD = "The council met again in the old hall and heard the engineers, the drivers and the people of the island. "


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The mayor said that the bridge would reopen on 3 May 2024."),
        ("de", "Der Bürgermeister sagte, die Brücke werde am 3. Mai 2024 neu eröffnet."),
        ("es", "El alcalde anunció que el puente se abrirá el 3 de mayo de 2024."),
        ("fr", "Le maire a été clair : le pont ouvrira le 3 mai 2024."),
        ("it", "Il sindaco era certo: il ponte aprirà il 3 maggio 2024."),
        ("pt", "O prefeito anunciou que a ponte abrirá em 3 de maio de 2024."),
        ("ru", "Мэр сказал, что мост откроется 3 мая 2024 года."),
        ("uk", "Мер сказав, що міст відкриється 3 травня 2024 року."),
        ("tr", "Başkan, köprünün 3 Mayıs 2024 tarihinde açılacağını söyledi ve köprü açılacak dedi."),
        ("az", "Mer bildirib ki, körpü 3 may 2024-cü ildə açılacaq."),
        ("hy", "Քաղաքապետն ասել է, որ կամուրջը կբացվի 2024 թվականի մայիսի 3-ին։"),
        ("ka", "მერის თქმით, ხიდი 2024 წლის 3 მაისს გაიხსნება."),
        ("pl", "Most będzie otwarty 3 maja 2024 roku."),
    ],
)
def test_a_day_to_come_bounds_nothing(language: str, sentence: str) -> None:
    """What is announced for a day may be told long before it."""
    found = read(cut(TITLE, (Zone.BODY, TOLD + sentence)), language=language)
    assert usable(found, "published_not_before") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The bridge was opened on 3 May 2024."),
        ("de", "Die Brücke wurde am 3. Mai 2024 eröffnet."),
        ("ru", "Мост открыли 3 мая 2024 года."),
        ("tr", "Köprü 3 Mayıs 2024 tarihinde açıldı."),
        ("az", "Körpü 3 may 2024-cü ildə açılıb."),
        ("es", "El puente se abrió el 3 de mayo de 2024."),
        ("hy", "Կամուրջը բացվել է 2024 թվականի մայիսի 3-ին։"),
    ],
)
def test_a_day_gone_by_bounds_the_writing(language: str, sentence: str) -> None:
    """What has happened on a day was written then or later."""
    found = read(cut(TITLE, (Zone.BODY, TOLD + sentence)), language=language)
    assert usable(found, "published_not_before") == ["2024-05-03"]


@pytest.mark.parametrize("zone", sorted(dates.NEVER_OWN))
def test_zones_whose_dates_are_not_the_articles_own(zone: Zone) -> None:
    """Related lists, comments, footers, menus with a page clock, captions ... beside a day of the article's own."""
    own = (Zone.BYLINE, "3 April 2024")
    found = read(cut(TITLE, own, (zone, "Published: 5 April 2024"), BODY, (zone, "Thursday, 4 April 2024")))
    assert usable(found) == ["2024-04-03"]
    assert usable(read(cut(TITLE, BODY, (zone, "Thursday, 4 April 2024"), (zone, "5 April 2024")))) == []


@pytest.mark.parametrize("zone", [Zone.COMMENTS, Zone.CONSENT])
def test_the_day_of_a_comment_is_never_the_articles(zone: Zone) -> None:
    """Labelled, beside the title and alone on the page: whoever wrote below the text did not publish it."""
    assert usable(read(cut(TITLE, (zone, "Published: 5 April 2024"), BODY))) == []
    assert usable(read(cut(TITLE, BODY, (zone, "5 April 2024")))) == []


@pytest.mark.parametrize("zone", [Zone.RELATED, Zone.NAVIGATION, Zone.FOOTER, Zone.CAPTION, Zone.FURNITURE])
@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Published Date: April 5, 2024"),
        ("en", "Posted on April 5, 2024 by Ann Lee"),
        ("fr", "Publié le 5 avril 2024 à 11:06"),
        ("de", "Veröffentlicht am 5. April 2024"),
        ("ru", "Опубликовано: 5 апреля 2024"),
        ("fa", "تاریخ انتشار: ۱۷ فروردین ۱۴۰۳"),
    ],
)
def test_one_label_dates_a_page_that_nothing_else_dates(zone: Zone, language: str, line: str) -> None:
    """Whatever its line was cut as: inferred. Two labelled days are those of a list, and a sentence is not a label."""
    found = read(cut(TITLE, BODY, BODY, (zone, line), BODY), language=language)
    (published,) = [c for c in found if c.property == "published" and not c.rejected]
    assert published.value[:10] == "2024-04-05"
    two = read(cut(TITLE, BODY, (zone, line), (zone, "Published: 7 May 2023"), BODY), language=language)
    if zone is not Zone.FURNITURE:
        assert usable(two) == []


@pytest.mark.parametrize("zone", [Zone.BODY, Zone.RELATED, Zone.FOOTER])
@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "This entry was posted on Friday, April 5th, 2024 at 3:21 pm and is filed under Rivers. Both are closed.",
        ),
        (
            "de",
            "Von Flussblatt am 05/04/2024. Abgelegt unter Flüsse. Sie können alle Antworten mit dem Feed verfolgen.",
        ),
        (
            "de",
            "Dieser Eintrag wurde veröffentlicht am 5. April 2024 von Anna Lee in den Kategorien Flüsse und Brücken.",
        ),
        (
            "fr",
            "Cette entrée a été publiée dans Rivières le 5 avril 2024 par Anne Lee. Ajoutez un signet au permalien.",
        ),
        ("es", "Esta entrada fue publicada en Ríos el 5 de abril de 2024 por Ana Lee, y se puede enlazar desde aquí."),
        (
            "ru",
            "Запись опубликована 5 апреля 2024 автором Анна Ли в рубрике Реки, и на нее можно оставить ссылку здесь.",
        ),
    ],
)
def test_the_note_below_a_blogs_text(zone: Zone, language: str, line: str) -> None:
    """The sentence that blogs print below each text names its day; a comment's own note names another's."""
    assert [day[:10] for day in usable(read(cut(TITLE, BODY, BODY, (zone, line)), language=language))] == ["2024-04-05"]
    assert usable(read(cut(TITLE, BODY, BODY, (Zone.COMMENTS, line)), language=language)) == []


@pytest.mark.parametrize("zone", [Zone.RELATED, Zone.NAVIGATION, Zone.CAPTION])
@pytest.mark.parametrize("line", ["5 April 2024", "5 April 2024 / 2:19 pm", "5 April 2024 | Rivers", "•5 April 2024"])
def test_a_day_under_the_headline_dates_a_page_that_nothing_else_dates(zone: Zone, line: str) -> None:
    """The line of the byline, cut as list, menu or caption; with a place or another day beside it, it is nobody's."""
    (published,) = [c for c in read(cut(TITLE, (zone, line), BODY)) if c.property == "published" and not c.rejected]
    assert (published.value[:10], published.rule, published.meant) == (
        "2024-04-05",
        "date/under-title@1",
        Meant.INFERRED,
    )
    assert usable(read(cut(TITLE, (zone, "5 April 2024, Town Hall"), BODY))) == []
    assert usable(read(cut(TITLE, (zone, line), (zone, "7 April 2024"), BODY))) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Updated: April 5, 2024 03:49 pm"),
        ("es", "Actualizado el 5 de abril de 2024 a las 15:49"),
        ("de", "Zuletzt aktualisiert: 5. April 2024, 15:49 Uhr"),
        ("uk", "Оновлено: 5 квітня 2024, 15:49"),
    ],
)
def test_a_change_under_the_headline_is_read_whatever_its_line_was_cut_as(language: str, line: str) -> None:
    """To the minute it dates a text that nothing else dates; a day of change far below is somebody else's."""
    found = read(cut(TITLE, (Zone.NAVIGATION, line), BODY), language=language)
    assert usable(found, "modified") == ["2024-04-05T15:49"]
    assert [(c.value, c.rule) for c in found if c.property == "published" and not c.rejected] == [
        ("2024-04-05T15:49", "date/only-changed@1")
    ]
    assert usable(read(cut(TITLE, BODY, BODY, (Zone.NAVIGATION, line)), language=language), "modified") == []
    dated = read(cut(TITLE, (Zone.BYLINE, "4 May 2023"), (Zone.NAVIGATION, line), BODY), language=language)
    assert "2024-04-05T15:49" not in usable(dated)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("21.01.2022 - Brücke nach zehn Jahren eröffnet", "de"),
        ("21.01.2022Brücke nach zehn Jahren eröffnet", "de"),
        ("2022-01-21: Bridge opens after ten years", "en"),
        ("2022年1月21日 橋が開通", "ja"),
    ],
)
def test_a_headline_may_open_with_its_day(title: str, language: str) -> None:
    """In numbers, at its very start; a day told in a headline is what the text is about."""
    (published,) = [c for c in read(cut((Zone.TITLE, title), BODY), language=language) if c.property == "published"]
    assert (published.value, published.rule) == ("2022-01-21", "date/opens-title@1")
    assert usable(read(cut((Zone.TITLE, "Bridge opens on 21.01.2022, says mayor"), BODY), language="de")) == []
    assert usable(read(cut((Zone.TITLE, "21 January 2022: the day the bridge fell"), BODY))) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ru", "пятница, 14 февраля 2014 г."),
        ("es", "martes 14 de febrero de 2014 - 9:10 p.m."),
        ("uk", "п’ятниця, 14 лютого 2014 р."),
        ("hu", "2014. február 14. péntek."),
    ],
)
def test_an_abbreviation_makes_no_sentence(language: str, line: str) -> None:
    """A full stop behind "г." or "p.m." ends no sentence, and the day of the week tells nothing."""
    found = read(cut(TITLE, (Zone.BYLINE, line), BODY), language=language)
    assert [c.value[:10] for c in found if c.property == "published" and c.weight >= FIRM] == ["2014-02-14"]


@pytest.mark.parametrize(
    "line", ["Visit of the minister to the … May 22, 2025 7 Min Read", "Bridge opens after ten... | 22 May 2025"]
)
def test_a_cut_headline_beside_a_day_is_a_teaser(line: str) -> None:
    """A headline that was cut to fit is that of another text."""
    assert usable(read(cut(TITLE, (Zone.BYLINE, line), BODY))) == []
    assert usable(read(cut((Zone.BODY, line)))) == []


@pytest.mark.parametrize(
    "line",
    [
        "On 5 April 2024 the ministers met in the capital and agreed on the text of the declaration after long talks.",
        "The law, adopted on 5 April 2024, changes nothing for those who live in the villages along the river.",
        "In Rome, 5 April 2024, the delegations (all of them) signed what had been agreed upon in the spring.",
    ],
)
def test_prose_never_dates_the_article(line: str) -> None:
    """A date told in the text is an event's."""
    assert usable(read(cut(TITLE, BODY, BODY, BODY, BODY, BODY, BODY, BODY, (Zone.BODY, line)))) == []
    assert usable(read(cut(TITLE, (Zone.BODY, line), BODY))) == []


def test_view_counters_jokes_and_copyright_are_nothing() -> None:
    """A "(c)" in a headline, counters and bare years date nothing."""
    page = cut(
        (Zone.TITLE, "Don't be a stranger in the South (c)"),
        (Zone.BYLINE, "Views: 2399"),
        (Zone.BYLINE, "7 Min Read"),
        BODY,
        (Zone.FURNITURE, "2024 likes"),
    )
    assert read(page) == []


def test_published_and_modified_are_kept_apart() -> None:
    """Labels first; of two dates side by side the later is the change, inferred."""
    found = read(cut(TITLE, (Zone.BYLINE, "Published: 5 April 2024 Updated: 6 April 2024"), BODY))
    assert (usable(found), usable(found, "modified")) == (["2024-04-05"], ["2024-04-06"])
    found = read(cut(TITLE, (Zone.BYLINE, "5 April 2024 | 6 April 2024"), BODY))
    assert (usable(found), usable(found, "modified")) == (["2024-04-05"], ["2024-04-06"])
    assert next(c for c in found if c.property == "modified").meant is Meant.INFERRED


def test_a_repeated_pair_below_the_text() -> None:
    """A theme's "NAME DATE DATE" below the text repeats publication and change, where the day agrees."""
    byline = (Zone.BYLINE, "By Desk Published April 4, 2024")
    found = read(cut(TITLE, byline, BODY, (Zone.RELATED, "Desk April 4, 2024 April 4, 2024")))
    assert usable(found, "modified") == ["2024-04-04"]
    found = read(cut(TITLE, byline, BODY, (Zone.RELATED, "Desk May 4, 2025 May 4, 2025")))
    assert usable(found, "modified") == []


@pytest.mark.parametrize(("line", "shown"), [("Updated: 6 April 2024", False), ("Updated: 6 April 2024, 18:05", True)])
def test_a_page_that_prints_only_when_it_was_changed(line: str, shown: bool) -> None:
    """News is stamped to the minute on its day, guides are changed after years: inferred, and a bound in any case."""
    found = read(cut(TITLE, (Zone.BYLINE, line), BODY))
    (published,) = [c for c in found if c.property == "published"]
    assert (published.rule, published.meant) == ("date/only-changed@1", Meant.INFERRED)
    assert (published.weight >= 50) is shown
    assert usable(found, "modified")[0][:10] == "2024-04-06"
    assert usable(found, "published_not_after") == ["2024-04-06"]


@pytest.mark.parametrize(
    ("zone", "line", "language", "shown"),
    [
        (Zone.BYLINE, "Updated: 6 April 2024", "en", True),
        (Zone.BYLINE, "Zuletzt aktualisiert am 6. April 2024", "de", True),
        (Zone.TAIL, "Обновлено: 6 апреля 2024", "ru", True),
        (Zone.BYLINE, "Updated: April 2024", "en", False),
        (Zone.TAIL, "This page was last edited on 6 April 2024, at 19:23", "en", False),
        (Zone.TAIL, "Diese Seite wurde zuletzt bearbeitet am 6. April 2024 um 19:23", "de", False),
        (Zone.TAIL, "page revision: 8, last edited: 6 April 2024 15:15", "en", False),
    ],
)
def test_a_page_with_markup_that_states_no_other_day(zone: Zone, line: str, language: str, shown: bool) -> None:
    """Neither print nor markup has a day of publication: the labelled day of its change is taken, no revision."""
    page = replace(
        cut(TITLE, BODY, BODY, (zone, line)) if zone is Zone.TAIL else cut(TITLE, (zone, line), BODY), tree=1
    )
    found = [c for c in read(page, language=language) if c.property == "published"]
    assert [c.meant for c in found] == [Meant.INFERRED]
    assert (found[0].weight >= FIRM) is shown


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [
                (Zone.BYLINE, "Updated:"),
                (Zone.BYLINE, "6 March 2024"),
                (Zone.BYLINE, "Original:"),
                (Zone.BYLINE, "5 March 2020"),
            ],
            "2020-03-05",
        ),
        ([(Zone.FURNITURE, "Published on"), (Zone.FURNITURE, "5 March 2020")], "2020-03-05"),
        ([(Zone.FURNITURE, "Erschienen am"), (Zone.FURNITURE, "5. März 2020")], "2020-03-05"),
        ([(Zone.BYLINE, "Reviewed:"), (Zone.BYLINE, "5 March 2020")], "2020-03-05"),
        ([(Zone.FURNITURE, "3 Sept 2024 | Originally published")], "2024-09-03"),
    ],
)
def test_labels_above_and_behind(lines: list[tuple[Zone, str]], expected: str) -> None:
    """A line that is nothing but a label speaks of the date on the next line."""
    found = [c for c in read(cut(TITLE, *lines, BODY)) if c.property == "published" and not c.rejected]
    assert max(found, key=lambda c: c.weight).value == expected


def test_one_word_without_a_colon_is_a_rubric() -> None:
    """ "Update" above a date names the section."""
    found = read(cut(TITLE, (Zone.BYLINE, "Update"), (Zone.BYLINE, "5 March 2020"), BODY))
    assert (usable(found), usable(found, "modified")) == (["2020-03-05"], [])


DEK = (
    Zone.BODY,
    "What those who built it say, what those who paid for it say, and what the river has to say about it all.",
)


@pytest.mark.parametrize(
    "lines",
    [
        [(Zone.BODY, "By Ann Lee"), (Zone.BODY, "October 24, 2024")],
        [(Zone.BODY, "Von Anna Lee"), (Zone.BODY, "24. Oktober 2024")],
        [(Zone.BODY, "October 24, 2024"), (Zone.BODY, "8 min read")],
        [(Zone.FURNITURE, "Oct 24, 2024 • 11 Minute Read")],
    ],
)
def test_a_day_beside_the_byline_below_the_dek(lines: list[tuple[Zone, str]]) -> None:
    """Who signs, or how long it takes to read, ties a day to the text where a dek parts it from the title."""
    found = read(cut(TITLE, DEK, *lines, BODY))
    (published,) = [c for c in found if c.property == "published"]
    assert (published.value, published.rule, published.rejected) == ("2024-10-24", "date/beside-byline@1", None)
    assert usable(read(cut(TITLE, DEK, *lines, BODY, BODY, *lines, BODY, BODY, *lines))) == []


def test_a_day_alone_between_dek_and_text() -> None:
    """Below the one paragraph under the title; with a place beside it, it is nobody's."""
    found = read(cut(TITLE, DEK, (Zone.FURNITURE, "24.10.2024"), (Zone.BODY, "Ann Lee"), BODY), language="de")
    assert [(c.value, c.rule) for c in found if c.property == "published"] == [("2024-10-24", "date/below-dek@1")]
    assert usable(read(cut(TITLE, DEK, (Zone.FURNITURE, "24.10.2024, Town Hall"), BODY), language="de")) == []


def test_the_only_day_that_a_page_prints() -> None:
    """Below the text it dates a page that prints no other, inferred; a weekday, weather or a second day forbid it."""
    page = (TITLE, BODY, BODY)
    (published,) = [c for c in read(cut(*page, (Zone.RELATED, "24 October 2024"))) if c.property == "published"]
    assert (published.value, published.rule, published.meant) == (
        "2024-10-24",
        "date/only-printed@1",
        Meant.INFERRED,
    )
    for line in ("Thursday, 24 October 2024", "24 October 2024, Town Hall", "12°C 24 October 2024"):
        assert usable(read(cut(*page, (Zone.RELATED, line)))) == []
    assert usable(read(cut(*page, (Zone.RELATED, "24 October 2024"), (Zone.COMMENTS, "25 October 2024")))) == []


def test_the_one_day_between_title_and_text() -> None:
    """Far from the title, with nothing beside it, but alone: inferred; two days are nobody's."""
    lines = [(Zone.SECTION, f"Rivers {n}") for n in range(8)]
    found = read(cut(TITLE, *lines, (Zone.FURNITURE, "24 October 2024"), BODY))
    assert [(c.rule, c.meant) for c in found if c.property == "published"] == [("date/only-day@1", Meant.INFERRED)]
    two = [(Zone.FURNITURE, "24 October 2024"), (Zone.FURNITURE, "25 October 2024")]
    assert usable(read(cut(TITLE, *lines, *two, BODY))) == []


def test_a_playing_time_is_no_reading_time() -> None:
    """ "03:21 min" belongs to a film shown in the text."""
    assert usable(read(cut(TITLE, DEK, DEK, (Zone.BODY, "24.10.2024 15:17 03:21 min"), BODY))) == []


def test_reading_time_tells_the_byline_among_dates() -> None:
    """Of several dates in a byline block the one beside a reading time is the article's."""
    page = cut(TITLE, (Zone.BYLINE, "Atlas 04.04.2014"), (Zone.BYLINE, "5 min. 1 November 2023 Ann Lee"), BODY)
    found = [c for c in read(page) if c.property == "published"]
    assert max(found, key=lambda c: c.weight).value == "2023-11-01"


@pytest.mark.parametrize(
    "line",
    ["(18.01.2024) The bridge was opened to the public at last, and nobody fell into the water, they said."],
)
def test_a_day_in_brackets_opens_the_text(line: str) -> None:
    """As press offices write it."""
    (published,) = [c for c in read(cut(TITLE, (Zone.BODY, line)), language="de") if c.property == "published"]
    assert (published.value, published.rule) == ("2024-01-18", "date/dateline@1")


def test_a_line_that_opens_with_a_moment() -> None:
    """ "22/11/2020 - 04:30 - Source: ..." below the title."""
    line = "22/11/2020 - 04:30 - Source: Example Agency - Photographs: those who stood on the bridge and their friends"
    assert usable(read(cut(TITLE, (Zone.BODY, line), BODY))) == ["2020-11-22T04:30"]


def test_of_two_days_the_nearest_name_of_an_element_counts() -> None:
    """ "updated" on the element itself, "posted-on" on the one around it; alone it is the day of the post."""
    alone = read(cut(TITLE, (Zone.BYLINE, "14 December 2019"), BODY, hints={1: "updated bookmark posted-on"}))
    assert (usable(alone), usable(alone, "modified")) == (["2019-12-14"], [])
    page = cut(
        TITLE,
        BODY,
        (Zone.TAIL, "Posted on 8 January 2015"),
        (Zone.TAIL, "14 December 2019"),
        hints={3: "updated bookmark posted-on"},
    )
    found = read(page)
    assert (usable(found), usable(found, "modified")) == (["2015-01-08"], ["2019-12-14"])


def test_ambiguous_order_is_kept_with_both_readings() -> None:
    """03/04/2024 in English is two days; other dates of the page, or its country, settle it."""
    line = (Zone.BYLINE, "Posted 03/04/2024")
    (doubtful,) = [c for c in read(cut(TITLE, line, BODY)) if c.property == "published"]
    assert (doubtful.rejected, doubtful.detail["readings"]) == ("ambiguous", ["2024-04-03", "2024-03-04"])
    assert usable(read(cut(TITLE, line, BODY, (Zone.RELATED, "31/12/2023")))) == ["2024-04-03"]
    assert usable(read(cut(TITLE, line, BODY, (Zone.RELATED, "12/31/2023")))) == ["2024-03-04"]
    assert usable(read(cut(TITLE, line, BODY, (Zone.RELATED, "12/31/2023"), (Zone.RELATED, "31/12/2023")))) == []
    assert usable(read(cut(TITLE, line, BODY), Capture(b"", url="https://news.example.uk/a"))) == ["2024-04-03"]
    settled = read(cut(TITLE, line, BODY), Capture(b"", url="https://news.example.uk/a"))
    assert (settled[0].meant, settled[0].detail["order_by"]) == (Meant.INFERRED, "country")
    assert "country" in (settled[1].rejected or "")


def test_the_capture_is_the_latest_day() -> None:
    """What lies after the capture was not published then; of two readings the possible one is taken."""
    moment = datetime(2024, 3, 10, 12, tzinfo=UTC)
    late = Capture(b"", captured_at=moment)
    (future,) = [c for c in read(cut(TITLE, (Zone.BYLINE, "5 April 2024"), BODY), late) if c.property == "published"]
    assert future.rejected == "later than the capture"
    found = read(cut(TITLE, (Zone.BYLINE, "Posted 03/04/2024"), BODY), late)
    assert usable(found) == ["2024-03-04"]
    assert usable(found, "published_not_after") == ["2024-03-10"]
    assert usable(found, "captured_not_before") == []


@pytest.mark.parametrize(
    ("url", "value", "quote"),
    [
        ("https://news.example/2024/04/03/bridge", "2024-04-03", "2024/04/03"),
        ("https://news.example/world/2024/apr/03/bridge", "2024-04-03", "2024/apr/03"),
        ("https://news.example/20240403/bridge", "2024-04-03", "20240403"),
        ("https://news.example/a/2024-04-03-bridge", "2024-04-03", "2024-04-03"),
        ("https://news.example/2024/04/bridge", "2024-04", "2024/04"),
        ("https://news.example/2024/13/45/bridge", None, None),
        ("https://news.example/20240403123456", None, None),
        ("https://news.example/a?date=2024/04/03", None, None),
        ("https://news.example/2024/04/240403-bridge", "2024-04-03", "2024/04/240403"),
        ("https://news.example/2024/04/230403-bridge", "2024-04", "2024/04"),
        ("https://news.example/topics/alert20240403.html", "2024-04-03", "alert20240403"),
        ("https://news.example/topics/alert20241303.html", None, None),
        ("https://news.example/topics/alert2024040312.html", None, None),
    ],
)
def test_addresses(url: str, value: str | None, quote: str | None) -> None:
    """The path of the page's address may hold its day, inferred, or its month."""
    found = [c for c in read(cut(TITLE, BODY), Capture(b"", url=url)) if c.property == "published"]
    assert [(c.value, c.quote, c.space, c.meant) for c in found] == (
        [(value, quote, Space.URL, Meant.INFERRED)] if value else []
    )


def test_elements_named_for_their_date() -> None:
    """Classes and itemprops of an element say which date it holds."""
    page = cut(
        TITLE,
        BODY,
        (Zone.TAIL, "5 April 2024"),
        (Zone.TAIL, "6 April 2024"),
        hints={2: "entry-date published", 3: "updated"},
    )
    found = read(page)
    assert (usable(found), usable(found, "modified")) == (["2024-04-05"], ["2024-04-06"])


def test_null_dates_are_rejected_with_their_reason() -> None:
    """What software prints for "no date" is kept as such."""
    (null,) = read(cut(TITLE, (Zone.BYLINE, "Tarih: 01.01.0001 00:00"), BODY), language="tr")
    assert (null.rejected, null.value) == ("null date", "01.01.0001")


@pytest.mark.parametrize(
    ("fragment", "line", "expected"),
    [
        ("byline", "18:50 26.11.2024", ["2024-11-26T18:50"]),
        ("top", "Tarix: 10-05-2019 13:10 | Bölmə: Müsahibə", ["2019-05-10T13:10"]),
        ("footer", "© 2021 Example, 26.11.2024", []),
        ("inline", "The law of 26.11.2024 changes nothing, said those who had written it in the first place.", []),
        (None, "29 November 2023 18:00", ["2023-11-29T18:00"]),
    ],
)
def test_fragments(fragment: str | None, line: str, expected: list[str]) -> None:
    """A piece of a page is read as the zone it was cut from; a line alone is a byline."""
    assert usable(read(cut((Zone.BODY, line), fragment=fragment), language="az")) == expected


@pytest.mark.parametrize("zone", [Zone.FURNITURE, Zone.BREADCRUMB, Zone.NAVIGATION, Zone.BODY])
def test_a_line_alone_has_no_zone(zone: Zone) -> None:
    """Nothing stands round it that would make it a menu; a copyright notice stays one."""
    assert usable(read(cut((zone, "13:18:00 2020-09-15")), language="hy")) == ["2020-09-15T13:18:00"]
    assert usable(read(cut((zone, "© 2021 Example 26.11.2024")), language="hy")) == []


def test_clocks_and_tickers_above_the_title_do_not_contend() -> None:
    """A date above the title is light beside one below it, and where it looks like the page's clock."""
    page = cut((Zone.BYLINE, "10.01.2025"), TITLE, (Zone.BYLINE, "21 September 2019"), BODY)
    weights = {c.value: c.weight for c in read(page) if c.property == "published"}
    assert weights["2025-01-10"] < 50 <= weights["2019-09-21"]


@pytest.mark.parametrize(
    ("line", "hint", "why"),
    [
        ("Thursday, May 2, 2024", "date", "day of the week"),
        ("Rivers | Thursday, May 2, 2024", "", "day of the week"),
        ("May 2, 2024 05:52:10", "", "seconds"),
        ("May 2, 2024 05:52", "clock", "named so"),
        ("May 2, 2024", "<header>", "named so"),
        ("Lowtown 12°C May 2, 2024", "", "weather"),
        ("Rivers | May 2, 2024", "", None),
        ("By Ann Lee, May 2, 2024", "", None),
        ("Thursday, May 2, 2024", "<article> <main>", None),
        ("Thursday, May 2, 2024", "post-header", None),
        ("May 2, 2024", "<header> <article>", None),
    ],
)
def test_a_clock_above_the_title_never_dates_the_article(line: str, hint: str, why: str | None) -> None:
    """Above the title only what ties a date to the article makes it the article's; the rest bounds the capture."""
    found = read(cut((Zone.SECTION, "Rivers"), (Zone.BYLINE, line), TITLE, BODY, hints={1: hint}))
    (published,) = [c for c in found if c.property == "published"]
    if why is None:
        assert (published.rejected, published.weight >= 50) == (None, True)
        return
    assert published.rejected is not None
    assert why in published.rejected
    assert published.weight < 50
    assert usable(found, "captured_not_before") == ["2024-05-02"]


@pytest.mark.parametrize("line", ["13 C Lowtown Saturday, May 18, 2024", "+21 °C | 18.05.2024"])
def test_the_weather_is_no_news(line: str) -> None:
    """A temperature beside a day makes it the page's clock, wherever it stands."""
    assert usable(read(cut(TITLE, (Zone.BYLINE, line), BODY))) == []
    assert usable(read(cut((Zone.BODY, line)))) == []


def test_a_bare_day_above_the_title() -> None:
    """A few lines above the title it dates the text, inferred, where nothing else does; farther up it is nobody's."""
    bare, menu = (Zone.BYLINE, "May 2, 2024"), (Zone.NAVIGATION, "Home")
    (published,) = [c for c in read(cut(menu, bare, TITLE, BODY)) if c.property == "published"]
    assert (published.rule, published.meant, published.rejected) == ("date/above-title@1", Meant.INFERRED, None)
    assert usable(read(cut(menu, bare, TITLE, (Zone.BYLINE, "May 1, 2024"), BODY))) == ["2024-05-01"]
    assert usable(read(cut(bare, menu, TITLE, BODY))) == ["2024-05-02"]
    assert usable(read(cut(bare, menu, (Zone.BYLINE, "May 3, 2024"), TITLE, BODY))) == []
    far = read(cut(bare, *[menu] * 6, TITLE, BODY, (Zone.RELATED, "May 1, 2024")))
    assert (usable(far), usable(far, "captured_not_before")) == ([], ["2024-05-02"])


def test_an_element_in_common_ties_a_day_to_the_title() -> None:
    """A wrapper of title and date alone ties them; a wrapper of the whole page does not."""
    menu, day = (Zone.NAVIGATION, "Home"), (Zone.BYLINE, "May 2, 2024")

    def rules(page: Page) -> list[str]:
        return [c.rule for c in read(page) if c.property == "published" and not c.rejected]

    assert rules(cut(menu, day, TITLE, BODY, hints={0: "page", 1: "wrap page", 2: "wrap page"})) == ["date/byline@1"]
    assert rules(cut(day, menu, TITLE, BODY, hints={0: "page", 1: "page", 2: "page"})) == ["date/above-title@1"]


@pytest.mark.parametrize("zone", [Zone.BODY, Zone.TAIL, Zone.FURNITURE])
@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Event: 5 December 2026, 18:00, Town Hall", "en"),
        ("When: 5 December 2026", "en"),
        ("Starts: 5 December 2026", "en"),
        ("Wann: 5. Dezember 2026", "de"),
        ("Cuándo: 5 de diciembre de 2026", "es"),
        ("Début : 5 décembre 2026", "fr"),
        ("Когда: 5 декабря 2026", "ru"),
        ("Początek: 5 grudnia 2026", "pl"),
        ("Nə vaxt: 5 dekabr 2026", "az"),
        ("Başlangıç: 5 Aralık 2026", "tr"),
        ("Πότε: 5 Δεκεμβρίου 2026", "el"),
    ],
)
def test_the_day_of_an_event_is_no_publication(zone: Zone, line: str, language: str) -> None:
    """Labels of events, above the text as below it."""
    assert usable(read(cut(TITLE, BODY, (zone, line)), language=language)) == []
    assert usable(read(cut(TITLE, (zone, line), BODY), language=language)) == []


def test_nothing_below_the_text_is_beside_the_title() -> None:
    """A short text does not bring the lines below it to its headline."""
    assert usable(read(cut(TITLE, BODY, (Zone.FURNITURE, "5 April 2024, Town Hall")))) == []


def test_dates_of_repeated_teasers_are_not_those_of_the_page() -> None:
    """A page that lists articles has no day of its own; one that has keeps it."""
    markup = (
        "<html><body><main><h1>Author: Ann Lee</h1>{}<p>Ann Lee writes about rivers and those who live beside them, "
        "for a living and for the joy of it.</p><h2><a href='/a'>Third crossing agreed</a></h2><p>May 2, 2026</p>"
        "<p>The ministers met at last.</p><h2><a href='/b'>Apples rot</a></h2><p>April 20, 2026</p>"
        "<p>No truck came to the village.</p></main></body></html>"
    )
    assert _published_of(markup.format("")) == []
    assert _published_of(markup.format("<p>Published: May 9, 2026</p>")) == ["2026-05-09"]


def _published_of(markup: str) -> list[str]:
    from archiver import formats
    from archiver.extract import zones

    capture = Capture(markup.encode())
    return usable(read(zones.assign(formats.open_page(capture), capture), capture))


def test_the_reading_not_taken_is_kept() -> None:
    """Where only other dates settle the order of day and month, the other reading stays, with the ground."""
    found = read(cut(TITLE, (Zone.BYLINE, "Posted 03/04/2024"), BODY, (Zone.RELATED, "31/12/2023")))
    taken, other = [c for c in found if c.property == "published"]
    assert (taken.value, taken.meant, taken.detail["order_by"]) == ("2024-04-03", Meant.INFERRED, "order")
    assert other.value == "2024-03-04"
    assert other.rejected is not None
    assert "other reading" in other.rejected


def test_bullets_of_a_calendar_are_no_byline() -> None:
    """Three and more dated bullets list events."""
    events = [(Zone.BYLINE, f"• {day}.02.2020 20:00 Evening") for day in (20, 21, 22)]
    assert usable(read(cut(TITLE, *events, (Zone.BYLINE, "21 September 2019"), BODY))) == ["2019-09-21"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(Zone.RELATED, "News May 21, 2025"), (Zone.RELATED, "May 22, 2025 7 Min Read")], ["2025-05-22"]),
        ([(Zone.FOOTER, "© 2024 The Daily Example")], ["2024-01-01"]),
        ([(Zone.FOOTER, "Copyright © 2010–2023")], ["2023-01-01"]),
        ([(Zone.NAVIGATION, "Saturday, May 18, 2024")], ["2024-05-18"]),
        ([(Zone.COMMENTS, "Ann, 3 May 2024: well said, I was there and saw it with my own eyes")], []),
        (
            [(Zone.COMMENTS, "3 May 2024: well said, I was there and saw it with my own eyes, all of it")],
            ["2024-05-03"],
        ),
        (
            [(Zone.RELATED, "How the election of 5 November 2028 may change everything for the better, in ten charts")],
            [],
        ),
        (
            [(Zone.RELATED, "5 November 2028"), (Zone.RELATED, "3 May 2024"), (Zone.RELATED, "2 May 2024")],
            ["2024-05-03"],
        ),
        ([(Zone.BODY, "The treaty of 5 November 1998 is history, as everybody who lives along the river knows.")], []),
        ([(Zone.TITLE, "Nothing to laugh about (c) 2024")], []),
        ([], []),
    ],
)
def test_captured_not_before(lines: list[tuple[Zone, str]], expected: list[str]) -> None:
    """The latest date printed round the text, or a copyright year: a ground, inferred; announcements are none."""
    found = read(cut(TITLE, (Zone.BYLINE, "2 March 2022"), BODY, *lines))
    assert usable(found, "captured_not_before") == expected
    assert all(c.meant is Meant.INFERRED for c in found if c.property == "captured_not_before")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The parliament adopted the law on 5 April 2024 and the president signed it.", ["2024-04-05"]),
        ("The parliament will vote on 5 April 2024, said the speaker.", []),
        ("Выборы состоятся 5 апреля 2024 года, сообщил спикер.", []),
        ("Declarations adopted in Prague in 2022 remain in force.", ["2022"]),
        ("The plan adopted by all foresees that emissions end in 2050.", []),
        ("Nobody knows what year it is.", []),
    ],
)
def test_published_not_before(line: str, expected: list[str]) -> None:
    """Events told with their full date bound an undated text from below, unless they may lie ahead."""
    assert usable(read(cut(TITLE, (Zone.BODY, line))), "published_not_before") == expected


def test_a_day_a_generation_ahead_of_its_page_bounds_nothing() -> None:
    """The copyright notice stays the bound where the day shown is likely a slip; a day in reach of it replaces it."""
    notice = (Zone.FOOTER, "© 2019-2026 Harbour Daily")
    for day, bounds in (("12 May 2099", ["2026-01-01"]), ("12 May 2027", [])):
        found = read(cut(TITLE, (Zone.BYLINE, day), BODY, notice))
        assert usable(found, "captured_not_before") == bounds


def test_a_dated_page_needs_no_bound() -> None:
    """Where publication is stated nothing is inferred from the text."""
    page = cut(TITLE, (Zone.BYLINE, "6 April 2024"), (Zone.BODY, "The law was adopted on 5 April 2024."))
    assert usable(read(page), "published_not_before") == []


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "published", "captured"),
    [
        (0, ["2024-12-19"], ["2025-05-22"]),
        (1, ["2023-11-29T18:00"], ["2024-01-01"]),
        (2, [], []),
        (3, [], []),
        (4, ["2024-04-04"], ["2025-05-21"]),
    ],
)
def test_development_texts(number: int, published: list[str], captured: list[str]) -> None:
    """The development dumps: two that state no day have none."""
    from archiver import formats
    from archiver.extract import zones

    capture = Capture(seeds()[number].read_bytes())
    found = read(zones.assign(formats.open_page(capture), capture), capture)
    assert (usable(found), usable(found, "captured_not_before")) == (published, captured)
