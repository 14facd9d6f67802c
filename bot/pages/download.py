"""The body of an answer, written to a file piece by piece and decompressed within bounds."""

import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

PIECE = 64 * 1024


class TooLargeError(Exception):
    """A body is larger than its bound, before or after its decompression."""


class UnknownEncodingError(Exception):
    """A body is compressed in a way that was not asked for."""


class BrokenBodyError(Exception):
    """A compressed body cannot be decompressed to its end."""


async def save(pieces: AsyncIterator[bytes], encoding: str, path: Path, body_max: int, plain_max: int) -> None:
    """Writes a body to a file. `encoding`: the header Content-Encoding. At most `body_max` bytes are read, and
    `plain_max` written. Raises: TooLargeError, UnknownEncodingError, BrokenBodyError."""
    decoder = _decoder(encoding)
    read = written = 0
    with path.open("wb") as file:
        async for piece in pieces:
            read += len(piece)
            for plain in decoder.feed(piece):
                written += len(plain)
                if written > plain_max:
                    raise TooLargeError
                file.write(plain)
            if read > body_max:
                raise TooLargeError
    if not decoder.is_complete:
        raise BrokenBodyError


class _Plain:
    is_complete = True

    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece


class _Zlib:
    """gzip, whose files may follow one another, and deflate with its header or, as some send it, without."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS + (16 if is_gzip else 0))
        self._started = False

    @property
    def is_complete(self) -> bool:
        # Neither has an empty body an end.
        return self._decoder.eof or not self._started

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The plain bytes, at most `PIECE` at once, however much they grow."""
        plain = b""
        # A whole piece of output may have left more behind, also where all input was taken.
        while piece or len(plain) == PIECE:
            if self._decoder.eof and not self._next_file(piece):
                return
            plain = self._plain(piece)
            yield plain
            piece = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail

    def _plain(self, piece: bytes) -> bytes:
        try:
            plain = self._decoder.decompress(piece, PIECE)
        except zlib.error:
            if self._is_gzip or self._started:
                raise BrokenBodyError from None
            self._decoder = zlib.decompressobj(-zlib.MAX_WBITS)
            self._started = True
            return self._plain(piece)
        self._started = True
        return plain

    def _next_file(self, rest: bytes) -> bool:
        """Whether another gzip file follows; whatever else stands behind the end is left."""
        if not self._is_gzip or not rest.startswith(b"\x1f\x8b"):
            return False
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS + 16)
        return True


def _decoder(encoding: str) -> _Plain | _Zlib:
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zlib(is_gzip=True)
        case "deflate":
            return _Zlib(is_gzip=False)
        case _:
            raise UnknownEncodingError
