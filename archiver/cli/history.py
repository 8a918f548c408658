"""`archiver history`: an article's life."""

from typing import Any

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import one_line, say, say_json, table


@click.command("history", epilog=example("archiver history https://news.example/a"))
@click.argument("ref", metavar="ID")
@common
def command(ref: str, told: Common) -> None:
    """Show an article's life: every capture, what came of it, which version it showed, and what was read before.

    ID is an article's id or the start of one, its address, or the start of a SHA-256.
    """
    from archiver.jobs.look import history, readings

    events, changes = history(told.archive, ref)
    if told.json:
        for event in events:
            say_json(event)
        return
    cells = [
        (str(e["capture"]), e["captured_at"] or "time unknown", e["added_at"], e["grade"], e["outcome"],
         f"version {e['version']}" if e["version"] else "", e["reason"] or "")
        for e in events
    ]  # fmt: skip
    for line in table(cells, ("#", "captured", "added", "grade", "outcome", "shows", "reason"), flexible=6):
        say(line, no_color=told.no_color)
    for number, sentences in changes:
        say()
        say(click.style(f"Version {number}", bold=True), no_color=told.no_color)
        for sentence in sentences:
            say(f"  {one_line(sentence)}", no_color=told.no_color)
    _print_readings(readings(told.archive, ref), told)


def _print_readings(every: list[dict[str, Any]], told: Common) -> None:
    """What was read when, where anything was ever read again."""
    if all(one["valid_until"] is None for one in every):
        return
    say()
    cells = [
        (str(one["number"]), str(one["version"]), one["valid_until"] or "shown today", one["reader"]) for one in every
    ]
    for line in table(cells, ("reading", "version", "until", "read by"), flexible=3):
        say(line, no_color=told.no_color)
