"""On what terms a text may be used again, in the page's own words, wherever on the page they stand.

A licence line is no credit: the outlet it names is at most a hint whose page this is (`masthead`).
Property ``licence``: the value is the sentence, ``detail["requires"]`` lists what it asks for ("link", "credit",
"permission", "source", "non_commercial", "no_changes", "same_terms"), ``detail["names"]`` whom it names, or None.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from archiver.attribution.cues import CuedLines
from archiver.attribution.phrases import Phrase, packaged_phrases
from archiver.attribution.printed import Reader
from archiver.canonical import Json
from archiver.model import Block, Candidate, Page, Zone
from archiver.outlets import Registry, default_registry

_LONGEST = 420
_WEIGHT = 70
_SENTENCE_END = re.compile(r"[.!?…։。](?=\s|$)|\n")
_LINK_TARGET = re.compile(
    r"(?:hyper)?links? to |гиперссылк[аиу] на (?:сайт |портал |источник )?|ссылк[аиу] на (?:сайт |портал )?|link to ",
    re.I,
)
_ELSEWHERE = frozenset({Zone.RELATED, Zone.COMMENTS, Zone.TITLE})


def candidates(
    page: Page, registry: Registry | None = None, phrases: tuple[Phrase, ...] | None = None
) -> list[Candidate]:
    """The terms of use that ``page`` prints, in page order, each once, with the sentence as quote."""
    phrases = _packaged() if phrases is None else _of_licence(phrases)
    reader = Reader(registry or default_registry())
    blocks = [block for block in page.blocks if _may_hold_terms(block)]
    found: dict[tuple[int, int], Candidate] = {}
    for block, fitting in _fitting(page, blocks, phrases):
        for candidate in _of_block(page, block, fitting, reader):
            place = (candidate.start or 0, candidate.end or 0)
            if place not in found or found[place].weight < candidate.weight:
                found[place] = _joined(found.get(place), candidate)
    return sorted(found.values(), key=lambda c: c.start or 0)


@cache
def _packaged() -> tuple[Phrase, ...]:
    return _of_licence(packaged_phrases())


def _of_licence(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in phrases if phrase.says == "licence")


def _may_hold_terms(block: Block) -> bool:
    return block.zone not in _ELSEWHERE and (block.zone is not Zone.BODY or block.end - block.start <= 2 * _LONGEST)


def _fitting(page: Page, blocks: list[Block], phrases: tuple[Phrase, ...]) -> Iterator[tuple[Block, list[Phrase]]]:
    """The blocks that may hold terms, in page order, with the wordings to try on each."""
    cued = CuedLines(map(page.quote, blocks))
    fitting: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        for number in cued.may_match(phrase):
            fitting.setdefault(number, []).append(phrase)
    yield from ((blocks[number], fitting[number]) for number in sorted(fitting))


def _of_block(page: Page, block: Block, phrases: list[Phrase], reader: Reader) -> Iterator[Candidate]:
    for phrase in phrases:
        for match in phrase.anchor.finditer(page.text, block.start, block.end):
            start, end = _sentence(page.text, block, match.start(), match.end())
            named = _LINK_TARGET.search(page.text, start, end)
            name = reader.after(page.text, named.end(), end) if named else None
            detail: dict[str, Json] = {"requires": [*sorted(phrase.requires)], "names": name.text if name else None}
            # In the middle of an article such words are usually its subject.
            weight = (
                _WEIGHT + phrase.weight - (30 if block.zone is Zone.BODY and block.end - block.start > _LONGEST else 0)
            )
            yield Candidate(
                property="licence",
                value=" ".join(page.text[start:end].split()),
                quote=page.text[start:end],
                space=page.space,
                rule=f"wording/{phrase.id}@1",
                weight=max(0, weight),
                start=start,
                end=end,
                detail=detail,
            )


def _joined(one: Candidate | None, other: Candidate) -> Candidate:
    """``other``, asking also for what ``one`` asked for at the same place."""
    if one is None:
        return other
    return replace(other, detail={**other.detail, "requires": _needs(one, other)})


def _needs(*candidates: Candidate) -> list[Json]:
    found = {str(need) for c in candidates if isinstance(c.detail["requires"], list) for need in c.detail["requires"]}
    return [*sorted(found)]


def _sentence(text: str, block: Block, start: int, end: int) -> tuple[int, int]:
    """The sentence around ``start``..``end``, or the whole block where it is short, without a final stop."""
    if block.end - block.start > _LONGEST or text.count("\n", block.start, block.end):
        before = [m.end() for m in _SENTENCE_END.finditer(text, block.start, start)]
        after = _SENTENCE_END.search(text, end, min(block.end, end + _LONGEST))
        start = before[-1] if before else max(block.start, start - _LONGEST)
        end = after.start() if after else min(block.end, end + _LONGEST)
    else:
        before = [m.end() for m in _SENTENCE_END.finditer(text, block.start, start) if m.end() < start]
        after = _SENTENCE_END.search(text, end, block.end)
        start = before[-1] if before else block.start
        end = after.start() if after else block.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    return start, end
