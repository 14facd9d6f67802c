"""The check agrees with slack_sdk: what it builds passes, what it refuses is refused."""

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk

from bot.workspace.blockkit import validate_blocks
from tests.workspace.blockkit.examples import STYLE, VALID, Json, put
from tests.workspace.blockkit.test_lengths import LENGTHS


def words(most: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=1, max_size=most)


def plains(most: int) -> st.SearchStrategy[sdk.PlainTextObject]:
    return st.builds(sdk.PlainTextObject, text=words(most), emoji=st.none() | st.booleans())


def texts(most: int) -> st.SearchStrategy[sdk.TextObject]:
    return plains(most) | st.builds(sdk.MarkdownTextObject, text=words(most), verbatim=st.none() | st.booleans())


MAYBE = st.none() | st.booleans()
URLS = st.builds("https://example.org/{}".format, st.integers())
CONFIRMS = st.none() | st.builds(
    sdk.ConfirmObject, title=plains(100), text=texts(300), confirm=plains(30), deny=plains(30), style=st.just("danger")
)
MENUS = {"placeholder": plains(150), "confirm": CONFIRMS, "focus_on_load": st.none()}
CHOICES = st.lists(st.builds(sdk.Option, text=plains(75), value=words(150), description=plains(75)), min_size=1)
GROUPS = st.lists(st.builds(sdk.OptionGroup, label=plains(75), options=CHOICES), min_size=1, max_size=3)
SDK_ELEMENTS = [
    st.builds(
        sdk.ButtonElement,
        text=plains(75),
        value=st.none() | words(2000),
        url=st.none() | URLS,
        style=st.sampled_from([None, "primary", "danger"]),
        confirm=CONFIRMS,
        accessibility_label=st.none() | words(75),
    ),
    st.builds(sdk.StaticSelectElement, options=CHOICES, **MENUS),
    st.builds(sdk.StaticMultiSelectElement, option_groups=GROUPS, max_selected_items=st.integers(1), **MENUS),
    st.builds(sdk.ExternalDataSelectElement, min_query_length=st.integers(0), **MENUS),
    st.builds(sdk.UserSelectElement, initial_user=words(9), **MENUS),
    st.builds(sdk.ConversationSelectElement, default_to_current_conversation=MAYBE, **MENUS),
    st.builds(sdk.ChannelMultiSelectElement, max_selected_items=st.integers(1), **MENUS),
    st.builds(sdk.DatePickerElement, initial_date=st.dates().map(str), **MENUS),
    st.builds(sdk.TimePickerElement, initial_time=st.times().map("{:%H:%M}".format), **MENUS),
    st.builds(sdk.RadioButtonsElement, options=st.lists(CHOICES.map(lambda some: some[0]), min_size=1, max_size=10)),
    st.builds(sdk.OverflowMenuElement, options=CHOICES.map(lambda some: some[:5]), confirm=CONFIRMS),
]
IMAGES = {"image_url": URLS, "alt_text": words(2000)}
STYLES = st.none() | st.fixed_dictionaries({}, optional=dict.fromkeys(STYLE, st.booleans()))
PARTS = sdk.RichTextElementParts
SDK_SPANS = st.lists(
    st.builds(PARTS.Text, text=words(300), style=STYLES)
    | st.builds(PARTS.Link, url=URLS, text=st.none() | words(300), style=STYLES)
    | st.builds(PARTS.User, user_id=words(9))
    | st.builds(PARTS.Date, timestamp=st.integers(), format=words(20), fallback=st.none() | words(9))
    | st.builds(PARTS.Emoji, name=words(20))
)
SECTIONS = st.builds(sdk.RichTextSectionElement, elements=SDK_SPANS)
SDK_PARTS = (
    SECTIONS
    | st.builds(sdk.RichTextQuoteElement, elements=SDK_SPANS)
    | st.builds(sdk.RichTextListElement, elements=st.lists(SECTIONS), style=st.just("bullet"), indent=st.integers(0, 8))
)
SDK_BLOCKS = [
    st.builds(sdk.SectionBlock, text=texts(3000), fields=st.lists(texts(2000), max_size=10), expand=MAYBE),
    st.builds(sdk.SectionBlock, text=texts(3000), accessory=st.one_of(SDK_ELEMENTS)),
    st.builds(sdk.SectionBlock, text=texts(3000), accessory=st.builds(sdk.ImageElement, **IMAGES)),
    st.builds(sdk.HeaderBlock, text=plains(150)),
    st.builds(sdk.DividerBlock),
    st.builds(sdk.ContextBlock, elements=st.lists(texts(3000), min_size=1, max_size=10)),
    st.builds(sdk.ActionsBlock, elements=st.lists(st.one_of(SDK_ELEMENTS), min_size=1, max_size=25)),
    st.builds(sdk.ImageBlock, title=plains(2000), **IMAGES),
    st.builds(sdk.RichTextBlock, elements=st.lists(SDK_PARTS, min_size=1)),
    st.builds(
        sdk.InputBlock,
        label=plains(2000),
        hint=plains(2000),
        optional=MAYBE,
        element=st.builds(sdk.PlainTextInputElement, multiline=MAYBE, max_length=st.integers(1, 3000)),
    ),
]


@given(st.one_of(SDK_BLOCKS))
def test_what_slack_sdk_builds_passes(block: sdk.Block) -> None:
    assert validate_blocks([block.to_dict()]) == []


def sdk_refuses(blocks: Json) -> bool:
    try:
        for block in blocks:
            known = sdk.Block.parse(block)
            assert known is not None
            known.to_dict()
    except SlackObjectFormationError:
        return True
    return False


SDK_KNOWS = [row for row in LENGTHS if row[0] not in ("data_visualization", "alert")]


@given(st.sampled_from(SDK_KNOWS), st.integers(-2, 300))
def test_what_slack_sdk_refuses_is_refused(row: tuple[str, str, int, int], beyond: int) -> None:
    name, pointer, _, most = row
    blocks = put(VALID[name], pointer, "x" * (most + beyond))
    if sdk_refuses(blocks):
        assert validate_blocks(blocks)
