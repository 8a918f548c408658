"""`archiver judge`: what a person decided, with who and why."""

from typing import Any

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import one_line, say, say_json
from archiver.errors import UsageError

_TARGETS = ("confirm", "reject", "set", "unknown", "withdraw", "agree", "disagree")


@click.command(
    "judge",
    epilog=example(
        'archiver judge k3j5 --set published=2024-12-19 --why "print edition, page 3" --who "A. Reader"',
        'archiver judge k3j5 --reject origin --why "the outlet says it wrote this first" --who "A. Reader"',
        "archiver judge k3j5",
    ),
)
@click.argument("ref", metavar="ID")
@click.option("--confirm", metavar="STATEMENT", help="This statement is right: its id, or a property of one value.")
@click.option("--reject", metavar="STATEMENT", help="This statement is wrong.")
@click.option("--set", "set_", metavar="PROPERTY=VALUE", help="This is the value, whatever the page says.")
@click.option("--unknown", metavar="PROPERTY", help="Nobody can know the value; show none.")
@click.option("--withdraw", metavar="JUDGEMENT", help="Take a judgement back. It stays on record.")
@click.option("--agree", metavar="JUDGEMENT", help="Somebody else looked at it, and comes to the same.")
@click.option("--disagree", metavar="JUDGEMENT", help="Somebody else looked at it, and does not.")
@click.option("--kind", help="Of an origin: translation, reprint, syndication, wire, excerpt, adaptation or rewrite.")
@click.option("--domain", help="Of an origin or an outlet.")
@click.option("--url", help="Of an origin.")
@click.option("--language", help="Of an origin.")
@click.option("--why", default="", help="The grounds, for whoever asks later.")
@click.option("--who", default="", envvar="ARCHIVER_WHO", help="Who decides.  [env: ARCHIVER_WHO]")
@common
def command(ref: str, why: str, who: str, told: Common, set_: str | None, **given: str | None) -> None:
    """Record what a person decided about a value or an origin of an article; without options, list it.

    Nothing that was read is deleted. What a person decided is shown, marked as such, from the newest version on, and
    stays on top whenever the article is read again; where the rules then read something else, the audit says so.
    """
    from archiver.jobs.judge import Decided, judge, made
    from archiver.model import Decision

    targets = {**given, "set": set_}
    chosen = [(name, targets[name]) for name in _TARGETS if targets[name] is not None]
    if len(chosen) > 1:
        raise UsageError("one judgement at a time", f"give one of: {', '.join('--' + name for name, _ in chosen)}")
    if not chosen:
        for one in made(told.archive, ref):
            _say(one, told)
        return
    detail = {name: str(given[name]) for name in ("kind", "domain", "url", "language") if given[name] is not None}
    decision, target = chosen[0]
    if detail and decision != "set":
        raise UsageError(f"--{next(iter(detail))} describes a value that is set", "give --set PROPERTY=VALUE with it")
    decided = Decided(Decision(decision), target or "", who, why, detail)
    _say(judge(told.archive, ref, decided), told)


def _say(one: dict[str, Any], told: Common) -> None:
    if told.json:
        say_json(one)
        return
    what = one["about"] or " = ".join(part for part in (one["property"], one["value"]) if part)
    taken_back = click.style(" (withdrawn)", fg="yellow") if one["withdrawn"] else ""
    line = f"{one['id'][:8]}  {one['made_at'][:10]}  {click.style(one['decision'], bold=True)} {one_line(what, 60)}"
    say(line + taken_back, no_color=told.no_color)
    say(f"          {one_line(one['who'], 40)}: {one_line(one['why'], 100)}", no_color=told.no_color)
