"""Two readings of the same bytes, side by side: which values that are shown are others now, and on which words.

Unlike two versions, two readings differ in nothing but their reader, so every difference is one of rules.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archiver.canonical import canonical_json
from archiver.model import PROPERTIES, Statement


class How(StrEnum):
    """What became of one value that is shown."""

    CHANGED = "changed"  # another value took its place
    ADDED = "added"
    DROPPED = "dropped"
    OTHER_GROUNDS = "other_grounds"  # the same value: on other words, by another rule, meant or identified otherwise
    SAME = "same"  # the same value, on the same words by the same rule


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not as it was: ``old`` is None where it was added, ``new`` where it was dropped."""

    property: str
    how: How
    old: Statement | None
    new: Statement | None


def statement_differences(
    old: Iterable[Statement], new: Iterable[Statement]
) -> tuple[tuple[Difference, ...], Counter[str]]:
    """Every difference in what is shown, in the order of PROPERTIES, and how many values of each are the same.

    Of several values of a property those that are equal belong together; of the rest the first replaces the first.
    """
    before, after = _shown(old), _shown(new)
    found: list[Difference] = []
    same: Counter[str] = Counter()
    for name in sorted(before.keys() | after.keys(), key=_in_order):
        differences, equal = _compared(name, before.get(name, []), after.get(name, []))
        found += differences
        if equal:
            same[name] = equal
    return tuple(found), same


def _compared(name: str, old: list[Statement], new: list[Statement]) -> tuple[list[Difference], int]:
    found, rest, equal = [], list(new), 0
    gone = []
    for one in old:
        twin = next((other for other in rest if other.id == one.id), None)
        twin = twin or next((other for other in rest if _value(other) == _value(one)), None)
        if twin is None:
            gone.append(one)
            continue
        rest.remove(twin)
        if twin.id == one.id and _detail(twin) == _detail(one):
            equal += 1
        else:
            found.append(Difference(name, How.OTHER_GROUNDS, one, twin))
    pairs = min(len(gone), len(rest))
    found += [Difference(name, How.CHANGED, one, other) for one, other in zip(gone, rest, strict=False)]
    found += [Difference(name, How.DROPPED, one, None) for one in gone[pairs:]]
    found += [Difference(name, How.ADDED, None, other) for other in rest[pairs:]]
    return found, equal


def _shown(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    shown: dict[str, list[Statement]] = {}
    for one in statements:
        if one.shown:
            shown.setdefault(one.property, []).append(one)
    return shown


def _value(one: Statement) -> tuple[str, object, object]:
    """What a person would call the value: a translation from X is not a reprint from X, nor 10:00 in another zone."""
    return one.value, one.detail.get("kind"), one.detail.get("zone")


def _detail(one: Statement) -> bytes:
    return canonical_json(dict(one.detail))


def _in_order(name: str) -> tuple[int, str]:
    known: Sequence[str] = PROPERTIES
    return (known.index(name) if name in known else len(known), name)
