"""Days that a line gives to something else than the page: its original, a recording, a stretch of days, a sentence."""

from dataclasses import replace

import pytest

from archiver.model import Candidate, Zone
from tests.extract.cut_pages import cut
from tests.extract.test_dates import BODY, TITLE, read, usable

FIRM = 50


def shown(found: list[Candidate]) -> list[str]:
    """The days of publication and change that are firm enough to be shown."""
    return [c.value for c in found if c.property in {"published", "modified"} and not c.rejected and c.weight >= FIRM]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The treaty was signed on 12 May 1994."),
        ("en", "Tickets: 12 May 1994, 19:00, Opera house."),
        ("en", "12 May 1994: Concert"),
        ("en", "Illustration from a letter of 12 May 1894"),
        ("en", "Karl Voss, 1944 - 12 May 1994"),
        ("en", "© 12 May 2019 Velmara"),
        ("en", "Next review: 12 May 2027"),
        ("de", "Der Vertrag wurde am 12. Mai 1994 unterzeichnet."),
        ("fr", "Le traité a été signé le 12 mai 1994."),
        ("ru", "Договор был подписан 12 мая 1994 года."),
        ("az", "Müqavilə 1994-cü il mayın 12-də imzalanıb."),
    ],
)
def test_the_last_line_of_a_text_dates_it_only_where_a_day_stands_alone(language: str, line: str) -> None:
    """A closing sentence, caption or note tells of a day and is no date of publication."""
    assert shown(read(cut(TITLE, BODY, (Zone.TAIL, line)), language=language)) == []


@pytest.mark.parametrize("line", ["12 May 2024", "Sunday, 12 May 2024", "Rivers | 12 May 2024 | 10:30", "16 آذر 1403"])
def test_a_day_alone_below_the_text(line: str) -> None:
    """A weekday, a clock, or a rubric behind a bar may stand beside it."""
    assert len(shown(read(cut(TITLE, BODY, (Zone.TAIL, line))))) == 1


@pytest.mark.parametrize(
    "line", ["12 May 1944 was a cold day, the widow said.", "On 12 May 1944 the widow saw the sea."]
)
def test_a_sentence_below_the_headline_is_no_line_about_its_day(line: str) -> None:
    """Short opening sentences tell of days, too."""
    assert shown(read(cut(TITLE, (Zone.BODY, line), BODY))) == []


@pytest.mark.parametrize("zone", [Zone.BYLINE, Zone.TAIL, Zone.DEK])
@pytest.mark.parametrize(
    "line",
    [
        "Originally published in Talblatt on 3 January 2018",
        "First published on 3 January 2018 in Talblatt.",
        "Translated from Talblatt, 3 January 2018",
        "Original: Talblatt, 3 January 2018",
        "The original German text was published on 3 January 2018 by Talblatt",
        "Translated from Talblatt by Mira Sol, edited by Tom Reed, first published 3 January 2018",
        "Übersetzt aus Talblatt, 3. Januar 2018",
        "Traduit du Talblatt, 3 janvier 2018",
        "Переведено из «Тальблатт», 3 января 2018",
    ],
)
def test_a_credit_dates_the_original(zone: Zone, line: str) -> None:
    """The day beside the name of the outlet a text was taken from is that of the original; the reason is kept."""
    found = read(cut(TITLE, (zone, line), BODY))
    assert shown(found) == []
    assert any("original" in (c.rejected or "") or "elsewhere" in (c.rejected or "") for c in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Translation: 12 May 2024. Original: 3 January 2018", "2024-05-12"),
        ("Translated from Talblatt. Published 12 May 2024", "2024-05-12"),
        ("Translated from the German by Mira Sol, 12 May 2024", "2024-05-12"),
        ("First published: 12 May 2024", "2024-05-12"),
        ("Original: 12 May 2024", "2024-05-12"),
        ("By Ann Lee | Published in Rivers | 12 May 2024", "2024-05-12"),
        ("Photo | 12 May 2024", "2024-05-12"),
        ("Photo: Tom Reed | 12 May 2024", "2024-05-12"),
    ],
)
def test_what_is_no_credit_with_a_day_of_its_own(line: str, expected: str) -> None:
    """The page's own day may stand beside a credit."""
    assert shown(read(cut(TITLE, (Zone.BYLINE, line), BODY)))[:1] == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "Saved on 12 May 2024",
        "Recorded: 12 May 2024",
        "Photo: 12 May 2024",
        "Comments closed 12 May 2024",
        "Shared 12 May 2024",
        "From Harbour Daily, forwarded by Tom Reed on 13 May 2024",
        "Next update: 12 May 2024",
        "Aufgenommen am 12. Mai 2024",
        "Enregistré le 12 mai 2024",
        "Сохранено: 12 мая 2024",
        "Subsidies for heating (until 12 May 2024)",
        "Heizen mit Holz (bis 12.05.2024)",
        "Antragsverfahren ab 12. Mai 2024",
        "Candidatures jusqu'au 12 mai 2024",
        "Inscripciones hasta el 12 de mayo de 2024",
        "Приём заявок до 12 мая 2024",
        "12 May 2024 – 15 May 2024",
        "12. bis 15. Mai 2024 – 20. Mai 2024",
    ],
)
def test_labels_of_something_else(line: str) -> None:
    """A copy, a film, a picture, what is to come and a stretch of days are neither publication nor change."""
    assert shown(read(cut(TITLE, (Zone.BYLINE, line), BODY))) == []


def test_two_days_without_a_dash_are_publication_and_change() -> None:
    """Only what joins two days makes a stretch of them."""
    assert usable(read(cut(TITLE, (Zone.BYLINE, "12 May 2024 15 May 2024"), BODY))) == ["2024-05-12"]


def test_the_one_day_among_other_articles_below_the_text() -> None:
    """A list of what to read next dates its own articles, also where nothing else on the page has a day."""
    after = [
        (Zone.RELATED, line) for line in ("Read next", "Mayor resigns after vote", "By Carl Other", "1 January 2023")
    ]
    assert shown(read(cut(TITLE, BODY, *after))) == []
    assert shown(read(cut(TITLE, after[-1], BODY))) == ["2023-01-01"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Posted by Rivers Council on Monday, May 13, 2024"),
        ("de", "Gepostet von Rat der Stadt am Montag, 13. Mai 2024"),
        ("fr", "Publiée par Conseil de Rivières sur lundi 13 mai 2024"),
        ("es", "Publicado por Consejo de Ríos en lunes, 13 de mayo de 2024"),
    ],
)
def test_the_day_of_a_post_that_the_text_shows(language: str, line: str) -> None:
    """What embedding code leaves of a post in the text dates the post; under the headline it is a blog's own line."""
    assert shown(read(cut(TITLE, BODY, (Zone.BODY, line), BODY), language=language)) == []
    assert shown(read(cut(TITLE, (Zone.BYLINE, line), BODY), language=language)) == ["2024-05-13"]


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", ["12 May 2024", "13 May 2024"]),
        ("en", ["Sunday, 12 May 2024", "Monday, 13 May 2024", "Tuesday, 14 May 2024"]),
        ("de", ["12. Mai 2024", "13. Mai 2024"]),
        ("ru", ["12 мая 2024 года", "13 мая 2024 года"]),
        ("ja", ["2024年5月12日", "2024年5月13日"]),
    ],
)
def test_the_days_of_a_chronicle_date_its_parts(language: str, days: list[str]) -> None:
    """A day alone between paragraphs, again and again, is a heading, and the page that has no other stays undated."""
    parts = [line for day in days for line in ((Zone.BODY, day), BODY)]
    assert shown(read(cut(TITLE, BODY, *parts), language=language)) == []
    dated = read(cut(TITLE, (Zone.BYLINE, "2024-06-01"), BODY, *parts), language=language)
    assert shown(dated) == ["2024-06-01"]


def test_a_chronicle_may_begin_under_its_headline() -> None:
    """Three such days are those of parts, two are the page's own and that of a part."""
    first, second, third = ([(Zone.BODY, f"{day} May 2024"), BODY] for day in (12, 13, 14))
    assert shown(read(cut(TITLE, *first, *second, *third))) == []
    assert shown(read(cut(TITLE, *first, *second)))[:1] == ["2024-05-12"]


def test_a_day_in_a_heading_of_the_text_heads_a_part() -> None:
    """A subheading is no date of the page, though it is the only one; a line that is none may be below the dek."""
    page = cut(TITLE, BODY, (Zone.BODY, "12 May 2024"), BODY, BODY)
    headed = replace(page, blocks=tuple(replace(b, tag="h2") if i == 2 else b for i, b in enumerate(page.blocks)))
    assert shown(read(headed)) == []
    assert shown(read(page)) == ["2024-05-12"]
