"""Texts that come as near to a pattern as can be without matching, made from the pattern's own parse tree."""

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from benchmarks.linear.patterns import AnyPattern

ANYWAY = ("a", "A", " ", "a ", "A ", "Aa ", "1", "1 ", ".", ". ", ",", "-", "(", "“", '"', "\u0301", "я", "年", "\n")
_LONGEST_SAMPLE = 300
_SOME = 3  # so often a repeated part stands in a sample
_BY_CATEGORY = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_WORD: "-",
}
_TRIED = "aA1 .-,:я年\"'(|/\n"


def pieces(pattern: AnyPattern) -> list[str]:
    """Short texts to repeat: what matches, what begins to match, what each repeated part is made of, and plain ones."""
    tree = parser.parse(pattern.pattern, pattern.flags & (re.I | re.S | re.M | re.X))
    whole = sample(tree)[:_LONGEST_SAMPLE]
    cuts = sorted({len(whole) * share // 4 for share in (1, 2, 3)} | {len(whole) - 1})
    near = [whole[:cut] for cut in cuts if cut > 0]
    repeated = [letter for letter in _repeated(tree) if letter]
    return list(dict.fromkeys(each for each in (whole, *near, *repeated, *ANYWAY) if each))


def sample(tree: Iterable[Any]) -> str:
    """A text that ``tree`` (of re's own parser) matches, but for what lookarounds and references ask."""
    return "".join(_one(op, value) for op, value in tree)


def _one(op: Any, value: Any) -> str:
    if op is codes.LITERAL:
        return chr(value)
    if op is codes.NOT_LITERAL:
        return next(letter for letter in _TRIED if ord(letter) != value)
    if op is codes.ANY:
        return "a"
    if op is codes.IN:
        return _of_class(value)
    if op is codes.BRANCH:
        return sample(value[1][0])
    if op is codes.SUBPATTERN:
        return sample(value[3])
    if op in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        least, most, inner = value
        return sample(inner) * int(max(least, min(most, _SOME)))
    if op is codes.ATOMIC_GROUP:
        return sample(value)
    return ""


def _of_class(items: Any) -> str:
    """A letter that the class holds, the plain ones first."""
    negated = bool(items) and items[0][0] is codes.NEGATE
    if negated:
        return next((letter for letter in _TRIED if not _holds(items[1:], letter)), "\u2603")
    first, value = items[0]
    if first is codes.RANGE:
        return chr(value[0])
    return chr(value) if first is codes.LITERAL else _BY_CATEGORY.get(value, "a")


def _holds(items: Any, letter: str) -> bool:
    def one(op: Any, value: Any) -> bool:
        if op is codes.LITERAL:
            return bool(value == ord(letter))
        if op is codes.RANGE:
            return bool(value[0] <= ord(letter) <= value[1])
        return _in_category(value, letter)

    return any(one(op, value) for op, value in items)


def _in_category(category: Any, letter: str) -> bool:
    name = str(category)
    if "DIGIT" in name:
        held = letter.isdigit()
    else:
        held = letter.isspace() if "SPACE" in name else letter.isalnum() or letter == "_"
    return held != ("NOT" in name)


def _repeated(tree: Iterable[Any]) -> Iterator[str]:
    """What each repeated part of ``tree`` is made of, once."""
    for op, value in tree:
        if op in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
            if value[1] > 1:
                yield sample(value[2])
            yield from _repeated(value[2])
        elif op is codes.SUBPATTERN:
            yield from _repeated(value[3])
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch)
        elif op in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from _repeated(value[1])
