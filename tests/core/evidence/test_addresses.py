"""Which addresses are those of one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.evidence.addresses import page_of, pages_of

ONE_PAGE = (
    "https://example.org/news/2025?a=1&b=2",
    "http://example.org/news/2025?a=1&b=2",
    "HTTPS://WWW.Example.ORG:443/news/2025/?b=2&a=1",
    " https://example.org./news/2025?a=1&b=2#comments ",
    "https://example.org/news/2025?a=1&utm_source=x&UTM_Medium=y&b=2&fbclid=Iw&gclid=1&mc_cid=2&ns_mchannel=social",
    "https://example.org/news/%32025?a=1&at_campaign=64&b=2&CMP=share_btn#:~:text=the%20words",
    "http://example.org:80/news/2025//?a=1&b=2&_ga=2.1",
)

OTHERS = (
    "https://example.org/News/2025?a=1&b=2",
    "https://example.org/news/2025?a=1",
    "https://example.org/news/2025?a=1&b=3",
    "https://example.org/news?a=1&b=2",
    "https://news.example.org/news/2025?a=1&b=2",
    "https://example.org:8443/news/2025?a=1&b=2",
    "https://example.org/news/2025?a=1&b=2#!/part/3",
    "https://example.org/news/2025?a=1&b=2#/part/3",
)

COPIES = (
    "https://web.archive.org/web/20250204120000/https://example.org/a?b=1",
    "http://web.archive.org/web/20250204120000id_/http://www.example.org/a/?b=1#c",
    "https://web.archive.org/web/2025/example.org/a?b=1",
    "https://web.archive.org/web/2025*/https:/example.org/a?b=1",
    "https://archive.ph/2025.02.04-120000/https://example.org/a?b=1",
    "https://archive.today/20250204/https://example.org/a?b=1",
    "https://webarchive.nationalarchives.gov.uk/ukgwa/20250204/https://example.org/a?b=1",
    "https://web.archive.org/web/2025/https://archive.ph/2025/https://example.org/a?b=1",
)


@pytest.mark.parametrize("address", ONE_PAGE)
def test_what_does_not_name_the_page_makes_no_difference(address: str) -> None:
    assert page_of(address) == page_of(ONE_PAGE[0])


@pytest.mark.parametrize("address", OTHERS)
def test_what_names_the_page_makes_one(address: str) -> None:
    assert page_of(address) != page_of(ONE_PAGE[0])


@pytest.mark.parametrize("address", COPIES)
def test_an_archives_copy_is_the_page_too(address: str) -> None:
    assert {page_of("https://example.org/a?b=1"), page_of(address)} <= pages_of(address)


def test_the_names_of_one_archive_are_one() -> None:
    assert page_of("https://archive.ph/AbCdE") == page_of("http://archive.is/AbCdE")
    assert page_of("https://archive.ph/AbCdE") != page_of("https://archive.ph/abcde")


def test_a_courts_database_names_its_documents_in_the_fragment() -> None:
    one, same, other = (
        f"https://hudoc.echr.coe.int/eng#{each}"
        for each in ('{"itemid":["001-1"]}', "%7B%22itemid%22:[%22001-1%22]%7D", "{%22itemid%22:[%22001-2%22]}")
    )
    assert page_of(one) == page_of(same) != page_of(other)


@pytest.mark.parametrize("address", ["https://[::1", "https://example.org:99999/", "mailto:a@example.org", "", "::"])
def test_what_is_no_address_names_itself(address: str) -> None:
    assert pages_of(address) == {page_of(address)}


@pytest.mark.parametrize("address", [*ONE_PAGE, *OTHERS, *COPIES])
def test_folding_twice_is_folding_once(address: str) -> None:
    assert page_of(f"http://www.{page_of(address)}") == page_of(address)


@given(st.text(max_size=60), st.sampled_from([*ONE_PAGE, *COPIES]), st.integers(0, 60))
def test_whatever_is_typed_has_a_page(text: str, address: str, at: int) -> None:
    for typed in (text, address[:at] + text + address[at:]):
        assert page_of(typed) in pages_of(typed)
