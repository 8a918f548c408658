"""`archiver key`: the keys that sign the log of an archive."""

from pathlib import Path

import click

from archiver.cli.options import Common, common, example, key_folder
from archiver.cli.terminal import note, one_line, say, say_json


@click.group("key", epilog=example("archiver key new --name archive.example/press", "archiver key list"))
def command() -> None:
    """Make the keys that sign the log, hand over to new ones, list them.

    Private keys lie outside of the archive, each in a file that only its owner can read; they are never shown.
    """


@command.command("new", epilog=example("archiver key new --name archive.example/press"))
@click.option("--name", help="What the log is called from now on: an address such as archive.example/press.")
@click.option("--lost", is_flag=True, help="The private half of the key in force is gone: go on without its word.")
@key_folder
@common
def new_key(name: str | None, lost: bool, keys: Path, told: Common) -> None:
    """Make the first key of this archive. The public half becomes an entry of the log."""
    from archiver.jobs.keys import new

    _told(new(told.archive, keys, name, lost=lost), keys, told)


@command.command("rotate", epilog=example("archiver key rotate"))
@key_folder
@common
def rotate_key(keys: Path, told: Common) -> None:
    """Hand over to a new key of the same name, which the old one endorses.

    What was sealed before stays signed: by the key that was in force then.
    """
    from archiver.jobs.keys import rotate

    _told(rotate(told.archive, keys), keys, told)


@command.command("list", epilog=example("archiver key list --json"))
@key_folder
@common
def list_keys(keys: Path, told: Common) -> None:
    """List the keys of this archive, since which entry, and whether the private half is here."""
    from archiver.jobs.keys import known

    for key in known(told.archive, keys):
        if told.json:
            say_json(key)
            continue
        until = "" if key["until_entry"] is None else f" to {key['until_entry']}"
        here = "private half here" if key["private_here"] else "private half not here"
        doubt = ", endorsed by nobody" if key["endorsed"] is False else ""
        say(one_line(f"{key['vkey']}  since entry {key['since_entry']}{until}, {here}{doubt}"), no_color=told.no_color)


def _told(vkey: str, keys: Path, told: Common) -> None:
    if told.json:
        say_json({"schema": "archiver/key/1", "vkey": vkey})
    else:
        say(vkey, no_color=told.no_color)
        note(f"the private half lies in {keys}: keep a copy of it elsewhere, and give it to nobody", quiet=told.quiet)
        note("give the line above to those who are to check seals; seal with: archiver seal", quiet=told.quiet)
