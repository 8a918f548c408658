"""Pages about many articles: the front page, lists, outlets, the audit and the search."""

import re
import sqlite3
from dataclasses import replace
from typing import Any

from archiver.audit import RULES
from archiver.errors import NotFound, UsageError
from archiver.jobs.audit import as_csv
from archiver.model import Severity
from archiver.statements.rulebook import about
from archiver.store import rows
from archiver.store.search import search
from archiver.web import overview, words
from archiver.web.asked import Asked, Body, Page
from archiver.web.highlight import Span, marked

PER_PAGE = 50
PER_SEARCH = 20
PER_AUDIT = 100
PER_RULE = 6  # where all rules stand on one page
MOST_ROWS = 1_000_000
MOST_REVIEWED = 6
_CURSOR = re.compile(r'\[(?:\d{1,18}|"(?:[^"\\]|\\.)*"), ?\d{1,18}\]')


def front(conn: sqlite3.Connection, _: Asked) -> Page:
    """What is held, what needs a look, what came last."""
    return Page(
        "front.html",
        {
            "counts": rows.counts(conn),
            "review": overview.gravest(conn, MOST_REVIEWED),
            "review_counts": [g for g in overview.groups(conn) if g.severity.rank >= Severity.MEDIUM.rank],
            "latest": rows.list_articles(conn, limit=12).rows,
            "changed": rows.list_articles(conn, rows.Filters(changed=True), limit=6).rows,
            "here": "front",
        },
    )


def articles(conn: sqlite3.Connection, asked: Asked) -> Page:
    """Every article, in one of several orders, narrowed by a few questions."""
    order = asked.query.get("order") or "added"
    order = order if order in rows.ORDERS else "added"
    kind = asked.query.get("only", "")
    filters = replace(
        rows.Filters(),
        undated=kind == "undated",
        without_outlet=kind == "without-outlet",
        changed=kind == "changed",
        with_origin=kind == "with-origin",
        attempts=kind == "attempts",
        language=asked.query.get("language") or None,
    )
    page = rows.list_articles(conn, filters, order, PER_PAGE, _after(asked))
    return Page(
        "articles.html",
        {"page": page, "order": order, "only": kind, "language": filters.language or "", "here": "articles"},
    )


def outlet_page(conn: sqlite3.Connection, asked: Asked) -> Page:
    """What is held of one outlet, by its domain or its name. Raises NotFound."""
    name = asked.part("outlet")
    after = _after(asked)
    for filters in (rows.Filters(outlet_domain=name), rows.Filters(outlet=name), rows.Filters(host=name)):
        page = rows.list_articles(conn, filters, "published", PER_PAGE, after)
        if page.rows:
            # From the outlet's articles on, by index: the view ``origins_shown`` would be read whole.
            sources = conn.execute(
                "SELECT o.kind, o.name, count(*) FROM articles AS a "
                "JOIN origins AS o ON o.article_id = a.id AND o.version_id = a.latest_version "
                "AND o.valid_until IS NULL "
                "WHERE a.versions > 0 AND coalesce(a.outlet, '') = ? GROUP BY o.kind, o.name ORDER BY 3 DESC LIMIT 20",
                (page.rows[0].outlet or "",),
            ).fetchall()
            return Page("outlet.html", {"page": page, "name": name, "sources": [tuple(s) for s in sources]})
    raise NotFound(f"Nothing is held of an outlet called “{name}”.")


def rule_page(conn: sqlite3.Connection, asked: Asked) -> Page:
    """What a rule of reading looks at, in words; a wording with its examples. Raises NotFound."""
    described = about(asked.part("rule"))
    if described is None:
        raise NotFound(f"There is no rule of reading called “{asked.part('rule')}”.")
    read = conn.execute(
        "SELECT rule, count(*), sum(shown) FROM statements WHERE rule >= ? AND rule < ? AND valid_until IS NULL "
        "GROUP BY rule ORDER BY rule",
        (f"{described.rule}@", f"{described.rule}A"),
    ).fetchall()
    return Page("rule.html", {"rule": described, "read": [tuple(row) for row in read]})


def audit_page(conn: sqlite3.Connection, asked: Asked) -> Page:
    """What the rules observe, gravest first: the newest of each rule, or all of one rule page by page."""
    rule = asked.query.get("rule") or None
    severity = _severity(asked)
    offset = asked.number("from")
    everything = overview.groups(conn)
    chosen = [g for g in everything if rule in {None, g.rule} and severity in {None, g.severity}]
    whole = sum(group.findings for group in chosen)
    if rule:
        groups = overview.page_of(conn, chosen, PER_AUDIT, offset)
    else:
        groups = overview.newest_of_each(conn, chosen, PER_RULE)
    coverage = overview.coverage(conn)
    return Page(
        "audit.html",
        {
            "counts": rows.counts(conn),
            "by_rule": everything,
            "groups": groups,
            "promises": {r.name: (r.promise, r.advice) for r in RULES},
            "rule": rule or "",
            "severity": str(severity) if severity else "",
            "offset": offset,
            "next": offset + PER_AUDIT if rule and offset + PER_AUDIT < whole else None,
            "meants": [meant for meant in words.MEANT if any(meant in of for of in coverage.values())],
            "coverage": [(name, coverage[name]) for name in words.LABELS if name in coverage],
            "here": "audit",
        },
    )


def audit_csv(conn: sqlite3.Connection, asked: Asked) -> Body:
    """The same as CSV in which no cell can act as a formula."""
    found = rows.findings(conn, rule=asked.query.get("rule") or None, severity=_severity(asked), limit=MOST_ROWS)
    table = [one.as_row() for one in found]
    return Body(as_csv(table), "text/csv; charset=utf-8", {"content-disposition": 'attachment; filename="audit.csv"'})


def search_page(conn: sqlite3.Connection, asked: Asked) -> Page:
    """Texts that hold the words, whatever script or spelling, one hit an article."""
    q = asked.query.get("q", "")[:500]
    offset = asked.number("from")
    filters = rows.Filters(
        outlet=asked.query.get("outlet") or None,
        published_from=asked.query.get("since") or None,
        published_to=asked.query.get("until") or None,
    )
    found = search(conn, q, PER_SEARCH + 1, offset, filters)
    return Page(
        "search.html",
        {
            "q": q.strip(),
            "hits": [(hit, _snippet(hit.title), _snippet(hit.snippet)) for hit in found.hits[:PER_SEARCH]],
            "capped": found.capped,
            "offset": offset,
            "next": offset + PER_SEARCH if len(found.hits) > PER_SEARCH else None,
            "outlet": filters.outlet or "",
            "since": filters.published_from or "",
            "until": filters.published_to or "",
            "here": "search",
        },
    )


def _snippet(snippet: Any) -> Any:
    spans = [Span(start, end, str(place), "found", "found") for place, (start, end) in enumerate(snippet.marks)]
    return marked(snippet.text.replace("\n", " "), spans, None)


def robots(_: sqlite3.Connection, __: Asked) -> Body:
    """Full texts of others are kept here: no search engine is asked in."""
    return Body("User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")


def _after(asked: Asked) -> str | None:
    """Where a list goes on. Raises UsageError for what no list of ours gave: depth or numbers without bounds."""
    after = asked.query.get("after") or None
    if after and not _CURSOR.fullmatch(after):
        raise UsageError("This does not continue a list.", "start again without it")
    return after


def _severity(asked: Asked) -> Severity | None:
    wanted = asked.query.get("severity", "")
    return Severity(wanted) if wanted in words.SEVERITIES else None
