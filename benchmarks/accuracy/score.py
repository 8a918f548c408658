"""Figures with intervals, the same for the same input: sums over pages, bootstrap over sites.

Method: percentile bootstrap (Efron, 1979) with the site as the unit that is drawn (cluster bootstrap), because pages
of one site share their template and are right or wrong together. All readers are scored on the same draws, so the
difference of two is an interval of its own (paired bootstrap).
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from benchmarks.accuracy.measures import Answer, Counts, measure
from benchmarks.accuracy.truth import Page

SEED = 1836
DRAWS = 1000
_EDGES = (0.025, 0.975)
Sums = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio between 0 and 1, its 95 % interval, and the number of pages it rests on.

    ``behind`` is the interval of (the first reader minus this one), None for the first and where it has no such figure.
    """

    value: float
    low: float
    high: float
    pages: int
    behind: tuple[float, float] | None = None


def _ratio(above: str, below: str) -> Callable[[Sums], float | None]:
    return lambda sums: sums[above] / sums[below] if sums.get(below) else None


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _text_f1(sums: Sums) -> float | None:
    """Of the mean precision over pages with an answer and the mean recall over all."""
    if not sums.get("text.pages"):
        return None
    answered = sums.get("text.answered", 0)
    return _harmonic(sums["text.precision"] / answered if answered else 0.0, sums["text.recall"] / sums["text.pages"])


def _snippets_f1(sums: Sums) -> float | None:
    if not sums.get("snippets.wanted"):
        return None
    found, said = sums["snippets.found"], sums["snippets.found"] + sums["snippets.intruding"]
    return _harmonic(found / said if said else 0.0, found / sums["snippets.wanted"])


def _authors_f1(sums: Sums) -> float | None:
    if not sums.get("authors.true"):
        return None
    met, said = sums["authors.met"], sums["authors.said"]
    return _harmonic(met / said if said else 0.0, met / sums["authors.true"])


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure to compute: its name, the field it judges, its formula, what counts pages, and if less is better."""

    name: str
    field: str
    formula: Callable[[Sums], float | None]
    pages: str
    less_is_better: bool = False


KINDS = (
    Kind("text F1", "text", _text_f1, "text.pages"),
    Kind("snippets F1", "text", _snippets_f1, "snippets.pages"),
    Kind("title exact", "title", _ratio("title.right", "title.pages"), "title.pages"),
    Kind("date right", "date", _ratio("date.right", "date.pages"), "date.pages"),
    Kind("date wrong", "date", _ratio("date.wrong", "date.pages"), "date.pages", less_is_better=True),
    Kind("date coverage", "date", _ratio("date.answered", "date.pages"), "date.pages"),
    Kind("author F1", "authors", _authors_f1, "authors.pages"),
    Kind("author exact set", "authors", _ratio("authors.exact", "authors.pages"), "authors.pages"),
    Kind("author spurious", "authors", _ratio("authorless.spurious", "authorless.pages"), "authorless.pages", True),
    Kind("site name", "sitename", _ratio("sitename.right", "sitename.pages"), "sitename.pages"),
    Kind("language", "language", _ratio("language.right", "language.pages"), "language.pages"),
)
_Drawn = dict[str, list[float | None]]


@dataclass(frozen=True, slots=True)
class Contender:
    """A reader's answers by page id, and the fields it gives at all; the others are not held against it."""

    fields: frozenset[str]
    answers: Mapping[str, Answer]


def score(
    pages: Sequence[Page], contenders: Mapping[str, Contender], draws: int = DRAWS
) -> dict[str, dict[str, Figure]]:
    """Each reader's figures by name, compared with the first; a page without an answer counts as an empty answer."""
    sites = sorted({page.site for page in pages})
    chance = random.Random(SEED)
    weights = [_weights(chance, len(sites)) for _ in range(draws)]
    scored: dict[str, dict[str, Figure]] = {}
    first: _Drawn | None = None
    for name, contender in contenders.items():
        columns = _columns(pages, sites, contender.answers)
        kinds = [kind for kind in KINDS if kind.field in contender.fields]
        drawn = _draw(columns, weights, kinds)
        scored[name] = _figures(columns, kinds, drawn, first)
        first = first or drawn
    return scored


def _weights(chance: random.Random, sites: int) -> list[int]:
    """How often each site is drawn when as many are drawn as there are."""
    drawn = [0] * sites
    for site in chance.choices(range(sites), k=sites):
        drawn[site] += 1
    return drawn


def _columns(pages: Sequence[Page], sites: Sequence[str], answers: Mapping[str, Answer]) -> dict[str, list[float]]:
    """For each count its sum at each site."""
    place = {site: index for index, site in enumerate(sites)}
    columns: dict[str, list[float]] = {}
    for page in pages:
        counts: Counts = measure(page, answers.get(page.id, Answer()))
        for name, value in counts.items():
            columns.setdefault(name, [0.0] * len(sites))[place[page.site]] += value
    return columns


def _draw(columns: Mapping[str, Sequence[float]], weights: Sequence[Sequence[int]], kinds: Sequence[Kind]) -> _Drawn:
    drawn: _Drawn = {kind.name: [] for kind in kinds}
    for each in weights:
        sums = {name: sum(map(mul, each, column)) for name, column in columns.items()}
        for kind in kinds:
            drawn[kind.name].append(kind.formula(sums))
    return drawn


def _figures(
    columns: Mapping[str, Sequence[float]], kinds: Sequence[Kind], drawn: _Drawn, first: _Drawn | None
) -> dict[str, Figure]:
    sums = {name: sum(column) for name, column in columns.items()}
    figures = {}
    for kind in kinds:
        value = kind.formula(sums)
        if value is None:
            continue
        low, high = _interval(drawn[kind.name]) or (value, value)
        behind = _interval(_differences(first[kind.name], drawn[kind.name])) if first and kind.name in first else None
        figures[kind.name] = Figure(value, low, high, round(sums.get(kind.pages, 0)), behind)
    return figures


def _differences(ours: Sequence[float | None], theirs: Sequence[float | None]) -> list[float | None]:
    return [a - b for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None]


def _interval(values: Sequence[float | None]) -> tuple[float, float] | None:
    """The values between which 95 % of the draws lie; None where nothing could be drawn."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    low, high = (known[round(edge * (len(known) - 1))] for edge in _EDGES)
    return low, high
