"""A process that begins one job and never ends it: `python -m tests.jobs.worker ADDRESS TEAM`."""

import sys
from datetime import timedelta
from threading import Event

from bot.jobs.dbos_queue import DbosQueue
from bot.store.database import connect
from bot.store.store import Store


def main(url: str, team: str) -> None:
    engine = connect(url)
    queue = DbosQueue(engine, poll=timedelta(seconds=0.05))

    def begin(team: str) -> None:
        sys.stdout.write(f"{team} began\n")
        sys.stdout.flush()
        Event().wait()

    queue.handler("post", begin)
    queue.start()
    with Store(engine).transaction() as tx:
        queue.enqueue(tx, "post", team, f"post|{team}|1")
    Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
