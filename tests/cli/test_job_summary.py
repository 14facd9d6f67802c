"""Summaries of jobs: within GitHub's limit, and honest about what is cut."""

import re

from bot.cli.job_summary import job_summary

GITHUB_MAX = 1024 * 1024


def test_nothing_has_no_summary() -> None:
    assert job_summary("Problems", "") == ""


def test_a_text_stands_under_its_heading_as_it_is() -> None:
    assert job_summary("Problems", "```\n# one\n\ntwo") == "### Problems\n\n    ```\n    # one\n    \n    two"


def test_a_long_text_is_cut_behind_a_line_and_says_so() -> None:
    line = "briefs/ferries.yaml:1:1: error “é”" * 3
    summary = job_summary("Problems", "\n".join([line] * 20_000))
    body, _, last = summary.rpartition("\n\n")
    assert len(summary.encode()) < GITHUB_MAX
    quoted = body.split("\n")[2:]
    assert set(quoted) == {f"    {line}"}
    assert last == f"**Cut after {len(quoted):,} of 20,000 lines:** the log of this job has all of them."
    assert len(quoted) > 8_000


def test_bytes_are_counted_not_characters() -> None:
    for char in "a", "é", "語", "🛳":
        assert len(job_summary("Posts", "\n".join([char * 100] * 30_000)).encode()) < GITHUB_MAX


def test_one_line_that_is_too_long_is_left_out() -> None:
    summary = job_summary("Posts", "x" * GITHUB_MAX)
    assert re.fullmatch(r"### Posts\n\n\n\n\*\*Cut after 0 of 1 lines:.*", summary)
