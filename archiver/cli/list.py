"""`archiver list`: the articles that are held."""

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import note, one_line, say, say_json, table, width
from archiver.cli.when import day


@click.command("list", epilog=example("archiver list --undated", "archiver list --outlet news.example --json"))
@click.option("--outlet", help="Only articles of this outlet: its name or its domain.")
@click.option("--language", help="Only articles in this language (a code, such as az).")
@click.option(
    "--since", metavar="DATE", callback=day, help="Published on or after this date (2024, 2024-12 or 2024-12-19)."
)
@click.option("--until", metavar="DATE", callback=day, help="Published on or before this date.")
@click.option("--undated", is_flag=True, help="Only articles whose date is unknown.")
@click.option("--changed", is_flag=True, help="Only articles with more than one version.")
@click.option("--with-origin", is_flag=True, help="Only articles that come from somewhere else.")
@click.option("--order", type=click.Choice(["added", "oldest", "published", "title", "outlet"]), default="added")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many, at most.")
@common
def command(told: Common, limit: int, order: str, **wanted: str | bool | None) -> None:
    """List the articles that are held, newest first."""
    from archiver.jobs.look import listing

    rows, more = listing(told.archive, wanted, order=order, limit=limit)
    if told.json:
        for row in rows:
            say_json(row)
        return
    cells = [
        (row["id"][:8], row["published"] or "no date", row["outlet"] or "no outlet", row["title"] or "(no title)",
         one_line(row["origin_line"] or "", 36 if width() > 90 else 16), str(row["versions"]))
        for row in rows
    ]  # fmt: skip
    for line in table(cells, ("id", "published", "outlet", "title", "origin", "v"), flexible=3):
        say(line, no_color=told.no_color)
    if more:
        note("there are more: --limit shows more, options narrow the list", quiet=told.quiet)
    if not rows:
        note("nothing is held that fits; keep a page with: archiver add TARGET", quiet=told.quiet)
