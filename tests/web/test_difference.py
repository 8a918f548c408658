"""A difference forges neither text: read one way it is the newer, read the other way the older."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.text import editorial_form
from archiver.web.difference import Difference, difference

WORDS = st.lists(
    st.sampled_from(["river", "dam", "мост", "4.3", "metres", "\n", "“said”", "Əliyev", ",", "the"]), max_size=80
).map(" ".join)


def newer(found: Difference) -> str:
    return "".join(part.text for part in found.parts if part.kind != "gone")


def older(found: Difference) -> str:
    return "".join(part.text for part in found.parts if part.kind != "new")


@given(WORDS, WORDS, st.booleans())
def test_both_texts_are_there(a: str, b: str, fold: bool) -> None:
    """The newer text letter by letter, the older one in its editorial form; folding hides, and loses nothing."""
    found = difference(a, b, fold=fold)
    assert newer(found) == b
    assert editorial_form(older(found)).replace(" ", "") == editorial_form(a).replace(" ", "")


def test_far_unchanged_text_is_folded_between_words() -> None:
    """What is folded begins and ends at a word's edge."""
    same = "The commission met again on the bank of the river. " * 30
    found = difference(same + "Four metres.", same + "Two metres.")
    folded = [part for part in found.parts if part.kind == "folded"]
    assert len(folded) == 1
    assert same.startswith(folded[0].text)
    assert folded[0].text.endswith(" ")
    assert [part.text for part in found.parts if part.kind == "gone"] == ["Four "]


def test_nothing_is_folded_beside_a_change() -> None:
    """A short text is shown whole."""
    assert {part.kind for part in difference("one two three", "one 2 three").parts} == {"same", "gone", "new"}


def test_a_line_that_went_keeps_its_line() -> None:
    """A removed last line is not glued to the line before it."""
    found = difference("Text ends here.\nSource: hovit.example", "Text ends here.")
    assert [part.text for part in found.parts if part.kind == "gone"] == ["\nSource: hovit.example"]
    assert (found.gone, found.came, found.places) == (3, 0, 1)


def test_equal_texts_differ_nowhere() -> None:
    """No change, no place."""
    assert difference("the same", "the same").places == 0
