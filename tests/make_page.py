"""Make a test case from a page: `make page FILE=page.html SLUG=what-it-poses` (or URL=https://...).

Writes tests/pages/<slug>/ with the page, `expected.json` (what is read today, for you to correct) and `about.md`
(what the page poses, for you to write). A page of somebody else's must not be committed: write your own that poses
the same question, under an invented outlet at a reserved domain.
"""

import json
import shutil
import sys
from pathlib import Path

from archiver.jobs.add import Options, fetched
from archiver.jobs.read import record_of
from archiver.model import Capture
from archiver.urls import is_web_address

PAGES = Path(__file__).parent / "pages"
KEPT = ("title", "outlet", "published", "modified", "authors", "translators", "posted_by", "licence", "language")


def main(slug: str, source: str) -> int:
    """Make the folder; returns the exit status."""
    if not slug or not source:
        print("usage: make page FILE=page.html SLUG=what-it-poses", file=sys.stderr)
        return 2
    folder = PAGES / slug
    folder.mkdir(parents=True)
    if is_web_address(source):
        capture = fetched(source, Options())
        page = folder / "page.html"
        page.write_bytes(capture.body)
    else:
        page = folder / f"page{Path(source).suffix or '.txt'}"
        shutil.copyfile(source, page)
        capture = Capture(page.read_bytes())
    (folder / "expected.json").write_text(json.dumps(expected(capture), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "about.md").write_text(f"# {slug}\n\nWhat this page poses, and where it would be read wrong.\n", "utf-8")
    print(f"{folder}: now correct expected.json, write about.md, and run: pytest tests/test_pages.py -k {slug}")
    return 0


def expected(capture: Capture) -> dict[str, object]:
    """What a test case holds on to: values, origins without ids, and the start and end of the text."""
    record = record_of(capture)
    origins = [{k: o[k] for k in ("kind", "name", "domain", "meant")} for o in record["origins"]]
    text = record["text"]
    return {
        "url": capture.url,
        **{name: record[name] for name in KEPT},
        "origins": origins,
        "text_begins": text[:60],
        "text_ends": text[-60:],
    }


if __name__ == "__main__":
    sys.exit(main(*[*sys.argv[1:], "", ""][:2]))
