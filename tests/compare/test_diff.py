"""A diff covers both texts without a gap, and calls nothing a change that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.compare import diff_words

WORDS = st.lists(
    st.sampled_from(["the", "dam", "Əliyev", "don't", "4.3", "«", "»", "\n\n", ",", "会", "谈", "\u200b", "Şuşa"]),
    max_size=40,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=60)), st.one_of(WORDS, st.text(max_size=60)))
def test_the_steps_cover_both_texts_in_order(a: str, b: str) -> None:
    """Joining the sides of all steps gives both texts back, letter by letter."""
    steps = diff_words(a, b)
    assert "".join(a[s.a_start : s.a_end] for s in steps) == a
    assert "".join(b[s.b_start : s.b_end] for s in steps) == b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The dam holds.", "The  dam\nholds."),
        ("caf\u00e9 closed", "cafe\u0301 closed"),
        ("He said “no” and left", 'He said "no" and left'),
        ("bor\u200bder market", "border market"),
    ],
    ids=["white space", "unicode form", "quotation marks", "zero-width space"],
)
def test_form_is_no_change(a: str, b: str) -> None:
    """White space, Unicode form, quotation style and invisible characters are equal."""
    assert [step.op for step in diff_words(a, b)] == ["equal"]


def test_a_changed_number_is_one_replacement() -> None:
    """The words around a change stay equal; the number is named on both sides."""
    a, b = "Water rose by 4.3 metres overnight.", "Water rose by 2.3 metres overnight."
    changed = [s for s in diff_words(a, b) if s.op != "equal"]
    assert [(a[s.a_start : s.a_end], b[s.b_start : s.b_end]) for s in changed] == [("4", "2")]


def test_scripts_without_spaces_change_sign_by_sign() -> None:
    """One changed sign in Chinese is one changed sign, not a changed sentence."""
    a, b = "国家主席会见代表团", "国家总理会见代表团"
    changed = [s for s in diff_words(a, b) if s.op != "equal"]
    assert [(a[s.a_start : s.a_end], b[s.b_start : s.b_end]) for s in changed] == [("主席", "总理")]
