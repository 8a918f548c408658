"""`archiver search`: words in titles and texts, in any script and spelling."""

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import note, one_line, plain, say, say_json


@click.command("search", epilog=example("archiver search Əliyev", 'archiver search "border market"'))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, at most.")
@common
def command(words: tuple[str, ...], limit: int, told: Common) -> None:
    """Find words in titles and texts, in any script and spelling.

    Əliyev, Aliyev, Eliyev, Алиев and Ալիև find each other. Words in double quotes must stand together.
    """
    from archiver.jobs.look import search

    hits = search(told.archive, " ".join(words), limit)
    if told.json:
        for hit in hits:
            say_json(hit)
        return
    for hit in hits:
        date = hit["published"] or "no date"
        say(click.style(one_line(hit["title"] or "(no title)", 100), bold=True), no_color=told.no_color)
        say(
            click.style(f"  {hit['id'][:8]} · {plain(hit['outlet'] or 'no outlet')} · {date}", dim=True),
            no_color=told.no_color,
        )
        say(f"  {_marked(hit)}", no_color=told.no_color)
    if not hits:
        note(f"no text holds {' '.join(words)!r}", quiet=told.quiet)


def _marked(hit: dict[str, object]) -> str:
    snippet, marks = str(hit["snippet"]), hit["marks"]
    assert isinstance(marks, list)
    out, done = "", 0
    for start, end in marks:
        out += plain(snippet[done:start].replace("\n", " ")) + click.style(
            plain(snippet[start:end]), bold=True, underline=True
        )
        done = end
    return out + plain(snippet[done:].replace("\n", " "))
