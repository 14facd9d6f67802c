"""Are 300 pages of every kind classified rightly, in little memory, and without asking anybody else or twice?

python -m tests.load.verify [--pages 300] [--kills 20]

Pages that are slow, huge, broken, forbidden or elsewhere are those of tests/pages/kinds.py, on hosts of their own, and
the ordinary ones on few hosts with a pause. `briefbot verify` runs in a process of its own over a site of this one.
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.cli.verify import Outside, verify
from bot.cli.verify_options import VerifyOptions
from bot.content.evidence_lock import LOCK_FILE, read_evidence_lock
from bot.core.evidence.hashes import hash_of
from bot.pages.manners import MIB, Manners
from bot.settings import Settings
from tests.load.process import resident_mib
from tests.pages.cited import Citation, write_brief
from tests.pages.kinds import NAMES, NORMALISED, PLAIN, VERBATIM, Kind, found, kinds, paragraph, sent
from tests.pages.pdf import pdf
from tests.pages.run import citations, site_of
from tests.pages.site import LOOPBACK, Page, Site, html

ROOT = Path(__file__).resolve().parents[2]
ORDINARY_HOSTS = 6
PAUSE_S = 0.05
MEMORY_MAX_MIB = 200
SHARED = "http://verbatim.example.org/page"
"""Other pages redirect to it."""
LIFE_S = 0.6
"""A process is killed at most so long after its first result."""


@dataclass(frozen=True)
class Run:
    """One run to its end: seconds, the most memory of its processes together, and of each, in MiB, its exit code, and
    what of the public web was to be connected to."""

    seconds: float
    memory_mib: float
    parts_mib: tuple[float, float]
    exit_code: int
    strangers: list[tuple[str, int]]


def large() -> dict[str, Kind]:
    """Pages that are large, and small enough to be read."""
    text = "".join(f"<p>Paragraph {number} on <b>ferries</b> &amp; towns.</p>" for number in range(60_000))
    lines = [f"Line {number} on ferries and what they cost." for number in range(50)]
    document = pdf(*([lines] * 1000), [PLAIN])
    return {
        "large-page": Kind(html(text + paragraph(PLAIN)), VERBATIM, quote=PLAIN),
        "large-pdf": Kind(sent(document, Content_Type="application/pdf"), VERBATIM, quote=PLAIN),
    }


def every_kind(decoy: int, pages: int) -> dict[str, Kind]:
    """The kinds of the gate several times, and half as many again of ordinary pages, by the name of their host."""
    once = {**kinds(decoy), **large()}
    many = {
        f"{name}-{number}": kind for number in range(max(1, pages * 2 // 3 // len(once))) for name, kind in once.items()
    }
    return {"verbatim": found(), "robots": once["robots"], **many}


def names() -> dict[str, tuple[str, ...]]:
    """The addresses of names that do not lead to the site, also of the hosts that stand for them several times."""
    many = {name.replace(".", f"-{number}.", 1): to for name, to in NAMES.items() for number in range(20)}
    return {**NAMES, **many}


def ordinary(number: int) -> Iterator[tuple[Citation, tuple[str, str], Page]]:
    """Citations of ordinary pages with their places on the site."""
    for index in range(number):
        host, path = f"paper-{index % ORDINARY_HOSTS}.example.org", f"/article-{index}"
        yield Citation(f"o-{index}", PLAIN, f"http://{host}{path}"), (host, path), html(paragraph(PLAIN))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        sys.exit(child(**json.loads(given.child)))
    with tempfile.TemporaryDirectory() as name, socket.create_server((LOOPBACK, 0)) as decoy:
        decoy.setblocking(False)
        chosen = every_kind(decoy.getsockname()[1], given.pages)
        simple = list(ordinary(max(0, given.pages - len(chosen))))
        briefs = Path(name) / "briefs"
        briefs.mkdir()
        write(briefs, [*citations(chosen), *(citation for citation, _, _ in simple)])
        with site_of(chosen) as site:
            site.pages = {**site.pages, **{at: page for _, at, page in simple}}
            look(site, briefs, chosen, len(simple), decoy)
            resume(site, briefs, given.kills, random.Random(given.seed))


def write(briefs: Path, cited: Sequence[Citation]) -> None:
    """Ten briefs that share the citations."""
    for number in range(10):
        write_brief(briefs, f"brief-{number}", cited[number::10])


def look(site: Site, briefs: Path, chosen: Mapping[str, Kind], simple: int, decoy: socket.socket) -> None:
    """One run from beginning to end."""
    run = to_the_end(site, briefs)
    checks = {check.key.claim: check for check in read_evidence_lock(briefs).checks.values()}
    wrong = {
        name: (kind.state, kind.reason, check.state, check.reason)
        for name, kind in chosen.items()
        if (kind.state, kind.reason) != ((check := checks[f"c-{name}"]).state, check.reason)
    }
    found_simple = sum(checks[f"o-{number}"].state in (VERBATIM, NORMALISED) for number in range(simple))
    elsewhere = "something" if touched(decoy) else "nothing"
    paused = [gap for host, gap in site.gaps.items() if host.startswith("paper-")]
    print(
        f"{len(checks)} quotes in {run.seconds:.1f} s: {Counter(str(check.state) for check in checks.values())}; "
        f"{found_simple} of {simple} ordinary ones found; wrong: {wrong or 'none'}\n"
        f"{run.memory_mib:.0f} MiB at most (asking {run.parts_mib[0]:.0f}, reading {run.parts_mib[1]:.0f}); "
        f"at most {max(site.together.values())} request to a host at a time, "
        f"{1000 * min(paused, default=0):.0f} ms between two at least; exit code {run.exit_code}\n"
        f"asked of others: {run.strangers or 'nothing'}; of another port here: {elsewhere}"
    )
    assert not wrong
    assert found_simple == simple
    assert not run.strangers
    assert elsewhere == "nothing"
    assert run.memory_mib < MEMORY_MAX_MIB
    assert max(site.together.values()) == 1
    assert min(paused, default=PAUSE_S) >= PAUSE_S * 0.9


def touched(decoy: socket.socket) -> bool:
    """Whether anybody has connected."""
    try:
        decoy.accept()
    except BlockingIOError:
        return False
    return True


def resume(site: Site, briefs: Path, kills: int, chance: random.Random) -> None:
    """A run that is killed again and again, and ends."""
    expected = (briefs / LOCK_FILE).read_text()
    (briefs / LOCK_FILE).unlink()
    shutil.rmtree(briefs.parent / "var")  # what the first run knows
    site.requests.clear()
    recorded: dict[str, int] = {}
    done = 0
    for number in range(kills):
        process = start(site, briefs)
        if number % 4:  # the others are killed while they start, or as soon as they have
            wait_for_more(briefs, len(recorded))
        time.sleep(chance.random() * LIFE_S)
        finished = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        done += not finished
        asked = counts(site)
        addresses = journaled(briefs) - {hash_of(SHARED)}
        recorded = {address: recorded.get(address, asked[address]) for address in addresses}
    before = len(recorded)
    to_the_end(site, briefs)
    now = counts(site)
    again = {address: (number, now[address]) for address, number in recorded.items() if now[address] != number}
    print(
        f"killed {done} times, {before} pages recorded by then; asked again of them: {len(again)}; "
        f"the lock is {'the same' if (briefs / LOCK_FILE).read_text() == expected else 'another'} as without kills"
    )
    assert not again
    assert done == kills
    assert (briefs / LOCK_FILE).read_text() == expected


def wait_for_more(briefs: Path, number: int) -> None:
    """Until more pages than so many are recorded."""
    until = time.monotonic() + 30
    while len(journaled(briefs)) <= number + 1 and time.monotonic() < until:
        time.sleep(0.01)


def counts(site: Site) -> Counter[str]:
    """How often each page was asked for, by the hash of its address."""
    with site.lock:
        return Counter({hash_of(f"http://{host}{path}"): number for (host, path), number in site.requests.items()})


def journaled(briefs: Path) -> set[str]:
    """The pages whose results are recorded."""
    files = (briefs.parent / "var").glob("verify/*.jsonl")
    lines = (line for path in files for line in path.read_text().splitlines())
    return {json.loads(line)["address"] for line in lines if line.endswith("}") and '"address"' in line}


def start(site: Site, briefs: Path) -> subprocess.Popen[bytes]:
    """`briefbot verify` in a process of its own."""
    place = {"port": site.port, "closed_port": site.closed_port, "briefs": str(briefs)}
    command = [sys.executable, "-m", "tests.load.verify", "--child", json.dumps(place)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=briefs.parent, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def to_the_end(site: Site, briefs: Path) -> Run:
    begun = time.monotonic()
    process = start(site, briefs)
    most, parts = 0.0, (0.0, 0.0)
    while process.poll() is None:
        asking, reading = memory(process.pid), sum(map(memory, children(process.pid)))
        most, parts = max(most, asking + reading), (max(parts[0], asking), max(parts[1], reading))
        time.sleep(0.02)
    said = process.stderr.read().decode() if process.stderr else ""
    assert process.returncode in (0, 1), said
    strangers = [tuple(each) for each in json.loads(said.splitlines()[-1])]
    return Run(time.monotonic() - begun, most, parts, process.returncode, strangers)


def memory(pid: int) -> float:
    try:
        return resident_mib(pid)
    except (FileNotFoundError, ProcessLookupError):
        return 0


def children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def child(port: int, closed_port: int, briefs: str) -> int:
    """The command, with the network of the site alone; what was refused of the public web is printed last."""
    site = Site({}, names(), port=port, closed_port=closed_port)
    there = Outside(network=site.network(), manners=manners)
    code = verify(VerifyOptions(pause_s=PAUSE_S, hosts=16), Settings(briefs=Path(briefs)), there)
    print(json.dumps(site.strangers), file=sys.stderr)
    return code


def manners(limits: Manners) -> Manners:
    """As they are, but for waits; what is too large is so at 20 MiB as it is."""
    assert limits.body_max == 20 * MIB
    return replace(limits, retry_after_s=0.1, connect_s=5, read_s=1.5, total_s=4)


if __name__ == "__main__":
    main()
