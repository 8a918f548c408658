"""How much longer twice the text takes: CPU at one, two and four times a size, the least of several runs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from archiver.model import Capture
from benchmarks.linear.hostile import pieces
from benchmarks.linear.patterns import AnyPattern
from benchmarks.linear.stages import stages

_RUNS = 3
_NOTABLE = 1e-6  # seconds a character from which a pattern is looked at more closely
_MEASURABLE = 0.004  # seconds
_BEYOND_BOUNDS = 2_000  # characters: the bound of a repeat is no growth
_SIZES = (250, 1_000, 4_000)


@dataclass(frozen=True, slots=True)
class Growth:
    """``what`` took ``seconds`` for the largest text; ``ratio`` is the growth at each of two doublings, on average."""

    what: str
    seconds: float
    ratio: float
    per_character: float = 0.0  # microseconds


def of_pattern(name: str, pattern: AnyPattern, from_start: bool) -> Growth:
    """The dearest of all texts made for ``pattern``, and what twice and four times of it take."""
    worst, piece = 0.0, ""
    for each in pieces(pattern):
        for size in _SIZES:
            seconds = _least(partial(_search, pattern, _repeat(each, size, pattern), from_start), 1)
            if seconds / size > worst:
                worst, piece = seconds / size, each
            if seconds > 10 * _MEASURABLE or seconds / size < _NOTABLE / 5:
                break
    if worst < _NOTABLE or not piece:
        return Growth(f"{name} {piece!r}", worst, 1.0, worst * 1e6)
    size = max(_BEYOND_BOUNDS, min(32_000, int(_MEASURABLE / worst)))
    once, _, fourfold = (
        _least(partial(_search, pattern, _repeat(piece, size * times, pattern), from_start), _RUNS)
        for times in (1, 2, 4)
    )
    ratio = (fourfold / once) ** 0.5 if once > 0 else 1.0
    return Growth(f"{name} {piece[:40]!r}", fourfold, ratio, fourfold / (4 * size) * 1e6)


def of_stages(name: str, shape: Callable[[int], str], size: int, form: str | None) -> list[Growth]:
    """For each step of reading: what it takes for about ``4 * size`` characters of ``shape``, and its growth."""
    unit = max(1, (len(shape(2_000)) - len(shape(1_000))) // 1_000)
    times: dict[str, list[float]] = {}
    for factor in (1, 2, 4):
        body = shape(max(1, factor * size // unit)).encode("utf-8", "surrogatepass")
        runs = [_stage_times(Capture(body, format=form)) for _ in range(2)]
        for stage in runs[0]:
            times.setdefault(stage, []).append(min(run[stage] for run in runs))
    found = []
    for stage, (once, _, fourfold) in times.items():
        found.append(Growth(f"{stage} on {name}", fourfold, (fourfold / once) ** 0.5 if once > 0 else 1.0))
    return found


def _stage_times(capture: Capture) -> dict[str, float]:
    taken = {}
    for stage in stages(capture):
        begun = time.thread_time()
        stage.run()
        taken[stage.name] = time.thread_time() - begun
    return taken


def _least(call: Callable[[], Any], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        begun = time.thread_time()
        call()
        best = min(best, time.thread_time() - begun)
    return best


def _repeat(piece: str, size: int, pattern: AnyPattern) -> Any:
    text = (piece * (size // len(piece) + 1))[:size]
    return text.encode("utf-8")[:size] if isinstance(pattern.pattern, bytes) else text


def _search(pattern: Any, text: Any, from_start: bool) -> None:
    if from_start:
        pattern.match(text)
        pattern.fullmatch(text)
        return
    for _ in pattern.finditer(text):
        pass
