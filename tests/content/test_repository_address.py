"""Where the repository of the briefs is."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.repository_address import repository_address, web_address
from bot.core.briefs.vocabulary import NO_VOCABULARY


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://example.org/harbour/briefs.git", "https://example.org/harbour/briefs"),
        ("https://someone:secret@example.org/harbour/briefs", "https://example.org/harbour/briefs"),
        ("git@example.org:harbour/briefs.git", "https://example.org/harbour/briefs"),
        ("ssh://git@example.org:2222/harbour/briefs.git", "https://example.org/harbour/briefs"),
        ("/srv/git/briefs.git", None),
        ("../briefs", None),
        ("file:///srv/git/briefs.git", None),
        ("https://example.org/hafen brief", None),
        ("https://example.org/höfen", None),
        ("", None),
    ],
)
def test_a_remote_is_named_without_secrets(remote: str, address: str | None) -> None:
    assert web_address(remote) == address


@pytest.mark.parametrize(
    "edit_url",
    [
        "https://example.org/harbour/briefs/edit/main/briefs",
        "https://example.org/harbour/briefs/-/edit/main/briefs",
        "https://example.org/harbour/briefs/_edit/main",
        "https://example.org/harbour/briefs",
    ],
)
def test_the_edit_address_of_the_store_comes_first(tmp_path: Path, edit_url: str) -> None:
    vocabulary = replace(NO_VOCABULARY, edit_url=edit_url)
    assert repository_address(tmp_path, vocabulary) == "https://example.org/harbour/briefs"


def test_a_directory_without_either_has_none(tmp_path: Path) -> None:
    assert repository_address(tmp_path, NO_VOCABULARY) is None
