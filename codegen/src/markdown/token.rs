//! Splits HTML into text and tags, classifies elements and decodes entities.

use std::borrow::Cow;

/// The longest tag in bytes: it limits the search for the `>` of a `<`.
const MAX_TAG: usize = 4096;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text between tags, its entities not decoded.
    Text(&'a str),
    /// What looks like a tag, whether HTML has it or not.
    Tag(Tag<'a>),
}

/// `<name …>`, `</name>` or `<name …/>`.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// All of it, from `<` to `>`.
    pub(super) raw: &'a str,
    /// Its name, as written.
    pub(super) name: &'a str,
    pub(super) kind: TagKind,
    attributes: &'a str,
}

/// Whether a tag opens or closes an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TagKind {
    /// `<name>`
    Open,
    /// `</name>`
    Close,
    /// `<name/>`
    Both,
}

/// The tokens of a text.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// Whether the text contains another end of a comment: without one, it is searched only once.
    has_comment_end: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html, has_comment_end: true }
    }

    /// Skips a comment. Returns whether there was one.
    fn skip_comment(&mut self) -> bool {
        let Some(body) = self.rest.strip_prefix("<!--").filter(|_| self.has_comment_end) else {
            return false;
        };
        match body.split_once("-->") {
            Some((_, after)) => self.rest = after,
            None => self.has_comment_end = false,
        }
        self.has_comment_end
    }

    fn cut(&mut self, at: usize) -> &'a str {
        let (front, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        front
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.skip_comment() {}
        if self.rest.is_empty() {
            return None;
        }
        if let Some(tag) = Tag::at(self.rest) {
            self.cut(tag.raw.len());
            return Some(Token::Tag(tag));
        }
        let end = self.rest.bytes().skip(1).position(|byte| byte == b'<');
        Some(Token::Text(self.cut(end.map_or(self.rest.len(), |end| end + 1))))
    }
}

impl<'a> Tag<'a> {
    /// The tag that `text` begins with.
    fn at(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let closing = inner.strip_prefix('/');
        let named = closing.unwrap_or(inner);
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
        let length = named.bytes().take_while(|byte| is_name(byte)).count();
        let (name, after) = named.split_at_checked(length)?;
        let follows = after.bytes().next()?;
        if !name.starts_with(|first: char| first.is_ascii_alphabetic())
            || !(follows.is_ascii_whitespace() || matches!(follows, b'/' | b'>'))
        {
            return None;
        }
        let end = tag_end(after)?;
        let attributes = after.get(..end)?;
        let raw = text.get(..text.len() - after.len() + end + 1)?;
        let kind = match (closing, attributes.strip_suffix('/')) {
            (Some(_), _) => TagKind::Close,
            (None, Some(_)) => TagKind::Both,
            (None, None) => TagKind::Open,
        };
        Some(Self { raw, name, kind, attributes: attributes.strip_suffix('/').unwrap_or(attributes) })
    }

    /// The value of an attribute, with its entities decoded.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let (value, next) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after.get(1..)?.split_once(quote)?,
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            let key = before.split_whitespace().next_back().unwrap_or("");
            if key.eq_ignore_ascii_case(name) {
                return Some(decode_entities(value).into_owned());
            }
            rest = next;
        }
        None
    }
}

/// The offset of the `>` of a tag: the first outside of quoted attributes. `None` if there is a `<` before it.
fn tag_end(after_name: &str) -> Option<usize> {
    let mut quote = None;
    let mut assigned = false;
    for (at, byte) in after_name.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') if assigned => quote = Some(byte),
            _ => {}
        }
        assigned = byte == b'=' || assigned && byte.is_ascii_whitespace();
    }
    None
}

/// An element of HTML, or of the documentation system that the prose comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Element {
    /// A paragraph, or another element that begins and ends one.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(usize),
    /// A list; also a table, whose rows are items.
    List(Numbered),
    /// `<li>`, or a row of a table.
    Item,
    /// `<dt>`
    Term,
    /// `<dd>`
    Definition,
    /// `<td>`, `<th>`
    Cell,
    /// A note or warning with its label, or a quote with an empty one.
    Admonition(&'static str),
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
    /// `<a>`, or `<link linkend>`, which has no address outside of the system.
    Link,
    /// An element that is ignored, but for its content.
    Transparent,
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
    /// The element of a name. `None` if it is not an element but a placeholder such as `<region>`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
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
            "note" => Self::Admonition("Note:"),
            "important" => Self::Admonition("Important:"),
            "caution" => Self::Admonition("Caution:"),
            "warning" => Self::Admonition("Warning:"),
            "tip" => Self::Admonition("Tip:"),
            "blockquote" => Self::Admonition(""),
            "br" => Self::Break,
            "pre" | "programlisting" => Self::Preformatted,
            "b" | "strong" => Self::Strong,
            "i" | "em" | "var" | "cite" | "dfn" | "replaceable" => Self::Emphasis,
            "code" | "tt" | "kbd" | "samp" | "filename" => Self::Code,
            "a" | "link" => Self::Link,
            "abbr" | "big" | "del" | "font" | "img" | "ins" | "mark" | "s" | "small" | "span" | "strike"
            | "sub" | "sup" | "tbody" | "thead" | "tfoot" | "u" | "xhtml" | "zonbook" => Self::Transparent,
            _ => return None,
        })
    }
}

/// The longest name or number between `&` and `;`, in bytes.
const MAX_ENTITY: usize = 10;

/// The characters of the numbers 128 to 159: those of Windows-1252, a space if it has none. (HTML, "numeric character reference end
/// state".)
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

const NAMED_ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("copy", '©'),
    ("deg", '°'),
    ("divide", '÷'),
    ("ge", '≥'),
    ("gt", '>'),
    ("hellip", '…'),
    ("larr", '←'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("le", '≤'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("ne", '≠'),
    ("para", '¶'),
    ("plusmn", '±'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("sect", '§'),
    ("times", '×'),
    ("trade", '™'),
];

/// Replaces the entities of a text, such as `&lt;`, `&#39;` and `&#x2028;`. Unknown ones stay as they are.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let end = part.bytes().take(MAX_ENTITY + 1).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((entity_char(part.get(..end)?)?, part.get(end + 1..)?)));
        if let Some((letter, rest)) = entity {
            decoded.push(letter);
            decoded.push_str(rest);
        } else {
            decoded.push('&');
            decoded.push_str(part);
        }
    }
    Cow::Owned(decoded)
}

fn entity_char(entity: &str) -> Option<char> {
    let Some(number) = entity.strip_prefix('#') else {
        return NAMED_ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, letter)| *letter);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    match number.ok()? {
        number @ 0x80..0xa0 => WINDOWS_1252.chars().nth(usize::try_from(number - 0x80).ok()?),
        number => char::from_u32(number),
    }
}
