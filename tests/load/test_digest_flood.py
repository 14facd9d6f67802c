"""A small look at what the load run of digests measures."""

from pathlib import Path

from tests.databases import Databases
from tests.load.digest_flood import run


def test_a_digest_of_many_briefs_is_ten_messages_in_time(sqlite: Databases, tmp_path: Path) -> None:
    assert run(sqlite.migrated(), tmp_path, briefs=80, channels=2).verdict() == "fine"
