"""Whatever answers is read without an error, and only Slack's word becomes one."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.ports import ApiFailure
from bot.slack.http_exchange import HttpAnswer
from bot.slack.slack_answer import (
    POINTER_MAX,
    POINTERS_MAX,
    RETRY_AFTER_MAX,
    WORD,
    pointers,
    read_api_answer,
    read_response_answer,
    retry_after,
)

NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
SIZE_MAX = 10_000

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["ok", "error", "ts"]), inner),
    max_leaves=6,
)
BODIES = st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode())
ANSWERS = st.builds(
    HttpAnswer,
    st.sampled_from([200, 200, 200, 201, 204, 302, 400, 404, 429, 500, 503]),
    st.dictionaries(
        st.sampled_from(["Content-Encoding", "Retry-After", "Date"]),
        st.sampled_from(["gzip", "identity", "br", "3", "-3", "Mon, 11 May 2026 09:00:09 GMT"]) | st.text(max_size=20),
    ),
    BODIES,
)


@given(ANSWERS)
def test_a_method_gives_slacks_object_or_a_word_that_can_be_stored(answer: HttpAnswer) -> None:
    result = read_api_answer(answer, SIZE_MAX)
    word = result.error if isinstance(result, ApiFailure) else result.get("error")
    if isinstance(result, dict) and result["ok"] is True:
        assert answer.status == 200
    else:
        assert WORD.fullmatch(str(word))


@given(ANSWERS)
def test_a_response_url_gives_nothing_or_a_word_that_can_be_stored(answer: HttpAnswer) -> None:
    failure = read_response_answer(answer, SIZE_MAX)
    assert WORD.fullmatch(failure.error) if failure else answer.status == 200


@given(st.text(max_size=30) | st.integers().map(str) | st.datetimes().map(str), st.text(max_size=30))
def test_a_wait_is_none_or_at_most_an_hour(text: str, date: str) -> None:
    wait = retry_after({"Retry-After": text, "Date": date}, NOW)
    assert wait is None or timedelta(0) < wait <= RETRY_AFTER_MAX


def test_a_date_is_read_by_our_clock_where_the_answer_does_not_say_its_own() -> None:
    headers = {"Retry-After": "Mon, 11 May 2026 09:00:09 GMT"}
    assert retry_after(headers, NOW) == timedelta(seconds=9)
    assert retry_after({**headers, "Date": "Mon, 11 May 2026 09:00:08 GMT"}, NOW) == timedelta(seconds=1)


def test_where_a_message_is_wrong_is_cut() -> None:
    messages = [None, *["x" * 999] * 99]
    assert pointers({"response_metadata": {"messages": messages}}) == ["x" * POINTER_MAX] * (POINTERS_MAX - 1)
    nothing: list[object] = [None, [], {"response_metadata": []}, {"response_metadata": {}}]
    assert [pointers(each) for each in nothing] == [[]] * 4
