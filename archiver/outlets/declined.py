"""Names in a declined form of a language in Latin or Greek letters: "Slobodne Evrope" is "Slobodna Evropa".

Each family of languages has the endings that its nouns and adjectives take; what is left of every word, joined, is the
key that all forms of a name share. A key never leaves its family: an ending of one language is a stem in another.
"""

import re
from functools import cache

from archiver.outlets.names import fold

_SHORTEST_STEM = 3  # letters of a word that an ending leaves
_LONGEST_ENDING = 4
_SHORTEST_KEY = 5  # letters of a whole name
_FAMILIES = {
    "slavic": "pl cs sk sl hr sr bs sh",
    "german": "de",
    "finnic": "fi et",
    "hungarian": "hu",
    "baltic": "lt lv",
    "greek": "el",
    "nordic": "sv no nb nn da",
}
# Written without marks, as `fold` leaves them.
_ENDINGS = {
    "slavic": "iego iemu ego emu imi ymi ich ych iej ij ej ou ove ovi owi om em am ami iami ach iach ech ih ima ama oga"
    " og oj eg oju jem ju ja je im ym iom ow ov ie ia iu i y e a o u",
    "german": "en er em es e s n",
    "finnic": "issa ista iin ille illa ilta ien ssa sta lla lta lle ksi assa asta alla assa essa esta isse est ist ast"
    " at an en in on a e i o s t n",
    "hungarian": "aban eben ban ben abol ebol bol bol arol erol rol atol etol tol ahoz ehez hoz hez anak enek nak nek"
    " aval evel val vel anal enel nal nel on en an ara ere ra re aba ebe ba be at ot et t n a e",
    "baltic": "uose ose yje eje oje ais ams as es is us os ai ei am em ai io iu ia ui a e i o u s",
    "greek": "ους ος ου ον ης ας ων οι ες ιν α η ο ν",
    "nordic": "s",
}
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[^\u0000-\u024f\u0370-\u03ff\u1e00-\u1fff\u2010-\u201f]")


@cache
def family(language: str | None) -> str | None:
    """The family of ``language`` (ISO 639-1) whose endings are known here, or None."""
    tongue = (language or "").partition("-")[0].lower()
    return next((name for name, tongues in _FAMILIES.items() if tongue in tongues.split()), None)


def declined_key(name: str, kin: str) -> str | None:
    """What all forms of ``name`` share in the languages of the family ``kin``, or None for a name without forms.

    A name with a number has none, nor has one that is short: too many words would share it.
    """
    words = _WORD.findall(name)
    if not words or _OTHER_SCRIPT.search(name) or any(c.isdigit() for c in name):
        return None
    key = "".join(_stem(word, kin) for word in words)
    return key if len(key) >= _SHORTEST_KEY else None


def declines_foreign_names(kin: str) -> bool:
    """True for a family that gives names of every language its endings: "The Guardianu", "Reutersa"."""
    return kin == "slavic"


def opening(word: str, kin: str) -> str:
    """How the `declined_key` of every name that begins with ``word`` begins."""
    return _stem(word, kin)


def _stem(word: str, kin: str) -> str:
    key = fold(word)
    if word.isupper():
        return key  # an acronym
    endings = _endings(kin)
    for length in range(min(_LONGEST_ENDING, len(key) - _SHORTEST_STEM), 0, -1):
        if key[-length:] in endings:
            return key[:-length]
    return key


@cache
def _endings(kin: str) -> frozenset[str]:
    """The endings of the family as keys."""
    return frozenset(fold(end) for end in _ENDINGS[kin].split())
