"""Bodies are decompressed piece by piece, within bounds."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pages.download import PIECE, BrokenBodyError, TooLargeError, UnknownEncodingError, save

TEXT = b"".join(b"%d %d\n" % (number, number * number) for number in range(10_000))
MIB = 1024 * 1024


def saved(data: bytes, encoding: str, path: Path, size: int = 1000, body_max: int = MIB, plain_max: int = MIB) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(data), size):
            yield data[start : start + size]

    asyncio.run(save(pieces(), encoding, path, body_max, plain_max))
    return path.read_bytes()


@pytest.mark.parametrize("size", [1, 7, 1000, 10**6])
@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP ", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("gzip", gzip.compress(TEXT, 0)),
    ],
)
def test_a_body_is_written_as_it_was_before_its_compression(
    tmp_path: Path, encoding: str, data: bytes, size: int
) -> None:
    if size == 1:
        data = gzip.compress(b"few words") if "gzip" in encoding.lower() else b""
        assert saved(data, encoding, tmp_path / "page", size) == (b"few words" if data else b"")
    else:
        assert saved(data, encoding, tmp_path / "page", size) == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "nonsense"])
def test_other_compressions_are_not_read(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UnknownEncodingError):
        saved(TEXT, encoding, tmp_path / "page")


@pytest.mark.parametrize(
    "data",
    [gzip.compress(TEXT)[:-9], b"plain words", gzip.compress(TEXT)[:5], b"\x1f\x8b" * 40],
    ids=["cut", "plain", "a head", "magic alone"],  # the bytes have the time in them
)
def test_a_broken_body_is_none(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BrokenBodyError):
        saved(data, "gzip", tmp_path / "page")


@pytest.mark.parametrize(("encoding", "wbits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_a_bomb_is_given_up_at_the_bound_and_takes_no_memory(tmp_path: Path, encoding: str, wbits: int) -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, wbits)
    bomb = b"".join(compressor.compress(bytes(MIB)) for _ in range(8)) + compressor.flush()
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        saved(bomb, encoding, tmp_path / "page", size=10**6, plain_max=MIB // 4)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MIB
    assert (tmp_path / "page").stat().st_size <= MIB // 4 + PIECE


def test_a_body_that_does_not_shrink_is_bounded_as_it_is_sent(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        saved(gzip.compress(TEXT, 0), "gzip", tmp_path / "page", body_max=1000)
