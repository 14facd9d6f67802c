"""The looks of an exported page: readable on a phone, on paper, in the dark."""

STYLE = """\
:root { color-scheme: light dark; --ink: #1d1c1d; --faint: #5c5c60; --paper: #fff; --line: #d9d9dd; --link: #0b5394; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8ea; --faint: #a9a9b0; --paper: #17181a; --line: #3a3b40; --link: #8ab8f0; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
a { color: var(--link); }
ul, ol { padding-left: 1.3rem; }
li { margin: .5rem 0; }
.meta, .note, .place { color: var(--faint); font-size: .9rem; }
.banner { border: 1px solid currentColor; padding: .4rem .7rem; font-weight: 600; }
.mark { font-size: .8em; white-space: nowrap; }
blockquote { margin: .3rem 0 .3rem .1rem; padding-left: .7rem; border-left: 3px solid var(--line); font-size: .92rem; }
:target { outline: 2px solid var(--link); outline-offset: 3px; }
@media print {
  :root { --ink: #000; --faint: #333; --paper: #fff; --line: #999; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; }
  li, blockquote { break-inside: avoid; }
  #sources a[href^="http"]::after { content: " <" attr(href) ">"; }
  nav { display: none; }
}
"""
