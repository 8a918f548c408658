"""Every rule of reading can be looked up, and nothing is described that no code does."""

import re
from pathlib import Path

import pytest

import archiver
from archiver.attribution.phrases import packaged_phrases
from archiver.extract.declared import WEIGHTS
from archiver.statements.rulebook import about, book

PACKAGE = Path(archiver.__file__).parent
# A rule's id as it stands in code; families named here are the first words of ids.
LITERAL = re.compile(r'"((?:byline|date|grammar|head|hidden|language|masthead|meta|residue)/[a-z-]+)(?:@\d+)?"')


def literals() -> set[str]:
    """The ids written out in the code of reading."""
    folders = ("attribution", "extract", "statements", "formats")
    sources = (path.read_text("utf-8") for folder in folders for path in (PACKAGE / folder).rglob("*.py"))
    return {found for source in sources for found in LITERAL.findall(source)}


def test_every_rule_in_the_code_is_described() -> None:
    """A new rule needs its sentence."""
    found = literals()
    assert len(found) > 30
    assert {rule for rule in found if rule not in book()} == set()
    assert {name for name in WEIGHTS if f"meta/{name}" not in book()} == set()


def test_nothing_is_described_that_is_no_rule() -> None:
    """A rule that went takes its sentence along."""
    told = {rule for rule in book() if not rule.startswith("wording/")}
    declared = {f"meta/{name}" for name in WEIGHTS}
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    names = {rule for rule in told - declared - literals() if f'"{rule.partition("/")[2]}"' not in code}
    assert names == set()


def test_every_wording_is_described_with_its_examples() -> None:
    """A wording is its own description."""
    for phrase in packaged_phrases():
        described = about(f"wording/{phrase.id}@1")
        assert described is not None
        assert (described.pattern, described.examples) == (phrase.pattern, phrase.examples)


@pytest.mark.parametrize(
    "rule", ["", "@", "byline", "byline/", "byline/nothing@1", "wording/en", "about", "head/about@1"]
)
def test_what_is_no_rule_is_not_described(rule: str) -> None:
    """Unknown stays unknown."""
    assert about(rule) is None


def test_a_version_of_a_rule_is_described_as_the_rule() -> None:
    """Older statements keep the id they were read by."""
    assert about("byline/label@1") == about("byline/label@7") == about("byline/label")


def test_descriptions_end_the_sentence_they_are_made_for() -> None:
    """It goes on after "was read from": one line, no full stop; that of a family is a sentence."""
    for described in book().values():
        assert "\n" not in described.says
        assert not described.says.endswith(".")
        assert described.about.endswith(".")
