"""One answer, judged: kept only when a whole and readable body came with a status that means success."""

from dataclasses import dataclass

from archiver.fetch.coding import unpack
from archiver.fetch.media import what_it_is
from archiver.fetch.results import Exchange, Trouble
from archiver.model import Outcome

_STATUS_WORDS: dict[int, tuple[Outcome, str]] = {
    401: (Outcome.FORBIDDEN, "the site asks for a password"),
    402: (Outcome.FORBIDDEN, "the site asks for payment"),
    403: (Outcome.FORBIDDEN, "the site refuses to show this page to us"),
    404: (Outcome.NOT_FOUND, "there is no such page"),
    407: (Outcome.FORBIDDEN, "a proxy asks for a password"),
    410: (Outcome.GONE, "the page was taken away for good"),
    429: (Outcome.RATE_LIMITED, "too many requests, says the site"),
    451: (Outcome.FORBIDDEN, "the page is withheld for legal reasons"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one exchange that is no redirect, the reason, and the body as far as it unpacks."""

    outcome: Outcome
    reason: str | None
    body: bytes = b""


def judge(exchange: Exchange, trouble: Trouble | None, asked_if_changed: bool, max_body_bytes: int) -> Verdict:
    """What became of an exchange whose head arrived.

    ``trouble`` is what was wrong with reading the body; ``asked_if_changed`` that the request was conditional.
    A status that says there is no page outweighs a damaged body.
    """
    assert exchange.status is not None, "an exchange without a head is all trouble"
    unpacked = unpack(exchange.payload, exchange.header_list("Content-Encoding"), max_body_bytes)
    refusal = _by_status(exchange, asked_if_changed)
    if refusal and not (trouble and exchange.status == 304):
        return Verdict(*refusal, unpacked.data)
    if trouble:
        return Verdict(trouble.outcome, trouble.reason, unpacked.data)
    if unpacked.outcome:
        return Verdict(unpacked.outcome, unpacked.reason, unpacked.data)
    if exchange.status == 206:
        return Verdict(Outcome.TRUNCATED, "the server sent a part of the page, though we asked for all", unpacked.data)
    if exchange.status == 205 and unpacked.data:
        return Verdict(Outcome.PROTOCOL, "a body came with status 205, which has none", unpacked.data)
    if not unpacked.data.strip(b" \t\r\n\0"):
        return Verdict(Outcome.EMPTY, f"status {exchange.status}, but an empty page", unpacked.data)
    other = what_it_is(unpacked.data, _media_type(exchange))
    if other:
        return Verdict(Outcome.NOT_TEXT, f"this is {other}, not a page that can be read", unpacked.data)
    return Verdict(Outcome.KEPT, None, unpacked.data)


def _by_status(exchange: Exchange, asked_if_changed: bool) -> tuple[Outcome, str | None] | None:
    """Outcome and reason where the status alone decides, or None for success."""
    status = exchange.status or 0
    if status in _STATUS_WORDS:
        outcome, words = _STATUS_WORDS[status]
        return outcome, f"status {status}: {words}"
    if status == 304:
        return _not_modified(asked_if_changed)
    if status == 503 and exchange.header("Retry-After"):
        return Outcome.RATE_LIMITED, "status 503: the site is busy and says when to come back"
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return Outcome.REDIRECT, f"status {status}: the page is elsewhere, but no usable address is given"
    if 500 <= status < 600:
        return Outcome.SERVER_ERROR, f"status {status}: the site failed"
    return Outcome.HTTP_ERROR, f"status {status}"


def _not_modified(asked_if_changed: bool) -> tuple[Outcome, str | None]:
    if asked_if_changed:
        return Outcome.NOT_MODIFIED, None
    return Outcome.PROTOCOL, "status 304, not modified, though we did not ask whether it was"


def _media_type(exchange: Exchange) -> str | None:
    return (exchange.header("Content-Type") or "").partition(";")[0].strip().lower() or None
