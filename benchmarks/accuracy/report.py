"""What was measured, where, when and with which versions: as a table, as JSON, and as a page of docs/.

Nothing here depends on the machine: no paths, no times, no speeds.
"""

import dataclasses
import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.table import Table

from benchmarks.accuracy.readers import OURS, Read
from benchmarks.accuracy.score import DRAWS, KINDS, SEED, Figure, Kind
from benchmarks.accuracy.truth import Page

Scores = Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: the pages, every reader and its figures, the readers that were left out with the reason, the day."""

    pages: Sequence[Page]
    of: int
    readers: Mapping[str, Read]
    scores: Scores
    absent: Sequence[str]
    failures: int
    day: date


_MEANING = """\
* **text F1**: four-word shingles of the main text as a multiset (one character a word in scripts without spaces);
  harmonic mean of the mean precision over pages with an answer and the mean recall over all pages.
* **snippets F1**: over all pages, pieces that must be in the text, and pieces of furniture that must not.
* **title exact**: the same letters and signs; case, the shape of quotes and dashes and a last full stop do not count.
* **date right / wrong / coverage**: the day of publication, or one of the days where the truth allows several (only an
  instant in UTC is known); an answer that is another day; any answer at all.
* **author F1 / exact set**: people, each compared once, in any order; a name with up to two more given names is the
  same person, a name in another script is not. Exact set: all of them and nobody else.
* **author spurious**: pages that have no author and were given one.
* **site name**: the same but for case, accents, a leading article and the ending of a web address.
* **language**: the primary subtag.
"""


def table(measured: Measured) -> Table:
    """A row for each figure, a column for each reader, values with their 95 % intervals."""
    shown = Table(title=f"{len(measured.pages)} pages of {_sites(measured.pages)} sites", title_justify="left")
    shown.add_column("", no_wrap=True)
    shown.add_column("pages", justify="right")
    for name in measured.readers:
        shown.add_column(name, justify="right", overflow="fold")
    for kind in _kinds(measured.scores):
        shown.add_row(*_row(measured.scores, kind, bold=lambda cell: f"[bold]{cell}[/]", between="\n"))
    return shown


def print_table(measured: Measured) -> None:
    """The table on standard output, whole also in a pipe, then who was left out."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=16 + 18 * (1 + len(measured.readers)))
    console.print(table(measured))
    for line in measured.absent:
        console.print(line, markup=False)


def as_json(measured: Measured) -> str:
    """One object: pages, sites, versions, and each figure with its interval."""
    whole = {
        "pages": len(measured.pages),
        "sites": _sites(measured.pages),
        "day": measured.day.isoformat(),
        "seed": SEED,
        "draws": DRAWS,
        "absent": list(measured.absent),
        "failures": measured.failures,
        "readers": {
            name: {
                "version": read.version,
                "failed": read.failed,
                "figures": {kind: dataclasses.asdict(figure) for kind, figure in measured.scores[name].items()},
            }
            for name, read in measured.readers.items()
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def markdown(measured: Measured) -> str:
    """The page for docs/."""
    return "\n".join(_markdown(measured)).rstrip() + "\n"


def _markdown(measured: Measured) -> Iterator[str]:
    pages = measured.pages
    yield "<!-- Made by `python -m benchmarks.accuracy FOLDER --report docs/accuracy.md`. Do not edit. -->\n"
    yield "# How right the reader is\n"
    drawn = f", drawn by a hash of their ids from {measured.of:,} with known truth" if len(pages) < measured.of else ""
    yield _paragraph(f"""
        Measured on {measured.day.isoformat()} over {len(pages)} pages of {_sites(pages)} sites{drawn}. Every reader
        got the same bytes and the same address in the same run, in a process of its own without network; peers run
        with their defaults, comments and images left out where that can be asked. **Bold**: the 95 % interval of the
        difference to {OURS} leaves out zero. Below each value: 95 % interval, bootstrap over sites, {DRAWS:,} draws,
        seed {SEED}.
    """)
    names = list(measured.readers)
    yield f"| | pages | {' | '.join(names)} |"
    yield f"|---|--:|{'--:|' * len(names)}"
    for kind in _kinds(measured.scores):
        yield f"| {' | '.join(_row(measured.scores, kind, bold=lambda cell: f'**{cell}**', between='<br>'))} |"
    yield "\n" + _paragraph(
        "More is better, but for the lines with ↓. A field that a reader gave for no page at all is left empty. The"
        " figures are estimates over few pages: read the interval, not the third digit."
    )
    yield "## What the figures mean\n"
    yield _MEANING
    yield "## Readers\n"
    for name, read in measured.readers.items():
        failed = f"; no answer at all for {read.failed} pages, counted as empty" if read.failed else ""
        yield f"* {name} {read.version}{failed}"
    yield from (f"* not measured: {line}" for line in measured.absent)
    yield "\n## Pages\n"
    yield "The pages belong to their publishers and are not part of this project. Their truth comes from:\n"
    yield from (f"* {source}: {count}" for source, count in _counted(page.source for page in pages))
    yield "\n" + _paragraph("""
        Some of these collections were made by the authors of a reader measured here, and may have been used to
        improve it. They were not chosen by us, but our own reader was developed on pages of the same collections:
        expect less of it elsewhere.
    """)
    yield "## Measuring again\n"
    yield "```\npip install -e '.[accuracy]'"
    yield "python -m benchmarks.accuracy FOLDER --limit N --failures failures.jsonl --report docs/accuracy.md\n```\n"
    yield _paragraph(f"""
        Stock pip 23 cannot resolve what some peers ask of lxml: upgrade it first. Peers may also live in an
        environment of their own, named with `--peer-python`; one that is absent is left out, and said to be. The
        format of FOLDER stands in `benchmarks/accuracy/truth.py`, that of the list of failures in
        `benchmarks/accuracy/failures.py`. This run listed {measured.failures} fields and texts to work on.
    """)


def _paragraph(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 120, break_long_words=False, break_on_hyphens=False) + "\n"


def _row(scores: Scores, kind: Kind, *, bold: object, between: str) -> list[str]:
    assert callable(bold)
    found = [figures.get(kind.name) for figures in scores.values()]
    pages = max(figure.pages for figure in found if figure)
    cells = [f"{kind.name} ↓" if kind.less_is_better else kind.name, str(pages)]
    for figure in found:
        if figure is None:
            cells.append("")
            continue
        value = f"{figure.value:.3f}"
        clear = figure.behind is not None and not figure.behind[0] <= 0 <= figure.behind[1]
        cells.append(f"{bold(value) if clear else value}{between}{figure.low:.3f}–{figure.high:.3f}")
    return cells


def _kinds(scores: Scores) -> list[Kind]:
    return [kind for kind in KINDS if any(kind.name in figures for figures in scores.values())]


def _sites(pages: Sequence[Page]) -> int:
    return len({page.site for page in pages})


def _counted(names: Iterator[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))
