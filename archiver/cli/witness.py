"""`archiver witness`: have others remember how long the log was, or remember it for others."""

from pathlib import Path

import click

from archiver.cli.options import Common, common, example, key_folder
from archiver.cli.terminal import note, one_line, say, say_json
from archiver.errors import UsageError


@click.group(
    "witness",
    epilog=example(
        "archiver witness request -o request.txt",
        "archiver witness sign request.txt --state witnessed > answer.txt",
        "archiver witness add answer.txt --witness witness.example/w1+…",
    ),
)
def command() -> None:
    """Have others remember how long the log was.

    By files, in the form of c2sp.org/tlog-witness.

    The archive writes a request, the witness (another person, another machine) signs it if the log only grew, and the
    archive adds the answer. Who took anything back would need all witnesses to forget.
    """


@command.command("new", epilog=example("archiver witness new --name witness.example/w1"))
@click.option("--name", required=True, help="What the witness is called: an address such as witness.example/w1.")
@key_folder
@common
def new_witness(name: str, keys: Path, told: Common) -> None:
    """As a witness: make a key to cosign with."""
    from archiver.jobs.keys import new_witness as new

    vkey = new(keys, name)
    if told.json:
        say_json({"schema": "archiver/key/1", "vkey": vkey})
    else:
        say(vkey, no_color=told.no_color)
        note("give the line above to the archives that are to be witnessed", quiet=told.quiet)


@command.command("request", epilog=example("archiver witness request -o request.txt"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file, not to standard output.")
@click.option("--old", type=click.IntRange(0), help="How many entries the witness saw last; known where it answered.")
@click.option("--witness", help="Name or key of the witness, where there are several.")
@common
def request_witness(output: Path | None, old: int | None, witness: str | None, told: Common) -> None:
    """As an archive: write what a witness must see, for the newest seal."""
    from archiver.jobs.witness import request

    text = request(told.archive, old=old, witness=witness)
    if output is None:
        if told.json:
            say_json({"schema": "archiver/witness-request/1", "request": text})
        else:
            click.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}", "name another file") from error
    if told.json:
        say_json({"schema": "archiver/witness-request/1", "file": str(output)})
    else:
        note(f"send {output} to the witness", quiet=told.quiet)


@command.command("sign", epilog=example("archiver witness sign request.txt --state witnessed --log archive.example+…"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--state", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Folder in which this witness remembers what it saw.")  # fmt: skip
@click.option("--key", help="Name or key of this witness, where there are several.")
@click.option("--log", "logs", multiple=True, metavar="VKEY", help="The key of a log to trust from now on.")
@key_folder
@common
def sign_request(file: Path, state: Path, key: str | None, logs: tuple[str, ...], keys: Path, told: Common) -> None:
    """As a witness: check that the log only grew, remember that, and cosign.

    Refuses a log that became shorter (roll-back) or another (fork), and one whose key it was never given.
    """
    from archiver.jobs.witness import sign

    line = sign(file, state, keys, key=key, logs=logs)
    if told.json:
        say_json({"schema": "archiver/cosignature/1", "line": line.rstrip("\n")})
    else:
        click.echo(line, nl=False)


@command.command("add", epilog=example("archiver witness add answer.txt --witness witness.example/w1+…"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--witness", required=True, metavar="VKEY", help="The key of the witness, as it gave it to you.")
@common
def add_cosignature(file: Path, witness: str, told: Common) -> None:
    """As an archive: check what a witness answered, and keep it with the seal."""
    from archiver.jobs.witness import add

    done = add(told.archive, file, witness)
    if told.json:
        say_json(done)
    else:
        again = "" if done["new"] else ", which was here already"
        said = f"{done['size']} entries, witnessed at {done['at']} by {done['witness']}{again}"
        say(one_line(said), no_color=told.no_color)
