"""`archiver outlet`: who is who among outlets."""

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import one_line, say, say_json, table


@click.group("outlet", epilog=example("archiver outlet show minval.az", "archiver outlet list --language az"))
def command() -> None:
    """Ask who is who among outlets: names in every script, domains, languages."""


@command.command("list", epilog=example("archiver outlet list --language ru"))
@click.option("--language", help="Only outlets that publish in this language.")
@click.option("--country", help="Only outlets of this country (a code, such as AZ).")
@common
def list_outlets(language: str | None, country: str | None, told: Common) -> None:
    """List the outlets that are known by name."""
    from archiver.jobs.outlets import known

    rows = known(told.archive, language, country)
    if told.json:
        for row in rows:
            say_json(row)
        return
    cells = [(r["name"], " ".join(r["domains"]), r["type"], r["country"] or "", " ".join(r["languages"])) for r in rows]
    for line in table(cells, ("name", "domains", "type", "in", "languages"), flexible=1):
        say(line, no_color=told.no_color)


@command.command("show", epilog=example("archiver outlet show Азертадж"))
@click.argument("name")
@common
def show_outlet(name: str, told: Common) -> int:
    """Show which outlet a name or domain means, and how that was found."""
    from archiver.jobs.outlets import who

    found = who(told.archive, name)
    if told.json:
        say_json(found)
    else:
        say(one_line(found["sentence"]), no_color=told.no_color)
        for outlet in found["outlets"]:
            say(click.style(one_line(outlet["name"]), bold=True), no_color=told.no_color)
            say(f"  also called  {one_line('; '.join(outlet['aliases'])) or '-'}", no_color=told.no_color)
            say(f"  domains      {' '.join(outlet['domains']) or '-'}", no_color=told.no_color)
            say(f"  {outlet['type'] or 'outlet'}, {outlet['country'] or 'country not recorded'}, publishes in "
                f"{' '.join(outlet['languages']) or 'unrecorded languages'}", no_color=told.no_color)  # fmt: skip
    return 0 if found["outlets"] else 1
