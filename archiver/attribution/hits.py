"""Where the wordings of a language stand on a page, and the value that stands beside each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.attribution.languages import code_of
from archiver.attribution.phrases import Phrase, fold_cue
from archiver.attribution.printed import Printed, Reader
from archiver.attribution.words import word_list
from archiver.outlets.names import fold

LABELS = frozenset({"source_label", "via"})
_ARTICLE = re.compile(r"(?<=\s)(?:The|El|La|Los|Las|Le|Les|Die|Der|Das|Il|Lo|Het|De|O|A|Os|As)\s{1,3}$")
_LONGEST_ARTICLE = 8
_WORDS_OF_DAY = 4
PICTURES = re.compile(
    r"\b(?:getty|shutterstock|unsplash|istock(?:photo)?|pixabay|depositphotos|wikimedia|flickr|pexels|alamy|"
    r"adobe stock)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"^(?:he|she|it|they|we|i|you|this|that|these|those|there|his|her|its|their|our|my|one|some|many|several|officials?|"
    r"sources?|a|an|the|он|она|они|мы|это|o|bu|biz|onlar|er|sie|es|wir|il|elle|ils|nous|él|ella|ellos)$",
    re.I,
)


def is_picture_agency(text: str) -> bool:
    """True for those who supply pictures and no text."""
    return bool(PICTURES.search(text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase at ``start``..``end`` with the name it gives, or None where it gives none."""

    start: int
    end: int
    name: Printed | None
    language: str | None = None


def hits(
    phrase: Phrase,
    text: str,
    spans: list[tuple[int, int]],
    reader: Reader,
    places: Iterable[int] | None = None,
) -> Iterator[Hit]:
    """Every place in ``text`` where ``phrase`` stands whole within one of ``spans`` (sorted places of blocks).

    A name that ought to follow may stand in the next span, one that ought to come before in the span before.
    ``places`` are the numbers of the spans that hold its cues, where the caller knows them.
    """
    if places is None:
        places = [i for i, (start, end) in enumerate(spans) if phrase.may_match(fold_cue(text[start:end]))]
    for place in places:
        start, end = spans[place]
        for match in phrase.anchor.finditer(text[start:end]):
            hit = _hit(phrase, match, text, spans, place, reader)
            if hit and not _refused(phrase, hit, reader):
                yield hit


def _hit(
    phrase: Phrase, match: re.Match[str], text: str, spans: list[tuple[int, int]], place: int, reader: Reader
) -> Hit | None:
    groups = match.groupdict()
    stated = code_of(groups["language"]) if groups.get("language") else None
    base = spans[place][0]
    start, end = trimmed_space(text, base + match.start(), base + match.end())
    if phrase.name_last:
        name = _value_after(
            phrase, text, spans, place, _before_article(text, base + match.start(), base + match.end()), reader
        )
        if phrase.name_optional and (name is None or not (name.found.known or name.domain)):
            return Hit(start, end, None, stated)
        return Hit(start, max(end, name.end), name, stated) if name else None
    if phrase.name_first:
        name = _value_before(text, spans, place, base + match.start(), reader)
        return Hit(_with_open_mark(text, min(start, name.start)), end, name, stated) if name else None
    if groups.get("origin"):
        first, last = base + match.start("origin"), base + match.end("origin")
        listed = phrase.says in LABELS and " / " in text[first:last]
        return Hit(start, end, (not listed and reader.after(text, first, last)) or reader.at(text, first, last), stated)
    return Hit(start, end, None, stated)


def _before_article(text: str, start: int, end: int) -> int:
    """``end``, or the beginning of the capitalised article before it: the paper is called "El Faro", not "Faro"."""
    article = _ARTICLE.search(text, max(start, end - _LONGEST_ARTICLE), end)
    return article.start() if article else end


def _with_open_mark(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in '«“„"‘「『《' else start


def _value_before(text: str, spans: list[tuple[int, int]], place: int, end: int, reader: Reader) -> Printed | None:
    if text[spans[place][0] : end].strip() or not place:
        return reader.before(text, spans[place][0], end)
    start, end = spans[place - 1]
    return reader.before(text, start, end) if end - start <= 60 else None


def _value_after(
    phrase: Phrase, text: str, spans: list[tuple[int, int]], place: int, start: int, reader: Reader
) -> Printed | None:
    end = spans[place][1]
    if not text[start:end].strip(" \t:：-–—|\u00a0"):
        if (
            place + 1 == len(spans)
            or spans[place + 1][1] - spans[place + 1][0] > 90
            or text[spans[place][1] : spans[place + 1][0]].count("\n") > 3
        ):
            return None
        start, end = spans[place + 1]
    if phrase.says in LABELS:
        span = reader.label_value(text, start, end)
        return reader.at(text, *span) if span and span[0] < span[1] else None
    if phrase.says == "interview_given":
        return reader.known_in(text, start, end)
    return reader.after(text, start, end)


def _all_known(phrase: Phrase, value: str, reader: Reader) -> bool:
    """True for a label's list of known names: "Reuters, AFP"."""
    parts = [part for part in AND.split(value) if part]
    return phrase.says in LABELS and 1 < len(parts) <= 8 and all(reader.resolve(part).known for part in parts)


def _refused(phrase: Phrase, hit: Hit, reader: Reader) -> bool:
    if hit.name is None:
        return False
    value = hit.name.text
    if not value or (phrase.not_origin and phrase.not_origin.search(value)):
        return True
    if is_picture_agency(value) or _is_day(value) or _is_issue(value):
        return True
    if hit.name.found.known:
        return False
    if (phrase.known_only and not _is_address(hit.name) and not _all_known(phrase, value, reader)) or (
        " " not in value and phrase.says != "translated_by" and code_of(value)
    ):
        return True
    return bool(_PRONOUN.match(value)) or len(value.split()) > 14


def _is_day(value: str) -> bool:
    """True for a month and a number: "First published on Apr 8" names no outlet."""
    words = value.split()
    months = [word for word in words if fold(word) in word_list("months")]
    return len(words) <= _WORDS_OF_DAY and bool(months) and any(word[0].isdigit() for word in words)


def _is_issue(value: str) -> bool:
    """True for "Ausgabe 3/2021", "issue 12": the number of an issue of the page's own paper."""
    words = value.split()
    return len(words) <= _WORDS_OF_DAY and fold(words[0]) in word_list("issues") and any(c.isdigit() for c in value)


def _is_address(name: Printed) -> bool:
    """True for a name that is spelt as an address and nothing else: as sure as one that is known."""
    return name.domain is not None and " " not in name.text and (name.text.isascii() or "://" in name.text)


def trimmed_space(text: str, start: int, end: int) -> tuple[int, int]:
    """``start``..``end`` without white space at the edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


AND = re.compile(
    r"\s{0,3}[,;/+&|、，]\s{0,3}|\s[-–—]\s|(?<=[\u2e80-\uffff])\s(?=[\u2e80-\uffff])|"
    r"\s(?:and|und|et|y|e|with|и|та|და|եւ|և|ve|və|ile|via|through|citing|со ссылкой на|unter berufung auf)\s",
    re.I,
)
