"""What went wrong, page by page and field by field, with everything the reader knew: a list to be worked through.

One JSON object a line::

    {"page", "url", "field", "kind", "truth", "ours", "candidates": [
        {"property", "value", "rule", "rule_weight", "support", "meant", "shown", "why_not", "quote", "place"}]}

``kind`` is missing (we say nothing), wrong, partly (some authors, some of the text) or spurious (we say something
where there is nothing). ``rule_weight`` is the published weight of a rule that reads declarations, null for the others;
``support`` is what all witnesses of a value weighed together, where settling had to compare. A failure in the text has
no candidates but the lines lost and the lines too many.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archiver.extract.declared import WEIGHTS
from benchmarks.accuracy.measures import Answer, day_of, language_of, overlap, people_of
from benchmarks.accuracy.outlet_names import same_site
from benchmarks.accuracy.people import matched
from benchmarks.accuracy.truth import Page
from benchmarks.accuracy.words import shingles, tidy, title_key

Failure = dict[str, Any]
ENOUGH_TEXT = 0.8
_LINES_SHOWN = 5
_PROPERTIES = {
    "title": ("title",),
    "date": ("published", "modified"),
    "authors": ("author", "posted_by", "translator", "agency"),
    "sitename": ("outlet",),
    "language": ("language",),
}
_SUPPORT = re.compile(r"\(weight (\d{1,4}) (?:of|against) (\d{1,4})\)$")


def failures(
    pages: Sequence[Page], answers: Mapping[str, Answer], records: Mapping[str, Mapping[str, Any]]
) -> Iterator[Failure]:
    """Every field of every page that is not right, in the order of the pages."""
    for page in pages:
        answer = answers.get(page.id, Answer())
        statements = records.get(page.id, {}).get("statements", [])
        for field, kind, true, said in _wrong(page, answer):
            yield {
                "page": page.id,
                "url": page.url,
                "field": field,
                "kind": kind,
                "truth": true,
                "ours": said,
                "candidates": _candidates(field, statements),
            }
        yield from _text(page, answer)


def _wrong(page: Page, answer: Answer) -> Iterator[tuple[str, str, Any, Any]]:
    """Field, kind, truth and answer of what is not right, the text aside."""
    if page.title is not None and title_key(answer.title) != title_key(page.title):
        yield "title", _kind(answer.title), page.title, answer.title
    if page.days and day_of(answer) not in page.days:
        yield "date", _kind(answer.date), list(page.days), answer.date
    if page.authors is not None:
        true, said = people_of(page.authors), answer.people()
        met = matched(said, true)
        if not met == len(said) == len(true):
            kind = "spurious" if not true else "partly" if met else _kind("".join(said))
            yield "authors", kind, true, said
    if page.sitenames and not same_site(answer.sitename, page.sitenames):
        yield "sitename", _kind(answer.sitename), list(page.sitenames), answer.sitename
    if page.language and language_of(answer.language) != language_of(page.language):
        yield "language", _kind(answer.language), page.language, answer.language


def _kind(said: str) -> str:
    return "wrong" if said else "missing"


def _candidates(field: str, statements: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """All readings of a field, the shown first."""
    found = [each for each in statements if each["property"] in _PROPERTIES[field]]
    winners = {each["property"]: _winners_support(found, each["property"]) for each in found}
    return [
        {
            "property": each["property"],
            "value": each["value"],
            "rule": each["rule"],
            "rule_weight": WEIGHTS.get(each["rule"].removeprefix("meta/").split("@")[0]),
            "support": winners[each["property"]] if each["shown"] else _support(each["why"], 1),
            "meant": each["meant"],
            "shown": each["shown"],
            "why_not": each["why"],
            "quote": each["quote"],
            "place": each["path"] or each["space"],
        }
        for each in sorted(found, key=lambda each: not each["shown"])
    ]


def _winners_support(statements: Sequence[Mapping[str, Any]], name: str) -> int | None:
    """What the shown value of ``name`` weighed, from a reason that compares a lesser one with it."""
    reasons = [each["why"] for each in statements if each["property"] == name and " against " in (each["why"] or "")]
    return _support(reasons[0], 2) if reasons else None


def _support(why: str | None, number: int) -> int | None:
    found = _SUPPORT.search(why or "")
    return int(found[number]) if found else None


def _text(page: Page, answer: Answer) -> Iterator[Failure]:
    """The text, where it is far from the truth, and the snippets that are not in it or should not be."""
    shared = {"page": page.id, "url": page.url}
    text = tidy(answer.text)
    lost = [each for each in page.wanted if tidy(each) not in text]
    intruding = [each for each in page.unwanted if tidy(each) in text]
    if lost or intruding:
        yield {**shared, "field": "snippets", "kind": "partly" if text else "missing", "lost": lost, "extra": intruding}
    if page.text is None:
        return
    precision, recall = (part or 0.0 for part in overlap(page, answer))
    if 2 * precision * recall >= ENOUGH_TEXT * (precision + recall) > 0:
        return
    yield {
        **shared,
        "field": "text",
        "kind": "partly" if text else "missing",
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "lost": _lines_not_in(page.text, answer.text),
        "extra": _lines_not_in(answer.text, page.text),
    }


def _lines_not_in(text: str, other: str) -> list[str]:
    """The first lines of ``text`` of whose shingles less than half are in ``other``."""
    known = shingles(other)
    lines = []
    for line in text.splitlines():
        own = shingles(line)
        if own and 2 * (own & known).total() < own.total():
            lines.append(line[:200])
        if len(lines) == _LINES_SHOWN:
            break
    return lines
