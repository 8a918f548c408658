"""One question to a service, posted, and its whole answer: no page, no robots.txt, no redirects.

The same line, guard and limits as for a page. Whatever goes wrong is one sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import requests
import urllib3

from archiver.errors import FetchError, GuardError, InputError
from archiver.fetch.coding import unpack
from archiver.fetch.guard import Target, target_of
from archiver.fetch.line import Connect, Line, Recording, Resolve, system_resolve, tcp_connect
from archiver.fetch.results import Exchange, FetchOptions, Trouble
from archiver.fetch.session import LineSession


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered with status 200: its declared media type, in small letters, and the body."""

    media_type: str
    body: bytes


def ask(
    url: str,
    body: bytes,
    *,
    sends: str,
    wants: str,
    options: FetchOptions,
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
    resolve: Resolve = system_resolve,
    connect: Connect = tcp_connect,
) -> Answer:
    """Post ``body`` of the media type ``sends`` to ``url``; the answer should be of the type ``wants``.

    Raises InputError for what is no address, FetchError (GuardError) for everything that others do.
    """
    target = target_of(url)
    line = Line(options, monotonic, resolve, connect)
    line.begin_journey()
    recording = Recording(target.url, "POST", now())
    line.begin_exchange(recording)
    try:
        with LineSession(line, options.user_agent, options.ca_file) as session:
            question = requests.Request("POST", target.url, data=body, headers={"Content-Type": sends, "Accept": wants})
            prepared = session.prepare_request(question)
            _same_place(prepared.url or "", target)
            session.send(prepared, stream=True, allow_redirects=False).close()
        return _answer(recording.exchange(), recording.trouble, options.max_body_bytes)
    except Trouble as trouble:
        raise FetchError(f"{target.host}: {trouble.reason}", "try again later, or ask another") from trouble
    except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
        raise FetchError(f"{target.host}: the request could not be made: {str(error)[:200]}") from error


def _same_place(url: str, target: Target) -> None:
    """requests spells addresses its own way; it must still mean the place that was checked."""
    try:
        sent = target_of(url)
    except InputError as error:
        raise GuardError("the address means different things to different programs") from error
    if (sent.scheme, sent.host, sent.port) != (target.scheme, target.host, target.port):
        raise GuardError("the address means different hosts to different programs")


def _answer(exchange: Exchange, trouble: Trouble | None, most: int) -> Answer:
    host = target_of(exchange.url).host
    if trouble is not None:
        raise trouble
    if exchange.status != 200:
        raise FetchError(f"{host} answered with status {exchange.status}", "is the address right?")
    unpacked = unpack(exchange.payload, exchange.header_list("Content-Encoding"), most)
    if unpacked.outcome is not None:
        raise Trouble(unpacked.outcome, unpacked.reason or "the answer cannot be unpacked")
    media_type = (exchange.header("Content-Type") or "").partition(";")[0].strip().lower()
    return Answer(media_type, unpacked.data)
