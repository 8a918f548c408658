"""Where a person's name stands in a line: by the shape of names, cut where a job, a date or a place begins.

A name here is two to five words that begin with a capital (or one, where a label promises a name), with particles
("de", "von der", "oğlu") between them. Scripts without capitals are read only behind a label.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_TOKEN = re.compile(r"(?:[^\s,;|/@()\[\]<>\"“”„«»:•·–—\u200b、，：；（）]|(?<=\w)\u200b(?=\w)){1,60}")
_HAN = re.compile("[\u3400-\u9fff]{2,4}(?![\u3400-\u9fff])|[\u30a0-\u30ffー]{2,12}(?:・[\u30a0-\u30ffー]{2,12})?")
_HANGUL = re.compile("[\uac00-\ud7af]{2,4}(?![\uac00-\ud7af])")
_JOINT = re.compile(r"(?<=\w{3}[a-zà-öø-ÿа-яёəığüşöç])(?=[A-ZÀ-ÖØ-ÞА-ЯЁƏİĞÜŞÖÇ])")
_CAMEL = re.compile(r"^(?:Mc|Mac|O['’]|D['’]|De|Di|La|Le|Van|Von|Fitz|Du|St)[A-ZÀ-Þ]")
_INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}$")
_DAY = re.compile(r"\.?\s{1,3}\d")
_FULL_NAME = re.compile(r"\s{1,3}[A-ZÀ-ÞĀ-Ž][^\s,;]{1,40}\s{1,3}[A-ZÀ-ÞĀ-Ž]")
_SHORT_FORMS = frozenset(
    {"jun", "sen", "esq", "mag", "dipl", "phd", "ing", "prof", "assoc", "univ", "chas", "wm", "geo"}
)
_GAP = re.compile(r"[ \u00a0\u202f]{1,3}")
_JOIN = re.compile(r"\s{0,3}(?:([,;/&、，]|\s-\s)|(?<=\s)([^\W\d_]{1,5})(?=\s))\s{0,3}")
KINDS = ("author", "by", "posted", "portrait", "translator", "photo", "other")
_CAPITALISED = r"[^\W\d_a-zà-öø-ÿа-яё][^\W\d_]{1,20}"
_WORKS_IN = re.compile(
    rf"[ \u00a0](?:(?:in|aus|à|em|w|в|у)[ \u00a0]{_CAPITALISED}(?:[ -]{_CAPITALISED}){{0,2}}(?![^\W_])"
    rf"|en[ \u00a0]{_CAPITALISED}(?=\s?(?:$|[,;|])|\s(?:y|e|et)\s))"  # "en" is "and" in Dutch
)
_LAST_JOIN = re.compile(r"([^\W\d_]{1,5})\s{1,3}")
_OF = frozenset({"of", "at", "for", "der", "des", "de", "du", "della", "van"})
_MOST_WORDS = 5
_LONGEST = 80  # characters of one name
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``byline.toml``, folded: labels and their kinds by their first two letters, and sets of words."""

    labels: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    roles: frozenset[str]
    modifiers: frozenset[str]
    nobody: frozenset[str]
    bare_nobody: frozenset[str]  # also surnames: no person only where nothing announces one
    particles: frozenset[str]
    months: frozenset[str]  # no part of a name before a number
    joiners: frozenset[str]
    contacts: tuple[str, ...]  # beginnings of lines above whoever answers questions


def fold(text: str) -> str:
    """The spelling labels are compared in; as long as ``text``, so that places stay the same."""
    if text.isascii():
        return text.lower()
    return text.translate(_folded_letters())


class _FoldedLetters(dict[int, int]):
    """A table for ``str.translate``: each letter as one small letter; it learns each when it first meets it."""

    def __missing__(self, code: int) -> int:
        lower = chr(code).lower()
        folded = self[code] = ord(lower) if len(lower) == 1 else code
        return folded


@cache
def _folded_letters() -> _FoldedLetters:
    return _FoldedLetters({ord(letter): ord("'") for letter in "’ʼ`"} | {ord("İ"): ord("i")})


@cache
def lexicon() -> Lexicon:
    """The packaged words."""
    data = tomllib.loads(resources.files("archiver.attribution").joinpath("byline.toml").read_text("utf-8"))
    labels: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS:
        for phrase in (fold(p) for phrases in data[kind].values() for p in phrases):
            labels.setdefault(phrase[:2], []).append((phrase, kind))

    def words(table: str, *without: str) -> frozenset[str]:
        return frozenset(fold(w) for lang, found in data[table].items() if lang not in without for w in found)

    return Lexicon(
        labels={head: _longest_first(pairs) for head, pairs in labels.items()},
        roles=words("roles", "mod"),
        modifiers=frozenset(fold(w) for w in data["roles"]["mod"]),
        nobody=words("nobody", "bare_only") - words("particles"),
        bare_nobody=words("nobody") - words("particles"),
        particles=words("particles"),
        months=words("months"),
        joiners=words("and"),
        contacts=tuple(sorted(words("contact"))),
    )


def _longest_first(pairs: list[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ordered = sorted(pairs, key=lambda pair: -len(pair[0]))
    return tuple(phrase for phrase, _ in ordered), tuple(kind for _, kind in ordered)


def names_at(text: str, start: int, end: int, *, promised: bool) -> list[tuple[int, int]]:
    """The places of the names that stand at ``start`` of ``text`` (up to ``end``), one behind the other.

    ``promised``: a label announces a name, so that one word will do, and scripts without capitals are read.
    """
    first = name_at(text, start, end, promised=promised)
    if first is None:
        return []
    found = [first]
    while len(found) < _MOST_NAMES:
        joint = _JOIN.match(text, behind_place(text, found[-1][1], end), end)
        if joint is None or (joint.group(2) and fold(joint.group(2)) not in lexicon().joiners):
            break
        at = joint.end()
        extra = _LAST_JOIN.match(text, at, end)
        if extra and fold(extra.group(1)) in lexicon().joiners:  # "A, B, and C"
            at = extra.end()
        following = name_at(text, at, end, promised=False, announced=promised)
        if following is None or _shouts(text, following) != _shouts(text, first):
            break
        found.append(following)
    return found


def behind_place(text: str, at: int, end: int) -> int:
    """Where the place ends that a name which ends at ``at`` wrote from ("Ann Lee in Hill"); ``at`` without one."""
    place = _WORKS_IN.match(text, at, end)
    return place.end() if place else at


def name_at(text: str, start: int, end: int, *, promised: bool, announced: bool = False) -> tuple[int, int] | None:
    """The place of the one name that begins at ``start``, or None.

    ``announced``: it follows another name behind a label, so words that are also surnames may stand in it.
    """
    if promised:
        dense = _HAN.match(text, start, end) or _HANGUL.match(text, start, end)
        if dense:
            return dense.span()
    words = list(_words(text, start, end, caseless=promised))
    nobody = lexicon().nobody if promised or announced else lexicon().bare_nobody
    loose = lexicon().particles | lexicon().joiners
    while words and (_plain(text, words[-1]) in loose or (len(words) > 2 and _plain(text, words[-1]) in nobody)):
        house = _plain(text, words.pop()) in nobody
        if house and len(words) > 2 and text[slice(*words[-1])].isupper() and not text[slice(*words[0])].isupper():
            words.pop()  # "Ann Lee QP News": the letters before the kind of house are the house's
    if len(words) > 2 and _plain(text, words[0]) in lexicon().roles and _plain(text, words[1]) in _OF:
        return None  # "CEO of Case"
    if words and not promised and _plain(text, words[0]) in lexicon().modifiers:
        return None  # "Former Consultant"
    if any(_plain(text, word) in nobody for word in words) or all(_is_initial(text[slice(*w)]) for w in words):
        return None
    if len(words) < 2 and not (words and promised and words[0][1] - words[0][0] > 2):
        return None
    if len(words) == 1 and text[words[0][1] : words[0][1] + 1].isalnum():  # half of a glued word
        return None
    half = len(words) // 2
    if half and [_plain(text, w) for w in words[:half]] == [_plain(text, w) for w in words[half:]]:
        words = words[:half]  # a portrait's description and the name under it: "Ann Lee Ann Lee"
    last = text[slice(*words[-1])]
    cut = 1 if _ends_sentence(last, len(words)) or (last.endswith(".") and len(last) > 4) else 0
    return words[0][0], words[-1][1] - cut


def _is_initial(token: str) -> bool:
    """True for "J." and "JR", not for "Ann" and "Lee"."""
    return token.isupper() and _INITIAL.match(token) is not None


def _plain(text: str, place: tuple[int, int]) -> str:
    return fold(text[slice(*place)]).strip(".")


def _words(text: str, start: int, end: int, *, caseless: bool) -> Iterator[tuple[int, int]]:
    """The words of a name from ``start`` on: they end where something begins that no name holds."""
    lex = lexicon()
    at, count = start, 0
    while count < _MOST_WORDS and at - start < _LONGEST and (match := _TOKEN.match(text, at, end)):
        token, place = match.group(), match.span()
        word = fold(token).strip(".")
        if count and word in lex.months and _DAY.match(text, match.end(), end):
            return
        if count and (word in lex.roles or (count >= 2 and word in lex.modifiers)):
            return
        joint = None if _CAMEL.match(token) else _JOINT.search(token)
        if joint is not None:  # "HabernyFounder": two lines glued together
            place = (place[0], place[0] + joint.start())
            token = text[slice(*place)]
        if not _is_name_word(token, caseless=caseless) and not (count and word in lex.particles):
            return
        if count >= 2 and word in lex.joiners and _FULL_NAME.match(text, match.end(), end):
            return  # "Ana Ruiz y Luis Gil Paz", but "José Ortega y Gasset"
        yield place
        count += word not in lex.particles or not count
        if _ends_sentence(token, count):
            return
        gap = _GAP.match(text, place[1], end)
        if joint is not None or gap is None:
            return
        at = gap.end()


def _ends_sentence(token: str, count: int) -> bool:
    """True for a whole word with a full stop ("Thorn."), not for initials and short forms ("J.", "Jr.", "Prof.")."""
    letters = token.rstrip(".")
    if letters == token or "." in letters or letters.isupper() or letters.lower() in _SHORT_FORMS:
        return False
    return len(letters) >= (3 if count > 1 else 5)


def _is_name_word(token: str, *, caseless: bool) -> bool:
    letter = next((character for character in token if character.isalpha()), "")
    if not letter or any(character.isdigit() or character in "@#_=+*?!%$€&" for character in token):
        return False
    if "." in token.rstrip(".") and not _INITIAL.match(token) and not re.match(r"^(?:[^\W\d_]{1,4}\.){1,3}", token):
        return False
    return letter.isupper() or letter.istitle() or (caseless and not _is_small(letter))


def _is_small(letter: str) -> bool:
    """True for a small letter of a script that begins names with capitals (Georgian has them, and does not)."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def _shouts(text: str, place: tuple[int, int]) -> bool:
    return text[slice(*place)].isupper()
