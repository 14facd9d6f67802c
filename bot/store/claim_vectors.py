"""The vectors of claims, by model and revision: no process embeds what another has."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, select

from bot.core.batches import batches
from bot.store.deletion import delete_found
from bot.store.dialect import insert
from bot.store.schema import claim_vectors, current_revision

CHUNK = 500
"""Values in one IN, and rows that are held at once."""


class ClaimVectors:
    """Vectors of claims within one transaction. `model` is a `VectorIndex.fingerprint`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, model: str, revisions: Collection[str]) -> Iterator[dict[str, bytes]]:
        """The vectors of those of the revisions that have some, by revision, part by part."""
        wanted = sorted(revisions)
        columns = select(claim_vectors.c.revision, claim_vectors.c.vectors).where(claim_vectors.c.model == model)
        for some in batches(wanted, CHUNK):
            query = columns.where(claim_vectors.c.revision.in_(some))
            yield {row.revision: bytes(row.vectors) for row in self._connection.execute(query)}

    def add(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keeps vectors by revision; those that are there stay as they are."""
        rows = [{"model": model, "revision": revision, "vectors": each} for revision, each in vectors.items()]
        if rows:
            self._connection.execute(insert(self._connection, claim_vectors).on_conflict_do_nothing(), rows)

    def delete_superseded(self, most: int) -> int:
        """Deletes the vectors of revisions that no brief has now; how many, at most so many."""
        current = select(current_revision.c.revision)
        some = select(*claim_vectors.primary_key.columns).where(claim_vectors.c.revision.not_in(current)).limit(most)
        return delete_found(self._connection, claim_vectors, some)
