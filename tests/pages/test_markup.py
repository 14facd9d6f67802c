"""Text that reads on over inline elements, and does not over blocks."""

import pytest

from bot.pages.markup import decoded, markup_text

CASES = {
    "a letter in an element of its own": (
        "<p><span class=d>T</span>he towns <b>w</b>ere asked</p>",
        "The towns were asked",
    ),
    "links and emphasis": (
        "<p>the <a href=x>said</a> duty, <em>shall</em> be <b>paid</b>.</p>",
        "the said duty, shall be paid.",
    ),
    "elements of one line": ("<span>a</span><span>b</span> <i>c</i>\n<i>d</i>", "ab c d"),
    "a place to break a word": ("<p>super<wbr>cali</p>", "supercali"),
    "a comment in a word": ("<p>one<!-- c -->two</p>", "onetwo"),
    "a picture in a word": ("<p>one<img src=x alt=not>two</p>", "onetwo"),
    "unknown elements": ("<my-word>one</my-word><my-word>two</my-word>", "onetwo"),
    "blocks": ("<div>one</div><div>two</div><p>three<p>four", "one two three four"),
    "text beside a block": ("one<div>two</div>three", "one two three"),
    "a line break": ("<p>one<br>two</p>", "one two"),
    "list items": ("<ul><li>one</li><li>two</li></ul>", "one two"),
    "cells": (
        "<table><tr><td>one<br>two</td><td>three</td></tr><tr><th>four<td>five</table>",
        "one two three four five",
    ),
    "a caption": ("<figure><img src=x><figcaption>one</figcaption></figure>two", "one two"),
    "a table's caption": ("<table><caption>one</caption><tr><td>two</table>", "one two"),
    "folded text": ("<details><summary>one</summary>two</details>", "one two"),
    "hidden text": ("<div hidden>one</div><div style='display:none'>two</div>", "one two"),
    "asides": ("<aside>one</aside><footer>two</footer><nav>three</nav><header>four</header>", "one two three four"),
    "blocks in a link": ("<a><div>one</div><div>two</div></a>", "one two"),
    "a block at the end of a link": (
        "<p>no<a><div>one</div></a>two <i><div>three</div></i><b>four</b>",
        "no one two three four",
    ),
    "definitions": ("<dl><dt>one</dt><dd>two</dd></dl><h1>three</h1>four", "one two three four"),
    "preformatted lines": ("<pre>one\ntwo</pre>", "one two"),
    "controls": ("<select><option>one<option>two</select><button>three</button>", "one two three"),
    "without scripts": ("<noscript><p>one</p></noscript>", "one"),
    "what is not seen": ("<p>a<script>evil</script><style>p{}</style><template>t</template>b</p>", "ab"),
    "entities": ("<p>&ldquo;Tom &amp; Jerry&rdquo; it&#8217;s &#x92;</p>", "“Tom & Jerry” it’s ’"),
    "elements in the wrong order": ("<div><p>never <b>closed <i>mis</b>nested</i> end", "never closed misnested end"),
    "no page": ("", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_the_text_of_a_page_is_what_its_readers_see_in_order(name: str) -> None:
    markup, text = CASES[name]
    assert " ".join(markup_text(markup.encode(), "text/html; charset=utf-8").split()) == text


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        ("caf\xe9".encode(), "", "café"),
        ("caf\xe9".encode("latin-1"), "", "café"),
        (b"\x93caf\xe9\x94", "text/html; charset=iso-8859-1", "“café”"),
        (b"\x93caf\xe9\x94", "text/html", "“café”"),
        ("\ufeffcafé".encode(), "text/html; charset=latin-1", "café"),
        ("café".encode("utf-16"), "text/html", "café"),
        ("<meta charset=windows-1251>Привет".encode("cp1251"), "text/html", "<meta charset=windows-1251>Привет"),
        ("Привет".encode("koi8-r"), "text/html; charset=KOI8-R", "Привет"),
        ("<meta charset=latin-1>é".encode(), "text/html; charset=utf-8", "<meta charset=latin-1>é"),
        ("caf\xe9".encode(), "text/html; charset=no-such-thing", "café"),
    ],
)
def test_bytes_are_decoded_as_a_browser_does(data: bytes, content_type: str, text: str) -> None:
    assert decoded(data, content_type) == text
