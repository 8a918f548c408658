"""docs/rules.md, written from the rules themselves, so that it cannot say anything else than they do."""

from archiver.audit.rules import GROUPS, RULES
from archiver.model import Severity

_MEANING = {
    Severity.CRITICAL: "What is held, or what can be shown of it, is not what it was: act before relying on anything.",
    Severity.HIGH: "A question the archive exists for (who, when, from where) has no answer, or two.",
    Severity.MEDIUM: "Part of the answer is missing or doubtful; a person can usually find it.",
    Severity.LOW: "Worth knowing when citing the text.",
    Severity.INFO: "True and harmless; shown for completeness.",
}


def rules_markdown() -> str:
    """The whole of docs/rules.md: what severities mean, then every rule with what it sees and what to do."""
    lines = [
        "# Audit rules",
        "",
        "<!-- Written from archiver/audit/rules.py; change it there. -->",
        "",
        f"{len(RULES)} rules look at one article at a time: all its versions, captures, statements and origins.",
        "What they report are observations with the statements they rest on, never verdicts. Names are stable; a",
        "finding may be milder than its rule, never graver.",
        "",
        "| severity | means | rules |",
        "|---|---|---|",
        *(_severity_row(severity) for severity in reversed(Severity)),
    ]
    for title, rules in GROUPS:
        lines += ["", f"## {title}"]
        for rule in rules:
            lines += [
                "",
                f"### {rule.name}",
                "",
                f"*{rule.severity}* · {rule.promise}",
                "",
                f"* **Not seen, or milder:** {rule.silent}",
                f"* **What to do:** {rule.advice}",
            ]
    return "\n".join(lines) + "\n"


def _severity_row(severity: Severity) -> str:
    names = ", ".join(f"[{rule.name}](#{rule.name})" for rule in RULES if rule.severity is severity)
    return f"| {severity} | {_MEANING[severity]} | {names} |"
