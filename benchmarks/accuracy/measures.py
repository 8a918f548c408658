"""One page, one answer: what was right, wrong and missing, as counts that can be added up over pages.

Every count is a number a page contributes; figures are ratios of sums of them (``benchmarks.accuracy.score``). A page
contributes nothing to a field whose truth is not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.accuracy.outlet_names import same_site
from benchmarks.accuracy.people import matched, people
from benchmarks.accuracy.truth import Page
from benchmarks.accuracy.words import shingles, tidy, title_key

FIELDS = ("text", "title", "date", "authors", "sitename", "language")
Counts = dict[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says about a page; empty where it says nothing."""

    text: str = ""
    title: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    sitename: str = ""
    language: str = ""

    def people(self) -> list[str]:
        """The people the author lines name, each once."""
        return people_of(self.authors)


def measure(page: Page, answer: Answer) -> Counts:
    """The counts of one page, by name."""
    return dict(
        [
            *_text(page, answer),
            *_snippets(page, answer),
            *_title(page, answer),
            *_date(page, answer),
            *_authors(page, answer),
            *_sitename(page, answer),
            *_language(page, answer),
        ]
    )


def overlap(page: Page, answer: Answer) -> tuple[float | None, float | None]:
    """Precision and recall of the text's shingles; None where there is nothing to divide by."""
    said, true = shingles(answer.text), shingles(page.text or "")
    shared = (said & true).total()
    return (shared / said.total() if said else None), (shared / true.total() if true else None)


def day_of(answer: Answer) -> str:
    """The day an answer states, the first ten characters of an ISO date."""
    return answer.date.strip()[:10]


def language_of(code: str) -> str:
    """The primary subtag of a language code, in lower case."""
    return code.lower().replace("_", "-").split("-")[0]


def people_of(lines: tuple[str, ...]) -> list[str]:
    """The people all author lines name, in order; the same line twice names them twice."""
    return [name for line in lines for name in people(line)]


def _text(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if page.text is None:
        return
    precision, recall = overlap(page, answer)
    if recall is not None:
        yield from (("text.pages", 1), ("text.recall", recall))
    if precision is not None:
        yield from (("text.answered", 1), ("text.precision", precision))


def _snippets(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if not page.wanted:
        return
    text = tidy(answer.text)
    yield "snippets.pages", 1
    yield "snippets.wanted", len(page.wanted)
    yield "snippets.found", sum(tidy(snippet) in text for snippet in page.wanted)
    yield "snippets.intruding", sum(tidy(snippet) in text for snippet in page.unwanted)


def _title(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if page.title is not None:
        yield "title.pages", 1
        yield "title.right", title_key(answer.title) == title_key(page.title)


def _date(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if not page.days:
        return
    day = day_of(answer)
    yield "date.pages", 1
    yield "date.right", day in page.days
    yield "date.wrong", bool(day) and day not in page.days
    yield "date.answered", bool(day)


def _authors(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if page.authors is None:
        return
    said, true = answer.people(), people_of(page.authors)
    if not true:
        yield from (("authorless.pages", 1), ("authorless.spurious", bool(said)))
        return
    met = matched(said, true)
    yield "authors.pages", 1
    yield "authors.exact", met == len(said) == len(true)
    yield "authors.met", met
    yield "authors.said", len(said)
    yield "authors.true", len(true)


def _sitename(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if page.sitenames:
        yield "sitename.pages", 1
        yield "sitename.right", same_site(answer.sitename, page.sitenames)


def _language(page: Page, answer: Answer) -> Iterator[tuple[str, float]]:
    if page.language is not None:
        yield "language.pages", 1
        yield "language.right", language_of(answer.language) == language_of(page.language)
