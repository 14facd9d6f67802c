"""A process that begins one job and never ends it: `python -m tests.jobs.worker ADDRESS KEY`."""

import sys
from threading import Event

from bot.jobs.dbos_queue import DbosQueue
from bot.store.database import connect, writing


def main(url: str, key: str) -> None:
    engine = connect(url)
    queue = DbosQueue(engine, poll_s=0.05)

    def begin(key: str, payload: str) -> None:
        sys.stdout.write(f"{key} began with {payload}\n")
        sys.stdout.flush()
        Event().wait()

    queue.handler("post", begin)
    queue.start()
    with writing(engine) as connection:
        queue.enqueue(tx, "post", key, f"post|{key}|1", "1", None)
    Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
