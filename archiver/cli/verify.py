"""`archiver verify`: that what is held is what was captured."""

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import note, one_line, say, say_json


@click.command("verify", epilog=example("archiver verify", "archiver verify --quick --json"))
@click.option("--quick", is_flag=True, help="Do not read every page again to compare its statements.")
@click.option("--all", "everything", is_flag=True, help="Also list what was found in order.")
@common
def command(quick: bool, everything: bool, told: Common) -> int:
    """Check that what is held is what was captured: snapshots, quotes, rows, triggers.

    Each thing gets one of three verdicts: match, mismatch or uncheckable. Exits 4 on any mismatch. This shows
    that nothing changed since it was entered here; it does not show that a server sent it.
    """
    from archiver.jobs.verify import run

    totals = {"match": 0, "mismatch": 0, "uncheckable": 0}
    for verdict in run(told.archive, deep=not quick):
        totals[verdict["judgement"]] += 1
        if verdict["judgement"] == "match" and not everything:
            continue
        if told.json:
            say_json(verdict)
        else:
            colour = {"mismatch": "red", "uncheckable": "yellow"}.get(verdict["judgement"])
            place = f"{verdict['place']}: " if verdict["place"] else ""
            said = click.style(f"{verdict['judgement']:<12}", fg=colour) + one_line(place + verdict["message"])
            say(said, no_color=told.no_color)
    if told.json:
        say_json({"schema": "archiver/verified/1", **totals})
    else:
        said = ", ".join(f"{many} {word}" for word, many in totals.items())
        say(said, no_color=told.no_color)
    if totals["mismatch"]:
        note("what is held is not what was captured; the lines above say where", quiet=told.quiet)
        return 4
    return 0
