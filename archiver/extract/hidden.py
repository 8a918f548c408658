"""Characters that a reader cannot see, or takes for others, are named and counted, never removed.

Reported: zero-width and other invisible characters, bidirectional controls outside of right-to-left text, variation
selectors and tags that dress nothing (text can be smuggled in them: C2PA 2.1, "Embedding manifests into unstructured
text"), soft hyphens that part no syllables, control characters, and words that mix look-alike letters of two scripts
(Unicode Technical Standard 39). What orthographies, emoji and typesetting need is not reported: joiners in Persian and
Indic words, emoji sequences, marks of direction in Arabic and Hebrew text, hyphenation.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from archiver.model import Candidate, Meant, Page

WEIGHT = 70
_PLACES = 50  # places listed in the detail; the count is exact

_NAMES = {
    "\u200b": "zero width space",
    "\u2060": "word joiner",
    "\ufeff": "zero width no-break space",
    "\u180e": "Mongolian vowel separator",
    "\u200c": "zero width non-joiner",
    "\u200d": "zero width joiner",
    "\u034f": "combining grapheme joiner",
    "\u115f": "Hangul filler",
    "\u1160": "Hangul filler",
    "\u3164": "Hangul filler",
    "\uffa0": "Hangul filler",
    "\u2800": "blank braille pattern",
    "\u00ad": "soft hyphen",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u061c": "Arabic letter mark",
    "\u202a": "bidirectional embedding",
    "\u202b": "bidirectional embedding",
    "\u202c": "bidirectional embedding",
    "\u202d": "bidirectional override",
    "\u202e": "bidirectional override",
    "\u2066": "bidirectional isolate",
    "\u2067": "bidirectional isolate",
    "\u2068": "bidirectional isolate",
    "\u2069": "bidirectional isolate",
}
_BIDI_OF_SCRIPT = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_SUSPECT = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef]+"
)
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_C2PA_MAGIC = b"C2PATXT\x00"
_WORD = re.compile(r"[^\W\d_]{3,60}")
_QUOTE_ROOM = 24
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_SAME_LINE = 200  # characters

# Letters of another script that a reader takes for Latin ones (UTS 39 confusables, the letters of news scripts).
_LOOK_ALIKE = {
    "CYRILLIC": frozenset("АВЕЅІЈКМНОРСТУХҮԜԚԌаеѕіјорсухүһԁԛԝӏәӘвкмнтґ"),
    "GREEK": frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγ"),
    "ARMENIAN": frozenset("ՕՍԼօսոհցզ"),
    "LATIN": frozenset("ABCEHIJKMOPSTXYaceijopsuvxyəƏvknmtbrg"),
}
_SCRIPTS = tuple(_LOOK_ALIKE)
# Where letters of all scripts but Latin are, punctuation and symbols left aside; most pages hold none.
_NOT_LATIN = re.compile("[\u0370-\u1fff\u2c00-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    start: int
    end: int


def candidates(page: Page) -> list[Candidate]:
    """``hidden_characters`` of the whole page, one candidate for each kind, quoting the first place.

    ``value`` is "name (count)"; ``detail`` holds ``name``, ``count`` and ``places`` ([start, end] in the page's text,
    the first fifty).
    """
    kinds: dict[str, list[_Place]] = {}
    counts = Counter[str]()
    for place in chain(_invisible(page.text), _mixed(page.text)):
        counts[place.name] += 1
        if counts[place.name] <= _PLACES:
            kinds.setdefault(place.name, []).append(place)
    return [_candidate(page, name, places, counts[name]) for name, places in kinds.items()]


def _candidate(page: Page, name: str, places: list[_Place], count: int) -> Candidate:
    start, end = _readable(page.text, places[0])
    return Candidate(
        property="hidden_characters",
        value=f"{name} ({count})",
        quote=page.text[start:end],
        space=page.space,
        rule="hidden/characters@1",
        meant=Meant.INFERRED,
        weight=WEIGHT,
        start=start,
        end=end,
        detail={"name": name, "count": count, "places": [[place.start, place.end] for place in places]},
    )


def _readable(text: str, place: _Place) -> tuple[int, int]:
    """The place with the rest of its word, so that a person can find it."""
    start, end = place.start, place.end
    while start > 0 and place.start - start < _QUOTE_ROOM and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - place.end < _QUOTE_ROOM and not text[end].isspace():
        end += 1
    return start, end


def _invisible(text: str) -> Iterator[_Place]:
    rtl = _Directions(text)
    for run in _SUSPECT.finditer(text):
        start, end = run.span()
        if _is_emoji_tag_sequence(text, start, end):
            continue
        if hidden := _smuggled(run[0]):
            yield _Place(hidden, start, end)
            continue
        for at in range(start, end):
            if name := _name(text, at, rtl):
                yield _Place(name, at, at + 1)


def _smuggled(run: str) -> str | None:
    """A name for a run of variation selectors that carries bytes, else None."""
    carried = bytes(_byte(char) for char in run if _SELECTOR.match(char))
    if carried.startswith(_C2PA_MAGIC):
        return "C2PA manifest in variation selectors"
    return "text in variation selectors" if len(carried) >= 3 else None


def _byte(selector: str) -> int:
    code = ord(selector)
    return code - 0xFE00 if code <= 0xFE0F else code - 0xE0100 + 16


def _is_emoji_tag_sequence(text: str, start: int, end: int) -> bool:
    """Flags of England, Scotland, Wales: a black flag, tag letters, a cancel tag (UTS 51)."""
    return text[start - 1 : start] == "\U0001f3f4" and text[end - 1] == "\U000e007f"


def _name(text: str, at: int, rtl: "_Directions") -> str | None:
    """What to call the character at ``at``, or None where its use is legitimate."""
    char = text[at]
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if char in "\u200c\u200d":
        return None if _joins(before, behind, char) else _NAMES[char]
    if char == "\u200b" and {_script(before), _script(behind)} & {"THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"}:
        return None  # a word boundary of scripts that write no spaces
    if char in _BIDI_OF_SCRIPT:
        return None if rtl.near(at) else _NAMES[char]
    if _SELECTOR.match(char):
        return None if _dresses(before, char) else "variation selector"
    if char == "\u00ad":
        return None if before.isalpha() and behind.isalpha() else _NAMES[char]
    if char == "\ufeff" and at == 0:
        return None
    if "\u180b" <= char <= "\u180d":
        return None if _script(before) == "MONGOLIAN" else "variation selector"
    if "\U000e0000" <= char <= "\U000e007f":
        return "tag character"
    return _NAMES.get(char) or ("control character" if unicodedata.category(char) == "Cc" else "invisible character")


def _joins(before: str, behind: str, char: str) -> bool:
    """True between letters of scripts that join, and for the joiner inside emoji."""
    if not before:
        return False
    joining = {"ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL"}
    joining |= {
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "KHMER",
        "MYANMAR",
        "TIBETAN",
        "NKO",
        "THAANA",
        "LAO",
        "THAI",
    }
    if _script(before) in joining:
        return True
    # Emoji join over the variation selector and skin tone of the one before.
    emoji = {"So", "Sk", "Mn", "Cn"}
    return char == "\u200d" and unicodedata.category(before) in emoji and bool(behind) and not behind.isalpha()


def _dresses(before: str, selector: str) -> bool:
    """True where a variation selector has a base that takes one: emoji, symbols, digits of keycaps, ideographs."""
    if not before:
        return False
    if selector >= "\U000e0100":
        return _script(before) == "CJK"
    if selector in "\ufe0e\ufe0f":
        return (
            unicodedata.category(before) in {"So", "Sm", "Po", "Nd", "Pd", "Sk", "Cn", "Me"}
            or before in "↔ℹ™©®‼⁉Ⓜ〰〽㊗㊙"
        )
    return _script(before) in {"CJK", "MYANMAR", "MONGOLIAN", "PHAGS-PA"} or unicodedata.category(before) in {
        "Sm",
        "So",
        "Po",
    }


class _Directions:
    """Where a text runs from right to left: asked only when it holds marks of direction, from its start to its end."""

    def __init__(self, text: str) -> None:
        self._letters = (found.start() for found in _RIGHT_TO_LEFT.finditer(text) if _runs_left(found[0]))
        self._before = -1
        self._next = next(self._letters, None)

    def near(self, at: int) -> bool:
        """True when a right-to-left letter stands within the same two hundred characters; ``at`` never goes back."""
        while self._next is not None and self._next < at:
            self._before, self._next = self._next, next(self._letters, None)
        behind = self._next is not None and self._next < at + _SAME_LINE
        return behind or (self._before >= 0 and self._before >= at - _SAME_LINE)


def _runs_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _mixed(text: str) -> Iterator[_Place]:
    """Words in which a few letters come from another script and look like those of the first."""
    for word in _WORD.finditer(text) if _NOT_LATIN.search(text) else ():
        if word[0].isascii():
            continue
        scripts = [_script(char) for char in word[0]]
        counts = {name: scripts.count(name) for name in dict.fromkeys(scripts) if name in _SCRIPTS}
        if len(counts) != 2 or sum(counts.values()) != len(scripts):
            continue
        main, other = sorted(counts, key=lambda name: (-counts[name], name))
        strangers = [at for at, name in enumerate(scripts) if name == other]
        if counts[main] > counts[other] and _look_alike(word[0], strangers, main, other):
            yield _Place(f"{other.title()} letters that look {main.title()}", *word.span())


def _look_alike(word: str, strangers: list[int], main: str, other: str) -> bool:
    """True when every stranger has a double in the main script and they are no word glued to another."""
    if main != "LATIN" and other != "LATIN":
        return False
    if not all(word[at] in _LOOK_ALIKE[other] for at in strangers):
        return False
    glued = strangers[-1] - strangers[0] + 1 == len(strangers) and (strangers[0] == 0 or strangers[-1] == len(word) - 1)
    return not (glued and len(strangers) >= 3)


def _script(char: str) -> str:
    """The first word of a character's Unicode name, which is its script for letters and marks."""
    return unicodedata.name(char, "").partition(" ")[0] if char else ""
