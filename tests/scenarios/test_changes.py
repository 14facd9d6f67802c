"""Files change under the running bot, and readers press buttons of earlier answers."""

from tests.live import Stage, eventually


def reworded(text: str) -> str:
    return text.replace("The Fifth Amendment forbids", "The Fifth Amendment (1791) forbids")


def reworded_at_the_beginning(text: str) -> str:
    return text.replace("The federal prisoner-transfer law works", "The present federal prisoner-transfer law works")


def broken(text: str) -> str:
    return text.replace("owner: legal-desk", "ownr: legal-desk")


def test_an_edit_changes_the_next_answer(scene: Stage) -> None:
    scene.edit("el-salvador-offer.yaml", reworded)
    eventually(lambda: "Amendment (1791)" in scene.ask("/brief legal").text)


def test_an_atomic_replace_and_a_bulk_change_are_seen(over_http: Stage) -> None:
    new = over_http.briefs / "saved.tmp"
    path = over_http.briefs / "el-salvador-offer.yaml"
    new.write_text(reworded(path.read_text(encoding="utf-8")), encoding="utf-8")
    new.rename(path)
    eventually(lambda: "Amendment (1791)" in over_http.ask("/brief legal").text)
    for each in over_http.briefs.glob("*-*.yaml"):
        each.write_text(each.read_text(encoding="utf-8").replace("legal-desk", "other-desk"), encoding="utf-8")
    eventually(lambda: {b.owner for b in over_http.bot.services.corpus.corpus.briefs.values()} == {"other-desk"})


def test_a_new_file_answers_and_a_removed_one_is_gone(over_http: Stage) -> None:
    path = over_http.briefs / "guatemala-deportations.yaml"
    path.rename(over_http.briefs / "guatemala-renamed.yaml")
    eventually(lambda: "guatemala-renamed" in over_http.ask("/brief list").text)
    assert "guatemala-deportations" not in over_http.ask("/brief list").text
    heard = "guatemala-deportations is called guatemala-renamed from now on."
    eventually(lambda: any(heard in each for each in over_http.dialogue(over_http.ann, over_http.maintainers)))


def test_a_broken_edit_keeps_the_old_answer_and_tells_the_maintainers_once(scene: Stage) -> None:
    scene.edit("el-salvador-offer.yaml", lambda text: broken(reworded(text)))
    eventually(lambda: len(scene.dialogue(scene.ann, scene.maintainers)) == 1)
    told = scene.workspace.last(scene.ann, scene.maintainers).text
    assert told.startswith("el-salvador-offer.yaml is broken; readers go on seeing its last good version.")
    lines = (scene.briefs / "el-salvador-offer.yaml").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("ownr:"))
    assert f'el-salvador-offer.yaml:{line}:1: B120 "ownr" is not a key that belongs here; did you mean "owner"?' in told
    assert "B303" not in told
    assert "Amendment (1791)" not in scene.ask("/brief legal").text
    scene.edit("el-salvador-offer.yaml", lambda text: text)
    scene.edit("guatemala-deportations.yaml", lambda text: text.replace("legal-desk", "other-desk"))
    eventually(lambda: scene.bot.services.corpus.corpus.briefs["guatemala-deportations"].owner == "other-desk")
    assert len(scene.dialogue(scene.ann, scene.maintainers)) == 1
    scene.edit("el-salvador-offer.yaml", lambda text: text.replace("ownr", "owner"))
    eventually(lambda: len(scene.dialogue(scene.ann, scene.maintainers)) == 2)
    assert scene.dialogue(scene.ann, scene.maintainers)[1] == (
        "el-salvador-offer.yaml is fixed. Readers now see the new version."
    )
    assert "Amendment (1791)" in scene.ask("/brief legal").text


def test_continue_on_a_changed_brief_shows_the_current_text_under_a_banner(over_http: Stage) -> None:
    before = over_http.ask("/brief legal quotes")
    over_http.edit("el-salvador-offer.yaml", reworded_at_the_beginning)
    eventually(lambda: "The present federal" in over_http.ask("/brief legal").text)
    now = over_http.press(before, "continue")
    assert now.text.startswith("This has changed since you asked\n\nThe present federal prisoner-transfer law works")
    assert "page 1 of" in now.text


def test_share_on_a_changed_brief_asks_once_more(over_http: Stage) -> None:
    before = over_http.ask("/brief legal")
    over_http.edit("el-salvador-offer.yaml", reworded)
    eventually(lambda: "Amendment (1791)" in over_http.ask("/brief legal").text)
    now = over_http.press(before, "share")
    assert now.text.startswith("This has changed since you asked. Look at it once more, then press Share again.")
    assert over_http.dialogue(over_http.ben, over_http.general) == []
    over_http.press(now, "share")
    assert "Amendment (1791)" in over_http.workspace.last(over_http.ben, over_http.general).text


def test_a_press_after_the_brief_is_gone_says_so(over_http: Stage) -> None:
    before = over_http.ask("/brief legal guatemala")
    (over_http.briefs / "guatemala-deportations.yaml").unlink()
    eventually(lambda: "guatemala-deportations" not in over_http.bot.services.corpus.published[0].briefs)
    assert "guatemala-deportations" in over_http.press(before, "share").text
    assert over_http.dialogue(over_http.ben, over_http.general) == []


def test_a_button_of_another_version_says_that_it_works_no_more(over_http: Stage) -> None:
    before = over_http.ask("/brief legal")
    for block in before.blocks:
        for element in block["elements"] if block["type"] == "actions" else ():
            if element["action_id"] == "share":
                element["value"] = "an old value"
    assert "works no more. Type /brief" in over_http.press(before, "share").text


def test_a_press_through_an_expired_response_url_loses_only_itself(over_http: Stage) -> None:
    before = over_http.ask("/brief legal quotes")
    over_http.workspace.faults.script("response_url", "expired")
    assert over_http.workspace.press(over_http.ann, before, "continue").error is None
    assert over_http.workspace.last(over_http.ann, over_http.general) is before
    assert "page 2 of" in over_http.press(before, "continue").text
