//! Splits JSON into tokens.

use super::scan;
use crate::{
    codec::{CodecError, document, truncated_quote},
    format::depth::too_deep_at,
};
use std::{borrow::Cow, fmt};

/// What may be nested, for error messages.
pub(super) const NESTED: &str = "arrays and objects";

/// A position in a JSON document. Every method consumes what it returns, and fails if something else comes next.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    input: &'a [u8],
    /// The input if all of it is UTF-8: one check is faster than one for each string.
    text: Option<&'a str>,
    offset: usize,
}

/// The kind of the next value, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    /// A byte that no value starts with.
    Other(u8),
    End,
}

/// Whether the next element or member is the first of its array or object.
pub(super) struct First(bool);

impl<'a> Lexer<'a> {
    /// Returns a position before the document, after a byte order mark.
    pub(super) fn new(input: &'a [u8]) -> Self {
        let input = document::without_mark(input);
        Self { input, text: std::str::from_utf8(input).ok(), offset: 0 }
    }

    /// Skips white space, and returns the kind of the next value.
    pub(super) fn peek(&mut self) -> Kind {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.offset += 1;
        }
        match self.byte() {
            None => Kind::End,
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            Some(other) => Kind::Other(other),
        }
    }

    /// Fails if anything but white space is left.
    pub(super) fn end(&mut self) -> Result<(), CodecError> {
        match self.peek() {
            Kind::End => Ok(()),
            _ => Err(self.unexpected("the end of the document")),
        }
    }

    /// Reads `null`.
    pub(super) fn null(&mut self) -> Result<(), CodecError> {
        self.literal("null")
    }

    /// Reads `true` or `false`.
    pub(super) fn boolean(&mut self, expected: &str) -> Result<bool, CodecError> {
        match (self.peek(), self.byte()) {
            (Kind::Boolean, Some(b't')) => self.literal("true").map(|()| true),
            (Kind::Boolean, _) => self.literal("false").map(|()| false),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Reads a number, as text.
    pub(super) fn number(&mut self, expected: &str) -> Result<&'a str, CodecError> {
        if self.peek() != Kind::Number {
            return Err(self.unexpected(expected));
        }
        let start = self.offset;
        self.accept(b'-');
        if !self.accept(b'0') {
            self.digits()?;
        }
        if self.accept(b'.') {
            self.digits()?;
        }
        if self.accept(b'e') || self.accept(b'E') {
            _ = self.accept(b'+') || self.accept(b'-');
            self.digits()?;
        }
        self.utf8(start)
    }

    /// Reads a string, borrowed if it has no escapes.
    pub(super) fn string(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError> {
        if self.peek() != Kind::String {
            return Err(self.unexpected(expected));
        }
        self.offset += 1;
        let start = self.offset;
        self.skip_plain();
        let text = self.utf8(start)?;
        match self.byte() {
            Some(b'"') => {
                self.offset += 1;
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped(text).map(Cow::Owned),
        }
    }

    /// Enters an array or object.
    pub(super) fn open(&mut self, kind: Kind, expected: &str) -> Result<First, CodecError> {
        if self.peek() != kind {
            return Err(self.unexpected(expected));
        }
        self.offset += 1;
        Ok(First(true))
    }

    /// Reads the key of an object's next member and the colon, or the object's end: `None`.
    pub(super) fn key(&mut self, first: &mut First) -> Result<Option<Cow<'a, str>>, CodecError> {
        if !self.more(first, b'}', "a comma or the end of the object")? {
            return Ok(None);
        }
        let key = self.string("a key in quotes")?;
        self.peek();
        if self.accept(b':') { Ok(Some(key)) } else { Err(self.unexpected("a colon")) }
    }

    /// Whether the array has another element. Reads the comma before it, or the array's end.
    pub(super) fn element(&mut self, first: &mut First) -> Result<bool, CodecError> {
        self.more(first, b']', "a comma or the end of the array")
    }

    /// Skips the next value, in which arrays and objects may be nested `depth` levels deep. Returns its text.
    pub(super) fn skip(&mut self, depth: usize) -> Result<&'a [u8], CodecError> {
        let kind = self.peek();
        let start = self.offset;
        match kind {
            Kind::Null => self.null()?,
            Kind::Boolean => _ = self.boolean("")?,
            Kind::Number => _ = self.number("")?,
            Kind::String => _ = self.string("")?,
            Kind::Array | Kind::Object => self.skip_nested(kind, depth)?,
            Kind::Other(_) | Kind::End => return Err(self.unexpected("a value")),
        }
        Ok(self.since(start))
    }

    /// Returns the error that something else comes next.
    pub(super) fn unexpected(&mut self, expected: &str) -> CodecError {
        let found = self.peek();
        CodecError::expected(expected, format_args!("{found} at byte {}", self.offset))
    }

    /// Returns the error that the next value is nested too deep.
    pub(super) fn too_deep(&self) -> CodecError {
        too_deep_at(NESTED, self.offset)
    }

    fn skip_nested(&mut self, kind: Kind, depth: usize) -> Result<(), CodecError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(self.too_deep()) };
        self.offset += 1;
        let mut first = First(true);
        if kind == Kind::Array {
            while self.element(&mut first)? {
                self.skip(depth)?;
            }
        } else {
            while self.key(&mut first)?.is_some() {
                self.skip(depth)?;
            }
        }
        Ok(())
    }

    fn byte(&self) -> Option<u8> {
        self.input.get(self.offset).copied()
    }

    fn since(&self, start: usize) -> &'a [u8] {
        self.input.get(start..self.offset).unwrap_or_default()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.offset += usize::from(found);
        found
    }

    fn literal(&mut self, literal: &str) -> Result<(), CodecError> {
        self.peek();
        if !self.input.get(self.offset..).unwrap_or_default().starts_with(literal.as_bytes()) {
            return Err(CodecError::expected(
                "a value",
                format_args!("an unknown literal at byte {}", self.offset),
            ));
        }
        self.offset += literal.len();
        Ok(())
    }

    fn digits(&mut self) -> Result<(), CodecError> {
        let start = self.offset;
        while let Some(b'0'..=b'9') = self.byte() {
            self.offset += 1;
        }
        if self.offset > start { Ok(()) } else { Err(self.unexpected("a digit")) }
    }

    fn more(&mut self, first: &mut First, close: u8, expected: &str) -> Result<bool, CodecError> {
        self.peek();
        if self.accept(close) {
            return Ok(false);
        }
        if std::mem::take(&mut first.0) || self.accept(b',') {
            Ok(true)
        } else {
            Err(self.unexpected(expected))
        }
    }

    /// Moves to the next byte of a string that is not plain text.
    fn skip_plain(&mut self) {
        self.offset += scan::plain_len(self.input.get(self.offset..).unwrap_or_default());
    }

    fn utf8(&self, start: usize) -> Result<&'a str, CodecError> {
        if let Some(text) = self.text.and_then(|text| text.get(start..self.offset)) {
            return Ok(text);
        }
        std::str::from_utf8(self.since(start)).map_err(|error| {
            CodecError::expected("UTF-8", format_args!("other bytes at byte {}", start + error.valid_up_to()))
        })
    }

    /// Reads the rest of a string that starts with `text` and continues with an escape.
    fn escaped(&mut self, text: &str) -> Result<String, CodecError> {
        let mut whole = text.to_owned();
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.offset += 1;
                    return Ok(whole);
                }
                Some(b'\\') => {
                    self.offset += 1;
                    whole.push(self.escape()?);
                }
                Some(control) => {
                    let found = format_args!("control character {control} at byte {}", self.offset);
                    return Err(CodecError::expected("the end of the string", found));
                }
                None => return Err(self.unexpected("the end of the string")),
            }
            let start = self.offset;
            self.skip_plain();
            whole.push_str(self.utf8(start)?);
        }
    }

    fn escape(&mut self) -> Result<char, CodecError> {
        let letter = self.byte();
        self.offset += 1;
        Ok(match letter {
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => {
                return Err(CodecError::expected(
                    "a JSON escape",
                    format_args!("an unknown one at byte {}", self.offset - 1),
                ));
            }
        })
    }

    /// Reads the digits of `\u`. A character of more than 16 bits is a pair of surrogates. A lone surrogate, which is left when a
    /// server cuts text off in the middle of a pair, becomes U+FFFD.
    fn unicode(&mut self) -> Result<char, CodecError> {
        let high = self.hex()?;
        let after = self.offset;
        if (0xd800..0xdc00).contains(&high)
            && self.accept(b'\\')
            && self.accept(b'u')
            && let Some(low) = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)
        {
            let pair = char::from_u32(0x10000 + ((high - 0xd800) << 10) + low);
            return Ok(pair.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        // What follows is read on its own.
        self.offset = after;
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, CodecError> {
        let digits = self.input.get(self.offset..self.offset + 4).unwrap_or_default();
        let code =
            digits.iter().try_fold(0, |code, &digit| Some(code * 16 + char::from(digit).to_digit(16)?));
        match code.filter(|_| digits.len() == 4) {
            Some(code) => {
                self.offset += 4;
                Ok(code)
            }
            None => Err(CodecError::expected(
                "four hexadecimal digits",
                format_args!("others at byte {}", self.offset),
            )),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::End => "the end of the input",
            Self::Other(byte @ b' '..=b'~') => {
                return write!(f, "{}", truncated_quote(&char::from(*byte).to_string()));
            }
            Self::Other(byte) => return write!(f, "byte 0x{byte:02x}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::depth::MAX_DEPTH;

    fn string(text: &str) -> Result<String, String> {
        let mut lexer = Lexer::new(text.as_bytes());
        let string = lexer.string("a string").map_err(|error| error.to_string())?.into_owned();
        lexer.end().map(|()| string).map_err(|error| error.to_string())
    }

    #[test]
    fn strings_are_unescaped() {
        assert_eq!(string(r#" "a b" "#).unwrap(), "a b");
        assert_eq!(
            string(r#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude39 é""#).unwrap(),
            "\"\\/\u{8}\u{c}\n\r\tAé😹 é"
        );
    }

    #[test]
    fn a_lone_surrogate_is_replaced() {
        for (text, expected) in [
            (r#""\udc00""#, "\u{fffd}"),
            (r#""cut \ud83d""#, "cut \u{fffd}"),
            (r#""\ud83dA""#, "\u{fffd}A"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            (r#""\ud83d\ud83d\ude39""#, "\u{fffd}😹"),
            (r#""\ude39\ud83d""#, "\u{fffd}\u{fffd}"),
            ("\u{feff}\"a\"", "a"),
        ] {
            assert_eq!(string(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn errors_of_strings_name_the_byte() {
        for (text, error) in [
            (r#""a"#, "expected the end of the string, found the end of the input at byte 2"),
            ("\"a\nb\"", "expected the end of the string, found control character 10 at byte 2"),
            (r#""\u12"#, "expected four hexadecimal digits, found others at byte 3"),
            (r#""\u+123""#, "expected four hexadecimal digits, found others at byte 3"),
            (r#""\x""#, "expected a JSON escape, found an unknown one at byte 2"),
            (r#""a"b"#, "expected the end of the document, found \"b\" at byte 3"),
            ("12", "expected a string, found a number at byte 0"),
        ] {
            assert_eq!(string(text).unwrap_err(), error, "{text}");
        }
        let invalid = Lexer::new(b"\"ab\xff\"").string("").unwrap_err();
        assert_eq!(invalid.to_string(), "expected UTF-8, found other bytes at byte 3");
    }

    #[test]
    fn only_json_is_skipped() {
        for good in ["null", "-0.5e+3", "[]", "[1, [2], {\"a\": {}}]", "{\"a\":1,\"b\":[true,false]}"] {
            let mut lexer = Lexer::new(good.as_bytes());
            assert_eq!(lexer.skip(MAX_DEPTH).unwrap(), good.as_bytes());
            lexer.end().unwrap();
        }
        for bad in [
            "",
            "nul",
            "tru",
            "01",
            "1.",
            "1e",
            "-",
            "+1",
            "[1,]",
            "[1 2]",
            "{\"a\" 1}",
            "{a:1}",
            "{",
            "[",
            "{,}",
            "]",
        ] {
            let mut lexer = Lexer::new(bad.as_bytes());
            assert!(lexer.skip(MAX_DEPTH).and_then(|_| lexer.end()).is_err(), "{bad}");
        }
        let deep = "[".repeat(100_000);
        assert!(Lexer::new(deep.as_bytes()).skip(MAX_DEPTH).unwrap_err().to_string().contains("128 levels"));
    }
}
