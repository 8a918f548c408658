"""Words of dates in eighty languages: what month, weekday or role a word names, whatever its case ending.

The names stand in ``months.toml``, the words around dates in ``date_words.toml``. Words are compared after
``fold``: lower case, no accents on Latin, Greek and Cyrillic letters, dotless i as i, one form of the Arabic letters.
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

_ARABIC = {"ی": "ي", "ى": "ي", "ئ": "ي", "ک": "ك", "ۀ": "ه", "ة": "ه", "ؤ": "و"}
_ONE_TO_ONE = {
    "ı": "i",
    "İ": "i",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2007": " ",
    "\u3000": " ",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "ʼ": "'",
    "’": "'",
    "‘": "'",
    "：": ":",
    "／": "/",
    "．": ".",
    "，": ",",
    "（": "(",
    "）": ")",
    "٫": ".",
}
_SAME_LANGUAGE = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "sh": "sr", "tl": "fil", "cnr": "sr", "mo": "ro"}
_DROPPED = re.compile("[\u0300-\u036f\u0653-\u0655\u064b-\u0652\u0670\u200c\u200d\u200e\u200f\u00ad]")


@dataclass(frozen=True, slots=True)
class MonthName:
    """What a word can mean as a month: the calendar ("gregorian" or "jalali"), the language, 1..12."""

    calendar: str
    language: str
    month: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names, keyed by folded form. ``orders`` maps a language to "dmy", "mdy", "ymd" or "any"."""

    months: dict[str, tuple[MonthName, ...]]
    weekdays: dict[str, tuple[tuple[str, int], ...]]
    orders: dict[str, str]


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Folded words that name a date's role, longest first: before it, and behind it.

    ``by_start`` are those of ``before`` by their first two characters.
    """

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    by_start: dict[str, tuple[tuple[str, str], ...]]

    def starting(self, folded: str, at: int) -> Iterator[tuple[str, str]]:
        """The words of ``before`` that stand in ``folded`` at ``at``."""
        for word, role in self.by_start.get(folded[at : at + 2], ()):
            if folded.startswith(word, at):
                yield word, role


def flatten(text: str) -> str:
    """``text`` in lower case with ASCII digits and plain separators, every character still at its place."""
    return text.lower() if text.isascii() else text.translate(_FLAT)


@functools.lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """The form in which words are compared: ``flatten`` and no accents, no joiners."""
    if word.isascii():
        return word.lower()
    stripped = _DROPPED.sub("", unicodedata.normalize("NFD", flatten(word)))
    return unicodedata.normalize("NFC", "".join(_ARABIC.get(char, char) for char in stripped))


@functools.lru_cache(maxsize=1 << 14)
def months_named(word: str) -> tuple[MonthName, ...]:
    """Every month that ``word`` can name, in all languages; () for none."""
    return vocabulary().months.get(fold(word), ())


@functools.lru_cache(maxsize=1 << 14)
def opens_two_words(word: str) -> bool:
    """True for the first of the two words of a month's name, as in "تشرين الثاني"."""
    return fold(word) in _two_worded()


@functools.cache
def _two_worded() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in vocabulary().months if " " in name)


def weekdays_named(word: str) -> tuple[tuple[str, int], ...]:
    """Every (language, weekday) that ``word`` can name, Monday is 0; () for none."""
    return vocabulary().weekdays.get(fold(word), ())


def numeric_order(language: str | None) -> str:
    """How ``language`` orders a date in numbers: "dmy", "mdy", "ymd", or "any" when that cannot be said."""
    return vocabulary().orders.get(known_language(language) or "", "any")


def known_language(language: str | None) -> str | None:
    """``language`` without its region, by the code that the packaged names use: Bokmål for Norwegian, he for iw."""
    code = (language or "").partition("-")[0].lower()
    return _SAME_LANGUAGE.get(code, code) or None


@functools.cache
def vocabulary() -> Vocabulary:
    """The packaged month and weekday names, read once."""
    months: dict[str, list[MonthName]] = {}
    weekdays: dict[str, list[tuple[str, int]]] = {}
    orders: dict[str, str] = {}
    for section, entry in _toml("months.toml").items():
        calendar = str(entry.get("calendar", "gregorian"))
        language = "fa" if calendar == "jalali" else section
        orders.setdefault(language, str(entry["order"]))
        endings = ["", *str(entry.get("endings", "")).split()]
        for number, names in enumerate(entry.get("months", ()), start=1):
            for form in _with_endings(names, endings):
                months.setdefault(form, []).append(MonthName(calendar, language, number))
        for number, names in enumerate(entry.get("weekdays", ())):
            for form in _with_endings(names, [""]):
                weekdays.setdefault(form, []).append((language, number))
    return Vocabulary(
        {form: tuple(dict.fromkeys(found)) for form, found in months.items()},
        {form: tuple(dict.fromkeys(found)) for form, found in weekdays.items()},
        orders,
    )


@functools.cache
def role_words() -> RoleWords:
    """The packaged labels of dates, as (folded words, role), the longest first."""
    data = _toml("date_words.toml")
    roles = ("published", "modified", "original")
    before = {(fold(word), role) for role in roles for word in data[role]["before"]}
    after = {(fold(word), role) for role in roles for word in data[role].get("after", ())}
    ordered = [tuple(sorted(words, key=lambda pair: (-len(pair[0]), pair))) for words in (before, after)]
    by_start: dict[str, list[tuple[str, str]]] = {}
    for word, role in ordered[0]:
        by_start.setdefault(word[:2], []).append((word, role))
    return RoleWords(ordered[0], ordered[1], {start: tuple(words) for start, words in by_start.items()})


@functools.cache
def word_list(section: str, key: str = "words") -> frozenset[str]:
    """A packaged list of folded words, such as ("counters", "words")."""
    return frozenset(fold(word) for word in _toml("date_words.toml")[section][key])


def _with_endings(names: str, endings: list[str]) -> set[str]:
    stems = [name.strip() for name in names.split("|") if name.strip()]
    # A very short abbreviation takes no case ending: "may" + "a" would be another word.
    return {
        fold(stem + ending) for stem in stems for ending in endings if not ending or len(stem) > 3 or "." in stem
    } | {fold(stem + ending) for stem in stems for ending in endings if stem in {"may", "მაის", "май"}}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("archiver.extract").joinpath(name).read_text("utf-8"))


class _Flat(dict[int, str]):
    """A table for ``str.translate`` that works out each character when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        lowered = _ONE_TO_ONE.get(char) or (str(digit) if digit is not None else char.lower())
        self[code] = lowered if len(lowered) == 1 else char
        return self[code]


_FLAT = _Flat()
