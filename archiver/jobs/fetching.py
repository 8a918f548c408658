"""An address, fetched and judged, as one target among others. Imported only where an address is asked for."""

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from archiver import __version__
from archiver.canonical import sha256_hex
from archiver.errors import ArchiverError
from archiver.fetch.client import Fetcher
from archiver.fetch.pages import judge_page
from archiver.fetch.results import Exchange as Hop
from archiver.fetch.results import FetchOptions, FetchResult, user_agent
from archiver.formats import open_page
from archiver.jobs.clock import Clock
from archiver.jobs.items import Item, Options, judge, to_judge, with_judgement
from archiver.jobs.targets import Target
from archiver.model import Capture, Grade, Outcome
from archiver.store import rows
from archiver.store.archive import Archive
from archiver.store.incoming import Exchange, NewCapture


def open_fetcher(options: Options, clock: Clock) -> Fetcher:
    """The door to the network, as far as ``options`` open it."""
    how = FetchOptions(
        user_agent=user_agent(__version__, options.contact),
        total_timeout=options.timeout,
        connect_timeout=min(10.0, options.timeout),
        read_timeout=min(20.0, options.timeout),
        max_wire_bytes=options.max_bytes,
        max_body_bytes=options.max_bytes,
        per_host_delay=options.delay,
        allow_private=options.allow_private,
        obey_robots=options.obey_robots,
    )
    return Fetcher(how, now=clock, monotonic=time.monotonic, sleep=time.sleep)


def fetch(archive: Archive, folder: Path, target: Target, fetcher: Fetcher, clock: Clock) -> Item:
    """Fetch an address (asking whether it changed, where it is held), read the answer and judge it."""
    assert target.address is not None
    good = rows.last_good(archive.conn, target.name)
    result = fetcher.fetch(
        target.address, etag=good.etag if good else None, last_modified=good.last_modified if good else None
    )
    new = replace(event_of(result, clock()), format=target.given.format, language=target.given.language)
    if good and new.body is not None and sha256_hex(new.body) == good.sha256:
        new = replace(new, outcome=Outcome.UNCHANGED)
    item = Item(target, _challenged(new, result))
    judged = judge(folder, to_judge(item))
    return item if judged is None else with_judgement(item, judged)


def _challenged(new: NewCapture, result: FetchResult) -> NewCapture:
    """A refusal (403, 503 ...) whose page asks for proof of being human is BLOCKED, and says so."""
    if new.outcome not in _REFUSALS or not result.body:
        return new
    try:
        page = open_page(Capture(result.body, media_type=new.media_type, charset=new.charset))
    except ArchiverError:
        return new
    judged = judge_page(new.status, new.headers, page.text, None)
    return replace(new, outcome=judged[0], reason=judged[1]) if judged else new


_REFUSALS = frozenset({Outcome.FORBIDDEN, Outcome.SERVER_ERROR, Outcome.RATE_LIMITED, Outcome.HTTP_ERROR})


def event_of(result: FetchResult, added_at: datetime) -> NewCapture:
    """The capture event that a fetch is."""
    return NewCapture(
        outcome=result.outcome,
        grade=Grade.FETCH,
        added_at=added_at,
        body=result.body if result.outcome is Outcome.KEPT else None,
        reason=result.reason,
        requested_url=result.requested_url,
        url=result.url,
        captured_at=result.captured_at,
        status=result.status,
        media_type=result.media_type,
        charset=result.charset,
        headers=result.headers,
        exchanges=tuple(_exchange(e) for e in result.exchanges),
        supporting=tuple(_exchange(e) for e in result.robots),
        notes=result.notes,
    )


def _exchange(e: Hop) -> Exchange:
    return Exchange(
        url=e.url,
        at=e.started_at,
        request=e.request,
        response=e.response,
        ip=e.ip,
        truncated=e.truncated,
        interim=e.interim,
        tls=e.tls,
    )
