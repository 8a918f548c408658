"""A line that says what a name is, is not a signature."""

import pytest

from archiver.jobs.read import record_of
from archiver.model import Capture

BODY = "\n\n".join(
    f"The ministers met in the border town on Tuesday for the {n} time and agreed to open another crossing before the "
    "autumn harvest begins, officials of both countries said after the talks."
    for n in ("first", "second", "third", "fourth")
)


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Աղբյուրը՝ Արմենպրես", "Աղբյուրը՝ Արմենպրես"),
        ("Թարգմանությունը՝ Անի Սարգսյան", "Թարգմանությունը՝ Անի Սարգսյան"),
        ("Quelle: Ilsen Bote", "Quelle: Ilsen Bote"),
        ("责任编辑：王伟", "王伟"),
    ],
)
def test_a_labelled_line_signs_nothing(line: str, person: str) -> None:
    """Source, translation and duty-editor lines under a text give no author."""
    record = record_of(Capture(f"Third crossing agreed\n\n{BODY}\n\n{line}\n".encode()))
    assert person not in record["authors"]
    assert record["authors"] == []
