"""What `archiver verify` saw on the disk, as findings beside those that a dossier shows."""

from collections.abc import Iterable

from archiver.audit.rule import Observation
from archiver.audit.rules import CUSTODY
from archiver.model import Finding

_OF_SNAPSHOTS = frozenset({"file", "record", "capture", "snapshot"})


def from_verification(
    subject: str,
    judgement: str,
    message: str,
    *,
    place: str = "",
    missing: bool = False,
    statements: Iterable[str] = (),
) -> Finding | None:
    """The finding that one verdict of `archiver verify` makes, or None where it makes none.

    ``subject`` is what was checked ("file", "record", "capture", "snapshot", "quote", "text", "row" ...), ``judgement``
    the answer ("match", "mismatch", "uncheckable"), ``message`` and ``place`` what is wrong and where; ``missing`` is
    True when the thing is not there at all; ``statements`` are the ids that rest on it. Only a mismatch is a finding:
    where something could not be checked, what hinders the check is one itself.
    """
    if judgement != "mismatch":
        return None
    name = _rule_of(subject, missing)
    rule = next(rule for rule in CUSTODY if rule.name == name)
    sentence = f"{message} ({place})" if place else message
    return rule.finding(Observation(sentence, tuple(dict.fromkeys(statements))))


def _rule_of(subject: str, missing: bool) -> str:
    if subject == "quote":
        return "quote-not-in-place"
    if subject in _OF_SNAPSHOTS:
        return "snapshot-missing" if missing else "snapshot-altered"
    return "database-altered"
