"""What reading a page whole costs, beside bare trafilatura with metadata over the same pages in the same run.

Reading is `archiver.statements.read`: every format, zone, candidate and statement, nothing kept. Both sides are whole
processes, start-up included; CPU is user plus system time. They take turns, and the best of each is compared, for a
busy machine only ever adds. Real pages are needed, some hundred of them: start-up (1.5 s, for every wording and outlet)
and pages without the usual markup say nothing of what a page costs.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.ingest import FLOOR, measured
from benchmarks.pages import collect

READER = """
import sys
from archiver.model import Capture
from archiver.statements import read
for name in open(sys.argv[1]).read().splitlines():
    read(Capture(open(name, "rb").read()))
"""


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="a folder of .html files or a tar of them")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    floors, readers = [], []
    with tempfile.TemporaryDirectory() as folder:
        pages = collect(asked.pages, Path(folder) / "pages", asked.limit)
        listing = Path(folder) / "names"
        listing.write_text("\n".join(str(p) for p in pages))
        for _ in range(asked.repeat):
            floors.append(measured([sys.executable, "-c", FLOOR, str(listing)])["cpu"])
            readers.append(measured([sys.executable, "-c", READER, str(listing)])["cpu"])
    floor, reader, n = min(floors), min(readers), len(pages)
    print(f"{n} pages, best of {asked.repeat}")
    print(f"bare trafilatura with metadata   {floor:7.2f} s CPU  {1000 * floor / n:6.1f} ms a page")
    print(f"the whole reader                 {reader:7.2f} s CPU  {1000 * reader / n:6.1f} ms a page")
    print(f"CPU ratio                        {reader / floor:7.2f}")


if __name__ == "__main__":
    main()
