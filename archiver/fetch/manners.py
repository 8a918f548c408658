"""A polite guest: asks robots.txt first, leaves time between visits, stays away when told to.

Robots follow RFC 9309 (rules read by Protego); ``Crawl-delay`` and ``Request-rate`` are honoured though they
stand in no standard. Nothing here touches the network or the clock: moments come in as numbers.
"""

import codecs
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

from archiver.fetch.results import ROBOTS_NAME

# RFC 9309, 2.5: a crawler reads at least this much of a robots.txt.
ROBOTS_BYTES = 500 * 1024
# RFC 9309, 2.4: an answer should not be used for longer than a day.
_ROBOTS_SECONDS = 24 * 3600.0
_MAX_SITES = 256
# A server that asks for more is believed this far: ten years is an accident, not a wish.
_LONGEST_AWAY = 30 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt asks of us. ``refusal`` says why nothing may be fetched at all, if so."""

    robots: Protego | None = None
    refusal: str | None = None

    def forbid(self, url: str) -> str | None:
        """Why ``url`` is not to be fetched, or None."""
        if self.refusal:
            return self.refusal
        if self.robots is None or self.robots.can_fetch(url, ROBOTS_NAME):
            return None
        return "robots.txt of the site asks us not to fetch this address"

    @property
    def delay(self) -> float:
        """Seconds that the site asks for between two visits; 0.0 when it does not say."""
        if self.robots is None:
            return 0.0
        rate = self.robots.request_rate(ROBOTS_NAME)
        paced = rate.seconds / rate.requests if rate else 0.0
        return max(self.robots.crawl_delay(ROBOTS_NAME) or 0.0, paced)


EVERYTHING = Rules()


def read_robots(body: bytes) -> Rules:
    """The rules in a robots.txt that was fetched, in UTF-8, or UTF-16 where it says so by a byte order mark."""
    return Rules(Protego.parse(_text(body[:ROBOTS_BYTES])))


def _text(body: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    return body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to stay away as ``Retry-After`` says (a number or a date, RFC 9110, 10.2.3), or None.

    A date in the past is 0.0, a fantastic one is cut to thirty days; what is neither number nor date is None.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _LONGEST_AWAY)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), _LONGEST_AWAY)


class Manners:
    """When each host may be visited again, and what its robots.txt said. Moments are monotonic seconds."""

    def __init__(self, per_host_delay: float) -> None:
        self._per_host_delay = per_host_delay
        self._not_before: dict[str, float] = {}
        self._rules: OrderedDict[str, tuple[Rules, float]] = OrderedDict()

    def wait(self, host: str, moment: float) -> float:
        """Seconds to wait before ``host`` may be visited; 0.0 when it may be now."""
        return max(0.0, self._not_before.get(host, moment) - moment)

    def visited(self, host: str, moment: float, site_delay: float = 0.0) -> None:
        """A request to ``host`` ended at ``moment``."""
        self.stay_away(host, moment, max(self._per_host_delay, site_delay))

    def stay_away(self, host: str, moment: float, seconds: float) -> None:
        """``host`` is not to be visited for so long; an earlier and longer wish still holds."""
        self._not_before[host] = max(self._not_before.get(host, moment), moment + seconds)

    def rules(self, origin: str, moment: float) -> Rules | None:
        """What robots.txt of ``origin`` said within the last day, or None when it must be asked."""
        known = self._rules.get(origin)
        return known[0] if known and moment - known[1] < _ROBOTS_SECONDS else None

    def learn(self, origin: str, rules: Rules, moment: float) -> None:
        """Remember what robots.txt of ``origin`` said, for the sites visited last."""
        self._rules[origin] = (rules, moment)
        self._rules.move_to_end(origin)
        while len(self._rules) > _MAX_SITES:
            self._rules.popitem(last=False)
