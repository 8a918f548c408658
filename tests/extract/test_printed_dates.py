"""A line's dates are read as printed, in the languages of the news, and nothing else is taken for one."""

import json
import os
import subprocess
import sys
import time
import tomllib
from datetime import date
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extract.dates import read_printed
from tests.shared_data import SHARED, needs_shared

READ = [
    ("en", "29 November 2023 18:00", "2023-11-29T18:00"),
    ("en", "By Ann Lee Published December 19, 2024 9 Min Read", "2024-12-19"),
    ("en", "2017 December 21 ( Thursday )  11:37:49", "2017-12-21T11:37:49"),
    ("en", "Tue, 01/24/2023 - 09:56", "2023-01-24T09:56"),
    ("en", "Friday 18 November 2011 18.00 EST", "2011-11-18T18:00-05:00"),
    ("en", "July 4, 2016: 1:28 AM ET", "2016-07-04T01:28-04:00"),
    ("en", "February 1, 2016: 1:28 AM ET", "2016-02-01T01:28-05:00"),
    ("en", "24th February, 2016", "2016-02-24"),
    ("en", "07 December 2023 11:09 (UTC +04:00)", "2023-12-07T11:09+04:00"),
    ("en", "Wed Aug 27 13:08:45 +0000 2008", "2008-08-27T13:08:45+00:00"),
    ("en", "City/28.04.21/Agency:", "2021-04-28"),
    ("en", "City/11/28.23/Agency:", "2023-11-28"),
    ("en", "05-Apr-24", "2024-04-05"),
    ("en", "The News DeskDecember 19, 2024", "2024-12-19"),
    ("en", "14:30, 5 April 2024", "2024-04-05T14:30"),
    ("en", "April 2024", "2024-04"),
    (None, "Tue, 27 Sep 2022 12:00:00 +0400", "2022-09-27T12:00:00+04:00"),
    (None, "2024-04-03T15:08:00.123Z", "2024-04-03T15:08:00Z"),
    (None, "2024-04-03T15:08:00-05:00", "2024-04-03T15:08:00-05:00"),
    (None, "20240403T150800Z", "2024-04-03T15:08:00Z"),
    (None, "2024-04-03 15:08", "2024-04-03T15:08"),
    ("fr", "Publié le 27 Mar 20 à 9:21", "2020-03-27T09:21"),
    ("cy", "5 Ebrill 2024", "2024-04-05"),
    ("ga", "5 Deireadh Fómhair 2024", "2024-10-05"),
    ("mr", "५ एप्रिल २०२४", "2024-04-05"),
    ("ne", "५ अप्रिल २०२४", "2024-04-05"),
    ("sq", "5 prill 2024", "2024-04-05"),
    ("mk", "5 април 2024", "2024-04-05"),
    ("sl", "5. aprila 2024", "2024-04-05"),
    ("is", "5. apríl 2024", "2024-04-05"),
    ("nb", "5. april 2024", "2024-04-05"),
    ("no", "05.08.24 11:58", "2024-08-05T11:58"),
    ("tg", "5 апрели 2024", "2024-04-05"),
    ("tk", "5-nji aprel 2024", "2024-04-05"),
    ("ur", "5 اپریل 2024", "2024-04-05"),
    ("bn", "৫ এপ্রিল ২০২৪", "2024-04-05"),
    ("ms", "5 Mac 2024", "2024-03-05"),
    ("ca", "5 d'abril de 2024", "2024-04-05"),
    ("gl", "5 de abril de 2024", "2024-04-05"),
    ("eu", "2024 apirila 5", "2024-04-05"),
    ("eu", "2024ko apirilaren 5a", "2024-04-05"),
    ("sw", "5 Aprili 2024", "2024-04-05"),
    ("en", "February 4, 20195:24 PM ET", "2019-02-04T17:24-05:00"),
    ("ru", "5 апреля 2024, 14:30", "2024-04-05T14:30"),
    ("ru", "18 декабря 2021 г. 18:49", "2021-12-18T18:49"),
    ("ru", "пятница, 14 февраля 2014 г.", "2014-02-14"),
    ("ru", "15.Январь.2026,", "2026-01-15"),
    ("ru", "Июн 18, 2025", "2025-06-18"),
    ("ru", "Новости дня20/12/2020", "2020-12-20"),
    ("ru", "в апреле 2024 года", "2024-04"),
    ("ru", "Пт, 05 апр 2024 14:30:00 +0400", "2024-04-05T14:30:00+04:00"),
    ("uk", "5 квітня 2024 р., 14:30", "2024-04-05T14:30"),
    ("be", "5 красавіка 2024", "2024-04-05"),
    ("az", "02 noyabr, 2023", "2023-11-02"),
    ("az", "2024-cü il aprelin 5-də", "2024-04-05"),
    ("az", "2024-cü ilin 5 aprelində", "2024-04-05"),
    ("az", "18:50 26.11.2024", "2024-11-26T18:50"),
    ("az", "01:09 / 08-11-2024", "2024-11-08T01:09"),
    ("tr", "5 Nisan 2024 Cuma, 14:30", "2024-04-05T14:30"),
    ("tr", "12 KASIM 2023 PAZAR", "2023-11-12"),
    ("tr", "28 ocak 2024", "2024-01-28"),
    ("hy", "2024թ. ապրիլի 5-ին, 14:30", "2024-04-05T14:30"),
    ("hy", "ապրիլի 5, 2024", "2024-04-05"),
    ("ka", "2011 წლის 5 მარტს", "2011-03-05"),
    ("ka", "5 აპრილი, 2024", "2024-04-05"),
    ("kk", "2024 жылғы 5 сәуір", "2024-04-05"),
    ("ky", "2024-жылдын 5-апрели", "2024-04-05"),
    ("uz", "5 aprel 2024-yil", "2024-04-05"),
    ("de", "13. Juli 2021 | 05:00", "2021-07-13T05:00"),
    ("de", "23. März 2017, 15:43 Uhr", "2017-03-23T15:43"),
    ("de", "5. April 2024 um 14 Uhr", "2024-04-05T14"),
    ("fr", "vendredi 1er mars 2024 à 14 h 30", "2024-03-01T14:30"),
    ("es", "martes 26 de abril de 2022 - 9:10 p.m.", "2022-04-26T21:10"),
    ("es", "octubre 7, 2020 | 7:09 am", "2020-10-07T07:09"),
    ("pt", "5 de abril de 2024 às 14h30", "2024-04-05T14:30"),
    ("it", "28 luglio 202010:43", "2020-07-28T10:43"),
    ("nl", "9 oktober 2020 11:12", "2020-10-09T11:12"),
    ("pl", "30 kwietnia 2021, 11:55", "2021-04-30T11:55"),
    ("pl", "12 IV 2024", "2024-04-12"),
    ("cs", "5. dubna 2024 14:30", "2024-04-05T14:30"),
    ("sk", "5. apríla 2024", "2024-04-05"),
    ("hr", "5. listopada 2024", "2024-10-05"),
    ("sr", "5. новембра 2024.", "2024-11-05"),
    ("bg", "5 април 2024 г.", "2024-04-05"),
    ("ro", "5 aprilie 2024", "2024-04-05"),
    ("hu", "2024. április 5., péntek 14:30", "2024-04-05T14:30"),
    ("fi", "5. huhtikuuta 2024 klo 14.30", "2024-04-05T14:30"),
    ("sv", "5 maj 2024", "2024-05-05"),
    ("da", "søndag 2. februar 2025", "2025-02-02"),
    ("et", "5. aprill 2024", "2024-04-05"),
    ("lv", "2024. gada 5. aprīlī", "2024-04-05"),
    ("lt", "2024 m. balandžio 5 d. 14:30", "2024-04-05T14:30"),
    ("el", "19 Αυγούστου 2020 9:02 μμ", "2020-08-19T21:02"),
    ("ar", "17:55 GMT17 مارس/ آذار 2020", "2020-03-17T17:55Z"),
    ("ar", "٥ أبريل ٢٠٢٤", "2024-04-05"),
    ("ar", "5 كانون الثاني 2024", "2024-01-05"),
    ("fa", "چهارشنبه ۱۵ فروردین ۱۴۰۳ - ۱۲:۳۰", "2024-04-03T12:30"),
    ("fa", "۱۴۰۳/۰۱/۱۶", "2024-04-04"),
    ("he", "5 באפריל 2024, 14:30", "2024-04-05T14:30"),
    ("hi", "५ अप्रैल २०२४", "2024-04-05"),
    ("th", "5 เมษายน 2567", "2024-04-05"),
    ("th", "5 เม.ย. 67", "2024-04-05"),
    ("th", "๕ เมษายน ๒๕๖๗", "2024-04-05"),
    ("id", "Senin, 4 Mei 2020", "2020-05-04"),
    ("vi", "ngày 5 tháng 4 năm 2024", "2024-04-05"),
    ("vi", "Thứ sáu, 5/4/2024, 14:30 (GMT+7)", "2024-04-05T14:30+07:00"),
    ("zh", "2024年04月24日23:52", "2024-04-24T23:52"),
    ("zh", "二〇二四年四月五日", "2024-04-05"),
    ("zh", "民國112年4月5日", "2023-04-05"),
    ("zh", "2023 11/ 17 20:52:15", "2023-11-17T20:52:15"),
    ("ja", "2025年1月14日 01時28分", "2025-01-14T01:28"),
    ("ja", "令和6年4月5日（金）", "2024-04-05"),
    ("ko", "2023.11.02. 오후 8:06", "2023-11-02T20:06"),
    ("ko", "2024년 4월 5일 (금) 오전 12:05", "2024-04-05T00:05"),
    ("mn", "2024 оны 4 сарын 5", "2024-04-05"),
]

NO_DATES = [
    ("en", "On Friday, 5 April"),
    ("en", "Only 2 days later"),
    ("en", "Yesterday at 10:30"),
    ("en", "9 Min Read"),
    ("en", "the year 2022 in Prague"),
    ("en", "© 2021 The Daily Example"),
    ("en", "Copyright 2019-2024 by us"),
    ("en", "5 May 2024 views"),
    ("ru", "12 мая 2024 просмотра"),
    ("ru", "сегодня, 12:05"),
    ("ru", "(4 часа назад)"),
    ("az", "martın 21-də"),
    ("hy", "Նոյեմբեր 24"),
    ("it", "(AGENZIA) - ROMA, 28 LUG -"),
    ("pl", "Wczoraj, 10 maja (11:03)"),
    ("sv", "Publicerad 22:31"),
    ("ja", "4月5日"),
    (None, "+994 12 310 20 24"),
    (None, "tel 22-10-20"),
    (None, "(012) 404-10-24"),
    (None, "192.168.10.12"),
    (None, "10.0.0.1"),
    (None, "version 1.2.2024"),
    (None, "v12.04.2024"),
    (None, "release 3.11.14"),
    (None, "ISBN 978-5-17-112233-4"),
    (None, "IMG_2024-04-03.jpg"),
    (None, "photo_2024-04-03_12-01-33"),
    (None, "17345081745783842304 Scaled"),
    (None, "032023d7a0f5e33526447982917834047e8f61"),
    (None, "2025 02 01 4 tamar gas field"),
    (None, "20240403"),
    (None, "https://news.example/2024/04/03/slug"),
    (None, "45.67.2024"),
    (None, "30.02.2024"),
    (None, "12/10"),
    (None, ""),
]


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_one_date_is_read(language: str | None, text: str, expected: str) -> None:
    """The value has what was printed and no more: no day, clock or zone is supplied."""
    assert [printed.value.iso() if printed.value else None for printed in read_printed(text, language)] == [expected]


@pytest.mark.parametrize(("language", "text"), NO_DATES)
def test_what_is_no_date(language: str | None, text: str) -> None:
    """Relative words, dates without a year, counters, phone numbers, versions, addresses and names of files."""
    assert read_printed(text, language) == ()


@pytest.mark.parametrize("text", [text for _, text, _ in READ])
def test_words_stand_at_their_place(text: str) -> None:
    """``words`` is exactly ``text[start:end]``."""
    for printed in read_printed(text, None):
        assert text[printed.start : printed.end] == printed.words


@pytest.mark.parametrize(
    ("text", "language", "order", "values"),
    [
        ("03/04/2024", None, None, ["2024-04-03", "2024-03-04"]),
        ("03/04/2024", "en", None, ["2024-04-03", "2024-03-04"]),
        ("4/5/24", "en", None, ["2024-05-04", "2024-04-05"]),
        ("03.04.2024", "en", None, ["2024-04-03", "2024-03-04"]),
        ("03.04.2024", None, None, ["2024-04-03"]),
        ("03/04/2024", "de", None, ["2024-04-03"]),
        ("03/04/2024", "en", "mdy", ["2024-03-04"]),
        ("03/04/2024", "en", "dmy", ["2024-04-03"]),
        ("Wednesday, 03/04/2024", "en", None, ["2024-04-03"]),
        ("Monday, 03/04/2024", "en", None, ["2024-03-04"]),
        ("02/07/19 06:27 PM EST", "en", None, ["2019-02-07T18:27-05:00"]),
        ("02/11/2023 02:00pm GMT", "en", None, ["2023-11-02T14:00Z"]),
        ("04/04/2024", None, None, ["2024-04-04"]),
        ("24.04.05", "ko", None, ["2024-04-05"]),
    ],
)
def test_day_and_month(text: str, language: str | None, order: str | None, values: list[str]) -> None:
    """Digits, a weekday, a zone, dots, the language or the caller settle the order; else both readings are given."""
    (printed,) = read_printed(text, language, order=order)
    assert [value.iso() for value in printed.values] == values


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("31 February 2024", "impossible"),
        ("01.01.0001 00:00", "null date"),
        ("1970-01-01 00:00:00", "null date"),
        ("0001-01-01T00:00:00", "null date"),
        ("01.01.1970", "null date"),
    ],
)
def test_dates_that_are_none(text: str, trouble: str) -> None:
    """Impossible days and what software prints for "no date" have no value and say why."""
    (printed,) = read_printed(text, "en")
    assert (printed.values, printed.value, printed.trouble) == ((), None, trouble)


@pytest.mark.parametrize(
    ("text", "language", "weekday"),
    [
        ("Friday, April 5, 2024", "en", "agrees"),
        ("Friday, April 6, 2024", "en", "contradicts"),
        ("5 апреля 2024, пятница", "ru", "agrees"),
        ("10 Nisan 2010 Cumartesi", "tr", "agrees"),
        ("cümə axşamı, 4 aprel 2024", "az", "agrees"),
        ("5 April 2024 so it goes", "en", None),
        ("5 April 2024", "en", None),
    ],
)
def test_weekday(text: str, language: str, weekday: str | None) -> None:
    """A printed weekday is held against the date; short words of other languages are no weekdays."""
    assert [printed.weekday for printed in read_printed(text, language)] == [weekday]


@pytest.mark.parametrize(
    ("text", "language", "roles"),
    [
        ("Published: 5 Apr 2024, 10:00 Updated: 6 Apr 2024, 11:00", "en", ["published", "modified"]),
        ("16:23, Thu, Nov 2, 2023 | UPDATED: 16:32, Thu, Nov 2, 2023", "en", [None, "modified"]),
        ("Giriş Tarihi :26 Ocak 2023 , 14:35 Güncelleme Tarihi :26 Ocak 2023 , 15:17", "tr", ["published", "modified"]),
        ("Aktualizacja: 02.02.2025 23:49 Publikacja: 02.02.2025 21:52", "pl", ["modified", "published"]),
        ("Updated 10:30 a.m. ET, April 5, 2024", "en", ["modified"]),
        ("2024年4月5日 14時30分 更新", "ja", ["modified"]),
        ("입력 2023.11.02. 오후 8:06", "ko", ["published"]),
        ("Retrieved on 5 April 2024", "en", ["original"]),
        ("Rome, 5 April 2024", "en", [None]),
    ],
)
def test_labels(text: str, language: str, roles: list[str | None]) -> None:
    """A label speaks of the date beside it, and of no other."""
    assert [printed.role for printed in read_printed(text, language)] == roles


def test_year_alone() -> None:
    """A bare year counts only where a label of publication opens the line and the year closes it."""
    (printed,) = read_printed("Published by Transitions Monthly 2001", "en")
    assert (printed.values[0].value, printed.role) == ("2001", "published")
    assert read_printed("Founded in Tbilisi 2001", "en") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5 April 2024 14:30 CST", "en"),
        ("5 апреля 2024 14:30 MSK", "ru"),
        ("5 July 2024 18:00 EST", "en"),
        ("5 April 2024 10:00-11:00", "en"),
    ],
)
def test_zones_that_are_not_certain(text: str, language: str) -> None:
    """An abbreviation of several zones, or used in the wrong half of the year, or a span of time, gives no offset."""
    (printed,) = read_printed(text, language)
    assert printed.value is not None
    assert printed.value.zone is None


@settings(deadline=None)  # the first case reads the packaged names
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """No text makes it fail, and quotes always stand at their place, in order, apart from each other."""
    end = 0
    for printed in read_printed(text, "en"):
        assert printed.start >= end
        assert text[printed.start : printed.end] == printed.words
        end = printed.end


@settings(deadline=None)
@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2150, 12, 31)))
def test_iso_days_are_read_as_they_stand(day: date) -> None:
    """Every ISO day but the null date comes back."""
    text = str(day)
    values = [value.value for printed in read_printed(text, None) for value in printed.values]
    assert values == ([] if text == "1970-01-01" else [text])


@pytest.mark.parametrize(
    "unit", ["1.", "1 ", "5 April 2024 ", "1.1.2020 ", "://1.1.2020", "年月日1", "12:30 am ", "published ", "a1"]
)
def test_cost_grows_with_length(unit: str) -> None:
    """Four times the text costs far less than the sixteen times that a quadratic reader would take."""
    read_printed(unit * 50, "en")
    spent = []
    for length in (8_000, 32_000):
        text = unit * (length // len(unit))
        start = time.process_time()
        read_printed(text, "en")
        spent.append(time.process_time() - start)
    assert spent[1] < 10 * spent[0] + 0.2


def test_same_answer_on_another_day_and_in_another_zone() -> None:
    """Locale, zone and clock of the machine change nothing."""
    code = (
        "from archiver.extract.dates import read_printed;"
        "print([d.values[0].iso() for d in read_printed('5 Nisan 2024, 14:30; 11 mart 2022', 'tr')])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | extra, capture_output=True, text=True, check=True
        ).stdout
        for extra in ({"TZ": "Asia/Baku", "LC_ALL": "C"}, {"TZ": "America/New_York", "LC_ALL": "C.UTF-8"})
    }
    assert answers == {"['2024-04-05T14:30', '2022-03-11']\n"}


@needs_shared
@pytest.mark.shared
def test_development_strings() -> None:
    """Printed dates of real pages: at least 97 in 100 right, and what cannot be decided is not decided."""
    lines = (SHARED / "bench" / "dates.dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert sum(map(_is_right, rows)) >= 0.97 * len(rows)


def _is_right(row: dict[str, object]) -> bool:
    dates = [printed for printed in read_printed(str(row["text"]), str(row["lang"])) if printed.values]
    published = [d for d in dates if d.role == "published"] or [d for d in dates if d.role is None] or dates
    values = [value.iso() for value in published[0].values] if published else []
    if row["expected"] is None:
        # The zone or role of some of these is wrong, which a bare string cannot show.
        elsewhere = ("clock of the crawl", "related-article", "sidebar")
        return len(values) != 1 or any(note in str(row.get("note")) for note in elsewhere)
    return values == [row["expected"]] or (bool(row["ambiguous"]) and row["expected"] in values)


@pytest.mark.parametrize("line", ["2. Februar 20202. Februar 2020 Anna Lee", "2 Februar 20202 Februar 2020Rivers"])
def test_two_dates_glued_are_two(line: str) -> None:
    """Themes print the day of publication and that of the change without a space."""
    assert [p.value.value for p in read_printed(line, "de") if p.value] == ["2020-02-02", "2020-02-02"]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("az", "5 avqust 2019-cu il", "2019-08-05"),
        ("az", "5 avqustun 2019", "2019-08-05"),
        ("az", "2019-cu il avqustun 5-də", "2019-08-05"),
        ("az", "05 Avqust 2019, 14:30", "2019-08-05T14:30"),
        ("ru", "5 августа 2019 года", "2019-08-05"),
        ("ru", "5 авг. 2019 г.", "2019-08-05"),
        ("tr", "5 Ağustos 2019 Pazartesi 14:30", "2019-08-05T14:30"),
        ("tr", "5 Ağustos 2019'da", "2019-08-05"),
        ("hy", "5 օգոստոսի 2019", "2019-08-05"),
        ("hy", "2019 թ. օգոստոսի 5-ին", "2019-08-05"),
        ("hy", "05 Օգոստոս, 2019", "2019-08-05"),
        ("ka", "5 აგვისტო, 2019", "2019-08-05"),
        ("ka", "2019 წლის 5 აგვისტოს", "2019-08-05"),
        ("uk", "5 серпня 2019 року", "2019-08-05"),
        ("kk", "2019 жылғы 5 тамыз", "2019-08-05"),
        ("kk", "5 тамыз 2019 ж.", "2019-08-05"),
        ("kk", "2019 жылдың 5 тамызында", "2019-08-05"),
        ("ky", "2019-жылдын 5-августу", "2019-08-05"),
        ("uz", "5 avgust 2019 yil", "2019-08-05"),
        ("uz", "2019-yil 5-avgust", "2019-08-05"),
        ("tg", "5 августи соли 2019", "2019-08-05"),
        ("tk", "5-nji awgust 2019", "2019-08-05"),
        ("be", "5 жніўня 2019 года", "2019-08-05"),
        ("bg", "5 август 2019 г.", "2019-08-05"),
        ("mk", "5 август 2019", "2019-08-05"),
        ("sr", "5. августа 2019.", "2019-08-05"),
        ("hr", "5. kolovoza 2019.", "2019-08-05"),
        ("sl", "5. avgusta 2019", "2019-08-05"),
        ("bs", "5. augusta 2019.", "2019-08-05"),
        ("cs", "5. srpna 2019", "2019-08-05"),
        ("sk", "5. augusta 2019", "2019-08-05"),
        ("pl", "5 sierpnia 2019 r.", "2019-08-05"),
        ("lt", "2019 m. rugpjūčio 5 d.", "2019-08-05"),
        ("lv", "2019. gada 5. augusts", "2019-08-05"),
        ("et", "5. august 2019", "2019-08-05"),
        ("fi", "5. elokuuta 2019", "2019-08-05"),
        ("sv", "5 augusti 2019", "2019-08-05"),
        ("nb", "5. august 2019", "2019-08-05"),
        ("da", "5. august 2019 kl. 14.30", "2019-08-05T14:30"),
        ("is", "5. ágúst 2019", "2019-08-05"),
        ("de", "Montag, 5. August 2019, 14:30 Uhr", "2019-08-05T14:30"),
        ("nl", "5 augustus 2019", "2019-08-05"),
        ("fr", "lundi 5 août 2019 à 14h30", "2019-08-05T14:30"),
        ("es", "5 de agosto de 2019", "2019-08-05"),
        ("pt", "5 de agosto de 2019 às 14h30", "2019-08-05T14:30"),
        ("it", "5 agosto 2019", "2019-08-05"),
        ("ca", "5 d'agost de 2019", "2019-08-05"),
        ("gl", "5 de agosto de 2019", "2019-08-05"),
        ("eu", "2019ko abuztuaren 5a", "2019-08-05"),
        ("eu", "2019 abuztua 5", "2019-08-05"),
        ("ro", "5 august 2019", "2019-08-05"),
        ("el", "5 Αυγούστου 2019", "2019-08-05"),
        ("hu", "2019. augusztus 5.", "2019-08-05"),
        ("sq", "5 gusht 2019", "2019-08-05"),
        ("mt", "5 ta' Awwissu 2019", "2019-08-05"),
        ("cy", "5 Awst 2019", "2019-08-05"),
        ("ga", "5 Lúnasa 2019", "2019-08-05"),
        ("ar", "5 أغسطس 2019", "2019-08-05"),
        ("ar", "٥ آب ٢٠١٩", "2019-08-05"),
        ("fa", "۱۴ مرداد ۱۳۹۸", "2019-08-05"),
        ("fa", "۱۳۹۸/۰۵/۱۴", "2019-08-05"),
        ("fa", "۵ اوت ۲۰۱۹", "2019-08-05"),
        ("ps", "۵ اګست ۲۰۱۹", "2019-08-05"),
        ("ur", "5 اگست 2019", "2019-08-05"),
        ("ckb", "٥ی ئابی ٢٠١٩", "2019-08-05"),
        ("ku", "5 Tebax 2019", "2019-08-05"),
        ("he", "5 באוגוסט 2019", "2019-08-05"),
        ("hi", "5 अगस्त 2019", "2019-08-05"),
        ("hi", "०५ अगस्त २०१९", "2019-08-05"),
        ("bn", "৫ আগস্ট ২০১৯", "2019-08-05"),
        ("bn", "আগস্ট ৫, ২০১৯", "2019-08-05"),
        ("mr", "५ ऑगस्ट २०१९", "2019-08-05"),
        ("ne", "५ अगस्ट २०१९", "2019-08-05"),
        ("gu", "5 ઑગસ્ટ 2019", "2019-08-05"),
        ("gu", "૫ ઓગસ્ટ, ૨૦૧૯", "2019-08-05"),
        ("pa", "5 ਅਗਸਤ 2019", "2019-08-05"),
        ("ta", "5 ஆகஸ்ட் 2019", "2019-08-05"),
        ("ta", "ஆகஸ்ட் 5, 2019", "2019-08-05"),
        ("te", "5 ఆగస్టు 2019", "2019-08-05"),
        ("kn", "5 ಆಗಸ್ಟ್ 2019", "2019-08-05"),
        ("ml", "2019 ഓഗസ്റ്റ് 5", "2019-08-05"),
        ("ml", "5 ഓഗസ്റ്റ് 2019", "2019-08-05"),
        ("si", "2019 අගෝස්තු 5", "2019-08-05"),
        ("or", "5 ଅଗଷ୍ଟ 2019", "2019-08-05"),
        ("as", "৫ আগষ্ট, ২০১৯", "2019-08-05"),
        ("am", "5 ኦገስት 2019", "2019-08-05"),
        ("my", "၅ ဩဂုတ် ၂၀၁၉", "2019-08-05"),
        ("my", "၂၀၁၉ ခုနှစ် ဩဂုတ် ၅", "2019-08-05"),
        ("km", "5 សីហា 2019", "2019-08-05"),
        ("km", "ថ្ងៃទី៥ ខែសីហា ឆ្នាំ២០១៩", "2019-08-05"),
        ("lo", "5 ສິງຫາ 2019", "2019-08-05"),
        ("th", "5 สิงหาคม 2562", "2019-08-05"),
        ("th", "5 ส.ค. 62", "2019-08-05"),
        ("th", "๕ สิงหาคม ๒๕๖๒", "2019-08-05"),
        ("th", "5 ส.ค. 2562 14:30 น.", "2019-08-05T14:30"),
        ("vi", "5 tháng 8, 2019", "2019-08-05"),
        ("vi", "Thứ hai, 05/08/2019 14:30", "2019-08-05T14:30"),
        ("vi", "ngày 5 tháng 8 năm 2019", "2019-08-05"),
        ("id", "Senin, 5 Agustus 2019 14:30 WIB", "2019-08-05T14:30"),
        ("ms", "5 Ogos 2019", "2019-08-05"),
        ("fil", "Agosto 5, 2019", "2019-08-05"),
        ("zh", "2019年8月5日 14:30", "2019-08-05T14:30"),
        ("zh", "二〇一九年八月五日", "2019-08-05"),
        ("zh", "民國108年8月5日", "2019-08-05"),
        ("ja", "2019年8月5日(月) 14時30分", "2019-08-05T14:30"),
        ("ja", "令和元年8月5日", "2019-08-05"),
        ("ko", "2019년 8월 5일 14:30", "2019-08-05T14:30"),
        ("ko", "2019.08.05 14:30", "2019-08-05T14:30"),
        ("mn", "2019 оны 8 сарын 5", "2019-08-05"),
        ("mn", "2019.08.05", "2019-08-05"),
        ("sw", "5 Agosti 2019", "2019-08-05"),
        ("sw", "Agosti 5, 2019", "2019-08-05"),
        ("ha", "5 Agusta, 2019", "2019-08-05"),
        ("so", "5 Agoosto 2019", "2019-08-05"),
        ("so", "Agoosto 5, 2019", "2019-08-05"),
        ("af", "5 Augustus 2019", "2019-08-05"),
        ("zu", "5 Agasti 2019", "2019-08-05"),
        ("xh", "5 Agasti 2019", "2019-08-05"),
        ("tt", "5 август 2019 ел", "2019-08-05"),
        ("ba", "5 август 2019", "2019-08-05"),
        ("crh", "5 avgust 2019", "2019-08-05"),
        ("ab", "5 август 2019", "2019-08-05"),
        ("os", "5 августы 2019", "2019-08-05"),
        ("lb", "5. August 2019", "2019-08-05"),
        ("oc", "5 d'agost de 2019", "2019-08-05"),
        ("fo", "5. august 2019", "2019-08-05"),
        ("jv", "5 Agustus 2019", "2019-08-05"),
        ("su", "5 Agustus 2019", "2019-08-05"),
    ],
)
def test_the_same_day_in_many_languages(language: str, line: str, expected: str) -> None:
    """Names, cases, digits and calendars as news pages print them: each line says 5 August 2019, with its time."""
    (printed,) = read_printed(line, language)
    assert [value.value for value in printed.values] == [expected]


_MONTHS = resources.files("archiver.extract") / "months.toml"


def test_every_month_of_every_language_is_read() -> None:
    """Each first name of a month, between a day and a year, is that month; no language shadows another's."""
    for language, entry in tomllib.loads(_MONTHS.read_text("utf-8")).items():
        if language == "jalali":
            continue
        for number, names in enumerate(entry.get("months", ()), start=1):
            line = f"5 {names.split('|')[0]} 2019"
            year, month, _ = read_printed(line, language)[0].values[0].value.split("-")
            assert (line, year, int(month)) == (line, "2019", number)
