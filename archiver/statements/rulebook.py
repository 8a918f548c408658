"""What every rule of reading does, in words: no value is shown by a rule that nobody can look up.

::

    about("byline/label@1").says      # "a name behind a label (“Author: …”, “Written by …”)"
    about("wording/en/translated-from@1").examples
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archiver.attribution.phrases import Phrase, packaged_phrases

_WORDINGS = "wording"


@dataclass(frozen=True, slots=True)
class Described:
    """A rule in words: ``says`` ends the sentence "This value was read from ...".

    ``examples`` (sentence, name) and ``not_examples`` are a wording's own, empty for other rules; ``pattern`` is its
    expression. ``about`` speaks of the whole family.
    """

    rule: str
    says: str
    about: str
    pattern: str | None = None
    examples: tuple[tuple[str, str], ...] = ()
    not_examples: tuple[str, ...] = ()


def about(rule: str) -> Described | None:
    """The rule with this id (``family/name@version``), whatever its version; None when there is none of that name."""
    return book().get(rule.partition("@")[0])


@cache
def book() -> Mapping[str, Described]:
    """Every rule, by ``family/name``, families in the order of reading; wordings last."""
    families = tomllib.loads(files("archiver.statements").joinpath("rulebook.toml").read_text("utf-8"))
    plain = {
        f"{family}/{name}": Described(f"{family}/{name}", says, rules["about"])
        for family, rules in families.items()
        for name, says in rules.items()
        if name != "about"
    }
    return plain | {f"{_WORDINGS}/{phrase.id}": _wording(phrase) for phrase in packaged_phrases()}


def _wording(phrase: Phrase) -> Described:
    return Described(
        rule=f"{_WORDINGS}/{phrase.id}",
        says=f"a phrase in which pages speak of their source ({phrase.says.replace('_', ' ')})",
        about="Phrases in which pages say where their text comes from, and on what terms it may be used.",
        pattern=phrase.pattern,
        examples=phrase.examples,
        not_examples=phrase.not_examples,
    )
