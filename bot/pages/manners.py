"""How much is asked of the sites of others, and of this machine."""

from dataclasses import dataclass

MIB = 1024 * 1024
PRODUCT = "briefbot"
"""By this name a robots.txt can speak of it; the first word of `Manners.user_agent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """Limits of a run. Times are in seconds, sizes in bytes."""

    user_agent: str
    pause_s: float = 1.0
    """Between the end of a request to a host and the next one; a host has one request at a time."""
    pause_max_s: float = 30
    """A longer pause that a robots.txt asks for is cut."""
    hosts: int = 8
    """Hosts that are asked at the same time."""
    connect_s: float = 10
    read_s: float = 20
    """Between two pieces of an answer."""
    total_s: float = 60
    """For one request with its answer."""
    redirects: int = 8
    retries: int = 2
    """After an answer of 429 or 503."""
    retry_after_s: float = 5
    """The wait before a retry where the answer names none."""
    retry_after_max_s: float = 60
    """Where a host asks for a longer wait it is asked nothing more in this run."""
    body_max: int = 20 * MIB
    """Of an answer as it is sent, and of a PDF file."""
    text_max: int = 10 * MIB
    """Of any other answer behind its decompression."""
    robots_max: int = MIB // 2
    reading_s: float = 30
    """For taking the text of one page and looking for its quotes."""
    reading_memory: int = 112 * MIB
    """Of the process that does so."""
    archive: str = "https://archive.org/wayback/available"
    """Who says whether there is a copy of a page. Source: archive.org/help/wayback_api.php."""
