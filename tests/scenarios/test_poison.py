"""A message that cannot be made holds up nobody behind it."""

from pathlib import Path

from bot.app import publishing
from bot.core.delivery.content import DigestPage
from bot.store.outbox import NewDelivery
from tests.live import eventually, stage


def test_a_message_that_cannot_be_made_is_given_up_and_the_next_one_goes_out(tmp_path: Path) -> None:
    with stage(tmp_path) as scene:
        scene.ask("/brief subscribe all")
        team, now = scene.workspace.state.team, publishing.utc_now()
        broken = NewDelivery(team, None, scene.general, DigestPage(999, 1, 1), now)
        with scene.bot.services.store.transaction() as tx:
            tx.outbox.add([broken])
        scene.edit(
            "el-salvador-offer.yaml", lambda text: text.replace("The Fifth Amendment forbids", "The 5th forbids")
        )
        eventually(lambda: "The 5th forbids" in scene.workspace.last(scene.ben, scene.general).text)
        with scene.bot.services.store.snapshot() as tx:
            assert tx.delivery_counts.by_state(team, {"digest"}) == {"dead": 1}
