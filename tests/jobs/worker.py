"""A process that begins one job and never ends it: `python -m tests.jobs.worker ADDRESS TEAM IDLE`. It looks after jobs
as the bot does, and counts as dead when it has not done so for IDLE seconds."""

import sys
from contextlib import suppress
from datetime import timedelta
from threading import Event

from sqlalchemy.exc import DBAPIError

from bot.jobs.dbos_queue import DbosQueue
from bot.store.database import connect
from bot.store.store import Store

LOOK_S = 0.1


def main(url: str, team: str, idle: str) -> None:
    engine = connect(url)
    queue = DbosQueue(engine, poll=timedelta(seconds=0.05), idle=timedelta(seconds=float(idle)))

    def begin(team: str) -> None:
        sys.stdout.write(f"{team} began\n")
        sys.stdout.flush()
        Event().wait()

    queue.handler("post", begin)
    queue.start()
    with Store(engine).transaction() as tx:
        queue.enqueue(tx, "post", team, f"post|{team}|1")
    while not Event().wait(LOOK_S):
        with suppress(DBAPIError):
            queue.recover_jobs()


if __name__ == "__main__":
    main(*sys.argv[1:])
