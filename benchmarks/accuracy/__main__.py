"""Measure our reader and its peers on pages whose truth is known.

python -m benchmarks.accuracy FOLDER [--truth FILE] [--limit N] [--peers NAME,NAME] [--failures FILE] [--report FILE]
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.accuracy.failures import failures
from benchmarks.accuracy.peer import PEERS
from benchmarks.accuracy.readers import OURS, NotReadError, Read, read_ours, read_peer
from benchmarks.accuracy.report import Measured, as_json, markdown, print_table
from benchmarks.accuracy.score import Contender, score
from benchmarks.accuracy.truth import NoTruthError, load


def main(arguments: list[str]) -> int:
    """Measure, print, write what was asked for. Returns the exit status: 0 done, 1 not possible, 2 wrong use."""
    asked = _parser().parse_args(arguments)
    peers = _names(asked.peers)
    unknown = [name for name in peers if name not in PEERS]
    if unknown:
        _say(f"no such peer: {', '.join(unknown)}; there are {', '.join(PEERS)}")
        return 2
    try:
        measured = _measure(asked, peers)
    except (NoTruthError, NotReadError) as why:
        _say(str(why))
        return 1
    if asked.json:
        print(as_json(measured))
    else:
        print_table(measured)
    if asked.report:
        asked.report.write_text(markdown(measured), "utf-8")
    return 0


def _measure(asked: argparse.Namespace, peers: list[str]) -> Measured:
    whole = load(asked.folder, asked.truth)
    pages = load(asked.folder, asked.truth, asked.limit)
    _say(f"{OURS}: {len(pages)} pages")
    ours = read_ours(pages, asked.jobs)
    readers: dict[str, Read] = {OURS: ours}
    absent = []
    for name in peers:
        _say(f"{name} …")
        try:
            readers[name] = read_peer(name, pages, asked.peer_python)
        except NotReadError as why:
            absent.append(str(why))
            _say(f"left out: {why}")
    listed = list(failures(pages, ours.answers, ours.records or {}))
    if asked.failures:
        lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in listed)
        asked.failures.write_text("".join(lines), "utf-8")
    contenders = {name: Contender(read.fields, read.answers) for name, read in readers.items()}
    day = datetime.now(UTC).date()
    return Measured(pages, len(whole), readers, score(pages, contenders), absent, len(listed), day)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="pages and their truth")
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help="the truth; the folder's only truth*.jsonl by default"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="so many pages, drawn by a hash of their ids")
    parser.add_argument("--peers", default="all", metavar="NAMES", help=f"all, none, or of: {','.join(PEERS)}")
    parser.add_argument(
        "--peer-python",
        default=sys.executable,
        metavar="FILE",
        help="the Python that has the peers; this one by default",
    )
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processors for our own reader")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="write what is not right, as JSON lines")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the page of docs/")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    return parser


def _names(peers: str) -> list[str]:
    if peers == "all":
        return list(PEERS)
    return [name for name in peers.split(",") if name and name != "none"]


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
