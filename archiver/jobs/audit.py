"""Findings of one article or of the whole archive, for people, spreadsheets and scripts."""

import csv
import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.audit import RULES, from_verification
from archiver.jobs.folder import opened
from archiver.model import Severity
from archiver.store import rows
from archiver.store.archive import Archive
from archiver.store.verify import check

MOST = 1_000_000
COLUMNS = ("article", "title", "outlet", "rule", "severity", "message", "advice", "statements")


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule at one severity."""

    rule: str
    severity: str
    promise: str
    rows: list[dict[str, Any]]


def run(folder: Path, ref: str | None, *, least: str = "info", rule: str | None = None) -> list[dict[str, Any]]:
    """Findings at or above ``least``, gravest first; of one article if ``ref`` names one. Raises NotFound.

    Snapshots, texts and quotes are checked now (as `archiver verify --quick` does): what the other rules say
    is worth nothing where they do not stand.
    """
    with opened(folder) as archive:
        if ref is None:
            ident = None
            found = rows.findings(archive.conn, rule=rule, limit=MOST)
        else:
            ident = rows.find_article(archive.conn, ref)
            row = rows.article_row(archive.conn, ident)
            found = tuple(
                rows.FoundFinding(ident, row.title, row.outlet, finding)
                for finding in rows.article_findings(archive.conn, ident)
                if rule is None or finding.rule == rule
            )
        found = (*_custody(archive, ident, rule), *found)
    lowest = Severity(least).rank
    ordered = sorted(found, key=lambda one: -one.finding.severity.rank)
    return [_row(one) for one in ordered if one.finding.severity.rank >= lowest]


def _custody(archive: Archive, ident: str | None, rule: str | None) -> Iterator[rows.FoundFinding]:
    """What does not stand on the disk or in the database, as findings of the articles concerned."""
    for verdict in check(archive):
        finding = from_verification(
            verdict.subject,
            str(verdict.judgement),
            verdict.message,
            place=verdict.place,
            missing=verdict.message.endswith("missing"),
        )
        if finding is None or rule not in {None, finding.rule} or (ident and ident not in verdict.articles):
            continue
        for article in verdict.articles or ("",):
            row = rows.article_row(archive.conn, article) if article else None
            title, outlet = (row.title, row.outlet) if row else (None, None)
            yield rows.FoundFinding(article, title, outlet, finding)


def rule_names() -> tuple[str, ...]:
    """The stable names of all rules."""
    return tuple(rule.name for rule in RULES)


def held(folder: Path) -> int:
    """How many articles the archive holds."""
    with opened(folder) as archive:
        return rows.counts(archive.conn).articles


def grouped(found: Sequence[dict[str, Any]]) -> list[Group]:
    """Findings by rule, gravest rule first."""
    promises = {rule.name: rule.promise for rule in RULES}
    groups: dict[tuple[str, str], Group] = {}
    for row in found:
        key = (row["severity"], row["rule"])
        group = groups.setdefault(key, Group(row["rule"], row["severity"], promises.get(row["rule"], ""), []))
        group.rows.append(row)
    return sorted(groups.values(), key=lambda g: (-Severity(g.severity).rank, -len(g.rows), g.rule))


def any_as_grave(found: Sequence[dict[str, Any]], severity: str) -> bool:
    """True when a finding is at least as grave as ``severity``."""
    return any(Severity(row["severity"]).rank >= Severity(severity).rank for row in found)


def as_csv(found: Sequence[dict[str, Any]]) -> str:
    """The findings as CSV that a spreadsheet shows and never runs (cells that look like formulas are quoted)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in found:
        cells = [" ".join(row[c]) if isinstance(row[c], list) else str(row[c] or "") for c in COLUMNS]
        writer.writerow([_inert(cell) for cell in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    """OWASP's rule for CSV injection: a cell that begins with = + - @ or a control character gets a quote."""
    lead = cell.lstrip()
    return f"'{cell}" if lead[:1] in {"=", "+", "-", "@", "|", "%"} or cell[:1] in {"\t", "\r", "\n"} else cell


def as_html(found: Sequence[dict[str, Any]], many: int) -> str:
    """The findings as one self-contained page that can be mailed or printed."""
    parts = [_HEAD, f"<h1>Audit</h1><p>{many} articles held, {len(found)} findings.</p>"]
    for group in grouped(found):
        parts.append(
            f"<h2>{html.escape(group.rule)} <small>{group.severity}, {len(group.rows)}</small></h2>"
            f"<p>{html.escape(group.promise)}</p><table><tr><th>Article<th>Observation<th>What to do</tr>"
        )
        parts.extend(
            f'<tr><td dir="auto">{html.escape(row["title"] or "(no title)")}<br><code>{row["article"]}</code>'
            f'<td dir="auto">{html.escape(row["message"])}<td>{html.escape(row["advice"] or "")}</tr>'
            for row in group.rows
        )
        parts.append("</table>")
    return "".join(parts) + "</main>\n"


_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Audit</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root{color-scheme:light dark}
body{font:16px/1.5 Georgia,serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
small,th,code{font:14px/1.5 system-ui,sans-serif}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;border-top:1px solid;padding:.4rem .8rem .4rem 0;overflow-wrap:anywhere}
</style><main>
"""


def _row(one: rows.FoundFinding) -> dict[str, Any]:
    return {"schema": "archiver/finding/1", **one.as_row()}
