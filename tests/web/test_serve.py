"""`archiver serve` is fast to read, and closed to others as soon as they can reach it."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import click
import pytest

from archiver.cli import serve as cli
from archiver.errors import ArchiveError
from archiver.web import serve
from tests.web.conftest import Site


@pytest.mark.parametrize(
    ("host", "local"),
    [
        *(("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.9.9.9", True)),
        *(("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("archive.example", False), ("", False)),
    ],
)
def test_what_is_local(host: str, local: bool) -> None:
    """Only addresses that nobody else can reach open SQL and downloads."""
    assert serve.is_local(host) is local
    assert serve.settings(host)["default_allow_sql"] is local
    assert serve.settings(host)["allow_download"] is local
    assert serve.settings(host, public=True)["default_allow_sql"] is False
    assert serve.settings(host, public=True)["allow_download"] is False


def test_settings_are_known_to_datasette(samples: Path) -> None:
    """Every setting exists in the Datasette that is installed."""
    site = Site(samples / "archive.db")
    for name, value in serve.settings("127.0.0.1").items():
        assert site.datasette.setting(name) == value
    site.close()


def test_others_run_no_sql(samples: Path) -> None:
    """Served to others: no query, no download, and the pages still work."""
    site = Site(samples / "archive.db", settings=serve.settings("0.0.0.0"))
    assert site.get("/archive.json?sql=select+1", follow_redirects=True).status_code == 403
    assert site.get("/archive.db").status_code in {403, 404}
    assert site.get("/archive/articles?_where=1=1").status_code in {200, 403}
    assert site.get("/").status_code == 200
    site.close()


def test_a_medium_that_cannot_be_written_is_served(samples: Path, tmp_path: Path) -> None:
    """A folder in its way keeps SQLite from making the file it shares with writers, as a read-only disk does."""
    copy = tmp_path / "archive.db"
    with closing(sqlite3.connect(samples / "archive.db")) as conn:
        conn.execute("VACUUM INTO ?", (str(copy),))
    with closing(sqlite3.connect(copy)) as conn:
        assert conn.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    (tmp_path / "archive.db-shm").mkdir()
    datasette = serve.served(tmp_path)
    # In a thread of its own: the browser's driver keeps an event loop in this one.
    with ThreadPoolExecutor(1) as aside:
        answer = aside.submit(lambda: asyncio.run(datasette.client.get("/"))).result(60)
    assert answer.status_code == 200
    assert "av-body" in answer.text
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()


def test_behind_a_proxy_others_read_and_run_nothing(samples: Path) -> None:
    """--public answers to any name at the path of the proxy, and SQL and the database stay closed."""
    datasette = serve.served(samples, public=True, base_url="/archives/one/")

    async def look() -> list[tuple[int, str]]:
        found = []
        for path in ("/", "/archive.json?sql=select+1", "/archive.db"):  # the client puts the base URL before them
            headers = {"host": "news.example", "x-forwarded-for": "192.0.2.7"}
            answer = await datasette.client.get(path, headers=headers, follow_redirects=True)
            found.append((answer.status_code, answer.text))
        return found

    with ThreadPoolExecutor(1) as aside:
        front, query, download = aside.submit(lambda: asyncio.run(look())).result(60)
    assert front[0] == 200
    assert 'href="/archives/one/audit"' in front[1]
    assert query[0] == 403
    assert download[0] in {403, 404}
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()


@pytest.mark.parametrize(
    ("given", "path"), [("/", "/"), ("", "/"), ("archive", "/archive/"), ("/a/b", "/a/b/"), ("/a/", "/a/")]
)
def test_a_base_url_is_a_path(given: str, path: str) -> None:
    """However its slashes are written."""
    assert cli._path(None, None, given) == path  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["https://news.example/", "/a/../b", "/a b/", "/<script>/"])
def test_what_is_no_path_is_refused(given: str) -> None:
    """A base URL is not an address."""
    with pytest.raises(click.BadParameter):
        cli._path(None, None, given)  # type: ignore[arg-type]


def test_a_taken_port_is_said_in_words(samples: Path) -> None:
    """Not a traceback, but what to do."""
    with serve._listen("127.0.0.1", 0) as taken, pytest.raises(ArchiveError) as caught:
        serve._listen("127.0.0.1", taken.getsockname()[1])
    assert "--port" in (caught.value.hint or "")


def test_the_command_serves_and_stops(samples: Path) -> None:
    """It prints the address, answers there and under no other name (DNS rebinding), and ends at Ctrl-C.

    In between it prints nothing: what a page holds does not belong on a terminal.
    """
    command = [sys.executable, "-m", "archiver", "serve", "--archive", str(samples), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"}) as running:
        assert running.stderr
        line = running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urllib.request.urlopen(address[0]) as answer:
            assert b"av-body" in answer.read()
        for path in ("nope", "archive/nope", "archive/articles/nope"):
            with pytest.raises(urllib.error.HTTPError) as missing:
                urllib.request.urlopen(address[0] + path)
            missing.value.close()
            assert missing.value.code == 404
        for name in ("evil.example", "127.0.0.1.evil.example", "[", ""):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(address[0], headers={"Host": name}))
            refused.value.close()
            assert refused.value.code in {400, 421}, name
        for header in ("Forwarded", "X-Forwarded-For", "Via"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(address[0], headers={header: "192.0.2.7"}))
            assert b"--public" in refused.value.read()
            refused.value.close()
            assert refused.value.code == 421
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        assert running.stderr.read() == "Stopped.\n"
