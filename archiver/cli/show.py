"""`archiver show`: one article, every value with the words it rests on."""

import textwrap
from typing import Any

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import note, one_line, plain, prose_width, say, say_json, width

UNKNOWN = "unknown"
SEVERITY_COLOUR = {"critical": "red", "high": "red", "medium": "yellow", "low": "cyan", "info": None}


@click.command(
    "show",
    epilog=example(
        "archiver show https://news.example/a", "archiver show k3j5 --rejected --text", "archiver show k3j5 --reading 1"
    ),
)
@click.argument("ref", metavar="ID")
@click.option("--rejected", is_flag=True, help="Also what was read but is not shown, and why.")
@click.option("--text", "with_text", is_flag=True, help="Also the clean text.")
@click.option("--reading", type=click.IntRange(1), metavar="N", help="As it was read before: see archiver history ID.")
@common
def command(ref: str, rejected: bool, with_text: bool, reading: int | None, told: Common) -> None:
    """Show one article: every value with the words it rests on.

    ID is an article's id or the start of one, its address, or the start of a SHA-256.
    """
    from archiver.jobs.look import record

    found = record(told.archive, ref, reading)
    if told.json:
        say_json(found)
    else:
        if reading is not None:
            note(_reading_line(found["reading"]), quiet=told.quiet)
        print_record(found, name=None, told=told, rejected=rejected, with_text=with_text)


def print_record(
    record: dict[str, Any], *, name: str | None, told: Common, rejected: bool = False, with_text: bool = False
) -> None:
    """A record for people: headline, facts each with its quote, origin, findings."""

    def line(text: str = "") -> None:
        say(text, no_color=told.no_color)

    line(click.style(one_line(record["title"] or "(no title)"), bold=True))
    line(click.style(one_line(_where_from(record, name)), dim=True))
    line()
    shown = [s for s in record["statements"] if s["shown"]]
    for label, names in FACTS:
        _fact(line, label, [s for s in shown if s["property"] in names])
    if with_text:
        line()
        for paragraph in record["text"].split("\n"):
            line("\n".join(textwrap.wrap(plain(paragraph), min(80, prose_width()))) or "")
    if rejected:
        _rejected(line, [s for s in record["statements"] if not s["shown"]])
    _findings(line, record["findings"])
    line()


def _reading_line(reading: dict[str, Any]) -> str:
    """Which reading is shown, and whether it still holds."""
    ended = f"ended {reading['valid_until']}" if reading["valid_until"] else "shown today"
    of = f"reading {reading['number']} of {reading['of']}, version {reading['version']}, {ended}"
    return f"{of}\nread by {reading['reader']}"


FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outlet", ("outlet",)),
    ("published", ("published",)),
    ("modified", ("modified",)),
    ("not before", ("published_not_before", "captured_not_before")),
    ("not after", ("published_not_after",)),
    ("author", ("author",)),
    ("translator", ("translator",)),
    ("agency", ("agency",)),
    ("posted by", ("posted_by",)),
    ("origin", ("origin",)),
    ("licence", ("licence",)),
    ("language", ("language",)),
    ("observed", ("suspected_machine_translation", "hidden_characters")),
)
# What a reader looks for first; these say "unknown" in words, the others stay silent.
_SAY_UNKNOWN = {"outlet", "published", "author", "origin"}


def _where_from(record: dict[str, Any], name: str | None) -> str:
    parts = [record["url"] or name or "no address claimed", record["grade"], record["id"]]
    if record["captured_at"]:
        parts.insert(2, f"captured {record['captured_at']}")
    return " · ".join(str(part) for part in parts)


def _fact(line: Any, label: str, statements: list[dict[str, Any]]) -> None:
    head = f"  {label:<11}"
    if not statements and label in _SAY_UNKNOWN:
        line(head + click.style(UNKNOWN, dim=True))
    for s in statements:
        value = _value(s)
        meant = "" if s["meant"] == "stated" else click.style(f" ({s['meant']})", fg="yellow")
        quote = one_line(s["quote"])
        evidence = f"“{quote}” {_place(s)}" if quote else _place(s)
        room = max(20, width() - 15 - len(value) - len(s["meant"]))
        line(
            head
            + click.style(one_line(value, 60), bold=True)
            + meant
            + "  "
            + click.style(one_line(evidence, room), dim=True)
        )
        head = " " * 13


def _value(s: dict[str, Any]) -> str:
    detail = s["detail"]
    if s["property"] == "origin":
        domain = detail.get("domain")
        beside = f" ({domain})" if domain and domain != s["value"] else ""
        made = "machine " if detail.get("machine") else ""
        return f"{made}{detail['kind']} from {s['value'] or 'a source it does not name'}{beside}"
    if s["property"] in {"published_not_before", "captured_not_before", "published_not_after"}:
        return f"{s['property'].split('_', maxsplit=1)[0]}: {s['value']}"
    if s["property"] == "published" or s["property"] == "modified":
        zone = detail.get("zone")
        return str(s["value"]).replace("T", " ") + (f" {zone}" if zone else "")
    if s["property"] == "outlet" and detail.get("domain"):
        return f"{s['value']} ({detail['domain']})"
    if s["property"] == "suspected_machine_translation":
        return "machine translation suspected"
    return str(s["value"])


def _place(s: dict[str, Any]) -> str:
    if s["path"]:
        return f"[{s['path']}]"
    return f"@{s['start']}" if s["start"] is not None else f"[{s['rule']}]"


def _rejected(line: Any, statements: list[dict[str, Any]]) -> None:
    if statements:
        line()
        line(click.style("Read, but not shown", bold=True))
    for s in statements:
        line(f"  {s['property']:<22}{one_line(s['value'], 40)}  " + click.style(f"{s['why']} {_place(s)}", dim=True))


def _findings(line: Any, findings: list[dict[str, Any]]) -> None:
    if findings:
        line()
    for finding in findings:
        severity = click.style(f"{finding['severity']:<9}", fg=SEVERITY_COLOUR[finding["severity"]])
        text = textwrap.wrap(plain(finding["message"]), max(26, prose_width() - 14)) or [""]
        line(f"  {severity} {text[0]}")
        for rest in text[1:]:
            line(" " * 12 + rest)
