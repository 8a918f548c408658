"""`archiver prove`: one capture as a bundle that others can check."""

from pathlib import Path

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import note, one_line, say, say_json


@click.command(
    "prove",
    epilog=example("archiver prove https://news.example/a -o bundle.zip", "archiver prove k3j5:2 --no-text"),
)
@click.argument("ref", metavar="ID")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--no-text", is_flag=True, help="Without texts and page: statements, quotes and digests alone.")
@click.option("--whole-file", is_flag=True, help="With the other captures of the same WARC file: all is proven.")
@common
def command(ref: str, output: Path | None, no_text: bool, whole_file: bool, told: Common) -> None:
    """Make a bundle that others can check without this program: bytes, statements, proofs.

    ID is an article (its newest version), a version (ID:2, or the version's own id) or the number of a capture. The
    bundle holds a page for people and verify_bundle.py, one file that needs nothing but Python. Seal the log first
    (archiver seal), or the bundle says that nobody signed it. The same bundle twice is the same bytes.
    """
    if no_text and whole_file:
        raise click.UsageError("--no-text and --whole-file: a WARC file holds texts.")
    from archiver.jobs.prove import prove

    done = prove(told.archive, ref, output, with_text=not no_text, whole_file=whole_file)
    if told.json:
        say_json(done)
        return
    say(done["path"], no_color=told.no_color)
    for heading in ("What this proves", "What it does not prove"):
        note("", quiet=told.quiet)
        note(heading, quiet=told.quiet)
        for _, sentence in done["says"][heading]:
            note(f"  {one_line(sentence)}", quiet=told.quiet)
    if not done["signed_by"]:
        note("\nNobody signed the log up to here: archiver seal, then make the bundle again.", quiet=told.quiet)
