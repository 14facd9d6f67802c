"""What is wrong with an address, and what to write instead."""

import time

import pytest

from bot.core.linting.addresses import address_fault, odd_end

PLAIN = [
    "https://example.org",
    "HTTPS://Example.ORG/",
    "https://example.org:8080/path?a=b&c=%20#fragment",
    "https://example.org./x",
    "https://my_host.example.org/x",
    "https://8.8.8.8/x",
    "https://xn--exmple-4nf.org/",
    "https://de.wikipedia.org/wiki/Köln_(Stadt)",
    "https://doi.org/10.1002/(sici)1097-0185(19990415)257:2%3C50::aid-ar4%3E3.3.co;2-n",
]

FAULTS = [
    ("https://exаmple.org/a", "U+0430 (cyrillic small letter a)", '"xn--exmple-4nf.org"'),
    ("https://раураl.com", "U+0440 (cyrillic small letter er)", '"xn--l-7sba6dbr.com"'),
    ("https://①②⑦.⓪.⓪.①/", "U+2460 (circled digit one)", "ASCII"),
    ("https://example。org/", "U+3002 (ideographic full stop)", '"example.org"'),
    ("https://exam\u200bple.org/", "U+200B (zero width space)", '"example.org"'),
    ("https://münchen.example/", "U+00FC (latin small letter u with diaeresis)", '"xn--mnchen-3ya.example"'),
    ("https://example.org/a\u200bb", "U+200B (zero width space)", "delete it"),
    ("https://example.org/\u202etca", "U+202E (right-to-left override)", "delete it"),
    ("https://example.org/\U000e0041", "U+E0041 (tag latin capital letter a)", "delete it"),
    ("https://example.org:0/", '"0" is not a port', "1 to 65535"),
    ("https://example.org:99999/", '"99999" is not a port', "1 to 65535"),
    ("https://example..org/", "not the name of a host", "a dot"),
    ("https://.example.org/", "not the name of a host", "a dot"),
    ("https://-example.org/", "not the name of a host", "a hyphen"),
    ("https://127.0.0.1/x", "not a public host", "others can open"),
    ("https://192.168.0.1/x", "not a public host", "others can open"),
    ("https://2130706433/", "not a public host", "others can open"),
    ("http://localhost:3000/", "this computer", "others can open"),
    ("https://[::1]/", "its host is a number", "name the host"),
    ("https://example.org/%zz", '"%zz" is not the code', "%25"),
    ("https://example.org/100%", '"%" is not the code', "%25"),
    ("https://example.org/a b", "a blank", "%20"),
    ("https://example.org/2<50", "`<`", "%3C"),
    ("https://example.org/2>50", "`>`", "%3E"),
    ("https://example.org/a|b", "`|`", "%7C"),
    ('https://example.org/a"b', '`"`', "%22"),
    ("https://me:secret@example.org/", "user name or a password", "remove"),
    ("doi:10.1000/182", "a DOI", "https://doi.org/10.1000/182"),
    ("10.1000/182", "a DOI", "https://doi.org/10.1000/182"),
    ("ttps://example.org/x", '"ttps://"', "did you mean https://example.org/x?"),
    ("htpp:/example.org/x", '"htpp:/"', "did you mean https://example.org/x?"),
    ("https//example.org/x", '"https//"', "did you mean https://example.org/x?"),
    ("ftp://example.org/x", '"ftp://"', "http or https"),
    ("mailto:desk@example.org", '"mailto:"', "http or https"),
    ("www.example.org", "no scheme", "https://"),
]


@pytest.mark.parametrize("address", PLAIN)
def test_a_plain_address_has_no_fault(address: str) -> None:
    assert address_fault(address) is None


@pytest.mark.parametrize(("address", "reason", "hint"), FAULTS)
def test_a_fault_names_what_is_wrong_and_what_to_write(address: str, reason: str, hint: str) -> None:
    fault = address_fault(address)
    assert fault
    assert reason in fault.reason
    assert hint in fault.hint


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("https://example.org/act).", "."),
        ("https://example.org/act)", ")"),
        ("https://example.org/act]", "]"),
        ("https://example.org/act,", ","),
        ("https://en.wikipedia.org/wiki/Tea_(meal)", None),
        ("https://example.org/a[1]", None),
        ("https://example.org/", None),
    ],
)
def test_the_end_of_a_sentence_is_not_the_end_of_an_address(address: str, end: str | None) -> None:
    assert odd_end(address) == end


def test_a_long_address_takes_no_longer_than_its_length() -> None:
    began = time.process_time()
    address_fault("https://example.org/" + "a" * 1970 + "<")
    address_fault("https://" + "a." * 990 + "<")
    assert time.process_time() - began < 0.5
