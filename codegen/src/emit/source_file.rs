//! Builds the text of a source file.

use super::nested::Value;
use crate::{markdown::escape, type_printer::one_line};
use proc_macro2::TokenStream;

/// The width of a table's row above which its schema gets a line of its own.
pub(super) const WIDTH: usize = 110;

/// A source file under construction: parts that are separated by blank lines.
#[derive(Default)]
pub(super) struct SourceFile {
    parts: Vec<String>,
}

impl SourceFile {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds the file's own documentation.
    pub(super) fn docs<S: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = S>) {
        let line =
            |line: S| format!("//! {}", escape::strip_control_chars(line.as_ref())).trim_end().to_owned();
        self.parts.push(lines.into_iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    /// Adds lines as they are.
    pub(super) fn lines(&mut self, lines: &[&str]) {
        self.parts.push(lines.join("\n"));
    }

    /// Adds items, formatted by prettyplease.
    ///
    /// Tokens that are not items would be a bug of a `quote!`: the generated crate then does not compile, and says why.
    pub(super) fn items(&mut self, tokens: TokenStream) {
        self.parts.push(match syn::parse2::<syn::File>(tokens) {
            Ok(file) => prettyplease::unparse(&file).trim_end().to_owned(),
            Err(error) => format!("compile_error!({:?});", error.to_string()),
        });
    }

    /// Adds the call of a macro with a table: its head, then one row per line.
    pub(super) fn table(&mut self, name: &str, head: TokenStream, rows: impl IntoIterator<Item = Row>) {
        let rows: String = rows.into_iter().map(Row::print).collect();
        let head = one_line(head);
        let body = if rows.is_empty() { "{}".to_owned() } else { format!("{{\n{rows}    }}") };
        self.parts.push(format!("myrina::codegen::{name}! {{\n    {head} {body}\n}}"));
    }

    /// Adds the call of a macro with one line.
    pub(super) fn call(&mut self, name: &str, tokens: TokenStream) {
        self.parts.push(format!("myrina::codegen::{name}! {{ {} }}", one_line(tokens)));
    }

    /// Adds the call of a macro with a list of entries.
    pub(super) fn list(&mut self, name: &str, entries: impl IntoIterator<Item = Entry>) {
        let entries: String = entries.into_iter().map(Entry::print).collect();
        self.parts.push(format!("{name} {{\n{entries}}}"));
    }

    /// Adds an item that is one value.
    pub(super) fn value(&mut self, declaration: &str, value: &Value) {
        let used = declaration.lines().last().unwrap_or_default().len();
        self.parts.push(format!("{declaration} {};", value.print(0, used + 2)));
    }

    /// The text of the file.
    pub(super) fn finish(self) -> String {
        let mut text = self.parts.join("\n\n");
        text.push('\n');
        text
    }
}

/// An entry of a list: words, as many on a line as fit.
pub(super) struct Entry {
    pub(super) opening: String,
    pub(super) words: Vec<String>,
    pub(super) closing: &'static str,
}

impl Entry {
    fn print(self) -> String {
        let mut text = format!("    {}", self.opening);
        let mut width = text.len();
        for word in self.words.iter().map(String::as_str).chain([self.closing]) {
            if width + word.len() >= WIDTH {
                text.push_str("\n       ");
                width = 7;
            }
            text.push(' ');
            text.push_str(word);
            width += word.len() + 1;
        }
        text.push('\n');
        text
    }
}

/// A row of a table: the tokens before and after the equals sign.
pub(super) struct Row {
    pub(super) left: TokenStream,
    pub(super) right: TokenStream,
}

impl Row {
    fn print(self) -> String {
        let (left, right) = (one_line(self.left), one_line(self.right));
        if left.len() + right.len() + 12 <= WIDTH {
            format!("        {left} = {right};\n")
        } else {
            format!("        {left} =\n            {right};\n")
        }
    }
}
