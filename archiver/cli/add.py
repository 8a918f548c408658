"""`archiver add`: keep pages."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

import click

from archiver.cli.options import Common, common, example
from archiver.cli.progress import progress
from archiver.cli.terminal import complain, note, one_line, say, say_json, standard_input
from archiver.cli.when import finite, moment
from archiver.errors import ArchiverError
from archiver.model import Outcome

if TYPE_CHECKING:
    from archiver.jobs.add import Added


@click.command(
    "add",
    epilog=example(
        "archiver add https://news.example/article",
        "archiver add saved/ --jobs 2",
        "archiver add page.html --url https://news.example/a --captured-at 2024-05-01T12:00:00Z",
        "grep -o 'https://[^ ]*' notes.txt | archiver add -",
    ),
)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--url", help="The address that the file is from. A file alone claims none.")
@click.option("--captured-at", callback=moment, help="When the file was captured, with its zone: 2024-05-01T12:00:00Z.")
@click.option(
    "--as",
    "as_format",
    metavar="FORMAT",
    help="html, mhtml, eml, markdown, pdf, docx, rtf, newsml, jsonl or textdump; seen from the bytes by default.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processors to read with.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be done; fetch and write nothing.")
@click.option(
    "--contact", envvar="ARCHIVER_CONTACT", help="Address or mail that our User-Agent names.  [env: ARCHIVER_CONTACT]"
)
@click.option(
    "--delay",
    type=click.FloatRange(0),
    callback=finite,
    default=1.0,
    show_default=True,
    help="Seconds between requests to a host.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    callback=finite,
    default=60.0,
    show_default=True,
    help="Seconds for one address in all.",
)
@click.option("--allow-private", is_flag=True, help="Also fetch from loopback and private networks.")
@click.option("--ignore-robots", is_flag=True, help="Fetch although robots.txt asks us not to; say why in your notes.")
@common
def command(
    targets: tuple[str, ...],
    url: str | None,
    captured_at: datetime | None,
    as_format: str | None,
    jobs: int,
    dry_run: bool,
    contact: str | None,
    delay: float,
    timeout: float,
    allow_private: bool,
    ignore_robots: bool,
    told: Common,
) -> int:
    """Keep pages: each TARGET is an address, a file, a folder, or - for standard input.

    Standard input (or a file) that holds one address a line is a list of addresses to fetch; else it is a
    page. A .jsonl or .toml list names files with their "path", "url" and "captured_at".

    What is reported as kept is durable. The same bytes are held once; a failure is recorded as an event with
    its reason, and never replaces what was held before.
    """
    from archiver.jobs.add import Options, add, summary
    from archiver.jobs.targets import Given, expand

    given = Given(url=url, captured_at=captured_at, format=as_format)
    options = Options(
        jobs=jobs,
        dry_run=dry_run,
        contact=contact,
        delay=delay,
        timeout=timeout,
        allow_private=allow_private,
        obey_robots=not ignore_robots,
    )
    counts = {"new": 0, "held": 0, "failed": 0}
    stopped: ArchiverError | None = None
    with progress("Adding", told.quiet or told.json) as tick:
        try:
            for one in add(told.archive, expand(targets, given, standard_input()), options, tick=tick):
                for name, many in summary([one]).items():
                    counts[name] += many
                _report(one, told, hint_private=not options.allow_private)
        except ArchiverError as error:
            if not counts["new"] + counts["held"]:
                raise
            # What was reported before the disk refused is kept, so this is partly done.
            stopped = error
            complain(error.message, error.hint)
    said = f"{counts['new']} new, {counts['held']} already held, {counts['failed']} failed"
    note(said, quiet=told.quiet or told.json)
    done = counts["new"] + counts["held"]
    return 0 if not counts["failed"] and stopped is None else 3 if done else 1


_PRIVATE = re.compile(r" is (?:this machine|a private network)")


def _report(one: "Added", told: Common, *, hint_private: bool) -> None:
    if told.json:
        say_json(one.as_json())
    elif one.failed:
        hint = one.hint
        if hint_private and one.outcome is Outcome.GUARD and _PRIVATE.search(one.reason or ""):
            hint = "to fetch from this machine or a private network: --allow-private"
        complain(f"{one.target}: {one.reason}" if one.outcome else one.reason or one.target, hint)
    else:
        word, colour = (
            ("held", None)
            if not one.new
            else ("new", "green")
            if one.new_article
            else ("changed", "yellow")
            if one.new_version
            else ("seen", None)
        )
        beside = click.style(f"  {one_line(one.reason, 60)}", dim=True) if one.reason else ""
        title = one_line(one.title or one.target, 80)
        line = f"{click.style(f'{word:<7}', fg=colour)}  {(one.article or '')[:8]:<8}  {title}"
        say(line + beside, no_color=told.no_color)
