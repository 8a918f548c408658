"""Two versions side by side in one text: every word of both is there, and what is the same may fold away.

Read without the deletions it is the newer text, letter by letter; without the insertions it is the older one, but
for white space and the Unicode form of words that did not change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.compare import Change, diff_words
from archiver.text import words as word_places

AROUND = 160  # characters of unchanged text left standing beside a change
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the difference. ``kind``: "same", "gone", "new", or "folded" (unchanged, far from any change).

    Unchanged text is shown as the newer version spells it.
    """

    kind: str
    text: str
    words: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """The whole difference, and how many words went and came."""

    parts: tuple[Part, ...]
    gone: int
    came: int

    @property
    def places(self) -> int:
        """How many places changed."""
        kinds = [part.kind in {"gone", "new"} for part in self.parts]
        return sum(1 for before, now in zip([False, *kinds], kinds, strict=False) if now and not before)


def difference(a: str, b: str, *, fold: bool = True) -> Difference:
    """What leads from ``a`` to ``b``. With ``fold`` long unchanged stretches become "folded" parts."""
    steps = diff_words(a, b)
    parts: list[Part] = []
    for place, step in enumerate(steps):
        if step.op == "equal":
            unchanged = b[step.b_start : step.b_end]
            ends = (place > 0, place < len(steps) - 1)
            parts.extend(_folded(unchanged, *ends) if fold else [Part("same", unchanged)])
        else:
            parts.extend(_changed(_space_lost(a, b, steps[place - 1] if place else None), a, b, step))
    gone, came = (sum(p.words for p in parts if p.kind == kind) for kind in ("gone", "new"))
    return Difference(tuple(parts), gone, came)


def _space_lost(a: str, b: str, before: Change | None) -> str:
    """White space that stood in the older text after the unchanged words, and does not in the newer one."""
    if before is None:
        return ""
    was, now = a[before.a_start : before.a_end], b[before.b_start : before.b_end]
    return was[len(was.rstrip()) :] if now == now.rstrip() else ""


def _changed(space: str, a: str, b: str, step: Change) -> Iterator[Part]:
    gone = a[step.a_start : step.a_end]
    for kind, text in (("gone", space + gone if gone else ""), ("new", b[step.b_start : step.b_end])):
        if text:
            yield Part(kind, text, _count(text))


def _folded(text: str, after_change: bool, before_change: bool) -> Iterator[Part]:
    """``text`` with its middle folded away, cut between words."""
    head = _cut(text, AROUND) if after_change else 0
    tail = len(text) - _cut(text[::-1], AROUND) if before_change else len(text)
    if tail - head < AROUND:
        yield Part("same", text)
        return
    pieces = (("same", text[:head]), ("folded", text[head:tail]), ("same", text[tail:]))
    for kind, piece in pieces:
        if piece:
            yield Part(kind, piece, _count(piece))


def _cut(text: str, wanted: int) -> int:
    """The first place at or after ``wanted`` where a word ends."""
    match = _SPACE.search(text, wanted)
    return match.start() if match else len(text)


def _count(text: str) -> int:
    return sum(1 for _ in word_places(text))
