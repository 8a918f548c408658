"""Two readings of the same bytes: each value shown is changed, added, dropped, on other grounds, or the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.canonical import Json
from archiver.compare.readings import How, statement_differences
from archiver.model import Meant, Space, Statement


def said(name: str, value: str, rule: str = "r@1", shown: bool = True, **detail: Json) -> Statement:
    """A statement; its id follows from property, value and rule."""
    ident = f"{name}/{value}/{rule}"
    return Statement(
        ident, name, value, value, Space.TEXT, None, 0, len(value), rule, Meant.STATED, shown, None, dict(detail)
    )


A, B, C = said("author", "Ana Novak"), said("author", "Ben Orr"), said("author", "Cam Poe")
CASES = {
    "nothing": ([], [], [], 0),
    "the same": ([A, B], [A, B], [], 2),
    "another order": ([A, B], [B, A], [], 2),
    "another value": ([A], [B], [(How.CHANGED, "Ana Novak", "Ben Orr")], 0),
    "one more": ([A], [A, B], [(How.ADDED, None, "Ben Orr")], 1),
    "one less": ([A, B], [B], [(How.DROPPED, "Ana Novak", None)], 1),
    "one stays, one changes": ([A, B], [B, C], [(How.CHANGED, "Ana Novak", "Cam Poe")], 1),
    "another rule": (
        [A],
        [said("author", "Ana Novak", "r@2")],
        [(How.OTHER_GROUNDS, "Ana Novak", "Ana Novak")],
        0,
    ),
    "identified": (
        [said("outlet", "Gazette", domain=None)],
        [said("outlet", "Gazette", domain="gazette.example")],
        [(How.OTHER_GROUNDS, "Gazette", "Gazette")],
        0,
    ),
    "another kind of origin is another value": (
        [said("origin", "X", kind="translation")],
        [said("origin", "X", "r@2", kind="reprint")],
        [(How.CHANGED, "X", "X")],
        0,
    ),
    "another zone is another value": (
        [said("published", "2024-05-01T10:00", zone="+04:00")],
        [said("published", "2024-05-01T10:00", "r@2", zone="+00:00")],
        [(How.CHANGED, "2024-05-01T10:00", "2024-05-01T10:00")],
        0,
    ),
    "shown before": ([A], [replace(A, shown=False)], [(How.DROPPED, "Ana Novak", None)], 0),
    "shown now": ([replace(A, shown=False)], [A], [(How.ADDED, None, "Ana Novak")], 0),
    "never shown": ([replace(A, shown=False)], [replace(B, shown=False)], [], 0),
}


@pytest.mark.parametrize(("old", "new", "found", "same"), CASES.values(), ids=CASES)
def test_what_became_of_each_value(
    old: list[Statement], new: list[Statement], found: list[tuple[How, str | None, str | None]], same: int
) -> None:
    """Only what is shown counts, and equal values belong together wherever they stand."""
    differences, equal = statement_differences(old, new)
    told = [(one.how, one.old and one.old.value, one.new and one.new.value) for one in differences]
    assert (told, sum(equal.values())) == (found, same)


def test_properties_come_in_the_order_in_which_people_read_them() -> None:
    """The title before the author before the date, what nobody knows last."""
    names = ["published", "author", "title", "unheard_of"]
    differences, _ = statement_differences([], [said(name, "x") for name in names])
    assert [one.property for one in differences] == ["title", "author", "published", "unheard_of"]


statements = st.lists(
    st.builds(
        said,
        st.sampled_from(["author", "title"]),
        st.sampled_from("abc"),
        st.sampled_from(["r@1", "r@2"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(old=statements, new=statements)
def test_every_value_is_counted_once(old: list[Statement], new: list[Statement]) -> None:
    """On each side: those that are told and those that are the same are all that are shown."""
    differences, equal = statement_differences(old, new)
    same = sum(equal.values())
    assert same + sum(one.old is not None for one in differences) == sum(one.shown for one in old)
    assert same + sum(one.new is not None for one in differences) == sum(one.shown for one in new)
    assert statement_differences(old, old)[0] == ()
