"""Names as keys: two spellings of one name meet, two names that only look alike never do.

A key is made by `fold`: Unicode NFKC, case, the letters ə/ә/e and ı/İ/i, diacritics, quotation marks, spaces
and punctuation are taken out of the comparison (Unicode Standard Annex 15 for the forms). Scripts are never
mapped onto each other: a Cyrillic "а" inside a Latin word is reported by `mixes_scripts` and makes another key.
Case endings of Azerbaijani, Turkish, Armenian, Georgian, Russian and Ukrainian are undone by `without_endings`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_SAME_LETTER = str.maketrans({"ə": "e", "ә": "e", "ı": "i", "ё": "е", "ʼ": "", "’": "", "ـ": "", "ي": "ی", "ك": "ک"})
_KANA_MARKS = {"\u3099", "\u309a"}
_NOT_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_SUFFIX_AFTER_MARK = re.compile(r"(?<=\w)[”»“\"'’`´-]{1,2}\s?[^\W\d_]{1,6}$")
_LEADING_MARKS = "«»“”„\"'‘’`‹›‚<[(（「『【《*•·-–—: \t\u00a0"
_TRAILING_MARKS = "«»“”„\"'‘’`‹›<>])）」』】》*•·-–—:;,.!…/|՝՛։ \t\u00a0"

_SUFFIXES = {
    "az": "nın nin nun nün ın in un ün dan dən dən tan tən da də ya yə na nə a ə nı ni nu nü ı i u ü yla ylə la lə",
    "tr": "nın nin nun nün ın in un ün dan den tan ten da de ta te ya ye na ne a e yı yi yu yü nı ni ı i u ü yla yle",
    "hy": "ին ից ում ով ի ը ն ան ից",
    "ka": "ისთვის ისგან იდან ზე ში ით ის მა მ ს თან",
}
_CYRILLIC_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ами|ями|ої|ої|ій|ою|ею|ой|ей|ую|юю|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ом|ем|ам|ям|ах|ях|"
    r"ів|[аяоеэуюыийьъії])$"
)
_SCRIPTS_THAT_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def fold(name: str) -> str:
    """The key of ``name``: letters and digits only, the same for every spelling of one name."""
    if name.isascii():  # most are, and nothing below but the last step changes them
        lower = name.lower()
        return lower if lower.isalnum() else _NOT_LETTERS.sub("", lower)
    text = unicodedata.normalize("NFKC", name).replace("İ", "i").casefold().translate(_SAME_LETTER)
    kept = unicodedata.normalize("NFKD", text).translate(_without_marks())
    # Letters that only lost a mark may be others' doubles now.
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", kept.translate(_SAME_LETTER)))


class _WithoutMarks(dict[int, int | None]):
    """A table for ``str.translate`` that drops combining marks; it learns each character when it first meets it."""

    def __missing__(self, code: int) -> int | None:
        dropped = unicodedata.combining(chr(code)) and chr(code) not in _KANA_MARKS
        kept = self[code] = None if dropped else code
        return kept


@cache
def _without_marks() -> _WithoutMarks:
    return _WithoutMarks()


def strip_marks(name: str) -> str:
    """``name`` without the quotation marks, brackets and punctuation around it."""
    return name.lstrip(_LEADING_MARKS).rstrip(_TRAILING_MARKS)


def mixes_scripts(name: str) -> bool:
    """True when one word of ``name`` holds letters of two scripts that look alike (Latin, Cyrillic, Greek)."""
    return not name.isascii() and any(len(_scripts(word)) > 1 for word in _WORD.findall(name))


def skeleton(name: str) -> str:
    """``name`` with Cyrillic and Greek letters replaced by the Latin ones they look like, as a key.

    Only for saying what a suspicious name imitates; after the table of Unicode Technical Standard 39.
    """
    return fold(unicodedata.normalize("NFKC", name).translate(_LOOKS_LIKE))


def without_endings(name: str, language: str | None = None) -> Iterator[str]:
    """Keys of ``name`` with a case ending taken off, the likeliest first; never the key of ``name`` itself.

    An ending after a hyphen, apostrophe or closing quote ("Sabah.az-a", "AA'nın", "«Факт»ի") is taken off in any
    language; a glued one only where ``language`` or the script says which endings there are.
    """
    bare = strip_marks(name)
    whole = fold(bare)
    marked = _SUFFIX_AFTER_MARK.sub("", bare)
    if marked != bare and len(fold(marked)) > 1:
        yield fold(marked)
    for tongue in _tongues(bare, language):
        for key in _endings(tongue):
            if whole.endswith(key) and len(whole) - len(key) >= 3:
                yield whole[: -len(key)]


@cache
def _endings(tongue: str) -> tuple[str, ...]:
    """The case endings of ``tongue`` as keys, the longest first."""
    endings = {unicodedata.normalize("NFC", ending) for ending in _SUFFIXES[tongue].split()}
    return tuple(key for ending in sorted(endings, key=lambda e: (-len(e), e)) if (key := fold(ending)))


def stem(name: str) -> str | None:
    """The key of a Cyrillic ``name`` with the declension endings of every word taken off, or None.

    "Украинскую правду" and "Украинская правда" share one stem. Names of other scripts have none, nor have names with
    a number: "Россия 1" is no form of "Россия".
    """
    words = _words(name)
    if not words or any(c.isdigit() for c in name) or not all("CYRILLIC" in _scripts(word) for word in words):
        return None
    joined = "".join(_stem_of_word(word) for word in words)
    return fold(joined) if len(joined) >= 4 else None


def first_stem(name: str) -> str | None:
    """How the `stem` of any name that begins with ``name`` begins, or None where it has none."""
    words = _words(name)
    return fold(_stem_of_word(words[0])) if words and "CYRILLIC" in _scripts(words[0]) else None


def _words(name: str) -> list[str]:
    if name.isascii():
        return []
    return _WORD.findall(unicodedata.normalize("NFKC", name).casefold().translate(_SAME_LETTER))


def _stem_of_word(word: str) -> str:
    return _CYRILLIC_ENDING.sub("", word) if len(word) > 4 else word


def is_cased(text: str) -> bool:
    """True when ``text`` has letters of a script that writes names with capitals.

    Georgian is not one: its capitals exist in Unicode, but no name is written with them.
    """
    return any((c.isupper() or c.islower()) and not "\u10d0" <= c <= "\u10ff" for c in text)


def begins_like_a_name(word: str) -> bool:
    """True when the first letter or digit of ``word`` is a capital, a digit, or of a script without capitals."""
    first = next((c for c in word if c.isalnum()), "")
    return bool(first) and (first.isupper() or first.isdigit() or not is_cased(first))


def is_acronym(name: str) -> bool:
    """True for two to six capital letters, with or without stops: "AFP", "A.W.", "УНН"."""
    letters = name.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


def _tongues(name: str, language: str | None) -> tuple[str, ...]:
    if not name.isascii():
        if any("\u0530" <= c <= "\u058f" for c in name):
            return ("hy",)
        if any("\u10a0" <= c <= "\u10ff" for c in name):
            return ("ka",)
    return (language,) if language in {"az", "tr"} else ()


def _scripts(word: str) -> set[str]:
    return {script for c in word if (script := _script(c))}


@cache
def _script(letter: str) -> str | None:
    """The script of ``letter`` where it is one of those that look alike. There are few letters: each is named once."""
    script = unicodedata.name(letter, "").split(" ")[0]
    return script if script in _SCRIPTS_THAT_LOOK_ALIKE else None


_LOOKS_LIKE = str.maketrans(
    "аАвВеЕзкКмМнНоОрРсСтТуУхХіІїјЈѕЅԁԛԝһьαΑβΒεΕηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧ",
    "aABBeE3kKmMHHoOpPcCTTyYxXiIijJsSdqwhbaABBeEnHiIkKuMvNoOpPTTuYxX",
)
