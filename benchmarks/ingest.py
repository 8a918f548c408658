"""What keeping pages costs, beside bare trafilatura over the same pages in the same run.

The floor is `trafilatura.bare_extraction(with_metadata=True)` in one process that does nothing else; both
sides are whole processes, start-up included, and CPU is user plus system time of the process and its children.

Peak memory is that of the largest page and of the batch around it. To tell whether it grows with the *number* of
pages, both runs begin with the same largest page and take the same mix of sizes: all pages, and every third of
them, from the largest to the smallest.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pages import collect

FLOOR = """
import sys
from trafilatura import bare_extraction
for name in open(sys.argv[1]).read().splitlines():
    bare_extraction(open(name, "rb").read(), with_metadata=True)
"""


def measured(command: list[str]) -> dict[str, float]:
    """Seconds of CPU and of wall clock, and the peak memory in MiB, of one command that must succeed."""
    watcher = (
        "import json,resource,subprocess,sys,time\n"
        "t=time.monotonic(); s=subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL); w=time.monotonic()-t\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "json.dump({'cpu':u.ru_utime+u.ru_stime,'wall':w,'peak':u.ru_maxrss/1024,'status':s}, open(sys.argv[1],'w'))"
    )
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "usage.json"
        subprocess.run([sys.executable, "-c", watcher, str(report), *command], check=True)
        usage: dict[str, float] = json.loads(report.read_text())
    if usage["status"] not in {0, 3}:
        raise SystemExit(f"{command[:4]} ended with status {usage['status']}")
    return usage


def add(pages: list[Path], jobs: int) -> dict[str, float]:
    """`archiver add` of ``pages`` into a fresh archive."""
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "pages.jsonl"
        listing.write_text("".join(json.dumps({"path": str(p.resolve())}) + "\n" for p in pages))
        archive = ["--archive", f"{folder}/archive", "--quiet", "--jobs", str(jobs)]
        return measured([sys.executable, "-m", "archiver", "add", str(listing), *archive])


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of .html files or a tar of them; made ones by default")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=1, help="take the best of so many runs, for both sides")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = collect(asked.pages, Path(folder) / "pages", asked.limit)
        listing = Path(folder) / "names"
        listing.write_text("\n".join(str(p) for p in pages))
        size = sum(p.stat().st_size for p in pages)
        runs = range(asked.repeat)
        floor = min((measured([sys.executable, "-c", FLOOR, str(listing)]) for _ in runs), key=lambda u: u["cpu"])
        one = min((add(pages, 1) for _ in runs), key=lambda u: u["cpu"])
        two = min((add(pages, 2) for _ in runs), key=lambda u: u["wall"])
        by_size = sorted(pages, key=lambda p: (-p.stat().st_size, p.name))
        third, whole = add(by_size[::3], 1), add(by_size, 1)
    n = len(pages)
    speeds = f"{n / one['wall']:.1f} -> {n / two['wall']:.1f}"
    print(f"{n} pages, {size / 1e6:.1f} MB, {os.cpu_count()} processors")
    print(f"bare trafilatura with metadata   {floor['cpu']:7.2f} s CPU  {n / floor['cpu']:6.1f} pages/s of CPU")
    print(f"archiver add, 1 job              {one['cpu']:7.2f} s CPU  {n / one['cpu']:6.1f} pages/s of CPU")
    print(f"CPU ratio                        {one['cpu'] / floor['cpu']:7.2f}")
    print(f"pages per second, 2 jobs / 1     {one['wall'] / two['wall']:7.2f}  ({speeds})")
    print(f"peak memory, {len(by_size[::3])} / {n} pages    {third['peak']:7.0f} / {whole['peak']:.0f} MiB")


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"measured in {time.monotonic() - started:.0f} s")
