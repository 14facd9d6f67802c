"""Only what passes the gate, and what somebody meant, reaches readers of the running bot."""

import urllib.request

from bot.cli.publish import publish
from tests.live import Stage, eventually

RWANDA, OFFER = "uk-rwanda.yaml", "el-salvador-offer.yaml"


class Maintainers:
    """What maintainers are told from now on: the stage is that of other tests, too."""

    def __init__(self, scene: Stage) -> None:
        self._scene, self._before = scene, len(scene.workspace.seen_by(scene.ann, scene.maintainers))

    def told(self, words: str) -> str:
        """The first message with these words; waits for it."""
        eventually(lambda: bool(self._with(words)))
        return self._with(words)[0]

    def _with(self, words: str) -> list[str]:
        messages = self._scene.workspace.seen_by(self._scene.ann, self._scene.maintainers)[self._before :]
        return [message.text for message in messages if words in message.text]


def readiness(scene: Stage) -> str:
    with urllib.request.urlopen(scene.url.replace("/slack/events", "/readyz")) as answer:  # noqa: S310  the stage's own
        return str(answer.read(), "utf-8")


def test_a_section_that_does_not_exist_is_not_published_and_told_with_its_place(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    over_http.ask("/brief subscribe all")
    over_http.edit(RWANDA, lambda text: text.replace("\n  overview:", "\n  overviw:"))
    told = maintainers.told('B206 "overviw" is not a section of this store; did you mean "overview"?')
    assert told.startswith("uk-rwanda.yaml is broken; readers go on seeing its last good version.")
    assert "1 file is broken (uk-rwanda.yaml)" in over_http.status()
    over_http.edit(RWANDA, lambda text: text.replace("\n  overviw:", "\n  overview:"))
    maintainers.told("uk-rwanda.yaml is fixed. It is again what readers see.")
    assert len(over_http.dialogue(over_http.ben, over_http.general)) == 1


def test_an_alias_of_another_brief_keeps_out_the_file_that_changed(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    over_http.edit(OFFER, lambda text: text.replace("\naliases: [", "\naliases: [rwanda plan twin, "))
    eventually(lambda: "rwanda plan twin" in over_http.bot.services.corpus.corpus.briefs["el-salvador-offer"].aliases)
    over_http.edit(RWANDA, lambda text: text.replace("\naliases: [", "\naliases: [rwanda plan twin, "))
    assert maintainers.told('"rwanda plan twin" already names el-salvador-offer').startswith("uk-rwanda.yaml")


def test_a_directory_that_is_lost_withdraws_nothing_and_needs_no_force_to_come_back(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    over_http.ask("/brief subscribe all")
    over_http.press(over_http.ask("/brief legal"), "share")
    before = over_http.dialogue(over_http.ben, over_http.general)
    files = {path: path.read_bytes() for path in over_http.briefs.iterdir()}
    for path in files:
        path.unlink()
    assert "Put the files back; if it is meant: briefbot publish --force" in maintainers.told("Nothing is published: ")
    eventually(lambda: readiness(over_http).startswith("degraded"))
    assert "most or all briefs are gone from the files. Put them back" in over_http.status()
    for path, content in files.items():
        path.write_bytes(content)
    maintainers.told("Changes of the brief files are published again.")
    eventually(lambda: readiness(over_http) == "ready\n")
    assert over_http.dialogue(over_http.ben, over_http.general) == before


def test_a_store_that_is_gone_is_told_and_its_words_go_on(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    path, text = over_http.briefs / "_store.yaml", (over_http.briefs / "_store.yaml").read_bytes()
    path.unlink()
    told = maintainers.told("B510")
    assert told.startswith("_store.yaml is gone; readers go on seeing its last good version.")
    assert "Legal considerations" in over_http.ask("/brief legal").text
    path.write_bytes(text)
    maintainers.told("_store.yaml is fixed")


def test_a_brief_whose_file_is_gone_is_told_to_maintainers_with_what_to_do(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    path, text = over_http.briefs / OFFER, (over_http.briefs / OFFER).read_bytes()
    path.unlink()
    told = maintainers.told("el-salvador-offer.yaml is gone, so el-salvador-offer is no longer published.")
    assert "If it is not meant, put the file back." in told
    path.write_bytes(text)
    eventually(lambda: "el-salvador-offer" in over_http.bot.services.corpus.corpus.briefs)


def test_a_restart_with_an_empty_directory_changes_nothing(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    files = {path: path.read_bytes() for path in over_http.briefs.iterdir()}
    with over_http.down():
        for path in files:
            path.unlink()
    assert "Legal" in over_http.ask("/brief legal").text
    maintainers.told("Nothing is published: ")
    with over_http.down():
        for path, content in files.items():
            path.write_bytes(content)
    maintainers.told("Changes of the brief files are published again.")
    assert over_http.bot.services.corpus.number == 1 or "Legal" in over_http.ask("/brief legal").text


def test_what_another_process_publishes_by_force_is_no_longer_held(over_http: Stage) -> None:
    maintainers = Maintainers(over_http)
    for path in sorted(over_http.briefs.glob("[a-z]*.yaml"))[1:]:
        path.unlink()
    maintainers.told("Nothing is published: ")
    assert publish(over_http.settings, force=True) == 0
    eventually(lambda: len(over_http.bot.services.corpus.corpus.briefs) == 1)
    maintainers.told("Changes of the brief files are published again.")
