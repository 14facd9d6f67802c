"""What a scrape says of a running bot: numbers under names that nobody can lengthen, whatever happens to the bot."""

import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.core.commands.button_value import NAMES
from bot.core.commands.verb_names import COUNTED, OF_BUTTONS
from bot.core.commands.verbs import VERBS
from bot.handlers.delivery.slack_errors import BEGINNINGS, CLASSES, counted_word
from bot.handlers.measures import BUCKETS_S, Timings
from bot.handlers.ports import ApiFailure
from tests.live import Stage, eventually, stage
from tests.scenarios.room import FERRIES, FILES

Samples = Mapping[tuple[str, tuple[tuple[str, str], ...]], float]


def ask(scene: Stage, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(scene.url.replace("/slack/events", path)) as answer:  # noqa: S310  the stage's own
            return answer.status, str(answer.read(), "utf-8")
    except HTTPError as error:
        return error.code, str(error.read(), "utf-8")


def scrape(scene: Stage) -> Samples:
    _, text = ask(scene, "/metrics")
    families = list(text_string_to_metric_families(text))
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def grown(after: Samples, before: Samples, name: str, **labels: str) -> float:
    key = name, tuple(sorted(labels.items()))
    return after.get(key, 0) - before.get(key, 0)


def test_every_command_counts_as_a_verb_of_the_table_or_one_of_few_others() -> None:
    names = {OF_BUTTONS.get(name, name) for name in NAMES.values()}
    assert names <= COUNTED
    assert {verb.name for verb in VERBS} - {"unmute"} <= names
    assert len(COUNTED) < 25


@pytest.mark.parametrize(
    ("word", "counted"),
    [("is_archived", "is_archived"), ("http_502", "http_5…"), ("restricted_action_new", "restricted_action…")],
)
def test_words_of_slack_are_counted_by_name_where_they_are_listed(word: str, counted: str) -> None:
    assert counted_word(ApiFailure(word)) == counted
    assert counted_word(ApiFailure("sesame")) == "unlisted"
    assert counted in CLASSES or counted[:-1] in BEGINNINGS


def test_timings_fall_into_buckets() -> None:
    timings = Timings().plus(0.004).plus(0.005).plus(0.3).plus(99)
    assert (timings.counts[0], timings.counts[BUCKETS_S.index(0.3)], timings.counts[-1]) == (2, 1, 1)
    assert timings.total_s == pytest.approx(99.309)


def test_a_scrape_tells_what_the_bot_does_and_names_nobody(tmp_path: Path) -> None:
    with stage(tmp_path, files={**FILES, "ferries.yaml": FERRIES, "broken.yaml": "title: ["}) as scene:
        before = scrape(scene)
        for typed in ("legal", "search zebra-crossing", "subscribe all", "subscribe sesame"):
            scene.ask(f"/brief {typed}")
        scene.workspace.faults.order("chat.postMessage", "a_new_word_of_slack")
        scene.say(scene.ann, scene.legal_desk, f"<@{scene.workspace.state.app.bot_user}> legal")
        eventually(lambda: grown(scrape(scene), before, ERRORS, method="chat.postMessage", word="unlisted") == 1)
        after = scrape(scene)
        assert grown(after, before, COMMANDS, verb="search", outcome="nothing") == 1
        assert grown(after, before, COMMANDS, verb="subscribe", outcome="done") == 1
        assert grown(after, before, "briefbot_request_seconds_count", kind="command") == 4
        assert after["briefbot_publication", ()] == 1
        assert after["briefbot_database_up", ()] == 1
        assert after["briefbot_deliveries", (("state", "dead"),)] == 0
        assert after["briefbot_diagnostics", (("severity", "error"),)] >= 1
        assert after["briefbot_publication_age_seconds", ()] >= 0
        assert after["briefbot_task_runs_total", (("task", "digests"),)] >= 1
        state = scene.workspace.state
        text = ask(scene, "/metrics")[1]
        ids = (state.team, scene.general, scene.ann, scene.maintainers, "sesame", "zebra", "a_new_word", "ann")
        assert not any(f'"{each}' in text or f"{each}-" in text for each in ids)
        assert {label for _, labels in after for label, _ in labels} | {"front"} == LABELS


ERRORS, COMMANDS = "briefbot_slack_errors_total", "briefbot_commands_total"
LABELS = {"verb", "outcome", "kind", "le", "method", "word", "task", "severity", "front", "state", "version"}


def test_a_database_that_is_away_breaks_no_scrape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with stage(tmp_path, files=FILES) as scene:
        monkeypatch.setattr("bot.handlers.delivery.stored_figures.StoredFiguresReader._read", lambda _: None)
        samples = scrape(scene)
        assert samples["briefbot_database_up", ()] == 0
        assert not any(name == "briefbot_deliveries" for name, _ in samples)
        assert samples["briefbot_publication", ()] == 1
