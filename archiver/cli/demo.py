"""`archiver demo`: an archive from the shipped samples, what was found in it, and how to browse."""

from pathlib import Path

import click

from archiver.cli.audit import print_summary
from archiver.cli.options import Common, common, example
from archiver.cli.progress import progress
from archiver.cli.terminal import note, say, say_json


@click.command("demo", epilog=example("archiver demo", "archiver demo --archive /tmp/try"))
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("samples"),
    show_default=True,
    help="The folder of sample pages.",
)
@common
def command(samples: Path, told: Common) -> int:
    """Build an archive from the sample pages, audit it, and say how to browse it.

    Running it again adds nothing: the same bytes are held once.
    """
    from archiver.jobs.add import Options, add, summary
    from archiver.jobs.audit import held, run
    from archiver.jobs.folder import adopt_outlets
    from archiver.jobs.targets import Given, expand_list

    if adopt_outlets(told.archive, samples / "outlets.toml"):
        note("the invented outlets of the samples are declared in outlets.toml, as your own would be", quiet=told.quiet)
    with progress("Adding samples", told.quiet or told.json) as tick:
        added = list(add(told.archive, expand_list(samples / "manifest.toml", Given()), Options(), tick=tick))
    found = run(told.archive, None)
    if told.json:
        say_json(
            {"schema": "archiver/demo/1", **summary(added), "articles": held(told.archive), "findings": len(found)}
        )
        return 0
    counts = summary(added)
    note(f"{counts['new']} pages added, {counts['held']} held already", quiet=told.quiet)
    for one in added:
        if one.failed:
            note(f"kept as an event, not as an article: {one.target}: {one.reason}", quiet=told.quiet)
    print_summary(found, held(told.archive), told)
    at = "" if told.archive == Path() else f" --archive {told.archive}"
    say()
    say(f"Browse it:   archiver serve{at}         (after `make demo`: make serve)", no_color=told.no_color)
    say(f"Look inside: archiver list{at}    archiver show ID{at}    archiver audit{at}", no_color=told.no_color)
    return 0
