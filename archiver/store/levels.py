"""How far a check reaches: consistent in itself (L0), signed (L1), known to others (L2); and what it cannot tell.

Who has the disk can write everything anew, the keys that the archive names included. So each level says whose word it
rests on, and what is not shown is said every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from archiver.canonical import Json

WITHIN, SIGNED, ANCHORED = "L0", "L1", "L2"


@dataclass(frozen=True, slots=True)
class Outside:
    """What the caller knows from elsewhere.

    ``key`` is the vkey of the log, ``against`` the bytes of a checkpoint or head that was kept elsewhere, ``tsa_roots``
    certificates in PEM, ``witnesses`` vkeys.
    """

    key: str | None = None
    against: bytes | None = None
    tsa_roots: bytes | None = None
    witnesses: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """True when there is anything to compare with."""
        return self != Outside()


@dataclass(frozen=True, slots=True)
class Signed:
    """The first ``size`` entries are signed by the key of that vkey; ``given``: the caller named it."""

    size: int
    key: str
    given: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The first ``size`` entries existed ``at`` a time, as ``by`` says: a timestamp authority or a witness.

    ``vouched``: the caller trusts its root or its key.
    """

    size: int
    at: str
    by: str
    form: str
    vouched: bool


@dataclass(slots=True)
class Standing:
    """What a check found, filled in while it goes: how many entries there are, who signed them, who knew them when."""

    outside: Outside = field(default_factory=Outside)
    entries: int = 0
    keys: int = 0
    signed: Signed | None = None
    known: list[Known] = field(default_factory=list)
    continues: int | None = None  # entries of the checkpoint kept elsewhere that this log continues

    def sign(self, signed: Signed) -> None:
        """Note a signature; the one over most entries stays."""
        if self.signed is None or signed.size >= self.signed.size:
            self.signed = signed

    @property
    def anchored(self) -> Known | None:
        """The word of somebody whom the caller trusts over most entries, the earliest of these; or None."""
        vouched = [one for one in self.known if one.vouched]
        return min(vouched, key=lambda one: (-one.size, one.at), default=None)

    def level(self, mismatches: int) -> str | None:
        """L0, L1 or L2; None where something is not as it was."""
        if mismatches:
            return None
        if self.anchored is not None:
            return ANCHORED
        return SIGNED if self.signed is not None else WITHIN

    def as_json(self, mismatches: int) -> dict[str, Json]:
        """What `archiver verify --json` adds to its last line."""
        signed, anchored = self.signed, self.anchored
        return {
            "level": self.level(mismatches),
            "entries": self.entries,
            "signed": {"size": signed.size, "key": signed.key, "given": signed.given} if signed else None,
            "anchored": _known_json(anchored) if anchored else None,
            "stated": [_known_json(one) for one in self.known if not one.vouched],
            "continues": self.continues,
            "shown": list(self.shown(mismatches)),
            "not_shown": list(self.not_shown()),
        }

    def shown(self, mismatches: int) -> Sequence[str]:
        """What is shown, in sentences, the level first."""
        level = self.level(mismatches)
        if level is None:
            return ["no level is reached: something is not as it was entered"]
        said = [f"{level}: " + {WITHIN: self._within, SIGNED: self._signed, ANCHORED: self._anchored}[level]()]
        if level == ANCHORED and self.signed is not None:
            said.append(self._signed())
        if self.continues is not None:
            said.append(f"this log continues the {_many(self.continues)} of the checkpoint that was kept elsewhere")
        unvouched = [one for one in self.known if not one.vouched]
        if unvouched:
            last = max(unvouched, key=lambda one: (one.size, one.at))
            who = "an authority" if last.form == "rfc3161" else "a witness"
            said.append(f"{last.by}, {who} nobody here vouches for, says of the first {_many(last.size)}: {last.at}")
        return said

    def not_shown(self) -> Sequence[str]:
        """What this check cannot tell, in sentences."""
        anchored = self.anchored
        said = ["not proven: that a server sent this. Shown is what was entered here, and that it is still the same"]
        until = f"; the first {_many(anchored.size)} were here by {anchored.at}" if anchored else ""
        said.append(f"not proven: when it was captured. The time of capture is this machine's clock{until}")
        if self.signed is not None and not self.signed.given:
            said.append("not proven: whose key that is. The archive itself names it: give the one you know with --key")
        if self.signed is not None and self.signed.size < self.entries:
            since = self.entries - self.signed.size
            said.append(f"not signed: the last {_many(since)}, entered since the newest seal")
        outside = max(anchored.size if anchored else 0, self.continues or 0)
        if outside:
            said.append(f"not excluded: that what was entered after the first {_many(outside)} was taken back")
        else:
            said.append(
                "not excluded: roll-back of the whole archive, or another one in its place. Nothing outside of it was "
                "asked: --against a checkpoint kept elsewhere, --tsa-root, --witness"
            )
        return said

    def _within(self) -> str:
        why = "nothing is signed" if not self.keys else "there is a key, and nothing that it signed"
        return f"the archive agrees with itself; {why}"

    def _signed(self) -> str:
        assert self.signed is not None
        whose = "the key you gave" if self.signed.given else "a key that only this archive names"
        return f"the first {_many(self.signed.size)} are signed by {self.signed.key}, {whose}"

    def _anchored(self) -> str:
        anchored = self.anchored
        assert anchored is not None
        return f"the first {_many(anchored.size)} existed at {anchored.at}, says {anchored.by}, whom you trust"


def _known_json(one: Known) -> dict[str, Json]:
    return {"size": one.size, "at": one.at, "by": one.by, "form": one.form}


def _many(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
