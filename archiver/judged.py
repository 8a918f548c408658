"""What people decided, laid over what rules read: pure, and the same after every rereading.

A judgement names a statement by its id, and by its property and value for the day when another rule reads the same.
It holds for the version that it was made on and for every later one. Nothing that was read is lost: what a person
decided against is there, not shown, with the reason.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from archiver.canonical import short_id
from archiver.model import Decision, Judgement, Meant, Reading, Space, Statement

RULE = "person/judgement@1"

# Properties of which a text has one; of all others it may have several.
SINGLE = frozenset(
    {
        *("title", "dek", "outlet", "section", "posted_by", "published", "modified", "language", "canonical_url"),
        *("licence", "published_not_before", "published_not_after", "captured_not_before"),
    }
)


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those about values that nobody withdrew, in their order."""
    every = tuple(judgements)
    withdrawn = {one.about for one in every if one.decision is Decision.WITHDRAW}
    return tuple(one for one in every if not one.decision.is_about_a_judgement and one.id not in withdrawn)


def ruled_out(judgements: Iterable[Judgement], first_capture: int) -> frozenset[str]:
    """The properties of which people rejected values, or said that nobody can know them, for such a version."""
    against = {Decision.REJECT, Decision.UNKNOWN}
    return frozenset(
        one.property
        for one in in_force(judgements)
        if one.property is not None and one.decision in against and one.first_capture <= first_capture
    )


def apply(reading: Reading, first_capture: int, judgements: Sequence[Judgement]) -> Reading:
    """``reading``, of the version that capture ``first_capture`` showed first, as people decided."""
    statements = reading.statements
    for judgement in in_force(judgements):
        if judgement.first_capture <= first_capture:
            statements = _decided(statements, judgement)
    return reading if statements is reading.statements else replace(reading, statements=statements)


def is_meant(statement: Statement, judgement: Judgement) -> bool:
    """True when ``judgement`` is about ``statement``, or about the same value read by another rule."""
    if statement.property != judgement.property:
        return False
    same_kind = statement.detail.get("kind") == judgement.detail.get("kind")
    return statement.id == judgement.statement or (statement.value == judgement.value and same_kind)


def _decided(statements: tuple[Statement, ...], judgement: Judgement) -> tuple[Statement, ...]:
    if judgement.decision is Decision.REJECT:
        return _without(statements, judgement, lambda one: is_meant(one, judgement))
    if judgement.decision is Decision.UNKNOWN:
        return _without(statements, judgement, lambda one: one.property == judgement.property)
    if judgement.decision is Decision.CONFIRM:
        meant = next((one for one in statements if one.id == judgement.statement), None) or next(
            (one for one in statements if is_meant(one, judgement)), None
        )
        chosen = replace(meant, meant=Meant.PERSON, shown=True, why=None) if meant else _said(judgement)
    else:
        meant, chosen = None, _said(judgement)
    rest = statements
    if judgement.property in SINGLE:
        rest = _without(statements, judgement, lambda one: one.property == judgement.property and one is not meant)
    if meant is None:
        return (*rest, chosen)
    return tuple(chosen if one is meant else one for one in rest)


def _without(
    statements: tuple[Statement, ...], judgement: Judgement, ruled_out: Callable[[Statement], bool]
) -> tuple[Statement, ...]:
    verb = "rejected this" if judgement.decision is Decision.REJECT else "decided otherwise"
    why = f"{judgement.who} {verb} (judgement {judgement.id}): {judgement.why}"
    return tuple(replace(one, shown=False, why=why) if one.shown and ruled_out(one) else one for one in statements)


def _said(judgement: Judgement) -> Statement:
    """The statement of a person: its words are the reasons, its place is the judgement."""
    assert judgement.property is not None
    assert judgement.value is not None
    return Statement(
        id=short_id("judged", judgement.id),
        property=judgement.property,
        value=judgement.value,
        quote=judgement.why,
        space=Space.PERSON,
        path=f"judgement {judgement.id}",
        start=None,
        end=None,
        rule=RULE,
        meant=Meant.PERSON,
        shown=True,
        why=None,
        detail=judgement.detail,
    )
