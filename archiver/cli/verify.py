"""`archiver verify`: that what is held is what was captured."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from archiver.cli.options import Common, common, example
from archiver.cli.terminal import note, one_line, say, say_json
from archiver.errors import InputError

_COLOURS = {"mismatch": "red", "uncheckable": "yellow"}
# What a verdict of a match speaks of, by its subject.
_COUNTED = {
    "file": "captures",
    "capture": "captures",
    "text": "texts",
    "reading": "readings",
    "quote": "quotes",
    "database": "statements",
}
_NAMED = 5  # captures in a sentence


@click.command(
    "verify",
    epilog=example(
        "archiver verify", "archiver verify --quick --json", "archiver verify --against checkpoint-of-may.txt"
    ),
)
@click.option("--quick", is_flag=True, help="Do not read every page again to compare its statements.")
@click.option("--all", "everything", is_flag=True, help="Also list what was found in order.")
@click.option("--against", type=click.Path(path_type=Path), help="A checkpoint (or head) that was kept elsewhere.")
@click.option("--key", metavar="VKEY", help="The key of the log as you know it, not as this archive names it.")
@click.option("--tsa-root", type=click.Path(path_type=Path), help="Certificates (PEM) that you trust for timestamps.")
@click.option("--witness", "witnesses", multiple=True, metavar="VKEY", help="The key of a witness whom you trust.")
@common
def command(
    quick: bool,
    everything: bool,
    against: Path | None,
    key: str | None,
    tsa_root: Path | None,
    witnesses: tuple[str, ...],
    told: Common,
) -> int:
    """Check that what is held is what was captured: snapshots, quotes, rows, triggers, the log and its seals.

    Each thing gets one of three verdicts: match, mismatch or uncheckable. Exits 4 on any mismatch. Then it says how far
    that reaches: L0, the archive agrees with itself; L1, it is signed; L2, others knew of it at a time - and what it
    cannot tell. Who has the disk can write everything anew: only what is kept elsewhere (--against, --key, --tsa-root,
    --witness) shows that nobody did.
    """
    from archiver.jobs.verify import run
    from archiver.store.levels import Outside, Standing

    standing = Standing(Outside(key, _bytes(against), _bytes(tsa_root), witnesses))
    summary = _Summary()
    for verdict in run(told.archive, deep=not quick, standing=standing):
        summary.add(verdict)
        if verdict["judgement"] == "match" and not everything:
            continue
        if told.json:
            say_json(verdict)
        else:
            place = f"{verdict['place']}: " if verdict["place"] else ""
            judgement = click.style(f"{verdict['judgement']:<12}", fg=_COLOURS.get(verdict["judgement"]))
            say(judgement + one_line(place + verdict["message"]), no_color=told.no_color)
    mismatches = summary.totals["mismatch"]
    if told.json:
        counted = {**summary.totals, "checked": summary.checked}
        say_json({"schema": "archiver/verified/1", **counted, **standing.as_json(mismatches)})
    else:
        for line in (*summary.lines(), *standing.shown(mismatches), *standing.not_shown()):
            say(one_line(line), no_color=told.no_color)
    if mismatches:
        note("what is held is not what was captured; the lines above say where", quiet=told.quiet)
        return 4
    return 0


class _Summary:
    """Counts verdicts while they are told, and says in three sentences what they come to."""

    def __init__(self) -> None:
        self.totals = {"match": 0, "mismatch": 0, "uncheckable": 0}
        self.checked = dict.fromkeys(("captures", "texts", "readings", "quotes", "statements"), 0)
        self._different = Counter[str]()
        self._captures: set[int] = set()
        self._articles: set[str] = set()

    def add(self, verdict: dict[str, Any]) -> None:
        """One more verdict, as `archiver verify --json` says it."""
        judgement, subject = verdict["judgement"], verdict["subject"]
        self.totals[judgement] += 1
        if judgement == "match":
            if verdict["many"] is not None:
                self.checked[_COUNTED[subject]] += verdict["many"]
            return
        if judgement == "mismatch":
            self._different[subject] += 1
            self._captures.update(verdict["captures"])
            self._articles.update(verdict["articles"])

    def lines(self) -> Iterator[str]:
        """What is as it was, what differs, what could not be checked."""
        done = self.checked
        quotes = f"{_many(done['quotes'], 'quote')} in their places"
        kept = (_many(done[things], things[:-1]) for things in ("captures", "readings", "texts"))
        yield f"As captured and as read: {', '.join((*kept, quotes))}."
        if done["statements"]:
            yield f"Read again from the snapshots: the same {_many(done['statements'], 'statement')}, value for value."
        said = ", ".join(_many(number, subject) for subject, number in sorted(self._different.items()))
        yield f"Different: {said}{self._where()}." if said else "Different: nothing."
        if unasked := self.totals["uncheckable"]:
            yield f"Not checked: {_many(unasked, 'thing')}; the lines above say what and why."

    def _where(self) -> str:
        if not self._captures and not self._articles:
            return ""
        numbers = sorted(self._captures)
        more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
        captures = f"capture {', '.join(map(str, numbers[:_NAMED]))}{more}" if numbers else ""
        articles = _many(len(self._articles), "article") if self._articles else ""
        return f" ({', '.join(filter(None, [captures, articles]))})"


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _bytes(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path is not None else None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "name a file that can be read") from error
