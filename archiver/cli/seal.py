"""`archiver seal`: sign the log, and have others state when."""

from pathlib import Path

import click

from archiver.cli.options import Common, common, example, key_folder
from archiver.cli.terminal import complain, note, one_line, say, say_json
from archiver.cli.when import finite
from archiver.errors import UsageError


@click.command(
    "seal",
    epilog=example(
        "archiver seal",
        "archiver seal --tsa https://tsa.example/tsr --tsa-root tsa-root.pem",
        "archiver seal --request checkpoint.tsq",
        "archiver seal --response checkpoint.tsr",
    ),
)
@click.option("--tsa", metavar="URL", help="Ask this authority for a timestamp (RFC 3161).")
@click.option("--tsa-root", type=click.Path(path_type=Path), help="Certificates (PEM) that you trust for timestamps.")
@click.option("--request", type=click.Path(path_type=Path), help="Write a request for a timestamp into this file.")
@click.option("--response", type=click.Path(path_type=Path), help="Take the timestamp in this file; signs nothing.")
@click.option("--timeout", type=click.FloatRange(0.1), callback=finite, default=30.0, show_default=True,
              help="Seconds for the authority in all.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="The authority may be on this machine or in a private network.")
@click.option(
    "--contact", envvar="ARCHIVER_CONTACT", help="Address or mail that our User-Agent names.  [env: ARCHIVER_CONTACT]"
)
@key_folder
@common
def command(
    tsa: str | None,
    tsa_root: Path | None,
    request: Path | None,
    response: Path | None,
    timeout: float,
    allow_private: bool,
    contact: str | None,
    keys: Path,
    told: Common,
) -> int:
    """Sign the log as it is now, so that its owner can be held to it.

    An unchanged log is not signed twice. A copy of the signed checkpoint that others keep (snapshots/log/checkpoint, a
    few lines of text) shows later whether anything was taken back: archiver verify --against FILE.

    With --tsa an authority states when; trouble with it is told, the seal stays, and the exit status is 3. The same
    command asks again. By file: --request, then --response with what the authority answered.
    """
    from archiver.jobs.seal import Authority, seal, take

    if response is not None and (tsa or request):
        raise UsageError("--response takes what was answered; it does not go with --tsa or --request")
    if response is not None:
        done = take(told.archive, response, roots=tsa_root)
    else:
        authority = Authority(tsa, allow_private, timeout, contact) if tsa else None
        done = seal(told.archive, keys, authority=authority, request=request, roots=tsa_root)
    if told.json:
        say_json(done)
    else:
        if done["new"]:
            say(one_line(f"sealed {done['size']} entries as {done['origin']}"), no_color=told.no_color)
            note(f"give others a copy of {done['checkpoint']}", quiet=told.quiet)
        elif response is None:
            said = f"nothing to seal: the {done['size']} entries of {done['origin']} are signed already"
            say(one_line(said), no_color=told.no_color)
        for stated in done["timestamps"]:
            say(one_line(_sentence(stated)), no_color=told.no_color)
    for trouble in done["trouble"]:
        complain(trouble, "the seal stays; the same command tries again")
    return 3 if done["trouble"] else 0


def _sentence(stated: dict[str, object]) -> str:
    who = stated["by"] if stated["vouched"] else f"{stated['by']}, an authority nobody here vouches for"
    doubts = stated["doubts"]
    assert isinstance(doubts, list)
    return f"existed at {stated['at']}, states {who}" + "".join(f"; {doubt}" for doubt in doubts)
