"""`archiver reread`: read again with today's rules, and show what is read otherwise."""

from typing import TYPE_CHECKING, Any, TypeAlias

import click

from archiver.cli.options import Common, common, example
from archiver.cli.progress import progress
from archiver.cli.terminal import complain, note, one_line, prose_width, say, say_json, table, width

if TYPE_CHECKING:
    from archiver.compare.readings import Difference
    from archiver.jobs.reread import Options, Reread, Totals, Wanted
    from archiver.model import Statement

# property -> (title, article and version, difference)
Examples: TypeAlias = "dict[str, list[tuple[str | None, str, Difference]]]"


@click.command(
    "reread",
    epilog=example(
        "archiver reread --dry-run",
        "archiver reread --only xeber.example --property author --limit 20",
        "archiver reread --jobs 2 --json > differences.jsonl",
    ),
)
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be read otherwise; write nothing.")
@click.option(
    "--only", multiple=True, metavar="ID|OUTLET", help="Only this article, or all of this outlet; repeatable."
)
@click.option("--property", "properties", multiple=True, help="Tell only of this property; repeatable.")
@click.option("--limit", type=click.IntRange(0), default=3, show_default=True, help="Examples of each property.")
@click.option("--force", is_flag=True, help="Also read again what today's rules have read already.")
@click.option(
    "--all", "everything", is_flag=True, help="With --json: also a line for each article that stays the same."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processors to read with.")
@common
def command(
    dry_run: bool,
    only: tuple[str, ...],
    properties: tuple[str, ...],
    limit: int,
    force: bool,
    everything: bool,
    jobs: int,
    told: Common,
) -> int:
    """Read again with today's rules, and show what they read otherwise.

    Captured bytes are only read. Earlier readings are kept with the moment at which they ended (archiver show ID
    --reading N), and what is shown from then on is what archiver rebuild would make. A run that was stopped goes on
    where it was. An article whose bytes are damaged, or which today's rules cannot read, stays as it was and is named:
    exit status 4 for damage, else 3.
    """
    from archiver.jobs.reread import Options, Totals, wanted

    _must_be_known(properties)
    options = Options(only=only, jobs=jobs, dry_run=dry_run, force=force)
    todo = wanted(told.archive, options)
    totals = Totals()
    examples: Examples = {}
    try:
        for whole in _read(told, todo, options):
            one = whole.about(properties)
            totals.add(one)
            _report(one, told, everything=everything)
            _keep_examples(examples, one, limit)
    except KeyboardInterrupt:
        _stopped(told, todo, options, totals)
        return 130
    if told.json:
        say_json(totals.as_json(todo.reader, dry_run=dry_run))
    else:
        _print(totals, examples, todo, told, dry_run=dry_run)
    return 4 if totals.outcomes["damaged"] else 3 if totals.outcomes["unreadable"] else 0


def _stopped(told: Common, todo: "Wanted", options: "Options", totals: "Totals") -> None:
    """Say how far a run came that somebody stopped, and how it goes on."""
    from archiver.jobs.reread import wanted

    of = f"of {len(todo.ids)} article{'s' if len(todo.ids) != 1 else ''}"
    if options.dry_run:
        complain(f"stopped after {sum(totals.outcomes.values())} {of}", "nothing was written: it was a dry run")
        return
    # What was entered is counted, not what was told: both come batch by batch, but told is one by one.
    done = sum(totals.outcomes.values()) if options.force else len(todo.ids) - len(wanted(told.archive, options).ids)
    begins_anew = "with --force it begins anew; archiver reread" if options.force else "the same command again"
    complain(
        f"stopped: {done} {of} are read by today's rules, each of them whole", f"{begins_anew} goes on with the rest"
    )


def _keep_examples(examples: Examples, one: "Reread", limit: int) -> None:
    """The first of each property; other values are better examples than the same one on other grounds."""
    from archiver.compare.readings import How

    for version, difference in one.differences:
        found = examples.setdefault(difference.property, [])
        found.append((one.title, f"{one.id}:{version}", difference))
        found.sort(key=lambda kept: kept[2].how is How.OTHER_GROUNDS)
        del found[limit:]


def _read(told: Common, todo: "Wanted", options: "Options") -> Any:
    from archiver.jobs.reread import reread

    with progress("Reading again", told.quiet or told.json, total=len(todo.ids)) as tick:
        yield from reread(told.archive, todo, options, tick=tick)


def _must_be_known(properties: tuple[str, ...]) -> None:
    from archiver.jobs.reread import TEXT
    from archiver.model import PROPERTIES

    for name in properties:
        if name not in {*PROPERTIES, TEXT}:
            raise click.UsageError(f"no property is called {name!r}; one of: {', '.join((TEXT, *PROPERTIES))}")


def _report(one: "Reread", told: Common, *, everything: bool) -> None:
    if one.outcome in {"damaged", "unreadable"}:
        what = "its bytes cannot be read again" if one.outcome == "damaged" else "today's rules cannot read it"
        complain(f"{one.id} ({one_line(one.title or 'no title', 60)}): {what}: {one.reason}", "it stays as it was read")
    if told.json and (everything or one.outcome != "same"):
        say_json(one.as_json())


def _print(totals: "Totals", examples: Examples, todo: "Wanted", told: Common, *, dry_run: bool) -> None:
    from archiver.compare.readings import How

    def line(text: str = "") -> None:
        say(text, no_color=told.no_color)

    if not todo.ids:
        note("nothing to do: all is read by today's rules", quiet=told.quiet)
        return
    heads = ("property", "changed", "added", "dropped", "other grounds", "same")
    rows = [(name, *(str(totals.properties[name][str(how)]) for how in How)) for name in _in_order(totals.properties)]
    for text in table(rows, heads, flexible=0) if rows else ():
        line(text)
    for name in _in_order(name for name, found in examples.items() if found):
        line()
        line(click.style(name, bold=True))
        for title, place, difference in examples[name]:
            _example(line, title, place, difference)
    counts = totals.outcomes
    would = "would be " if dry_run else ""
    said = (
        f"{sum(counts.values())} articles: {counts['changed']} {would}read otherwise, {counts['grounds']} the same on "
        f"other grounds, {counts['unshown']} only in what is not shown, {counts['same']} the same, "
        f"{counts['damaged'] + counts['unreadable']} left as they were"
    )
    note(f"{said}\nreader: {todo.reader}", quiet=told.quiet)


def _in_order(names: Any) -> list[str]:
    from archiver.jobs.reread import TEXT
    from archiver.model import PROPERTIES

    known = set(names)
    return [name for name in (TEXT, *PROPERTIES) if name in known]


def _example(line: Any, title: str | None, place: str, difference: "Difference") -> None:
    """One value, as it was read and as it is read now, each with its rule and its words."""
    how = str(difference.how).replace("_", " ")
    shown = one_line(title or "(no title)", min(60, prose_width()))
    line(f"  {how}: {shown}  " + click.style(place, dim=True))
    for label, said, other in (("before", difference.old, difference.new), ("now", difference.new, difference.old)):
        if said is None:
            line(f"    {label:<7}" + click.style("nothing", dim=True))
            continue
        value = (one_line(said.value, 60) or "(not named)") + _other_details(said, other)
        meant = "" if said.meant == "stated" else f" ({said.meant})"
        beside = f"“{one_line(said.quote)}”" if said.quote else f"[{said.path or said.space}]"
        room = max(20, width() - 15 - len(value) - len(meant))
        ground = click.style(one_line(f"{said.rule}  {beside}", room), dim=True)
        line(f"    {label:<7}{click.style(value, bold=True)}{meant}  {ground}")


def _other_details(said: "Statement", other: "Statement | None") -> str:
    """What is known beside the value and is not known of the ``other``, in brackets."""
    if other is None:
        return ""
    news = [
        f"{name} {one_line(str(value), 40)}"
        for name, value in sorted(said.detail.items())
        if value is not None and other.detail.get(name) != value
    ]
    return f" [{', '.join(news)}]" if news else ""
