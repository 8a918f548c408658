"""`archiver audit`: what is missing, conflicting or suspicious, and why."""

import sys
import textwrap

import click

from archiver.cli.options import Common, common, example
from archiver.cli.show import SEVERITY_COLOUR
from archiver.cli.terminal import one_line, plain, prose_width, say, say_json

SEVERITIES = ["info", "low", "medium", "high", "critical"]


@click.command(
    "audit",
    epilog=example("archiver audit", "archiver audit k3j5 --json", "archiver audit --format html > audit.html"),
)
@click.argument("ref", metavar="[ID]", required=False)
@click.option("--format", "as_format", type=click.Choice(["text", "json", "html", "csv"]), help="text by default.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit 1 when a finding is this grave or graver.")
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", help="Leave out what is less grave.")
@click.option("--rule", help="Only findings of this rule (see docs/rules.md).")
@common
def command(
    ref: str | None, as_format: str | None, fail_on: str | None, severity: str, rule: str | None, told: Common
) -> int:
    """Report what is missing, conflicting or suspicious: observations with their grounds, never verdicts.

    With ID: one article. Without: the whole archive, gravest first.
    """
    from archiver.jobs import audit as job

    if rule is not None and rule not in job.rule_names():
        raise click.BadParameter(f"no rule is called {rule!r}; see docs/rules.md", param_hint="--rule")
    if told.json and as_format not in {None, "json"}:
        raise click.UsageError("--json and --format say different things; give one of them")
    found = job.run(told.archive, ref, least=severity, rule=rule)
    form = as_format or ("json" if told.json else "text")
    if form == "json":
        for row in found:
            say_json(row)
    elif form == "csv":
        sys.stdout.write(job.as_csv(found))
    elif form == "html":
        sys.stdout.write(job.as_html(found, job.held(told.archive)))
    else:
        _print(found, job.held(told.archive), told)
    return int(fail_on is not None and job.any_as_grave(found, fail_on))


def _print(found: list[dict[str, object]], held: int, told: Common) -> None:
    from archiver.jobs.audit import grouped

    _head(found, held, told)
    for group in grouped(found):
        head = click.style(f"{group.severity:<9}", fg=SEVERITY_COLOUR[group.severity], bold=True)
        say(no_color=told.no_color)
        say(f"{head}{click.style(group.rule, bold=True)}  {group.promise}", no_color=told.no_color)
        for row in group.rows[:12]:
            say(
                f"  {str(row['article'])[:8]}  {one_line(str(row['title'] or '(no title)'), 44)}",
                no_color=told.no_color,
            )
            for line in textwrap.wrap(plain(str(row["message"])), max(28, prose_width() - 12)):
                say(f"            {line}", no_color=told.no_color)
        if len(group.rows) > 12:
            say(f"  and {len(group.rows) - 12} more: archiver audit --rule {group.rule}", no_color=told.no_color)


def _head(found: list[dict[str, object]], held: int, told: Common) -> None:
    say(f"{held} articles held, {len(found)} findings", no_color=told.no_color)


def print_summary(found: list[dict[str, object]], held: int, told: Common, least: str = "medium") -> None:
    """A screenful: a line for each rule that fired, gravest first, with one example; lighter rules only counted."""
    from archiver.jobs.audit import grouped

    _head(found, held, told)
    say()
    lighter = 0
    for group in grouped(found):
        if SEVERITIES.index(group.severity) < SEVERITIES.index(least):
            lighter += len(group.rows)
            continue
        severity = click.style(f"{group.severity:<9}", fg=SEVERITY_COLOUR[group.severity])
        say(f"{severity}{click.style(group.rule, bold=True)} ({len(group.rows)})", no_color=told.no_color)
        example = group.rows[0]
        title = one_line(str(example["title"] or "(no title)"), 40)
        say(click.style(f"         {title}: {one_line(str(example['message']), 90)}", dim=True), no_color=told.no_color)
    if lighter:
        say(f"and {lighter} lighter observations: archiver audit", no_color=told.no_color)
