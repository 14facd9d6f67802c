"""Two people's first week with the bot: what they type sloppily, and what they read. The golden file is for reading."""

from collections.abc import Callable, Iterator

import pytest

from tests.live import Stage, stage
from tests.scenarios.week import Week


@pytest.fixture
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    with stage(tmp_path_factory.mktemp("week")) as scene:
        yield Week(scene)


def get_to_know(week: Week) -> None:
    for text in ("hi", "what can you do?", "Legal?", "whats the deal with el salvador", "thx!!", "share"):
        week.write(text)
    for text in ("", "leagl guatamala", "⚖️ law - rwanda", "legal and rights", "sources guatamala", "list prison"):
        week.ask(text)
    for text in ("is pizza ok for prisoners", "what is the weather in guatemala", "how do i stop this", "help me"):
        week.ask(text)


def talk(week: Week, ben: str) -> None:
    thread = week.say("the legal section of the rwanda brief please")
    week.say("and guatemala?", ben, thread)
    week.say("leagl", thread=thread)
    week.say("share this", thread=thread)
    week.say("thanks!", ben, thread)
    answer = week.ask("guatemala reactions")
    week.press(answer, "share")
    week.ask("legal guatemala share", ben)


def follow(week: Week, ben: str) -> None:
    week.ask("what do we follow?")
    week.ask("follow guatamala")
    first = week.ask("follow guatemala")
    week.ask("follow tag:prison")
    week.ask("subscribe rwanda, prison rentals", ben)
    week.ask("follow guatemala corrections only", ben)
    week.ask("subscribe guatemala kind:correction", ben)
    week.press(first, "undo")
    week.ask("mute guatemala for 2 days")
    week.ask("unmute guatemala", ben)
    week.ask("follow rwanda deliver:digest")
    week.ask("unfollow rwnada")


def keep_up(week: Week, ben: str) -> None:
    week.ask("digest 8:30 GMT+1")
    week.ask("digest weekdays 8am")
    week.ask("digest mon,wed 9", ben)
    week.ask("digest preview")
    week.change("uk-rwanda", "held the Rwanda policy", "held that the Rwanda policy was", "update", "Another wording.")
    week.change(
        "guatemala-deportations", "Guatemala would accept", "Guatemala will accept", "correction", "It said would."
    )
    week.ask("what changed since yesterday")
    week.ask("subscriptions")
    week.wait(24)
    week.ask("stop everything", ben)
    week.ask("digest off")


def test_a_first_week_reads_well(week: Week, golden: Callable[[str, str], None]) -> None:
    scene: Stage = week.scene
    get_to_know(week)
    talk(week, scene.ben)
    follow(week, scene.ben)
    keep_up(week, scene.ben)
    golden("first-week.txt", "\n".join(week.lines).strip() + "\n")
