//! The parts of a JSON text, pulled one by one from bytes.

use super::scan;
use crate::{
    codec::{CodecError, truncated_quote},
    format::depth::too_deep_at,
};
use std::{borrow::Cow, fmt};

/// What may be nested, for error messages.
pub(super) const NESTED: &str = "arrays and objects";

/// A place in a JSON text. Every call passes over what it returns, and fails at what is not JSON.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    input: &'a [u8],
    /// The input, where all of it is text: to see that once costs less than string by string.
    text: Option<&'a str>,
    at: usize,
}

/// What the next value is, told from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    /// No value begins so.
    Other(u8),
    End,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, text: std::str::from_utf8(input).ok(), at: 0 }
    }

    /// What comes next; white space before it is passed over.
    pub(super) fn peek(&mut self) -> Kind {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
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

    /// Fails where anything but white space is left.
    pub(super) fn end(&mut self) -> Result<(), CodecError> {
        match self.peek() {
            Kind::End => Ok(()),
            _ => Err(self.unexpected("the end of the document")),
        }
    }

    /// The word `null`.
    pub(super) fn null(&mut self) -> Result<(), CodecError> {
        self.word("null")
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, expected: &str) -> Result<bool, CodecError> {
        match (self.peek(), self.byte()) {
            (Kind::Boolean, Some(b't')) => self.word("true").map(|()| true),
            (Kind::Boolean, _) => self.word("false").map(|()| false),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// A number, as text.
    pub(super) fn number(&mut self, expected: &str) -> Result<&'a str, CodecError> {
        if self.peek() != Kind::Number {
            return Err(self.unexpected(expected));
        }
        let start = self.at;
        self.pass(b'-');
        if !self.pass(b'0') {
            self.digits()?;
        }
        if self.pass(b'.') {
            self.digits()?;
        }
        if self.pass(b'e') || self.pass(b'E') {
            _ = self.pass(b'+') || self.pass(b'-');
            self.digits()?;
        }
        self.utf8(start)
    }

    /// A string, borrowed where nothing in it is escaped.
    pub(super) fn string(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError> {
        if self.peek() != Kind::String {
            return Err(self.unexpected(expected));
        }
        self.at += 1;
        let start = self.at;
        self.plain();
        let text = self.utf8(start)?;
        match self.byte() {
            Some(b'"') => {
                self.at += 1;
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped(text).map(Cow::Owned),
        }
    }

    /// Enters an array or object.
    pub(super) fn open(&mut self, kind: Kind, expected: &str) -> Result<(), CodecError> {
        if self.peek() != kind {
            return Err(self.unexpected(expected));
        }
        self.at += 1;
        Ok(())
    }

    /// The key of an object's next member, up to and with the colon; `None` where the object ends, which is passed over.
    pub(super) fn key(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, CodecError> {
        if !self.more(first, b'}', "a comma or the object's end")? {
            return Ok(None);
        }
        let key = self.string("a key in quotes")?;
        self.peek();
        if self.pass(b':') { Ok(Some(key)) } else { Err(self.unexpected("a colon")) }
    }

    /// Whether an array has a next element; its end is passed over.
    pub(super) fn element(&mut self, first: &mut bool) -> Result<bool, CodecError> {
        self.more(first, b']', "a comma or the array's end")
    }

    /// Passes over the next value, which may hold `depth` more arrays and objects in each other. Returns its text.
    pub(super) fn skip(&mut self, depth: usize) -> Result<&'a [u8], CodecError> {
        let kind = self.peek();
        let start = self.at;
        match kind {
            Kind::Null => self.null()?,
            Kind::Boolean => _ = self.boolean("")?,
            Kind::Number => _ = self.number("")?,
            Kind::String => _ = self.string("")?,
            Kind::Array | Kind::Object => self.skip_inside(kind, depth)?,
            Kind::Other(_) | Kind::End => return Err(self.unexpected("a value")),
        }
        Ok(self.since(start))
    }

    /// The error that something else is here.
    pub(super) fn unexpected(&mut self, expected: &str) -> CodecError {
        let found = self.peek();
        CodecError::expected(expected, format_args!("{found} at byte {}", self.at))
    }

    /// The error that this lies too deep.
    pub(super) fn too_deep(&self) -> CodecError {
        too_deep_at(NESTED, self.at)
    }

    fn skip_inside(&mut self, kind: Kind, depth: usize) -> Result<(), CodecError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(self.too_deep()) };
        self.at += 1;
        let mut first = true;
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
        self.input.get(self.at).copied()
    }

    fn since(&self, start: usize) -> &'a [u8] {
        self.input.get(start..self.at).unwrap_or_default()
    }

    fn pass(&mut self, byte: u8) -> bool {
        let there = self.byte() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str) -> Result<(), CodecError> {
        self.peek();
        if !self.input.get(self.at..).unwrap_or_default().starts_with(word.as_bytes()) {
            return Err(CodecError::expected("a value", format_args!("an unknown word at byte {}", self.at)));
        }
        self.at += word.len();
        Ok(())
    }

    fn digits(&mut self) -> Result<(), CodecError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.unexpected("a digit")) }
    }

    fn more(&mut self, first: &mut bool, close: u8, expected: &str) -> Result<bool, CodecError> {
        self.peek();
        if self.pass(close) {
            return Ok(false);
        }
        if std::mem::take(first) || self.pass(b',') { Ok(true) } else { Err(self.unexpected(expected)) }
    }

    /// Up to the next byte that is not plain text of a string.
    fn plain(&mut self) {
        self.at += scan::length(self.input.get(self.at..).unwrap_or_default());
    }

    fn utf8(&self, start: usize) -> Result<&'a str, CodecError> {
        if let Some(text) = self.text.and_then(|text| text.get(start..self.at)) {
            return Ok(text);
        }
        std::str::from_utf8(self.since(start)).map_err(|error| {
            CodecError::expected("UTF-8", format_args!("other bytes at byte {}", start + error.valid_up_to()))
        })
    }

    /// The whole of a string that begins with `text` and goes on with something other than its end.
    fn escaped(&mut self, text: &str) -> Result<String, CodecError> {
        let mut whole = text.to_owned();
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(whole);
                }
                Some(b'\\') => {
                    self.at += 1;
                    whole.push(self.escape()?);
                }
                Some(control) => {
                    let found = format_args!("control character {control} at byte {}", self.at);
                    return Err(CodecError::expected("the end of the string", found));
                }
                None => return Err(self.unexpected("the end of the string")),
            }
            let start = self.at;
            self.plain();
            whole.push_str(self.utf8(start)?);
        }
    }

    fn escape(&mut self) -> Result<char, CodecError> {
        let letter = self.byte();
        self.at += 1;
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
                    "an escape",
                    format_args!("another at byte {}", self.at - 1),
                ));
            }
        })
    }

    /// A character beyond 16 bits comes as two halves, of which neither stands for itself.
    fn unicode(&mut self) -> Result<char, CodecError> {
        let start = self.at;
        let high = self.hex()?;
        let code = if (0xd800..0xdc00).contains(&high) && self.pass(b'\\') && self.pass(b'u') {
            let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400);
            low.map_or(high, |low| 0x10000 + ((high - 0xd800) << 10) + low)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| {
            CodecError::expected(
                "a character",
                format_args!("half of one, a lone surrogate, at byte {start}"),
            )
        })
    }

    fn hex(&mut self) -> Result<u32, CodecError> {
        let digits = self.input.get(self.at..self.at + 4).unwrap_or_default();
        let code =
            digits.iter().try_fold(0, |code, &digit| Some(code * 16 + char::from(digit).to_digit(16)?));
        match code.filter(|_| digits.len() == 4) {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => Err(CodecError::expected(
                "four hexadecimal digits",
                format_args!("others at byte {}", self.at),
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
    fn bad_strings_are_told() {
        for (text, error) in [
            (r#""a"#, "expected the end of the string, found the end of the input at byte 2"),
            ("\"a\nb\"", "expected the end of the string, found control character 10 at byte 2"),
            (r#""\ud83d""#, "expected a character, found half of one, a lone surrogate, at byte 3"),
            (r#""\ud83dA""#, "expected a character, found half of one, a lone surrogate, at byte 3"),
            (r#""\ud83d\u0041""#, "expected a character, found half of one, a lone surrogate, at byte 3"),
            (r#""\ude39""#, "expected a character, found half of one, a lone surrogate, at byte 3"),
            (r#""\u12"#, "expected four hexadecimal digits, found others at byte 3"),
            (r#""\u+123""#, "expected four hexadecimal digits, found others at byte 3"),
            (r#""\x""#, "expected an escape, found another at byte 2"),
            (r#""a"b"#, "expected the end of the document, found \"b\" at byte 3"),
            ("12", "expected a string, found a number at byte 0"),
        ] {
            assert_eq!(string(text).unwrap_err(), error, "{text}");
        }
        let invalid = Lexer::new(b"\"ab\xff\"").string("").unwrap_err();
        assert_eq!(invalid.to_string(), "expected UTF-8, found other bytes at byte 3");
    }

    #[test]
    fn only_json_is_passed_over() {
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
