"""Time zones go by the rules that are installed with the bot."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests import time_zones
from tests.conftest import ROOT


def test_the_edition_of_the_rules_is_the_packages() -> None:
    assert time_zones.TZDATA_VERSION == tzdata.IANA_VERSION


def test_every_file_of_rules_has_a_name() -> None:
    root = Path(str(files("tzdata"))) / "zoneinfo"
    holding = [file for file in root.rglob("*") if file.is_file() and file.read_bytes()[:4] == b"TZif"]
    assert list(time_zones.zone_names()) == sorted(str(file.relative_to(root)) for file in holding)


def test_every_name_is_a_zone_and_is_found_in_any_case() -> None:
    for name in time_zones.zone_names():
        assert time_zones.zone(name).key == name
        assert time_zones.zone_name(name.upper()) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("  America/New   York ", "America/New_York"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("gmt", "GMT"),
        ("asia/calcutta", "Asia/Calcutta"),  # a link keeps its name
    ],
)
def test_names_are_typed_in_any_case_and_with_blanks(typed: str, name: str) -> None:
    assert time_zones.zone_name(typed) == name


@pytest.mark.parametrize("typed", ["", "berlin", "Europe", "Europe/", "Europe/Atlantis", "UTC+2", "localtime"])
def test_other_words_are_no_name(typed: str) -> None:
    assert time_zones.zone_name(typed) is None


@pytest.mark.parametrize(
    "name",
    ["", "Europe", "europe/berlin", "Europe/Atlantis", "../zones", "/etc/localtime", "Europe/../UTC", "Europe\0", "."],
)
def test_an_unknown_zone_is_told_with_the_edition(name: str) -> None:
    with pytest.raises(LookupError, match=f"is not a time zone of tzdata {time_zones.TZDATA_VERSION}"):
        time_zones.zone(name)


def test_the_files_of_the_system_are_not_read(tmp_path: Path) -> None:
    system = tmp_path / "Europe" / "Berlin"
    system.parent.mkdir()
    shutil.copy(Path(str(files("tzdata"))) / "zoneinfo" / "Asia" / "Tokyo", system)
    program = """
from datetime import datetime
from zoneinfo import ZoneInfo
day = datetime(2025, 1, 15)
print(day.astimezone(ZoneInfo("Europe/Berlin")).strftime("%z"))
from bot.core.digests.time_zones import zone
print(day.astimezone(zone("Europe/Berlin")).strftime("%z"))
"""
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert result.stdout.split() == [b"+0900", b"+0100"]


def test_rules_are_in_force() -> None:
    berlin = time_zones.zone("Europe/Berlin")
    assert datetime(2025, 1, 15, tzinfo=UTC).astimezone(berlin).utcoffset() == timedelta(hours=1)
    assert datetime(2025, 7, 15, tzinfo=UTC).astimezone(berlin).utcoffset() == timedelta(hours=2)


@given(st.text(max_size=40) | st.sampled_from(time_zones.zone_names()))
def test_every_text_is_a_name_or_none(text: str) -> None:
    name = time_zones.zone_name(text)
    assert name is None or time_zones.zone(name).key == name


def test_an_offset_is_told_with_hours_and_minutes() -> None:
    winter = datetime(2025, 1, 15, 12, tzinfo=UTC)
    assert time_zones.offset_text(winter.astimezone(time_zones.zone("America/St_Johns"))) == "UTC-03:30"
    assert time_zones.offset_at("America/St_Johns", winter) == -timedelta(hours=3, minutes=30)
