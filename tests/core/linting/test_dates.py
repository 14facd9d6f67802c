"""What to write instead of a date that is refused."""

import pytest

from bot.core.linting.dates import date_hint

FORMS = [
    ("c. 1487", "write 1487"),
    ("Spring 2002", "write 2002"),
    ("1487/1490", "write 1487"),
    ("about the middle of the century", "a year such as 2025"),
    ("-0044", "leave the key out"),
    ("44 BC", "leave the key out"),
    ("44 B.C.E.", "leave the key out"),
]


@pytest.mark.parametrize(("value", "advice"), FORMS)
def test_a_source_may_have_a_year_alone_and_the_rest_in_its_note(value: str, advice: str) -> None:
    hint = date_hint(value, partial=True)
    assert advice in hint
    assert "`date_note`" in hint


@pytest.mark.parametrize("value", [value for value, _ in FORMS])
def test_a_day_has_no_such_way_out(value: str) -> None:
    assert date_hint(value, partial=False) == "write year, month and day, as in 2025-02-10"


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("2025-13-01", "months go from 01 to 12"),
        ("2025-13", "months go from 01 to 12"),
        ("2025-02-30", "2025-02 has 28 days"),
        ("2024-02-30", "2024-02 has 29 days"),
        ("0000-01-01", "years go from 0001"),
        ("10/02/2025", "write 2025-10-02 or 2025-02-10"),
        ("13.2.2025", "write 2025-02-13:"),
        ("20250210", "write 2025-02-10:"),
        ("2025/2/10", "write 2025-02-10:"),
    ],
)
def test_a_day_in_another_form_is_written_out(value: str, advice: str, partial: bool) -> None:
    assert advice in date_hint(value, partial=partial)
