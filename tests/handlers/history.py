"""A git history of brief files, as maintainers make one in a year."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from string import ascii_lowercase
from subprocess import CalledProcessError
from typing import Any

import yaml

from tests.git_repository import Repository

BRIEFS, CLAIMS = 16, 3
DAY = "2025-02-10"
STORE = "sections: {legal: {title: Legal considerations}}\n"
NEAR = 6
"""A revert takes back one of so many last commits."""

File = dict[str, Any]
"""What a brief file says."""


class History:
    """A repository that grows by commits. What happens is drawn from `random`; every number that it writes is new."""

    def __init__(self, path: Path, random: Random) -> None:
        self.repository, self.random, self.last = Repository(path), random, 0
        path.joinpath("_store.yaml").write_text(STORE)
        for number in range(BRIEFS):
            self.write(f"b{number}", self.new_file(f"b{number}"))
        self.repository.commit()

    @property
    def path(self) -> Path:
        return self.repository.path

    def grow(self) -> None:
        """What somebody does on a day, in one commit or a few."""
        self.repository.at += timedelta(days=1)
        self.random.choices([what for what, _ in HAPPENINGS], [weight for _, weight in HAPPENINGS])[0](self)

    # Files

    def number(self) -> int:
        self.last += 1
        return self.last

    def new_file(self, name: str) -> File:
        return {
            "title": f"About {name}",
            "summary": f"What is known of {name}.",
            "status": "published",
            "as_of": DAY,
            "owner": "desk",
            "sections": {"legal": {"claims": [self.claim(name, f"c{number}") for number in range(CLAIMS)]}},
            "sources": {"gazette": {"publisher": "The Gazette", "url": "https://example.org/", "kind": "news"}},
            "changes": [{"date": DAY, "kind": "new", "note": "First version."}],
        }

    def claim(self, name: str, id: str) -> File:
        text = f"The {name} {id} stood at {self.number()} that day."
        return {"id": id, "text": text, "evidence": [{"source": "gazette", "quote": "as it stood on that very day"}]}

    def read(self, slug: str) -> File:
        found: File = yaml.load(self.file(slug).read_text(), yaml.CSafeLoader)
        return found

    def write(self, slug: str, file: File) -> None:
        self.file(slug).write_text(yaml.safe_dump(file, sort_keys=False))

    def file(self, slug: str) -> Path:
        return self.path / f"{slug}.yaml"

    def slugs(self, status: str | None = "published") -> list[str]:
        """The briefs of a status whose files are in order; None: of any."""
        files = {path.stem: brief_of(path.read_text()) for path in sorted(self.path.glob("[!_]*.yaml"))}
        return [slug for slug, file in files.items() if file and status in (None, file["status"])]

    def pick(self, status: str | None = "published") -> str:
        return self.random.choice(self.slugs(status))

    # What happens

    def edit(self, kind: str = "update") -> None:
        for slug in self.random.sample(self.slugs(), self.random.choice((1, 1, 2, 3))):
            self.edit_one(slug, kind)
        self.repository.commit()

    def edit_one(self, slug: str, kind: str) -> None:
        file = self.read(slug)
        claims = file["sections"]["legal"]["claims"]
        place = self.random.randrange(len(claims))
        claims[place] = self.claim(name_of(file), claims[place]["id"])
        self.note(file, kind, claims[place]["id"])
        self.write(slug, file)

    def note(self, file: File, kind: str, *claims: str) -> None:
        # A note that is almost the same as one that is gone is that one, corrected.
        text = "".join(self.random.choices(ascii_lowercase, k=20)).capitalize()
        note = {"date": DAY, "kind": kind, "note": f"{text}."}
        file["changes"].insert(0, note | ({"claims": list(claims)} if claims else {}))

    def correct(self) -> None:
        self.edit("correction")

    def add_claim(self) -> None:
        file = self.read(slug := self.pick())
        file["sections"]["legal"]["claims"].append(self.claim(name_of(file), f"c{self.number()}"))
        self.note(file, "update")
        self.write(slug, file)
        self.repository.commit()

    def remove_claim(self) -> None:
        file = self.read(slug := self.pick())
        claims = file["sections"]["legal"]["claims"]
        if len(claims) > 1:
            gone = claims.pop(self.random.randrange(len(claims)))["id"]
            for note in file["changes"]:
                note["claims"] = [name for name in note.get("claims", ()) if name != gone]
            self.note(file, "update")
            self.write(slug, file)
        self.repository.commit()

    def add_brief(self) -> None:
        name = f"b{self.number()}"
        self.write(name, self.new_file(name))
        self.repository.commit()

    def rename(self) -> None:
        file = self.read(slug := self.pick())
        file["aliases"] = [*file.get("aliases", ()), slug]
        self.repository.git("mv", f"{slug}.yaml", f"{(new := f'r{self.number()}')}.yaml")
        self.write(new, file)
        self.repository.commit()

    def withdraw(self) -> None:
        file = self.read(slug := self.pick())
        file["status"] = "withdrawn"
        self.note(file, "withdrawal")
        self.write(slug, file)
        self.repository.commit()

    def publish_again(self) -> None:
        for slug in self.slugs("withdrawn")[:1]:
            file = self.read(slug)
            file["status"] = "published"
            self.note(file, "correction")
            self.write(slug, file)
        self.repository.commit()

    def delete(self) -> None:
        self.repository.commit({f"{self.pick()}.yaml": None})

    def change_owner(self) -> None:
        file = self.read(slug := self.pick())
        file["owner"] = f"desk{self.number()}"
        self.write(slug, file)
        self.repository.commit()

    def break_file(self) -> None:
        """Somebody misspells a field in an edit, and mends it."""
        self.edit_one(slug := self.pick(), "update")
        right = self.file(slug).read_text()
        self.repository.commit({f"{slug}.yaml": right.replace("owner:", "ownr:")})
        self.repository.commit({f"{slug}.yaml": right})

    def commit_conflict(self) -> None:
        """Two edits of one line; somebody commits the file as the merge leaves it, and mends it."""
        slug = self.pick()
        self.repository.git("checkout", "--quiet", "-b", "theirs")
        self.edit_one(slug, "update")
        theirs = self.file(slug).read_text()
        self.repository.commit()
        self.repository.git("checkout", "--quiet", "main")
        self.edit_one(slug, "update")
        self.repository.commit()
        if not self.attempt("merge", "--quiet", "--no-edit", "theirs"):
            assert "<<<<<<<" in self.file(slug).read_text()
            self.repository.commit()
            self.repository.commit({f"{slug}.yaml": theirs})
        self.repository.git("branch", "--quiet", "-D", "theirs")

    def merge(self) -> None:
        """A branch grows beside main, and is merged where that goes without a conflict."""
        self.repository.git("checkout", "--quiet", "-b", "side")
        for _ in range(self.random.choice((1, 2))):
            self.random.choice(ON_BRANCHES)(self)
        self.repository.git("checkout", "--quiet", "main")
        self.random.choice(ON_BRANCHES)(self)
        if not self.attempt("merge", "--quiet", "--no-ff", "--no-edit", "side"):
            self.repository.git("reset", "--quiet", "--hard")
        self.repository.git("branch", "--quiet", "-D", "side")

    def revert(self) -> None:
        """One of the last commits is taken back, where that goes without a conflict."""
        commit = self.random.choice(self.first_parents()[-NEAR:])
        _, *parents = self.repository.git("rev-list", "--parents", "--max-count=1", commit).split()
        if parents and not self.attempt("revert", "--no-edit", *(("-m", "1") if len(parents) > 1 else ()), commit):
            self.repository.git("reset", "--quiet", "--hard")

    def attempt(self, *arguments: str) -> bool:
        """Whether git can do that."""
        try:
            self.repository.git(*arguments)
        except CalledProcessError:
            return False
        return True

    def commits(self) -> int:
        """How many there are, those of branches that are merged among them."""
        return int(self.repository.git("rev-list", "--count", "main"))

    def first_parents(self) -> list[str]:
        """The commits of main, the oldest first."""
        return self.repository.git("rev-list", "--first-parent", "--reverse", "main").split()


ON_BRANCHES: Sequence[Callable[[History], None]] = (History.edit, History.correct, History.add_claim, History.rename)

HAPPENINGS: Sequence[tuple[Callable[[History], None], int]] = (
    (History.edit, 12),
    (History.correct, 6),
    (History.add_claim, 3),
    (History.remove_claim, 3),
    (History.add_brief, 1),
    (History.rename, 3),
    (History.withdraw, 2),
    (History.publish_again, 2),
    (History.delete, 1),
    (History.change_owner, 2),
    (History.break_file, 2),
    (History.commit_conflict, 1),
    (History.merge, 5),
    (History.revert, 6),
)
"""What happens, and how often."""


@cache
def brief_of(text: str) -> File | None:
    """What a file says, to be read only; None where it is not in order."""
    try:
        file: File = yaml.load(text, yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    return None if "ownr" in file else file


def name_of(file: File) -> str:
    """The name that a brief keeps whatever its file is called."""
    return str(file["title"]).removeprefix("About ")
