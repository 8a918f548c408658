"""A credit that no wording holds is read by its parts: a verb of printing or translating and one outlet, in any order.

"Das Original erschien unter dem Titel ... im Hafenblatt", "Z anglického originálu v deníku ... přeložila ...": every
language builds such sentences in many ways, from few words. A short sentence under the headline or after the text that
holds the parts of a credit and names exactly one outlet says where the text is from; bans, invitations, what came
later and what happened to "our article" do not. A grammar over word classes, not a list of sentences.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from archiver.attribution import weights
from archiver.attribution.areas import Line, sentences_apart
from archiver.attribution.cited import says_outlet_beside
from archiver.attribution.mentions import Context, Mention, with_own
from archiver.attribution.printed import Printed
from archiver.attribution.words import word_list
from archiver.outlets.names import begins_like_a_name, fold

RULE = "grammar/in-any-order@1"
_WORD = re.compile(r"[^\W\d_][^\W\d_’'ʼ]{0,40}")
_SENTENCE = re.compile(r"(?:(?<=[^\W\d_][^\W_])|(?<=[^\W\d_][»”“\"]))[.!?…։][»”\")]{0,2}\s{1,3}(?=\S)|\s[/|•]\s")
_QUOTED = re.compile(r"[«“„\"](?P<name>[^«»“”„\"\n]{2,50})[»”“\"]")
_CAPITAL = "[A-ZÀ-ÞĀ-ŽА-ЯЁЂ-ЏΑ-Ω][^\\W_]{1,20}"
_RUN = re.compile(
    r"(?<![\w.@-])(?P<name>(?:[^\W\d_][\w-]{0,30}\.){1,2}[a-z]{2,12}\b|"
    rf"(?:(?:The|La|Le|El|Il|De|Der|Die|Das) )?{_CAPITAL}(?: {_CAPITAL}){{0,3}}(?![\w-]))"
)
_LONGEST = 260
_BEFORE = 60  # characters before a name in which it is said who did what
_MOST_LINES = 8
_SHORT = 9  # words of a credit that names a partner without saying "this article"
_SHORTEST_STEM, _LONGEST_STEM = 2, 14
_SAYS = frozenset(
    {
        "translated_from",
        "reprinted_from",
        "original_at",
        "source_label",
        "via",
        "contributed",
        "adapted_from",
        "excerpt_of",
        "bare",
        "brackets",
        "byline",
        "dateline",
        "rights",
        "signed",
        "outbound",
        "not_attribution",
    }
)
_DEEDS = (
    "credit_handed_over",
    "credit_published",
    "credit_translated",
    "credit_again",
    "credit_permission",
    "credit_partner",
    "credit_made",
)
_STRIKES = frozenset({"outbound", "not_attribution"})
_ARABIC = ("وال", "بال", "لل", "ال", "و", "ب", "ل")  # what Arabic writes together with the word behind it
_PLAIN = re.compile(r"[^\W\d_]{1,40}")
_LESS = 8  # taken off: the parts agree, their order is not looked at


class _Parts(NamedTuple):
    """Which parts of a credit a sentence holds."""

    words: list[str]
    keys: frozenset[str]

    def has(self, part: str) -> bool:
        return not self.keys.isdisjoint(word_list(part))


def mentions(context: Context, found: Iterable[Mention]) -> Iterator[Mention]:
    """The credits of this kind on lines where nothing in ``found`` names an origin already."""
    named = [m for m in found if m.weight >= weights.SHOWN and m.says in _SAYS and (m.name or m.says in _STRIKES)]
    translators = [m for m in found if m.says == "translated_by" and m.name]
    lines = [line for line in context.lines if line.area in {"head", "last", "tail", "lead"}][: 2 * _MOST_LINES]
    for line in lines:
        for part in _credit_lines(line):
            if any(m.start < part.block.end and m.end > part.block.start for m in named):
                continue
            yield from _of_line(context, part, line, translators)


def _credit_lines(line: Line) -> Iterator[Line]:
    if line.area in {"head", "tail"} and len(line.text) <= _LONGEST:
        yield line
    elif line.area != "head":
        yield from sentences_apart(line)


def _of_line(context: Context, line: Line, whole: Line, translators: Sequence[Mention]) -> Iterator[Mention]:
    start = line.block.start
    opens = whole.area == "lead"  # a paragraph that hands over: "We publish an article that ..."
    ends = [match.end() for match in _SENTENCE.finditer(line.text)]
    for first, last in zip([0, *ends], [*ends, len(line.text)], strict=True):
        parts = _parts(line.text[first:last])
        says = _says(parts)
        if says is None or (opens and not (parts.has("credit_handed_over") or parts.has("credit_following"))):
            continue
        name = _only_name(context, start + first, start + last, translators)
        if name is None and says == "original_at" and parts.has("this_text"):
            name = _quoted_place(context, start + first, start + last)
        if name is None or (says in {"made", "partner"} and not (name.found.known or name.domain)):
            continue
        if says == "reprinted" and not parts.has("credit_taken") and _by_whom(context.text, name.start):
            continue
        says = says if says in {"translated_from", "original_at"} else "reprinted_from"
        begin, end = start + first, start + len(line.text[:last].rstrip())
        url = context.link_in(line, begin, end)
        weight = weights.of(says, line.area, name, -_LESS)
        yield with_own(Mention(says, RULE, line, begin, end, name, weight, url=url), context.self)


def _parts(sentence: str) -> _Parts:
    words = [fold(word) for word in _WORD.findall(sentence)]
    bare = [word[len(prefix) :] for word in words if word >= "\u0600" for prefix in _ARABIC if word.startswith(prefix)]
    return _Parts(words, frozenset(key for word in (*words, *bare) for key in _beginnings(word)))


def _beginnings(word: str) -> Iterator[str]:
    return (word[:length] for length in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1))


def _says(parts: _Parts) -> str | None:
    """What a sentence of these parts says of the text, or None."""
    words = parts.words
    if not 1 <= len(words) <= 40 or not any(map(parts.has, _DEEDS)):
        return None
    if not word_list("credit_never").isdisjoint(words) or _banned(parts):
        return None
    if _of_others(words):
        return None
    here = parts.has("this_text")
    if parts.has("credit_handed_over"):
        if not here:
            return None
        return "translated_from" if parts.has("credit_translated") else "reprinted_here"
    if parts.has("credit_translated"):
        return "translated_from" if here or len(words) <= 2 * _SHORT else None
    if here and parts.has("credit_following") and parts.has("credit_published"):
        return "reprinted_here"
    if parts.has("credit_published") and parts.has("credit_first"):
        return "original_at"
    if parts.has("credit_again") and (here or len(words) <= _SHORT):
        return "reprinted"
    if parts.has("credit_permission") and (here or len(words) <= _SHORT):
        return "permission"
    if parts.has("credit_partner") and (here or len(words) <= _SHORT - 2):
        return "partner"
    return "made" if here and parts.has("credit_made") else None


def _banned(parts: _Parts) -> bool:
    return not {key for key in parts.keys if len(key) > 4}.isdisjoint(word_list("credit_never"))


def _of_others(words: list[str]) -> bool:
    """True for "our article", which went from here, and "his report", which is another text."""
    whose = word_list("credit_ours") | word_list("possessives")
    if whose.isdisjoint(words):
        return False
    text = word_list("this_text")
    return any(
        word in whose and any(key in text for key in _beginnings(following)) for word, following in pairwise(words)
    )


def _only_name(context: Context, start: int, end: int, translators: Sequence[Mention]) -> Printed | None:
    """The one outlet that ``start``..``end`` names: a known one, else the only name in marks called an outlet."""
    known = [
        name
        for name in _known(context, start, end)
        if not context.self.is_own(name)
        and not _among(name, translators)
        and fold(context.text[start : name.start].rpartition(" ")[0].rpartition(" ")[2] or "")
        not in word_list("for_whom")
    ]
    if known:
        return known[0] if len({n.found.outlet and n.found.outlet.id for n in known}) == 1 else None
    told = [n for n in _told(context, start, end) if not context.self.is_own(n) and not _among(n, translators)]
    return told[0] if len(told) == 1 else None


def _among(name: Printed, translators: Sequence[Mention]) -> bool:
    return any(t.name and t.name.start < name.end and name.start < t.name.end for t in translators)


def _told(context: Context, start: int, end: int) -> list[Printed]:
    """The names that nobody knows, spelt as an address or called an outlet by a word in or beside them.

    Where one stands in quotation marks, the capitals outside are no names: "aus der Wochenzeitung „Der Bote“".
    """
    for pattern in (_QUOTED, _RUN):
        found = [match.span("name") for match in pattern.finditer(context.text, start, end)]
        names = [context.reader.at(context.text, *span) for span in found]
        names = [name for name in names if _is_told(context, name, start, end)]
        if names:
            return names
    return []


def _quoted_place(context: Context, start: int, end: int) -> Printed | None:
    """The one name in marks behind "in": "текст впервые опубликован в «Вечерний маяк»" says that it is a paper."""
    found = [match.span("name") for match in _QUOTED.finditer(context.text, start, end)]
    names = [context.reader.at(context.text, *span) for span in found if _behind_in(context.text, span[0] - 1)]
    good = [name for name in names if begins_like_a_name(name.text) and not context.self.is_own(name)]
    return good[0] if len(good) == 1 and len(found) == 1 else None


def _behind_in(text: str, at: int) -> bool:
    before = _PLAIN.findall(text, max(0, at - _BEFORE), at)
    return bool(before) and fold(before[-1]) in word_list("credit_in") | word_list("kinds")


def _is_told(context: Context, name: Printed, start: int, end: int) -> bool:
    if name.domain and " " not in name.text:
        return True
    if name.start == start and " " not in name.text:
        return False  # the first word of a sentence has its capital anyhow
    return begins_like_a_name(name.text) and says_outlet_beside(name, context.text, start, end)


def _is(word: str, part: str) -> bool:
    return any(key in word_list(part) for key in _beginnings(word))


def _by_whom(text: str, start: int) -> bool:
    """True when "by" or its like stands before a name: who reprinted the text, not where it is from."""
    before = [fold(word) for word in _WORD.findall(text, max(0, start - _BEFORE), start)]
    if word_list("by_whom").isdisjoint(before[-2:]):
        return False
    deeds = (deed for word in reversed(before) for deed in ("credit_again", "credit_published") if _is(word, deed))
    return next(deeds, None) != "credit_published"  # "published by The Gull and reproduced here"


def _known(context: Context, start: int, end: int) -> Iterator[Printed]:
    while start < end and (name := context.reader.known_in(context.text, start, end)):
        if not _official(name):
            yield name
        start = name.end


def _official(name: Printed) -> bool:
    kinds = {outlet.type for outlet in (name.found.outlet, *name.found.ambiguous) if outlet}
    return bool(kinds) and kinds <= {"government", "platform"}
