"""Findings: what is missing, contradictory or suspicious about an article, with the statements that show it."""

from archiver.audit.rule import Observation, Rule
from archiver.audit.rules import RULES
from archiver.audit.verification import from_verification
from archiver.model import Dossier, Finding

__all__ = ["RULES", "Observation", "Rule", "audit", "from_verification"]


def audit(dossier: Dossier) -> tuple[Finding, ...]:
    """Everything the rules see in ``dossier``, gravest first, then in the order of RULES. A pure function."""
    found = [finding for rule in RULES for finding in rule.findings(dossier)]
    return tuple(sorted(found, key=lambda finding: -finding.severity.rank))
