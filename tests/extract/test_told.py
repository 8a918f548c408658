"""A line with a day in it is a sentence, or a line about the day; the same question for zones and for dates."""

import pytest

from archiver.extract.told import is_sentence


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opened on 5 August 2019.",
        "On 5 August 2019 nobody fell into the water!",
        "Am 5. August 2019 wurde die Brücke eröffnet.",
        "Le pont a été ouvert le 5 août 2019.",
        "Мост построили 5 августа 2019 года.",
        "Kamu 5 avqust 2019-cu ildə açılıb.",
        "«Brücken für Alle 2019» hat am 5.8.2019 in Rivers stattgefunden.",
    ],
)
def test_what_tells_of_a_day(line: str) -> None:
    """A word without a capital that is no part of a date, and a full stop."""
    assert is_sentence(line)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opened on 5 August 2019",
        "пятница, 14 февраля 2014 г.",
        "п’ятниця, 14 лютого 2014 р.",
        "miércoles, 11 de mayo de 2022 - 3:40 a.m.",
        "2014. február 14. péntek.",
        "Ann Lee, Rivers, 5 Aug. 2019.",
        "jeudi 4 d'avril 2019.",
        "Updated on 5 August 2019 by the desk.",
        "Veröffentlicht am 5. August 2019 von unserer Redaktion.",
        "",
    ],
)
def test_what_is_about_a_day(line: str) -> None:
    """Months, weekdays, names, abbreviations and labels tell nothing."""
    assert not is_sentence(line)
