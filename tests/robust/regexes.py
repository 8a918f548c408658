"""What a regular expression can cost, told from its parse tree: repeats without a bound, repeats inside repeats."""

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from benchmarks.linear.patterns import AnyPattern

_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT})
_FLAGS = re.I | re.S | re.M | re.X


def faults(pattern: AnyPattern) -> list[str]:
    """What may make ``pattern`` slow: "unbounded" repeats that something must follow, "nested" ones that can trade.

    An unbounded repeat is harmless at the end of a pattern, and possessive ones never give anything back.
    """
    tree = parser.parse(pattern.pattern, pattern.flags & _FLAGS)
    return [*_unbounded(tree, follows=False, inside=False), *_nested(tree)]


def _unbounded(tree: Iterable[Any], *, follows: bool, inside: bool) -> Iterator[str]:
    items = list(tree)
    for index, (op, value) in enumerate(items):
        behind = follows or any(not _may_be_empty(item) for item in items[index + 1 :])
        if op in _REPEATS:
            open_ended = value[1] == codes.MAXREPEAT
            if open_ended and (behind or inside):
                yield "unbounded"
            yield from _unbounded(value[2], follows=behind or value[1] > 1, inside=inside or open_ended)
        else:
            for inner in _children(op, value):
                yield from _unbounded(inner, follows=behind, inside=inside)


def _nested(tree: Iterable[Any]) -> Iterator[str]:
    """Repeats whose body is nothing but a repeat of the same letters: what one round leaves the next may take."""
    for op, value in tree:
        if op in _REPEATS and value[1] > 2:
            for body in _alternatives(value[2]):
                if _can_be_cut_anywhere(body):
                    yield "nested"
        for inner in _children(op, value):
            yield from _nested(inner)


def _can_be_cut_anywhere(body: list[Any]) -> bool:
    """True when a repeat of varying length in ``body`` has nothing beside it that must be there."""
    varying = [item for item in body if item[0] in _REPEATS and item[1][1] - item[1][0] > 2]
    return any(all(_may_be_empty(other) for other in body if other is not each) for each in varying)


def _alternatives(tree: Iterable[Any]) -> Iterator[list[Any]]:
    items = list(tree)
    if len(items) == 1 and items[0][0] is codes.BRANCH:
        for branch in items[0][1][1]:
            yield from _alternatives(branch)
    elif len(items) == 1 and items[0][0] is codes.SUBPATTERN:
        yield from _alternatives(items[0][1][3])
    else:
        yield items


def _children(op: Any, value: Any) -> list[Any]:
    if op in _REPEATS or op is codes.POSSESSIVE_REPEAT:
        return [value[2]]
    if op is codes.SUBPATTERN:
        return [value[3]]
    if op is codes.ATOMIC_GROUP:
        return [value]
    if op is codes.BRANCH:
        return list(value[1])
    if op in {codes.ASSERT, codes.ASSERT_NOT}:
        return [value[1]]
    if op is codes.GROUPREF_EXISTS:
        return [each for each in value[1:] if each is not None]
    return []


def _may_be_empty(item: Any) -> bool:
    op, value = item
    if op in _REPEATS or op is codes.POSSESSIVE_REPEAT:
        return value[0] == 0 or all(map(_may_be_empty, value[2]))
    if op is codes.SUBPATTERN:
        return all(map(_may_be_empty, value[3]))
    if op is codes.ATOMIC_GROUP:
        return all(map(_may_be_empty, value))
    if op is codes.BRANCH:
        return any(all(map(_may_be_empty, branch)) for branch in value[1])
    if op is codes.GROUPREF_EXISTS:
        return any(branch is None or all(map(_may_be_empty, branch)) for branch in value[1:])
    return op in {codes.ASSERT, codes.ASSERT_NOT, codes.AT, codes.GROUPREF}
