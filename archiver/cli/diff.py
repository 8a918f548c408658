"""`archiver diff`: what changed, facts first, then words."""

import textwrap
from typing import Any

import click

from archiver.cli.options import Common, common, example
from archiver.cli.show import SEVERITY_COLOUR
from archiver.cli.terminal import plain, prose_width, say, say_json


@click.command(
    "diff",
    epilog=example(
        "archiver diff https://news.example/a", "archiver diff k3j5:1 k3j5:3", "archiver diff before.html after.html"
    ),
)
@click.argument("old", metavar="A")
@click.argument("new", metavar="[B]", required=False)
@click.option("--exit-code", is_flag=True, help="Exit 1 when something editorial changed.")
@click.option("--context", type=click.IntRange(0), default=8, show_default=True, help="Words around a change.")
@common
def command(old: str, new: str | None, exit_code: bool, context: int, told: Common) -> int:
    """Show what changed between two versions, two articles or two files: facts first, then words.

    A and B are files, articles (the newest version), or versions written ID:NUMBER. With A alone: its last
    two versions.
    """
    from archiver.jobs.diff import compare

    found = compare(told.archive, old, new)
    if told.json:
        say_json(found)
    else:
        _print(found, context, told)
    return int(exit_code and found["changed"])


def _print(found: dict[str, Any], context: int, told: Common) -> None:
    def line(text: str = "") -> None:
        say(text, no_color=told.no_color)

    if not found["changed"]:
        line("No editorial change.")
    for change in found["facts"]:
        severity = click.style(f"{change['severity']:<9}", fg=SEVERITY_COLOUR[change["severity"]])
        line(f"{severity}{plain(change['sentence'])}")
    for passage in found["passages"]:
        line()
        words = "".join(_styled(part, context) for part in passage)
        for text in textwrap.wrap(words, max(40, prose_width()), break_long_words=False):
            line(text)


def _styled(part: dict[str, str], context: int) -> str:
    text = plain(" ".join(part["text"].split(" ")).replace("\n", " "))
    if part["op"] == "delete":
        return click.style(f"[-{text.strip()}-]", fg="red") + " "
    if part["op"] == "insert":
        return click.style(f"{{+{text.strip()}+}}", fg="green") + " "
    words = text.split(" ")
    return text if len(words) <= 2 * context else " ".join([*words[:context], "…", *words[-context:]])
