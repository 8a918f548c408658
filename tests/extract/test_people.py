"""Author fields become names of people; accounts, addresses and sentences do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract.people import read_names

PEOPLE = {
    "one": ("Ann Lee", ["Ann Lee"]),
    "prefix": ("By Ann Lee", ["Ann Lee"]),
    "label with colon": ("Автор: Иван Петров", ["Иван Петров"]),
    "two with and": ("Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
    "three": ("Ann Lee, Bob Ray & Cy Dow", ["Ann Lee", "Bob Ray", "Cy Dow"]),
    "Azerbaijani": ("Leyla Məmmədova və Anar Həsənov", ["Leyla Məmmədova", "Anar Həsənov"]),
    "Turkish": ("Ayşe Kaya ve Ali Demir", ["Ayşe Kaya", "Ali Demir"]),
    "Spanish, before a capital": ("Ana Ruiz y Luis Gil", ["Ana Ruiz", "Luis Gil"]),
    "Spanish, inside one name": ("José Ortega y gasset", ["José Ortega y gasset"]),
    "role goes": ("Ann Lee, Senior Editor", ["Ann Lee"]),
    "degree goes": ("Ann Lee, PhD, MPH", ["Ann Lee"]),
    "bracket goes": ("Ann Lee (Baku)", ["Ann Lee"]),
    "mail goes": ("Ann Lee <ann@news.example>", ["Ann Lee"]),
    "last, first in one word each": ("Lee, Ann", ["Ann Lee"]),
    "capitals calm down": ("ANN LEE", ["Ann Lee"]),
    "twice is once": ("Ann Lee; Ann Lee", ["Ann Lee"]),
    "initials": ("J. R. Moe", ["J. R. Moe"]),
    "what an archive of posts is called": ("More posts by Ann Lee", ["Ann Lee"]),
    "Weitere Artikel von": ("Weitere Artikel von Ann Lee", ["Ann Lee"]),
    "a spider's web": ("Ann Webb", ["Ann Webb"]),
    "an agency is one name": ("Press and News Agency", ["Press and News Agency"]),
}


@pytest.mark.parametrize(("raw", "people"), PEOPLE.values(), ids=PEOPLE)
def test_names_are_split_and_cleaned(raw: str, people: list[str]) -> None:
    """Each person once, as written, without what is not the name."""
    assert list(read_names(raw).people) == people


def test_reversed_lists_are_turned_round() -> None:
    """Library fields write "Last, First": one author, not two."""
    assert read_names("van der Berg, Ann Marie", reversed_order=True).people == ("Ann Marie van der Berg",)


NOBODY = {
    "an address": "https://social.example/ann",
    "a path": "/authors/ann",
    "a handle": "@annlee",
    "a sentence": "Ann Lee is a writer who has covered the region for many years and lives in Baku",
    "who made the site": "Developed By Ann Lee",
    "who made its look": "Theme by Ann Lee",
    "whose trade are sites": "Blue Wave Web Design",
    "a page on a network": "Harbour Gardening Club on Facebook",
    "a number": "12345",
    "empty": " ",
    "a flood": "Ann Lee, " * 200,
}


@pytest.mark.parametrize("raw", NOBODY.values(), ids=NOBODY)
def test_what_is_no_name_gives_nobody(raw: str) -> None:
    """No author is made of an address or a sentence."""
    assert read_names(raw).people == ()


@pytest.mark.parametrize(
    "raw",
    [
        "admin",
        "Admin 3",
        "Redaktion",
        "Редакция",
        "Staff Writer",
        "haber merkezi",
        "Quay Post Editorial Team",
        "Redacción El Muelle",
    ],
)
def test_posting_accounts_are_no_people(raw: str) -> None:
    """Names that many hands post under are told apart."""
    names = read_names(raw)
    assert names.people == ()
    assert names.accounts == (raw,)


@given(st.text(max_size=700))
def test_any_text_is_survived(raw: str) -> None:
    """Names are bounded and never empty."""
    names = read_names(raw)
    assert all(0 < len(name) <= 80 for name in names.people)


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("Photo: Ann Lee", ()),
        ("Foto: Ann Lee", ()),
        ("Фото: Иван Петров", ()),
        ("Редактор: Иван Петров", ()),
        ("Redaktion: Ann Lee", ()),
        ("Übersetzung: Ann Lee", ()),
        ("Ann Lee, Photo: Bob Ray, Cy Dow", ("Ann Lee",)),
        ("Foto: Bob Ray, Text: Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Karl Voss (Übersetzung)", ("Ann Lee",)),
        ("Ann Lee; Karl Voss (photos)", ("Ann Lee",)),
        ("Ann Lee (Text)", ("Ann Lee",)),
        ("Foto/Text: Ann Lee", ("Foto/Text: Ann Lee",)),
        ("Фотий Петров", ("Фотий Петров",)),
        ("Bild Anders", ("Bild Anders",)),
    ],
)
def test_who_did_something_else_did_not_write(raw: str, people: tuple[str, ...]) -> None:
    """A label before a colon or a word in brackets says who took the pictures, edited or translated."""
    assert read_names(raw).people == people
