//! The text of one source file.

mod nested;

pub(super) use nested::Node;

use crate::markdown::text;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// How wide a row of a table may be before its description goes to a line of its own.
const WIDTH: usize = 110;

/// A source file in the making: parts with a blank line between them.
#[derive(Default)]
pub(super) struct Source {
    parts: Vec<String>,
}

impl Source {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The file's own documentation.
    pub(super) fn docs<S: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = S>) {
        let line = |line: S| format!("//! {}", text::legible(line.as_ref())).trim_end().to_owned();
        self.parts.push(lines.into_iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    /// Lines as they are.
    pub(super) fn lines(&mut self, lines: &[&str]) {
        self.parts.push(lines.join("\n"));
    }

    /// Items, laid out by prettyplease.
    ///
    /// Tokens that are no items cannot come out of this crate's own `quote!`s; should they, the generated crate does not
    /// compile, and says why.
    pub(super) fn items(&mut self, tokens: TokenStream) {
        self.parts.push(match syn::parse2::<syn::File>(tokens) {
            Ok(file) => prettyplease::unparse(&file).trim_end().to_owned(),
            Err(error) => format!("compile_error!({:?});", error.to_string()),
        });
    }

    /// The call of a macro with a table: its head, then a row a line.
    pub(super) fn table(&mut self, name: &str, head: TokenStream, rows: impl IntoIterator<Item = Row>) {
        let rows: String = rows.into_iter().map(Row::lay_out).collect();
        let head = line(head);
        let body = if rows.is_empty() { "{}".to_owned() } else { format!("{{\n{rows}    }}") };
        self.parts.push(format!("myrina::codegen::{name}! {{\n    {head} {body}\n}}"));
    }

    /// The call of a macro with one line.
    pub(super) fn call(&mut self, name: &str, tokens: TokenStream) {
        self.parts.push(format!("myrina::codegen::{name}! {{ {} }}", line(tokens)));
    }

    /// The call of a macro with a list of entries.
    pub(super) fn list(&mut self, name: &str, entries: impl IntoIterator<Item = Words>) {
        let entries: String = entries.into_iter().map(Words::lay_out).collect();
        self.parts.push(format!("{name} {{\n{entries}}}"));
    }

    /// An item that is one value.
    pub(super) fn value(&mut self, declaration: &str, value: &Node) {
        let taken = declaration.lines().last().unwrap_or_default().len();
        self.parts.push(format!("{declaration} {};", value.lay_out(0, taken + 2)));
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        let mut text = self.parts.join("\n\n");
        text.push('\n');
        text
    }
}

/// Words, as many on a line as fit.
pub(super) struct Words {
    pub(super) opening: String,
    pub(super) words: Vec<String>,
    pub(super) closing: &'static str,
}

impl Words {
    fn lay_out(self) -> String {
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

/// A row of a table: what is on the left of the equals sign and on the right.
pub(super) struct Row {
    pub(super) left: TokenStream,
    pub(super) right: TokenStream,
}

impl Row {
    fn lay_out(self) -> String {
        let (left, right) = (line(self.left), line(self.right));
        if left.len() + right.len() + 12 <= WIDTH {
            format!("        {left} = {right};\n")
        } else {
            format!("        {left} =\n            {right};\n")
        }
    }
}

/// Tokens on one line, spaced as rustfmt would.
pub(super) fn line(tokens: TokenStream) -> String {
    let mut text = String::new();
    print(&mut text, tokens);
    text
}

fn print(text: &mut String, tokens: TokenStream) {
    let mut word_before = false;
    let mut joint = false;
    for token in tokens {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if is_word && word_before {
            text.push(' ');
        }
        match token {
            TokenTree::Ident(ident) => text.push_str(&ident.to_string()),
            TokenTree::Literal(literal) => text.push_str(&literal.to_string()),
            TokenTree::Punct(punct) => {
                print_punct(text, punct.as_char(), punct.spacing() == Spacing::Joint, joint);
                joint = punct.spacing() == Spacing::Joint;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None if word_before => (" ", ""),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                print(text, group.stream());
                text.push_str(close);
            }
        }
        word_before = is_word;
    }
}

fn print_punct(text: &mut String, punct: char, joins_next: bool, joins_before: bool) {
    let path = punct == ':' && (joins_next || joins_before);
    if punct == '=' {
        text.push(' ');
    }
    text.push(punct);
    if matches!(punct, ',' | ';' | '=') || punct == ':' && !path {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::Group;
    use quote::quote;

    #[test]
    fn tokens_are_spaced_as_code_is() {
        let row = quote!(0 TAGS tags: map String, Option<Vec<types::Tag>>);
        assert_eq!(line(row), "0 TAGS tags: map String, Option<Vec<types::Tag>>");
        let ty = Group::new(Delimiter::None, quote!(::std::string::String));
        assert_eq!(line(quote!(0 TAG tag: required #ty)), "0 TAG tag: required ::std::string::String");
        let description = quote!(list("Tags", &structure::<types::Tag>("").named("item")).sensitive());
        assert_eq!(
            line(description),
            "list(\"Tags\", &structure::<types::Tag>(\"\").named(\"item\")).sensitive()"
        );
    }
}
