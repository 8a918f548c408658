"""The name of a reader changes with everything that may change what is read, and with nothing else."""

import subprocess
import sys
from pathlib import Path

import archiver
from archiver.model import Capture
from archiver.outlets import Registry, default_registry
from archiver.statements import RULES_VERSION, edition, read, reader
from archiver.statements.reader import RELEASED, RULES, fingerprint

PACKAGE = Path(archiver.__file__).parent
# Named in the reader by itself (the package's version), or without any say in what is read (words of errors).
NO_RULES = {"__init__.py", "errors.py"}


def test_a_reading_names_its_reader() -> None:
    """The packaged outlets need no mention, however they were given."""
    assert read(Capture(b"<p>A text.</p>")).reader == reader() == reader(default_registry())
    assert reader(Registry(default_registry().outlets)) == reader()
    assert edition(reader()) == RULES_VERSION
    assert fingerprint()[:12] in reader()


def test_outlets_of_ones_own_make_another_reader() -> None:
    """Who is who decides what is an origin and what a credit to oneself."""
    fewer = Registry(default_registry().outlets[1:])
    assert reader(fewer) != reader()
    assert read(Capture(b"<p>A text.</p>"), fewer).reader == reader(fewer)


def test_a_name_without_an_edition_has_none() -> None:
    """As readers of other programs, or of none, may be called."""
    assert [edition(name) for name in ("", "archiver 0.1.0", "rules x", "archiver 9 rules 12 (abc), lxml 6")] == [
        None,
        None,
        None,
        12,
    ]


def test_every_module_that_reads_or_audits_is_part_of_the_fingerprint() -> None:
    """Whatever these two import of this package is listed, so no rule can change unnoticed."""
    code = (
        "import sys, archiver.statements, archiver.audit\n"
        "print(*sorted(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'archiver'), sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {Path(line).relative_to(PACKAGE).as_posix() for line in ran.stdout.splitlines()}
    strangers = {name for name in loaded if not any(name == rule or name.startswith(f"{rule}/") for rule in RULES)}
    assert strangers - NO_RULES == set()
    assert all((PACKAGE / rule).exists() for rule in RULES)


def test_a_released_edition_stays_what_it_was() -> None:
    """Whoever changes the rules after a release raises RULES_VERSION in the same change."""
    assert max(RELEASED, default=0) < RULES_VERSION or RELEASED[RULES_VERSION] == fingerprint()
