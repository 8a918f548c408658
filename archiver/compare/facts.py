"""What an edit did to the facts: a moved date or a removed credit is named before any changed word."""

from dataclasses import dataclass

from archiver.model import Reading, Severity, Statement
from archiver.text import editorial_form


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """One property that says something else than before. ``before`` and ``after`` are "" where it said nothing."""

    property: str
    before: str
    after: str
    severity: Severity
    sentence: str


# How grave it is when a property changes: (what is called, when a value goes, when it comes, when it is another).
# A credit or a date that goes or moves changes what can be said of a text; a new section does not.
GRAVITY: dict[str, tuple[str, Severity, Severity, Severity]] = {
    "origin": ("credit to an origin", Severity.CRITICAL, Severity.HIGH, Severity.CRITICAL),
    "published": ("publication date", Severity.HIGH, Severity.LOW, Severity.CRITICAL),
    "outlet": ("outlet", Severity.HIGH, Severity.LOW, Severity.HIGH),
    "author": ("author", Severity.HIGH, Severity.MEDIUM, Severity.HIGH),
    "translator": ("translator", Severity.HIGH, Severity.MEDIUM, Severity.HIGH),
    "licence": ("licence line", Severity.HIGH, Severity.MEDIUM, Severity.HIGH),
    "title": ("headline", Severity.MEDIUM, Severity.LOW, Severity.MEDIUM),
    "agency": ("agency credit", Severity.MEDIUM, Severity.MEDIUM, Severity.MEDIUM),
    "posted_by": ("posting account", Severity.LOW, Severity.LOW, Severity.LOW),
    "modified": ("date of last change", Severity.LOW, Severity.INFO, Severity.INFO),
    "dek": ("standfirst", Severity.LOW, Severity.LOW, Severity.LOW),
    "section": ("section", Severity.INFO, Severity.INFO, Severity.INFO),
    "language": ("language", Severity.MEDIUM, Severity.LOW, Severity.MEDIUM),
    "canonical_url": ("canonical address", Severity.LOW, Severity.LOW, Severity.MEDIUM),
}


def metadata_changes(old: Reading, new: Reading) -> tuple[MetadataChange, ...]:
    """The properties whose shown values differ between two readings, gravest first."""
    changes = [
        _change(name, before, after)
        for name in GRAVITY
        if (before := _values(old, name)) != (after := _values(new, name)) and _forms(before) != _forms(after)
    ]
    return tuple(sorted(changes, key=lambda change: -change.severity.rank))


def _values(reading: Reading, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_spelt(s) for s in reading.shown(name)))


def _spelt(statement: Statement) -> str:
    kind = statement.detail.get("kind")
    value = statement.value or "(not named)"
    if statement.property == "origin" and isinstance(kind, str):
        return f"{kind}: {value}"
    zone = statement.detail.get("zone")
    return value + zone if isinstance(zone, str) and len(value) > 10 else value


def _forms(values: tuple[str, ...]) -> set[str]:
    return {editorial_form(value) for value in values}


def _change(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> MetadataChange:
    called, gone, come, other = GRAVITY[name]
    old, new = ", ".join(before), ", ".join(after)
    if not after:
        return MetadataChange(name, old, new, gone, f"The {called} was removed: “{old}”.")
    if not before:
        return MetadataChange(name, old, new, come, f"The {called} was added: “{new}”.")
    if set(after) < set(before):
        lost = ", ".join(v for v in before if v not in after)
        return MetadataChange(name, old, new, gone, f"The {called} “{lost}” was removed; “{new}” remains.")
    verb = "moved" if name in {"published", "modified"} else "changed"
    return MetadataChange(name, old, new, other, f"The {called} {verb} from “{old}” to “{new}”.")
