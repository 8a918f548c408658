"""Wordings are data that prove themselves: every example and counter-example of every file is run."""

import re
from pathlib import Path

import pytest

from archiver.attribution.cues import CuedLines
from archiver.attribution.hits import hits
from archiver.attribution.phrases import Phrase, load_phrases, packaged_phrases, parse_phrases
from archiver.attribution.printed import Reader
from archiver.errors import InputError
from archiver.outlets import default_registry

EXAMPLES = [(phrase, text, value) for phrase in packaged_phrases() for text, value in phrase.examples]
COUNTER = [(phrase, text) for phrase in packaged_phrases() for text in phrase.not_examples]


def names(phrase: Phrase, text: str) -> list[str]:
    reader = Reader(default_registry(), phrase.language)
    return [hit.name.text if hit.name else "" for hit in hits(phrase, text, [(0, len(text))], reader)]


@pytest.mark.parametrize(("phrase", "text", "value"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_examples_give_their_name(phrase: Phrase, text: str, value: str) -> None:
    """A wording reads the name out of its own examples ("" where it states an unnamed origin)."""
    assert value in names(phrase, text)


@pytest.mark.parametrize(("phrase", "text"), COUNTER, ids=lambda value: getattr(value, "id", None))
def test_counter_examples_give_nothing(phrase: Phrase, text: str) -> None:
    """A wording does not fire on sentences that look alike."""
    assert names(phrase, text) == []


def test_every_wording_has_a_counter_example() -> None:
    """A wording without one has not been thought through."""
    assert [phrase.id for phrase in packaged_phrases() if not phrase.not_examples] == []


def test_twenty_languages_are_spoken() -> None:
    """English, Russian, Azerbaijani, Turkish and at least sixteen more can state an origin."""
    stating = {p.language for p in packaged_phrases() if p.says in {"translated_from", "translated_by", "source_label"}}
    assert {"en", "ru", "az", "tr", "hy", "ka", "uk"} <= stating
    assert len(stating) >= 20


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('id = "x"\nsays = "citation"\npattern = "a"\nexamples = {"a" = ""}', "language/name"),
        ('id = "en/x"\nsays = "praise"\npattern = "a"\nexamples = {"a" = ""}', "`says` must be one of"),
        ('id = "en/x"\nsays = "citation"\npattern = "a.*b"\nexamples = {"a" = ""}', "bound every repetition"),
        ('id = "en/x"\nsays = "citation"\npattern = "a{2,}"\nexamples = {"a" = ""}', "bound every repetition"),
        ('id = "en/x"\nsays = "citation"\npattern = "(a"\nexamples = {"a" = ""}', "not a regular expression"),
        ('id = "en/x"\nsays = "citation"\npattern = "a"', "carries `examples`"),
        ('id = "en/x"\nsays = "citation"\npattern = "a"\nexamples = {"a" = ""}\nareas = ["sky"]', "`areas` must be of"),
        ('id = "en/x"\nsays = "citation"\npattern = "a"\nexamples = {"a" = ""}\nweight = 90', "from -40 to 10"),
        ('id = "en/x"\nsays = "licence"\npattern = "a"\nexamples = {"a" = ""}\nrequires = ["gold"]', "`requires`"),
        ('id = "en/x"\nsays = "citation"\npattern = "a"\nexamples = {"a" = ""}\ncolor = 1', "unknown field 'color'"),
    ],
)
def test_a_wrong_wording_is_named_with_its_place(entry: str, words: str) -> None:
    """The error says file, phrase and what is wrong."""
    with pytest.raises(InputError) as caught:
        parse_phrases(f"[[phrase]]\n{entry}\n", "mine.toml")
    assert words in caught.value.message
    assert "mine.toml: phrase 1" in caught.value.message


@pytest.mark.parametrize("phrase", packaged_phrases(), ids=lambda phrase: phrase.id)
def test_packaged_expressions_compile(phrase: Phrase) -> None:
    """They are compiled when a page asks for them, which is too late to find a mistake."""
    assert phrase.anchor.flags == re.compile("", re.I).flags
    assert (phrase.not_origin is None) == (phrase.no_name is None)


def test_a_user_may_add_wordings(tmp_path: Path) -> None:
    """Own files join the packaged wordings; the same id replaces."""
    path = tmp_path / "mine.toml"
    entry = '[[phrase]]\nid = "en/source-label"\nsays = "source_label"\npattern = "out of <origin>"\n'
    path.write_text(entry + 'examples = {"out of Gull" = "Gull"}\n', encoding="utf-8")
    mine = {phrase.id: phrase for phrase in load_phrases([path])}
    assert mine["en/source-label"].pattern == "out of <origin>"
    assert len(mine) == len(packaged_phrases())


def test_lines_are_searched_only_where_they_hold_the_words() -> None:
    """The lines a wording may be found in are those that hold one of each of its cues, whatever their letter case."""
    phrase = next(phrase for phrase in packaged_phrases() if phrase.id == "en/translated-by")
    cued = CuedLines(["A gull", "TRANSLATED by\nJane Roe", "", "the translator left"])
    assert cued.may_match(phrase) == [1, 3]
    assert cued.holding("gull", "roe") == [0, 1]
    assert CuedLines([]).may_match(phrase) == []


@pytest.mark.parametrize("hostile", ["translated by ", "a ", "Источник: ", "“", "((", "istinadən ", "Source", "— "])
def test_work_grows_with_the_text_and_no_faster(hostile: str) -> None:
    """Twice the hostile text gives at most twice the hits of every wording, and every search ends."""
    reader = Reader(default_registry(), "en")
    for phrase in packaged_phrases():
        once, twice = hostile * 200, hostile * 400
        first = sum(1 for _ in hits(phrase, once, [(0, len(once))], reader))
        second = sum(1 for _ in hits(phrase, twice, [(0, len(twice))], reader))
        assert second <= 2 * first + 2, phrase.id
