"""What is read from a page does not hang on the day on which it is read."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAKETIME = shutil.which("faketime")
# Long before the pages, in the middle of them, and a leap day long after; each another day of the week.
DATES = ("2012-01-01 00:00:10", "2024-05-04 11:59:30", "2032-02-29 20:59:40")
AFTER_ALL = (DATES[-1], "2035-08-12 07:00:10")  # what any page prints lies before

HTML = """<!doctype html><html lang="en"><head><title>{title} | Ilsen Post</title>
<meta property="og:site_name" content="Ilsen Post">{meta}</head><body>
<nav><a href="/a">News</a> <a href="/b">Weather</a> <time>{clock}</time></nav>
<article><h1>{title}</h1><p class="byline">By Ana Novak | {printed}</p>
<p>The council said yesterday that the ferry will cross the river four times a day until the bridge is mended.</p>
<p>Nobody will be asked to pay for the longer way round, said the mayor on Monday, two weeks before the vote.</p>
</article><footer>© 2026 Ilsen Post</footer></body></html>"""
DUMP = (
    "Home\nNews\n\nIlsen Post > News > {title}\n\n{title}\n\nBy Ana Novak | {printed}\n\n"
    + "The council said yesterday that the ferry will cross the river until the bridge is mended, as in 2023.\n\n" * 3
    + "Translated from suyolu.example\n\n© 2026 Ilsen Post\n"
)
# Printed dates that tempt a reader to look at the calendar on the wall.
PRINTED = {
    "today": "Today, 10:15",
    "yesterday": "Yesterday at 18:00",
    "hours-ago": "3 hours ago",
    "day-without-year": "11 March",
    "month-alone": "March",
    "weekday": "Tuesday, 09:30",
    "clock": "14:05",
    "short-year": "03/04/24",
    "ahead-of-all": "5 December 2031",
    "turkish": "11 Mart",
    "russian": "вчера, 12:40",
    "none": "",
}
META = '<meta property="article:published_time" content="2026-12-05">'


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of dumps and HTML pages, each dated in another tempting way."""
    folder = tmp_path_factory.mktemp("dated")
    for name, printed in PRINTED.items():
        title = f"Ferry replaces bridge: {name}"
        (folder / f"{name}.txt").write_text(DUMP.format(title=title, printed=printed), "utf-8")
        (folder / f"{name}.html").write_text(
            HTML.format(title=title, printed=printed, meta="", clock="Sunday, 22 November"), "utf-8"
        )
    ahead = HTML.format(title="Dated ahead", printed="", meta=META, clock="")
    (folder / "ahead.html").write_text(ahead, "utf-8")
    return folder


def at(moment: str, *arguments: str) -> str:
    """What a command prints on standard output when the system's clock starts at ``moment``."""
    assert FAKETIME
    command = [FAKETIME, "-f", f"@{moment}", sys.executable, "-m", "archiver", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"}, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def needs_another_date() -> None:
    """Skip where the system's clock cannot be set for one process."""
    if FAKETIME is None:
        pytest.skip("faketime is not installed")
    told = subprocess.run([FAKETIME, "-f", "@2012-01-01 00:00:10", "date", "+%Y"], capture_output=True, text=True)
    if told.stdout.strip() != "2012":
        pytest.skip("faketime does not work here")


def test_reading_does_not_ask_what_day_it_is(pages: Path) -> None:
    """`read --json` prints the same bytes in 2012, in 2024 and in 2032."""
    needs_another_date()
    one, *others = [at(moment, "read", str(pages), "--json") for moment in DATES]
    assert len(one.splitlines()) == 2 * len(PRINTED) + 1
    assert others == [one, one]


def test_keeping_takes_nothing_from_the_day_but_the_moment_of_adding(pages: Path, tmp_path: Path) -> None:
    """`add`, `list`, `show` and `audit` say the same, whenever pages were added, but for when that was.

    Only a moment before the day that a page prints is at odds with it, as any witness's would be.
    """
    needs_another_date()
    told = []
    for moment in AFTER_ALL:
        where = ["--archive", str(tmp_path / moment[:4]), "--json"]
        added = at(moment, "add", str(pages), *where)
        ident = json.loads(added.splitlines()[0])["id"]
        rest = [at(moment, *asked, *where) for asked in (["list"], ["show", ident], ["audit"])]
        assert moment[:10] in rest[0]
        told.append([added, *(without_moments(text, moment[:10]) for text in rest)])
    assert told[0] == told[1]


def without_moments(text: str, day: str) -> str:
    """``text`` without the moments of one day, which are those of adding: no page here is dated on it."""
    return re.sub(rf'"{day}T\d\d:\d\d:\d\dZ"', '"then"', text)
