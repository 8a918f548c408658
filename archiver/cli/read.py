"""`archiver read`: what would be recorded, and on which words; keeps nothing, needs no archive."""

import io
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from archiver.cli.options import Common, common, example
from archiver.cli.show import print_record
from archiver.cli.terminal import complain, note, say_json, standard_input
from archiver.cli.when import moment


@click.command(
    "read",
    epilog=example(
        "archiver read dump.txt",
        "archiver read page.html --url https://news.example/a --captured-at 2024-05-01T12:00:00Z --json",
        "archiver read --jsonl pages.jsonl > records.jsonl",
    ),
)
@click.argument("targets", nargs=-1, metavar="TARGET...")
@click.option("--jsonl", type=click.Path(path_type=Path, allow_dash=True), help="Answer a file of JSON lines, or - .")
@click.option("--url", help="The address the file is from.")
@click.option("--captured-at", callback=moment, help="When it was captured, with its zone: 2024-05-01T12:00:00Z.")
@click.option(
    "--as",
    "as_format",
    metavar="FORMAT",
    help="html, mhtml, eml, markdown, pdf, docx, rtf, newsml, jsonl or textdump; seen from the bytes by default.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processors to use.")
@common
def command(
    targets: tuple[str, ...],
    jsonl: Path | None,
    url: str | None,
    captured_at: datetime | None,
    as_format: str | None,
    jobs: int,
    told: Common,
) -> int:
    """Read pages without keeping them: what would be recorded, and on which words.

    A TARGET is a file, a folder, or - for standard input. No archive is needed and no network touched.

    With --jsonl, every line {"id", "path" or "text" or "html", "url", "captured_at", "language", "zone"} is
    answered by one record, in order; "zone" says which part of a page a fragment was cut from.
    """
    from archiver.jobs.read import read_targets
    from archiver.jobs.targets import Given, expand

    if jsonl is not None:
        return _answer_lines(jsonl, jobs)
    if not targets:
        raise click.UsageError("give at least one file, folder or -, or --jsonl FILE")
    done = failed = 0
    given = Given(url=url, captured_at=captured_at, format=as_format)
    for answer in read_targets(expand(targets, given, standard_input()), jobs):
        if answer.error is not None:
            failed += 1
            complain(answer.error.message, answer.error.hint)
        elif told.json and answer.record is not None:
            say_json(answer.record)
        elif answer.record is not None:
            print_record(answer.record, name=answer.name, told=told)
        done += answer.error is None
    note(f"{done} read, {failed} failed", quiet=told.quiet or told.json or done + failed < 2)
    return 0 if not failed else 3 if done else 1


def _answer_lines(source: Path, jobs: int) -> int:
    from archiver.errors import InputError
    from archiver.jobs.read import read_lines

    failed = done = 0
    try:
        stream = _text(standard_input()) if str(source) == "-" else source.open(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{source}: {error.strerror}", "give a file of JSON lines, or -") from error
    with stream:
        for record in read_lines(stream, source.parent, jobs):
            failed += "error" in record
            done += "error" not in record
            say_json(record)
    return 0 if not failed else 3 if done else 1


def _text(stream: BinaryIO) -> TextIO:
    return io.TextIOWrapper(stream, encoding="utf-8")
