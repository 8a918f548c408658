"""A rule looks at one dossier and says what it sees; what it says is an observation, never a verdict."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archiver.model import Dossier, Finding, Severity, Statement


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing a rule saw: a sentence, and the statements it rests on.

    ``severity`` and ``advice`` stand in for the rule's own where this case is milder or needs something else.
    """

    message: str
    statements: tuple[str, ...] = ()
    severity: Severity | None = None
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named question to a dossier.

    ``severity`` is the gravest it may report; ``promise`` says in one sentence what it sees, ``silent`` when it
    says nothing although one might expect it, ``advice`` what to do next. ``check`` is a pure function.
    """

    name: str
    severity: Severity
    promise: str
    silent: str
    advice: str
    check: Callable[[Dossier], Iterable[Observation]]

    def findings(self, dossier: Dossier) -> tuple[Finding, ...]:
        """What this rule sees in ``dossier``."""
        return tuple(self.finding(seen) for seen in self.check(dossier))

    def finding(self, seen: Observation) -> Finding:
        """An observation in this rule's name."""
        severity = self.severity if seen.severity is None else seen.severity
        return Finding(self.name, severity, seen.message, seen.statements, seen.advice or self.advice)


def seen(
    message: str,
    statements: Iterable[Statement] = (),
    *,
    severity: Severity | None = None,
    advice: str | None = None,
) -> Observation:
    """An observation that rests on ``statements``, each named once."""
    return Observation(message, tuple(dict.fromkeys(s.id for s in statements)), severity, advice)


def seen_by_verify(_: Dossier) -> tuple[Observation, ...]:
    """Nothing: what this rule reports is seen by `archiver verify` alone, on the disk (see ``from_verification``)."""
    return ()


def seen_by_audit(_: Dossier) -> tuple[Observation, ...]:
    """Nothing: what this rule reports is seen while the others are asked (see ``archiver.audit.audit``)."""
    return ()


def listed(parts: Sequence[str], most: int = 4) -> str:
    """``a, b and c``, or the first ``most`` and how many more."""
    parts = list(dict.fromkeys(parts))
    if len(parts) > most:
        return ", ".join(parts[:most]) + f" and {len(parts) - most} more"
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
