//! Text and tags, as they follow one another.

use super::entity;

/// A tag longer than this is text: it bounds how far one `<` can make us look for its `>`.
const LONGEST_TAG: usize = 4096;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// What stands between tags, with its entities.
    Text(&'a str),
    /// What looks like a tag, be it of HTML or not.
    Tag(Tag<'a>),
}

/// `<name …>`, `</name>` or `<name …/>`.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// All of it, from `<` to `>`.
    pub(super) raw: &'a str,
    /// Its name, as written.
    pub(super) name: &'a str,
    /// Whether it opens or closes an element.
    pub(super) side: Side,
    attributes: &'a str,
}

/// What a tag does with its element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Side {
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
    /// Whether a comment that starts here may still end: so that many beginnings are not each searched to the end.
    comments_end: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { rest: html, comments_end: true }
    }

    /// Goes past a comment, if one stands here.
    fn comment(&mut self) -> bool {
        let Some(body) = self.rest.strip_prefix("<!--").filter(|_| self.comments_end) else { return false };
        match body.split_once("-->") {
            Some((_, after)) => self.rest = after,
            None => self.comments_end = false,
        }
        self.comments_end
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
        while self.comment() {}
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
        let end = end(after)?;
        let attributes = after.get(..end)?;
        let raw = text.get(..text.len() - after.len() + end + 1)?;
        let side = match (closing, attributes.strip_suffix('/')) {
            (Some(_), _) => Side::Close,
            (None, Some(_)) => Side::Both,
            (None, None) => Side::Open,
        };
        Some(Self { raw, name, side, attributes: attributes.strip_suffix('/').unwrap_or(attributes) })
    }

    /// The value of an attribute, its entities decoded.
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
                return Some(entity::decode(value).into_owned());
            }
            rest = next;
        }
        None
    }
}

/// Where the `>` of a tag is: the first outside of an attribute's quotes. Another `<` before means that there is none.
fn end(after_name: &str) -> Option<usize> {
    let mut quote = None;
    let mut assigned = false;
    for (at, byte) in after_name.bytes().enumerate().take(LONGEST_TAG) {
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
