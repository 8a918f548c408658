"""Signs that a text was translated by a machine are counted and shown; they never become a fact.

Kinds of slips that a writer or an editor of the language does not make (``residue.toml`` and the patterns here). One
kind proves nothing, so nothing is said below three kinds, two hundred words and four signs in a thousand words; and a
text without signs may still be a machine's. The value is "suspected", it names no source language, and it fills nothing
else.
"""

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, TypeAlias

from rapidfuzz.distance import DamerauLevenshtein

from archiver.model import Block, Candidate, Meant, Page, Zone

RULE = "residue/machine-translation@1"
LEAST_KINDS = 3
LEAST_WORDS = 200
LEAST_PER_THOUSAND = 4
WEIGHT = 60

_PLACES = 40
_COUNTED = 20  # of one kind: a refrain must not speak for a whole book
_AROUND = 30
_PROSE_WORDS = 12
_STRAY_QUOTE = re.compile(r"[.!?…,»]\s[“\"„](?=\s{0,2}(?:$|[–—.]))|\w\s“(?=\.|\s{0,2}$)|[.!?]\s”(?=\s|$)")
_GLUED = re.compile(
    r"(?<![\w@#./&-])(?!(?:mac|mc|van|von|de|di|al|el)[A-Z])[^\W\d_A-ZА-ЯЁİŞÇĞÜÖƏ]{2,14}[A-ZА-ЯЁİŞÇĞÜÖƏ][^\W\d_A-ZА-ЯЁİŞÇĞÜÖƏ]{2,14}(?![\w@/])"
)
# A pattern that begins with its few possible first characters, and looks behind from there, is several times cheaper to
# search for than one that looks behind at every character. So are the two here, and every clue.
_NAME = re.compile(r"[A-ZА-ЯЁ](?<![\w@/.-].)(?<![.!?…:“\"«]\s.)[a-zа-яё]{5,14}(?![\w-])")
_COMMA_APART = re.compile(r"[^\W\d_]\s,\s[^\W\d_]")
_SMALL_START = re.compile(r"[^\W\d_A-ZА-ЯЁ]{6,20}\.\s[^\W\d_A-ZА-ЯЁ]{3,20}\s")
_DOUBLED = re.compile(r"(?<![\w'’-])(the|of|to|in|is|and|was|for|и|в|на|что|не|ve|bu)\s\1(?![\w'’-])", re.I)
_IN_ANY_LANGUAGE = {
    "closing quote apart": _STRAY_QUOTE,
    "words run together": _GLUED,
    "comma apart": _COMMA_APART,
    "sentence without its capital": _SMALL_START,
    "small word doubled": _DOUBLED,
}
_CLAUSE_START = re.compile(r"[.!?:“\"«](?:(?<=[.!?:])\s{1,2}[“\"«]?|(?<=[“\"«]))(?=[^\W\d_])")
_CLAUSE = re.compile(r"(?:[^\W\d_]+[\s,]{1,2}){6}")
_SMALL = r"[^\W\d_A-ZА-ЯЁ]"
# What stands in every text that holds a sign of the kind. A text that does not hold it need not be searched.
_CLUES_IN_ANY_LANGUAGE = {
    "closing quote apart": re.compile(r"[“\"„”](?<=\s.)(?=\s|[–—.]|\Z)"),
    "words run together": re.compile(r"[A-ZА-ЯЁİŞÇĞÜÖƏ](?<=[^\W\d_A-ZА-ЯЁİŞÇĞÜÖƏ]{2}.)[^\W\d_A-ZА-ЯЁİŞÇĞÜÖƏ]{2}"),
    "comma apart": re.compile(r",(?<=[^\W\d_]\s.)\s"),
    "small word doubled": re.compile(
        r"\s(?:(?<=\b(the|and|was|for|что).)\1|(?<=\b(of|to|in|is|на|не|ve|bu).)\2|(?<=\b([ив]).)\3)\b", re.I
    ),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One slip of a kind, with its place in the page's text."""

    kind: str
    start: int
    end: int


def candidates(text: str, page: Page, language: str | None) -> list[Candidate]:
    """``suspected_machine_translation`` of the article in ``page``, or nothing.

    ``text`` is its clean text, by whose length the signs are weighed. ``value`` is "suspected"; ``detail`` holds the
    number of ``kinds``, the ``signs`` ({"name", "count", "places"}), their number in a thousand words and
    ``rule_version``. The quote is the most telling sign's first place.
    """
    words = len(text.split())
    if words < LEAST_WORDS:
        return []
    signs = find(page, language, least=LEAST_KINDS)
    kinds = Counter(sign.kind for sign in signs)
    rate = round(1000 * sum(min(count, _COUNTED) for count in kinds.values()) / words)
    if len(kinds) < LEAST_KINDS or rate < LEAST_PER_THOUSAND:
        return []
    telling = kinds.most_common(1)[0][0]
    start, end = _with_neighbours(page.text, next(sign for sign in signs if sign.kind == telling))
    return [
        Candidate(
            property="suspected_machine_translation",
            value="suspected",
            quote=page.text[start:end],
            space=page.space,
            rule=RULE,
            meant=Meant.SUSPECTED,
            weight=WEIGHT,
            start=start,
            end=end,
            detail={
                "kinds": len(kinds),
                "signs": [_described(kind, count, signs) for kind, count in kinds.most_common()],
                "per_thousand_words": rate,
                "rule_version": 1,
            },
        )
    ]


def find(page: Page, language: str | None, *, least: int = 1) -> list[Sign]:
    """Every sign in the prose of ``page``'s body, in order of kind and place; [] for languages without a list.

    [] too when there are signs of fewer kinds than ``least``: then the last kinds need not be looked for.
    """
    lists = _lists().get((language or "").partition("-")[0].lower())
    if lists is None:
        return []
    # A paragraph that a template prints twice is judged once.
    once = {page.quote(block): block for block in reversed(page.blocks) if block.zone is Zone.BODY}
    prose = [(block, text) for text, block in reversed(once.items()) if _is_prose(text)]
    searches = _searches(lists, "\n\n".join(text for _, text in prose))
    signs: list[Sign] = []
    kinds = 0
    for looked, search in enumerate(searches):
        if kinds + len(searches) - looked < least:
            return []
        found = list(search(prose))
        if found and len(found) >= _LEAST.get(found[0].kind, 2):
            signs += found
            kinds += 1
    return signs if kinds >= least else []


_Prose: TypeAlias = "Sequence[tuple[Block, str]]"
_Search: TypeAlias = "Callable[[_Prose], Iterable[Sign]]"
_Clue: TypeAlias = "Callable[[str], object]"  # true for every text that may hold a sign, and for few others


def _searches(lists: dict[str, list[str]], whole: str) -> list[_Search]:
    """One search a kind of sign that may be in ``whole``, which is all prose as one text.

    The dearest come last: most texts hold none, and then those are never asked.
    """
    clues = _clues(lists)
    patterns = sorted(_patterns(lists).items(), key=lambda pattern: pattern[0] in _DEAR)
    possible = [(kind, pattern) for kind, pattern in patterns if kind not in clues or clues[kind](whole)]
    return [_name_variants, _repeated_clauses, *(functools.partial(_matches, *each) for each in possible)]


def _matches(kind: str, pattern: re.Pattern[str], prose: _Prose) -> Iterator[Sign]:
    for block, text in prose:
        for match in pattern.finditer(text):
            yield Sign(kind, block.start + match.start(), block.start + match.end())


_DEAR = frozenset({"turn of another language", "sentence without its capital"})
# A kind counts from this many on: the rarer in edited text, the fewer.
_LEAST = {
    "abbreviation left over": 1,
    "name spelt differently": 1,
    "word left untranslated": 2,
    "clause repeated": 3,
    "comma apart": 3,
    "sentence without its capital": 3,
}


def _with_neighbours(text: str, sign: Sign) -> tuple[int, int]:
    """The sign with the words around it on its line, so that a person sees what is odd."""
    start = text.rfind("\n", 0, sign.start) + 1
    start = max(start, text.find(" ", max(0, sign.start - _AROUND), sign.start) + 1)
    end = text.find("\n", sign.end)
    end = min(len(text) if end < 0 else end, sign.end + _AROUND)
    cut = text.rfind(" ", sign.end, end)
    return start, cut if cut > 0 and end < len(text) and not text[end].isspace() else end


def _described(kind: str, count: int, signs: Sequence[Sign]) -> dict[str, Any]:
    places = [[sign.start, sign.end] for sign in signs if sign.kind == kind]
    return {"name": kind, "count": count, "places": places[:_PLACES]}


def _is_prose(line: str) -> bool:
    """True for a paragraph: no headline in capitals, no list of names."""
    words = line.split()
    if len(words) < _PROSE_WORDS:
        return False
    capitals = sum(word[0].isupper() for word in words)
    return capitals <= 0.45 * len(words)


@functools.cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("archiver.extract").joinpath("residue.toml").read_text("utf-8"))


def _patterns(lists: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return _compiled(_frozen(lists))


def _clues(lists: dict[str, list[str]]) -> dict[str, _Clue]:
    return _compiled_clues(_frozen(lists))


def _frozen(lists: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(words)) for key, words in sorted(lists.items()))


@functools.cache
def _compiled(key: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, re.Pattern[str]]:
    lists = dict(key)
    letters = lists["letters"][0]
    patterns: dict[str, str | None] = {
        "capital inside a sentence": _if(
            lists, "openers", lambda w: rf"(?<![.!?…:;—–-]\s)\b[^\W\d_A-ZА-ЯЁ]{{3,20}}\s(?:{w})\s[^\W\d_A-ZА-ЯЁ]{{2,}}"
        ),
        "capital after a joining word": _if(
            lists, "joining", lambda w: rf"\b(?:{w})\s(?:{_any(lists['after_joining'])})\s[^\W\d_A-ZА-ЯЁ]{{2,}}"
        ),
        "subject doubled": _if(
            lists, "pronouns", lambda w: rf"\b[A-ZА-ЯЁ][^\W\d_A-ZА-ЯЁ]{{2,20}}\s(?:{w})\s[^\W\d_A-ZА-ЯЁ]{{2,}}"
        ),
        "comma after a conjunction": _if(lists, "conjunctions", lambda w: rf"\b(?:{w}),\s[A-ZА-ЯЁ]"),
        "preposition without its noun": _if(
            lists, "prepositions", lambda w: rf"\b(?:{w})(?:\s(?:{_any(lists['not_governed'])})\b|[A-Z])"
        ),
        "abbreviation left over": _if(lists, "abbreviations", lambda w: rf"(?<!\w)(?:{w})(?=\s|$)"),
        "turn of another language": _if(lists, "calques", lambda w: rf"(?i:\b(?:{w})\b)"),
        "word left untranslated": _if(lists, "stranded", lambda w: rf"(?<=[{letters}]\s)(?:{w})(?=\s[{letters}])"),
    }
    compiled = {kind: re.compile(pattern) for kind, pattern in patterns.items() if pattern}
    return compiled | _IN_ANY_LANGUAGE


@functools.cache
def _compiled_clues(key: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, _Clue]:
    lists = dict(key)
    letters = f"[{lists['letters'][0]}]"
    in_sentences = {
        "capital inside a sentence": (lists["openers"], _SMALL, _SMALL),
        "capital after a joining word": (lists["after_joining"], _SMALL, _SMALL),
        "subject doubled": (lists["pronouns"], _SMALL, _SMALL),
        "word left untranslated": (lists["stranded"], letters, letters),
    }
    anywhere = {
        "comma after a conjunction": [f"{word}," for word in lists["conjunctions"]],
        "preposition without its noun": lists["prepositions"],
        "abbreviation left over": lists["abbreviations"],
    }
    return {
        **{kind: re.compile(_between(*words)).search for kind, words in in_sentences.items() if words[0]},
        **{kind: functools.partial(_holds, tuple(words)) for kind, words in anywhere.items()},
        **{kind: pattern.search for kind, pattern in _CLUES_IN_ANY_LANGUAGE.items()},
    }


def _between(words: Sequence[str], before: str, after: str) -> str:
    """The pattern of one of ``words`` with a space and a character before it, and a space and one after it."""
    return "(?:" + "|".join(rf"{re.escape(word)}(?<={before}\s.{{{len(word)}}})" for word in words) + rf")\s{after}"


def _holds(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


def _if(lists: dict[str, tuple[str, ...]], name: str, pattern: Callable[[str], str]) -> str | None:
    return pattern(_any(lists[name])) if lists.get(name) else None


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _name_variants(prose: _Prose) -> Iterator[Sign]:
    """Names that are once or twice spelt one letter away from a name used often, its endings aside."""
    places: dict[str, list[tuple[int, int]]] = {}
    for block, text in prose:
        for match in _NAME.finditer(text):
            places.setdefault(match[0], []).append((block.start + match.start(), block.start + match.end()))
    known = [name for name, found in places.items() if len(found) >= 4][:60]
    rare = [name for name, found in places.items() if len(found) <= 2][:400]
    for variant in rare:
        if any(_is_slip(variant, name) for name in known):
            yield from (Sign("name spelt differently", *place) for place in places[variant])


def _is_slip(variant: str, name: str) -> bool:
    """One letter wrong, left out or swapped inside a name; a different ending may be grammar."""
    if variant[0] != name[0] or variant[-2:] != name[-2:] or variant == name:
        return False
    return DamerauLevenshtein.distance(variant, name, score_cutoff=1) == 1


def _repeated_clauses(prose: _Prose) -> Iterator[Sign]:
    """The same six words opening three sentences or quotations: a phrase a machine falls back on."""
    opened: dict[str, list[tuple[int, int]]] = {}
    for block, text in prose:
        for start in (0, *(found.end() for found in _CLAUSE_START.finditer(text))):
            words = _CLAUSE.match(text, start, start + 120)
            if words:
                opened.setdefault(words[0].lower(), []).append((block.start + start, block.start + words.end()))
    for found in opened.values():
        if len(found) >= 3:
            yield from (Sign("clause repeated", *place) for place in found)
