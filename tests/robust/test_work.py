"""Twice the hostile page is at most a little more than twice the work of every step, in lines and characters."""

import pytest

from archiver.errors import FormatError
from archiver.model import Capture
from benchmarks.linear.stages import stages
from benchmarks.malformed import shapes
from tests.robust.work import counted

SHAPES = {**{f"html {k}": v for k, v in shapes.HTML.items()}, **{f"text {k}": v for k, v in shapes.TEXT.items()}}
# Shapes that the reader takes in another way from some size on, so that no size can be compared with its double.
_TURNING_WORDS = ("deep", "svg", "object")
_SIZE = 60
_SLACK = 4_000  # lines: a table that is loaded at first use, a limit that is met
_DOUBLE = 2.4


def _work(name: str, size: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    form = "html" if name.startswith("html") else None
    capture = Capture(SHAPES[name](size).encode("utf-8", "surrogatepass"), format=form)
    try:
        return {stage.name: counted(stage.run, monkeypatch)[0] for stage in stages(capture)}
    except FormatError:
        return {}


@pytest.mark.parametrize("name", sorted(each for each in SHAPES if not any(word in each for word in _TURNING_WORDS)))
def test_twice_the_page_is_twice_the_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No step of reading takes the square of what it reads."""
    _work(name, _SIZE, monkeypatch)
    once, twice = (_work(name, _SIZE * factor, monkeypatch) for factor in (2, 4))
    for stage, work in twice.items():
        assert work <= _DOUBLE * once.get(stage, 0) + _SLACK, stage
