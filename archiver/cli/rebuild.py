"""`archiver rebuild`: archive.db again from snapshots/ alone."""

import click

from archiver.cli.options import Common, common, example
from archiver.cli.progress import progress
from archiver.cli.terminal import say, say_json


@click.command("rebuild", epilog=example("archiver rebuild", "archiver rebuild --archive /srv/archive --json"))
@click.option(
    "--accept-loss", is_flag=True, help="Also when the snapshots hold fewer captures than archive.db knows of."
)
@common
def command(accept_loss: bool, told: Common) -> None:
    """Make archive.db again from snapshots/ alone.

    The database in place is replaced in one step when the new one is whole; snapshots are only read.
    """
    from archiver.jobs.rebuild import run

    with progress("Reading snapshots", told.quiet or told.json) as tick:
        done = run(told.archive, tick, accept_loss=accept_loss)
    if told.json:
        say_json({"schema": "archiver/rebuilt/1", **done})
    else:
        say(f"archive.db made again: {done['captures']} captures, {done['articles']} articles", no_color=told.no_color)
