"""Findings: what is missing, contradictory or suspicious about an article, with the statements that show it."""

from archiver.audit.rule import Observation, Rule
from archiver.audit.rules import BROKE_OFF, RULES
from archiver.audit.verification import from_verification
from archiver.errors import SLIPS, ArchiverError, slip
from archiver.model import Dossier, Finding

__all__ = ["RULES", "Observation", "Rule", "audit", "from_verification"]


def audit(dossier: Dossier) -> tuple[Finding, ...]:
    """Everything the rules see in ``dossier``, gravest first, then in the order of RULES. A pure function.

    A rule that breaks off ends nothing but itself: a finding says so.
    """
    found = [finding for rule in RULES for finding in _asked(rule, dossier)]
    return tuple(sorted(found, key=lambda finding: -finding.severity.rank))


def _asked(rule: Rule, dossier: Dossier) -> tuple[Finding, ...]:
    """What ``rule`` sees. A mistake in it may neither keep a text out of the archive nor pass for an answer."""
    try:
        return rule.findings(dossier)
    except (*SLIPS, ArchiverError) as error:
        where = f"version {dossier.latest.number}, SHA-256 {dossier.reading.sha256}"
        message = f"The rule {rule.name} broke off on this article ({where}): {slip(error)}."
        return (BROKE_OFF.finding(Observation(message)),)
