//! What each element of HTML, and of the documentation system that the prose comes from, means here.

/// The kinds of elements that are told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Element {
    /// A paragraph, or a part of the page that begins and ends one.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(usize),
    /// A list with bullets or numbers; a table is one of its rows.
    List(Numbered),
    /// `<li>`, or a row of a table.
    Item,
    /// `<dt>`
    Term,
    /// `<dd>`
    Definition,
    /// `<td>`, `<th>`
    Cell,
    /// A part set off from the rest, with the word that it starts with, which may be empty.
    Aside(&'static str),
    /// `<br>`
    Break,
    /// `<pre>`
    Preformatted,
    /// `<b>`
    Strong,
    /// `<i>`
    Emphasis,
    /// `<code>`
    Code,
    /// `<a>`, and `<link linkend>`, which leads to nowhere outside of the system.
    Link,
    /// Something whose content counts, while it does not.
    Nothing,
}

/// Whether a list has numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Numbered {
    /// `<ol>`
    Yes,
    /// `<ul>`, `<dl>`
    No,
}

impl Element {
    /// The element of that name; none for what is no element but, say, a placeholder: `<region>`.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "p" | "para" | "div" | "section" | "article" | "center" | "body" | "html" | "hr" | "fullname" => {
                Self::Paragraph
            }
            "h1" | "title" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "ul" | "dl" | "menu" | "table" => Self::List(Numbered::No),
            "ol" => Self::List(Numbered::Yes),
            "li" | "tr" => Self::Item,
            "dt" => Self::Term,
            "dd" => Self::Definition,
            "td" | "th" => Self::Cell,
            "note" => Self::Aside("Note:"),
            "important" => Self::Aside("Important:"),
            "caution" => Self::Aside("Caution:"),
            "warning" => Self::Aside("Warning:"),
            "tip" => Self::Aside("Tip:"),
            "blockquote" => Self::Aside(""),
            "br" => Self::Break,
            "pre" | "programlisting" => Self::Preformatted,
            "b" | "strong" => Self::Strong,
            "i" | "em" | "var" | "cite" | "dfn" | "replaceable" => Self::Emphasis,
            "code" | "tt" | "kbd" | "samp" | "filename" => Self::Code,
            "a" | "link" => Self::Link,
            "abbr" | "big" | "del" | "font" | "img" | "ins" | "mark" | "s" | "small" | "span" | "strike"
            | "sub" | "sup" | "tbody" | "thead" | "tfoot" | "u" | "xhtml" | "zonbook" => Self::Nothing,
            _ => return None,
        })
    }
}
