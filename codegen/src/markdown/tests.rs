use super::{escape::code_span, from_html, summary};

fn to_markdown(html: &str) -> String {
    from_html(html).join("\n")
}

fn check(table: &[(&str, &str)]) {
    for (html, markdown) in table {
        assert_eq!(to_markdown(html), *markdown, "of {html}");
    }
}

#[test]
fn paragraphs_have_a_blank_line_between_them() {
    check(&[
        ("", ""),
        (" \n ", ""),
        ("plain", "plain"),
        ("<p>One.</p> <p>Two.</p>", "One.\n\nTwo."),
        ("<p/> <p>After an empty one.</p>", "After an empty one."),
        ("<p>Never closed<p>but opened again", "Never closed\n\nbut opened again"),
        ("before<p>inside</p>after", "before\n\ninside\n\nafter"),
        ("<p>much \n\t white&nbsp;&#x2028; space</p>", "much white space"),
        ("one<br>two<br/><br/> three<br/>", "one\\\ntwo\\\nthree"),
        ("<fullname>Name</fullname> <p>Text.</p>", "Name\n\nText."),
        ("<zonbook></zonbook><xhtml></xhtml>", ""),
        ("<h2>Use <b>#</b> #</h2>text<h9>", "## Use **#** \\#\n\ntext`<h9>`"),
    ]);
}

#[test]
fn styles() {
    check(&[
        ("<i>a</i> <em>b</em> <b>c</b> <strong>d</strong>", "*a* *b* **c** **d**"),
        ("a<i> b </i>c<b> </b>d<i></i>", "a *b* c d"),
        ("PathLen<i>N</i>s", "PathLen*N*s"),
        ("<b><i>both</i></b>", "**both**"),
        ("<b>unclosed</p>next", "**unclosed**\n\nnext"),
    ]);
    // Where Markdown would not see emphasis there is none: next to other emphasis, or to letters.
    check(&[
        ("<i>mis<b>nested</i> tags</b>", "*mis*nested tags"),
        ("a<i>(b)</i>c", "a(b)c"),
        ("a <i>(b)</i> c", "a *(b)* c"),
        ("a<b><code>b</code></b>", "a`b`"),
    ]);
}

#[test]
fn code_spans() {
    check(&[
        ("<code>a_b*c</code>", "`a_b*c`"),
        ("The <code>Subject </code>must", "The `Subject` must"),
        ("<code>a</code><code>b</code> <code>c</code>", "`ab` `c`"),
        ("<code>a`b``c</code>", "``` a`b``c ```"),
        ("<code>arn:<i>x</i>:&lt;y&gt;</code>", "`arn:x:<y>`"),
        ("<code>a\n  b<br>c</code>", "`a b`\\\n`c`"),
        ("<code></code>a<code/>b<code> </code>c", "ab c"),
        ("<b><code>A</code></b> and <i><code>B</code></i>", "**`A`** and *`B`*"),
        ("(<b> <code>mvn</code> </b>). <code> <i>a</i> </code>: b", "(**`mvn`**). `a`: b"),
        ("<filename>a_b</filename><replaceable>c</replaceable>", "`a_b`*c*"),
    ]);
    assert_eq!(code_span("a\u{7}b"), "`a b`");
}

#[test]
fn names_without_an_address_are_code() {
    check(&[
        ("See <a>PutItem</a>, <a>Get</a>.", "See `PutItem`, `Get`."),
        ("<code> <a>StorageTypes,</a> </code> and", "`StorageTypes`, and"),
        ("<a href=\"\">--volume</a>", "`--volume`"),
        ("see <a href=\"\">some guide</a>", "see some guide"),
        ("<link  linkend=\"x\">Get_It</link>", "`Get_It`"),
        ("<a></a>a<a href=\"https://a.b\"/>b", "ab"),
    ]);
}

#[test]
fn links() {
    check(&[
        ("<a href=\"https://a.b/c?d=e&amp;f=g#h\">text</a>", "[text](https://a.b/c?d=e&f=g#h)"),
        ("<a href='http://a.b'> <i>G</i> [x] </a>.", "[*G* \\[x\\]](http://a.b)."),
        ("<a href=HTTPS://A.b >t</a>", "[t](HTTPS://A.b)"),
        ("<code><a href=\"https://a.b\">X</a></code>", "[`X`](https://a.b)"),
        ("<a href=\"https://a.b\">https://a.b</a>", "[https://a.b](https://a.b)"),
        ("<a href=\"mailto:x@y.z\">x@y.z</a>", "[x@y.z](mailto:x@y.z)"),
        ("<a href=\"/x/latest/y.html\">a b</a>", "[a b](https://docs.aws.amazon.com/x/latest/y.html)"),
        ("<a href=\"x/latest/y.html\">a b</a>", "[a b](https://docs.aws.amazon.com/x/latest/y.html)"),
        ("wow!<a href=\"https://a.b\">x</a>", "wow\\![x](https://a.b)"),
        ("<a href=\"https://a.b\">open<p>next", "[open](https://a.b)\n\nnext"),
    ]);
}

#[test]
fn hostile_links() {
    check(&[
        ("<a href=\"javascript:alert(1)\">click me</a>", "click me"),
        ("<a href=\"java&#10;script:alert(1)\">click me</a>", "click me"),
        ("<a href=\"data:text/html,x\">click me</a>", "click me"),
        ("<a href=\"API_X.html\">API_X</a>", "`API_X`"),
        ("<a href=\"#fragment\">a b</a>", "a b"),
        ("<a href=\"https://\">a b</a>", "a b"),
        (
            "<a href=\" https://a.b/c d(e)\n<f>[g]\\`| \">t</a>",
            "[t](https://a.b/c%20d%28e%29%3Cf%3E%5Bg%5D%5C%60%7C)",
        ),
        ("<a href=\"https://a.b/?x&amp;copy;y\">t</a>", "[t](https://a.b/?x&amp;copy;y)"),
        ("<a href=\"https://a.b/é\u{202e}\">t</a>", "[t](https://a.b/%C3%A9%E2%80%AE)"),
        ("<a href=\"https://a.b\"><code>x]:</code></a>", "`x]:`"),
    ]);
}

#[test]
fn bare_addresses() {
    check(&[
        ("See https://a.b/c_d.", "See <https://a.b/c_d>."),
        ("(http://a.b/c), \"https://d.e\"", "(<http://a.b/c>), \"<https://d.e>\""),
        ("https://{id}.a.b/{stage}", "`https://{id}.a.b/{stage`}"),
        ("https://a.<i>region</i>.b", "`https://a`.*region*.b"),
        ("http://", "http://"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("<p>Of:</p> <ul> <li> <p>a</p> </li> <li>b</li> </ul> <p>End.</p>", "Of:\n\n- a\n- b\n\nEnd."),
        ("<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>", "1. a\n   - b\n   - c\n2. d"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</ul>", "- a\n\n  b\n- c"),
        ("<ul><li>a<li>b<ol><li>c</ul>", "- a\n- b\n  1. c"),
        ("<ul><li></li><li><ul><li>a</li></ul></li></ul>", "- - a"),
        ("<ul> <li>a</li> more <li>b</li></ul>", "- a\n\n  more\n- b"),
        ("<li>a</li><li>b</li> c", "- a\n\n- b\n\nc"),
        ("</ul></li></ol>a", "a"),
    ]);
    let numbered = to_markdown(&format!("<ol>{}</ol>", "<li>a<p>b".repeat(10)));
    assert!(numbered.ends_with("9. a\n\n   b\n10. a\n\n    b"), "{numbered}");
}

#[test]
fn definitions_are_lists() {
    check(&[
        (
            "<dl> <dt>200</dt> <dd> <p>A</p> <p>B</p> </dd> <dt>x:</dt> <dd>C</dd> </dl>",
            "- **200**: A\n\n  B\n- **x:** C",
        ),
        ("<dl><dt/><dd><p><code>A</code></p><p>B</p></dd><dt/><dd>C</dd></dl>", "- `A`\n\n  B\n- C"),
        ("<dl><dt><code>A</code></dt><dd><ul><li>b</li></ul></dd></dl>", "- **`A`**:\n  - b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "- a \\| b\n- c"),
    ]);
}

#[test]
fn asides_are_quotes() {
    check(&[
        ("<p>A</p> <note> <p>B</p> <p>C</p> </note> <p>D</p>", "A\n\n> **Note:** B\n>\n> C\n\nD"),
        ("<important>A<ul><li>b</li></ul></important>", "> **Important:** A\n>\n> - b"),
        (
            "<note> <ul> <li>a</li></ul></note><caution>b</caution>",
            "> **Note:**\n>\n> - a\n\n> **Caution:** b",
        ),
        ("<ul><li>a<note>b</note>c</li><li>d</li></ul>", "- a\n\n  > **Note:** b\n\n  c\n- d"),
        ("<note></note><note> <p> </p> </note>a", "a"),
        ("<dl><dt>a</dt><dd></note>b", "- **a**:\n\n  b"),
    ]);
}

#[test]
fn preformatted_text_is_never_rust() {
    check(&[
        (
            "<pre>fn main() {\n\tlet x = &lt;y&gt;;\n\n}</pre>",
            "```text\nfn main() {\n    let x = <y>;\n\n}\n```",
        ),
        ("<p>a</p><pre><code> b\n  c </code></pre>d", "a\n\n```text\n b\n  c\n```\n\nd"),
        ("<ul><li>a<pre>b\n\nc</pre></li></ul>", "- a\n\n  ```text\n  b\n\n  c\n  ```"),
        ("<note><pre>a<br>b", "> **Note:**\n>\n> ```text\n> a\n> b\n> ```"),
        ("<pre>```\n``&#x200b;``</pre>", "`````text\n```\n````\n`````"),
        ("<pre> <b>\n</b> </pre>", ""),
        ("```\nfn main() {}\n```", "\\`\\`\\` fn main() {} \\`\\`\\`"),
        ("~~~rust\n<p>    indented</p>", "\\~\\~\\~rust\n\nindented"),
    ]);
}

#[test]
fn text_does_not_act_as_markdown() {
    check(&[
        ("*a* _b_ c_d [e](f) `g` ~h~ i|j \\k", "\\*a\\* \\_b\\_ c_d \\[e\\](f) \\`g\\` \\~h\\~ i\\|j \\\\k"),
        (
            "<p># a</p><p>- b</p><p>+ c</p><p>1. d</p><p>2) e</p>",
            "\\# a\n\n\\- b\n\n\\+ c\n\n1\\. d\n\n2\\) e",
        ),
        ("<p>> a</p><p>=== b</p><p>--- c</p><p>:-- d</p>", "\\> a\n\n\\=== b\n\n-\\-\\- c\n\n\\:-\\- d"),
        ("a - b + c # d 1. e > f = g", "a - b + c # d 1. e > f = g"),
        ("[x]: https://a.b [^1] [ ] ![i](j)", "\\[x\\]: <https://a.b> \\[^1\\] \\[ \\] !\\[i\\](j)"),
        ("--no-verify", "-\\-no-verify"),
        ("a &amp;lt; b &amp;#39; c & d &unknown; e &amp", "a \\&lt; b \\&#39; c & d \\&unknown; e \\&amp"),
    ]);
}

#[test]
fn what_is_no_tag_stands_as_it_is() {
    check(&[
        ("set <Role schemeIDUri=\"a\" value=\"b\"/>.", "set `<Role schemeIDUri=\"a\" value=\"b\"/>`."),
        ("arn:<region>:<account-id>", "arn:`<region>`:`<account-id>`"),
        ("<code>arn:<region>:x</code>", "`arn:<region>:x`"),
        ("(>= 0.5) (< 0.5) a<b c<3 <p", "(>= 0.5) (\\< 0.5) a\\<b c\\<3 \\<p"),
        ("&lt;script&gt;", "\\<script>"),
        ("a<!-- <b>gone</b> -->b<!-- c", "ab\\<!-\\- c"),
        ("<script>alert()</script>", "`<script>`alert()`</script>`"),
        ("<a title=\"x>y\" href=\"https://a.b\">t</a>", "[t](https://a.b)"),
    ]);
}

#[test]
fn entities() {
    check(&[
        ("&lt;&gt;&amp;&quot;&apos;&#39;&#x27;&mdash;", "\\<>&\"'''—"),
        ("a &#150; b &#x96; c", "a – b – c"),
        ("&#0;&#xD800;&#99999999;&#;&#x;&;", "\\&#xD800;\\&#99999999;\\&#;\\&#x;&;"),
    ]);
}

#[test]
fn nothing_hidden_gets_into_comments() {
    check(&[("a\u{0}\u{7}\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}&#x202e;&#7;b\rc", "ab c")]);
    check(&[("<pre>a\u{202e}\u{1b}\r\nb</pre>", "```text\na\nb\n```")]);
}

#[test]
fn lines_are_wrapped_between_words() {
    let word = "word ".repeat(30);
    let markdown = to_markdown(&format!("<ul><li>{word}<code>{word}</code> {word}</li></ul>"));
    for line in markdown.lines() {
        assert!(line.len() <= 112 || line.contains('`'), "{line}");
        assert!(line.starts_with("- word") || line.starts_with("  "), "{line}");
    }
    // No line is broken before a word that would begin a list there.
    let text = format!("<p>{} - b 1. + # c", "a".repeat(115));
    assert_eq!(to_markdown(&text), format!("{} -\nb 1. + # c", "a".repeat(115)));
}

#[test]
fn the_first_sentence_is_the_summary() {
    let rest = "It goes on and on, and says much more than a summary ought to say, in e.g. lists. ".repeat(2);
    let text = format!("<p>Puts an item (or two. Or more) into a table, e.g. <code>A. B</code>. {rest}</p>");
    let markdown = to_markdown(&text);
    let (first, _) = markdown.split_once("\n\n").unwrap();
    assert_eq!(first, "Puts an item (or two. Or more) into a table, e.g. `A. B`.");
    assert_eq!(to_markdown("<p>Short. Both stay.</p>"), "Short. Both stay.");
}

#[test]
fn summaries_are_one_line() {
    let of = |markdown: &str| summary(&markdown.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(of("One\nline.\n\nMore."), "One line.");
    assert_eq!(of("> **Note:** one\n> two\n>\n> three"), "**Note:** one two");
    assert_eq!(of("- one\n  two\n- three"), "one two");
    assert_eq!(of("1. one\n2. two"), "one");
    assert_eq!(of("## Title"), "Title");
    assert_eq!(of("one\\\ntwo"), "one two");
    assert_eq!(of("```text\none\n```"), "");
    assert_eq!(of(""), "");
}
