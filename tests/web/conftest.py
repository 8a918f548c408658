"""Archives to look at, a Datasette to ask, and a browser where there is one."""

import asyncio
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from datasette.app import Datasette

from archiver.jobs.add import Options, add
from archiver.jobs.folder import adopt_outlets
from archiver.jobs.targets import Given, expand_list
from archiver.web.serve import settings
from tests.web import hostile

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Site:
    """One Datasette, asked in a loop of its own: a browser test may hold the loop of the main thread."""

    def __init__(self, *files: Path, **more: Any) -> None:
        given = {**settings("127.0.0.1"), **more.pop("settings", {})}
        self.datasette = Datasette([str(file) for file in files], settings=given, **more)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.run(self.datasette.invoke_startup())

    def get(self, path: str, **more: Any) -> Any:
        """The answer to GET ``path``, redirects not followed."""
        return self.run(self.datasette.client.get(path, **more))

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """The answer to any request."""
        return self.run(self.datasette.client.request(method, path, **more))

    def run(self, coroutine: Any) -> Any:
        """Await something in the site's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    def close(self) -> None:
        """Let go of the databases."""
        for database in self.datasette.databases.values():
            database.close()
        self.datasette.executor.shutdown(wait=True)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of the sample pages."""
    folder = tmp_path_factory.mktemp("samples")
    adopt_outlets(folder, SAMPLES / "outlets.toml")
    assert list(add(folder, expand_list(SAMPLES / "manifest.toml", Given()), Options()))
    return folder


@pytest.fixture(scope="session")
def attacks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder with an archive in which every field is hostile, and the ids of its articles."""
    folder = tmp_path_factory.mktemp("attacks")
    return folder, hostile.build(folder)


@pytest.fixture(scope="session")
def site(samples: Path) -> Iterator[Site]:
    """Datasette over the samples."""
    opened = Site(samples / "archive.db")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def served(samples: Path) -> Iterator[str]:
    """The address of a real server over the samples."""
    yield from _serve(samples / "archive.db")


@pytest.fixture(scope="session")
def served_attacks(attacks: tuple[Path, list[str]]) -> Iterator[str]:
    """The address of a real server over the hostile archive."""
    yield from _serve(attacks[0] / "archive.db")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless. Skips where it or its driver is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def _serve(database: Path) -> Iterator[str]:
    app = Datasette([str(database)], settings=settings("127.0.0.1")).app()
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
