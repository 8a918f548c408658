"""What `archiver verify` saw on the disk, as findings beside those that a dossier shows."""

from collections.abc import Iterable
from typing import Literal

from archiver.audit.rule import Observation
from archiver.audit.rules import CUSTODY
from archiver.model import Finding

Subject = Literal["snapshot", "quote"]
Verdict = Literal["match", "mismatch", "missing", "uncheckable"]

_RULE_OF: dict[tuple[Subject, Verdict], str] = {
    ("snapshot", "mismatch"): "snapshot-altered",
    ("snapshot", "missing"): "snapshot-missing",
    ("quote", "mismatch"): "quote-not-in-place",
    ("quote", "missing"): "quote-not-in-place",
}


def from_verification(
    subject: Subject, verdict: Verdict, sentence: str, statements: Iterable[str] = ()
) -> Finding | None:
    """The finding that one verdict of `archiver verify` makes, or None where it makes none.

    ``sentence`` says what was compared and what came of it; ``statements`` are the ids that rest on it. A match
    is no finding. Uncheckable is none either: what hinders the check (a missing snapshot) is a finding itself.
    """
    name = _RULE_OF.get((subject, verdict))
    if name is None:
        return None
    rule = next(rule for rule in CUSTODY if rule.name == name)
    return rule.finding(Observation(sentence, tuple(dict.fromkeys(statements))))
