"""Two spellings of one name meet; two names that only look alike never do."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.outlets.names import begins_like_a_name, fold, is_acronym, mixes_scripts, stem, without_endings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Azərtac", "AZERTAC"),
        ("İnterfaks", "interfaks"),
        ("DIŞ Haber", "dış haber"),
        ("«Вечёрка»", "Вечерка"),
        ("L’Écho", "L'Echo"),
        ("Gull.Media", "gull media"),
        ("Ｇｕｌｌ", "Gull"),
        ("العربي", "العربی"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    """Case, marks, dotted i, schwa, quotes, width and dots make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Gull", "Gоll"), ("ガル", "カル"), ("Past", "Post")])
def test_different_letters_stay_different(one: str, other: str) -> None:
    """A Cyrillic letter, a voiced kana or another vowel is another name."""
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
@example("\ufbea")
def test_folding_twice_is_folding_once(name: str) -> None:
    """A key is its own key."""
    assert fold(fold(name)) == fold(name)


def test_every_letter_has_one_key() -> None:
    """Each character of Unicode alone: what folding gives is not folded further."""
    odd = [code for code in range(0x110000) if (once := fold(chr(code))) != fold(once)]
    assert odd == []


@pytest.mark.parametrize(
    ("printed", "language", "bare"),
    [
        ("Liman.az-a", "az", "limanaz"),
        ("MA'nın", "tr", "ma"),
        ("«Ճայ»-ի", "hy", "ճայ"),
        ("„თოლია“-ს", "ka", "თოლია"),
        ("საგულინფორმის", "ka", "საგულინფორმ"),
        ("Qağayıdan", "az", "qagayi"),
    ],
)
def test_case_endings_are_undone(printed: str, language: str, bare: str) -> None:
    """Endings after a mark in any language, glued ones where the language has them."""
    assert bare in set(without_endings(printed, language))


def test_no_ending_is_taken_off_in_languages_without_them() -> None:
    """English knows no "-da"."""
    assert list(without_endings("Panda", "en")) == []


def test_declined_cyrillic_names_share_a_stem() -> None:
    """Accusative and nominative of every word meet; Latin names have no stem."""
    assert stem("Вечернюю гавань") == stem("Вечерняя гавань")
    assert stem("Evening Harbour") is None


@pytest.mark.parametrize("name", ["Cаliber", "сalm", "αlpha-beta".replace("beta", "b")])
def test_mixed_scripts_are_seen(name: str) -> None:
    """One word in Latin and in letters that look like Latin is reported."""
    assert mixes_scripts(name)


@pytest.mark.parametrize("name", ["Радио Gull", "Gull-ის", "ГА", "CivilНовости".replace("Новости", " Новости")])
def test_two_scripts_in_two_words_are_honest(name: str) -> None:
    """A Latin brand beside a Cyrillic word, or with a Georgian ending, imitates nothing."""
    assert not mixes_scripts(name)


def test_georgian_names_need_no_capital() -> None:
    """Georgian has capitals in Unicode, but names are not written with them."""
    assert begins_like_a_name("თოლია")
    assert not begins_like_a_name("gull")


@pytest.mark.parametrize(
    ("name", "expected"), [("AFP", True), ("A.W.", True), ("ИФ-У", True), ("Gull", False), ("A", False)]
)
def test_acronyms(name: str, expected: bool) -> None:
    """Two to six capitals, with or without stops."""
    assert is_acronym(name) is expected
