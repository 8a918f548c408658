"""`archiver rebuild`: archive.db again from snapshots/ alone."""

import click

from archiver.cli.options import Common, common, example
from archiver.cli.progress import progress
from archiver.cli.terminal import say, say_json


@click.command("rebuild", epilog=example("archiver rebuild", "archiver rebuild --archive /srv/archive --json"))
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Replace archive.db also when snapshots are damaged or hold fewer captures than it knows of.",
)
@common
def command(accept_loss: bool, told: Common) -> None:
    """Make archive.db again from snapshots/ alone.

    Everything is read by today's rules. What other rules read before is in no snapshot: it is carried over from the
    database in place, and lost where there is none or where that is damaged.

    The database in place is replaced in one step when the new one is whole; snapshots are only read. From damaged
    snapshots everything is entered that is still whole, what is lost is named, and the exit status is 4; a database
    that knows more than they hold stays, unless --accept-loss is given.
    """
    from archiver.jobs.rebuild import run

    with progress("Reading snapshots", told.quiet or told.json) as tick:
        done = run(told.archive, tick, accept_loss=accept_loss)
    if told.json:
        say_json({"schema": "archiver/rebuilt/1", **done})
    else:
        earlier = f", {done['earlier']} earlier readings carried over" if done["earlier"] else ""
        made = f"archive.db made again: {done['captures']} captures, {done['articles']} articles{earlier}"
        say(made, no_color=told.no_color)
