"""What could not be read of a page is said in the reading's notes."""

from archiver.model import Capture
from archiver.statements import read


def test_broken_json_ld_is_noted() -> None:
    """A script that is no JSON costs its values, and the reading says so."""
    page = (
        "<html><head><script type='application/ld+json'>{\"headline\": </script></head><body><p>Text</p></body></html>"
    )
    assert any("JSON-LD" in note for note in read(Capture(page.encode())).notes)
    assert read(Capture(b"<html><body><p>Text</p></body></html>")).notes == ()
