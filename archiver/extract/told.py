"""Whether a line with a day in it is a sentence that tells of something, or a line about the day."""

import re

from archiver.extract.date_words import months_named, weekdays_named

_FULL_STOPS = tuple(".!?…։。।")
_TELLING = 4  # letters; shorter words are prepositions of bylines
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
_APOSTROPHES = re.compile("['’ʼ]")
_YEAR_WORDS = frozenset({"года", "году", "року", "roku", "rokom", "ildə", "ilində", "yılında", "tarihinde", "թվականի"})
# A label tells of the page itself: "Published by the desk on 5 May 2024."
_SAYS_WHEN = re.compile(
    r"publi|posted|updated|опублик|обновл|оновл|veröffentlich|aktualis|actuali|aggiorn|yayın|güncel|dərc|yenilən|dodan|հրապարակ",
    re.I,
)


def is_sentence(line: str) -> bool:
    """True for a line that ends as sentences do and holds a word that is no part of a date: "They built it in ...".

    Names of months and weekdays tell nothing ("пятница, 14 февраля 2014 г." ends with an abbreviation), nor do words
    with a capital, which are names, nor what a label says of the page.
    """
    if line.rstrip()[-1:] not in _FULL_STOPS or _SAYS_WHEN.search(line):
        return False
    return any(map(_tells, _WORD.findall(line)))


def _tells(word: str) -> bool:
    if len(word) < _TELLING or not word.islower() or word in _YEAR_WORDS:
        return False
    # "п’ятниця" is one word, "d’avril" holds another.
    names = (word, _APOSTROPHES.split(word)[-1])
    return not any(months_named(name) or weekdays_named(name) for name in names)
