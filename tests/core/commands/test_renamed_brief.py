"""Buttons of earlier messages name a brief by the slug that it had then."""

from datetime import timedelta

import pytest

from bot.core.commands.command import (
    Command,
    Mute,
    Search,
    SetDefaultBrief,
    Show,
    ShowChanges,
    ShowHome,
    ShowSources,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.commands.renamed_brief import with_current_slug
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target

TEA, DUTY = Target("tea", "legal"), Target("tea-duty", "legal")
FILTERS = (Filter("kind", "correction"),)
DAY = timedelta(days=1)


def current_slug(slug: str) -> str:
    return {"tea": "tea-duty"}.get(slug, slug)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (Show("legal", "tea", "1a2b3c4d", share=True), Show("legal", "tea-duty", "1a2b3c4d", share=True)),
        (ShowSources("tea"), ShowSources("tea-duty")),
        (ShowQuotes("tea", "legal", "1a2b3c4d"), ShowQuotes("tea-duty", "legal", "1a2b3c4d")),
        (ShowChanges("tea", DAY), ShowChanges("tea-duty", DAY)),
        (SetDefaultBrief("tea"), SetDefaultBrief("tea-duty")),
        (ReportMistake("tea", "legal"), ReportMistake("tea-duty", "legal")),
        (EditBrief("tea", "legal"), EditBrief("tea-duty", "legal")),
        (Subscribe(SubscriptionSpec(TEA, FILTERS, "digest")), Subscribe(SubscriptionSpec(DUTY, FILTERS, "digest"))),
        (Unsubscribe(TEA), Unsubscribe(DUTY)),
        (Mute(TEA, DAY), Mute(DUTY, DAY)),
    ],
)
def test_a_brief_is_named_by_its_slug_of_now(before: Command, now: Command) -> None:
    assert with_current_slug(before, current_slug) == now


@pytest.mark.parametrize(
    "command",
    [
        *(Show("legal", "coffee"), Show("legal"), ShowSources(), ShowHome(), SetDefaultBrief(), Search("tea")),
        *(Unsubscribe(3), Mute(3, DAY), Unsubscribe(Target(tag="tea")), Subscribe(SubscriptionSpec(Target()))),
    ],
)
def test_all_other_commands_stay_as_they_are(command: Command) -> None:
    assert with_current_slug(command, current_slug) == command
