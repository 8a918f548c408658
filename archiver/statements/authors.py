"""Which readings of authors are one person, and which names others contradict.

Metadata names authors for machines and often knows only whose account was used; a byline names them for readers.
Each may be wrong alone; what both name is firm, and each says with its reason which names of the other give way.
"""

import re
from collections.abc import Sequence

from archiver.model import Candidate, Space
from archiver.statements.alike import FIRM, folded, same_words
from archiver.statements.persons import bears_a_first_name

_DECLARED = 66  # metadata that names authors for machines, not a link or a card
_STANDING = frozenset(
    f"byline/{rule}@1"
    for rule in ("bare-name", "name-nearby", "sign-off", "portrait", "author-box", "pen-name", "elsewhere")
)
_SIGNED = "byline/sign-off@1"
_NOTHING_BESIDE = frozenset({"byline/name-nearby@1", _SIGNED})
_CREDITED = 64  # a signature with a credit under it
_ONE_BYLINE = 200
_BYLINE = 75  # a label or a preposition near the headline
_MOST_NAME_WORDS = 5
_GLUED = re.compile(r"[^\W\d_]{3}[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2}|[A-ZÀ-ÖØ-Þ]{2}[a-zà-öø-ÿ]{3}")


def same_person(one: Candidate, other: Candidate) -> bool:
    """One name in any order of its words, a part of the other, or fixed to other words ("unocero - Ana Ruiz")."""
    if same_words(one, other):
        return True
    words, others = _name_words(one.value), _name_words(other.value)
    if words == others:
        return True
    short, long = sorted((one.value, other.value), key=len)
    few, many = sorted((words, others), key=len)
    if len(few) == 1:
        return len(many) > 1 and few[0] in many and len(few[0]) > 2
    at = long.find(short)
    return len(few) > 1 and at >= 0 and not long[at + len(short) :][:1].islower()


def _name_words(name: str) -> list[str]:
    return sorted(folded(word) for word in name.split() if folded(word))


def plainest_first(group: list[Candidate]) -> list[Candidate]:
    """Of the spellings of one person first the heaviest that is a whole name and nothing but a name."""
    if len(group) == 1:
        return group
    return sorted(group, key=_plainness)


def _plainness(candidate: Candidate) -> int:
    """0 for a whole name and nothing but a name, 1 for one word, 2 for a name among other words."""
    words = candidate.value.split()
    alone = all(word[0].isalpha() for word in words) and "by" not in words and not _GLUED.search(candidate.value)
    if not alone or len(words) > _MOST_NAME_WORDS:
        return 2
    return int(len(words) == 1)


def outranked_authors(groups: Sequence[Sequence[Candidate]]) -> dict[int, str]:
    """Names that merely stand about, where the page's metadata firmly names its authors; by place in ``groups``."""
    out = _only_posted(groups) | _nobody_known(groups)
    declared = [
        group
        for i, group in enumerate(groups)
        if i not in out and any(c.space is Space.HTML and c.weight >= _DECLARED for c in group)
    ]
    if not declared:
        return out
    shown = [c for g in declared for c in g if c.start is not None]
    for i, group in enumerate(groups):
        if any(c.space is Space.HTML and c.weight >= FIRM for c in group):
            continue
        if all(c.rule in _STANDING for c in group) or (shown and not any(_near(c, s) for c in group for s in shown)):
            out[i] = f"the page's metadata names “{declared[0][0].value}”, and not this name"
    return out


def _nobody_known(groups: Sequence[Sequence[Candidate]]) -> dict[int, str]:
    """Lines of a dump that merely look like a name, with nothing beside them, and begin with no known first name."""
    return {
        i: "nothing beside it says that it is a writer's name, and it begins with no first name that is known"
        for i, group in enumerate(groups)
        if all(c.rule in _NOTHING_BESIDE and c.space is Space.SOURCE for c in group)
        and " " in group[0].value  # one word signs only where something stands under it
        and not any(c.rule == _SIGNED and c.weight >= _CREDITED for c in group)
        and not bears_a_first_name(group[0].value)
    }


def _only_posted(groups: Sequence[Sequence[Candidate]]) -> dict[int, str]:
    """Names that one place in metadata gives and nobody reads, where the byline names others: who put it online."""
    read = [g[0] for g in groups if any(c.start is not None and c.weight >= _BYLINE for c in g)]
    if not read:
        return _logins(groups)
    confirmed = {c.rule for g in groups if any(c.start is not None for c in g) for c in g}
    return {
        i: f"the byline names “{read[0].value}”, and one place in the metadata alone this name"
        for i, group in enumerate(groups)
        if all(c.start is None and c.rule not in confirmed for c in group)
    }


def _logins(groups: Sequence[Sequence[Candidate]]) -> dict[int, str]:
    """Names as logins are spelt ("a.lee") that only metadata gives, where the page shows a whole name."""
    shown = [g[0] for g in groups if any(c.start is not None and c.weight >= FIRM and " " in c.value for c in g)]
    if not shown:
        return {}
    return {
        i: f"spelt as a login, and the page names “{shown[0].value}”"
        for i, group in enumerate(groups)
        if all(c.start is None and " " not in c.value and c.value.islower() for c in group)
    }


def _near(one: Candidate, other: Candidate) -> bool:
    """True for two names in one byline."""
    return one.start is not None and other.start is not None and abs(one.start - other.start) <= _ONE_BYLINE
