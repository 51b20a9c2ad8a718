//! Reads the known keys of a TOML table, and reports the others.

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::did_you_mean::did_you_mean;
use std::ops::Range;
use std::path::Path;
use toml_edit::{Item, TableLike, Value};

/// The file, and the errors found in it so far.
#[derive(Debug)]
pub(super) struct Source<'a> {
    file: &'a Path,
    text: &'a str,
    found: Diagnostics,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a Path, text: &'a str) -> Self {
        Self { file, text, found: Diagnostics::new() }
    }

    /// Reports an error at a span of the text, with help.
    pub(super) fn report(&mut self, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic {
            file: self.file.to_owned(),
            location: self.location(at),
            message: message.into(),
            help: Some(help.into()),
        });
    }

    pub(super) fn location(&self, at: &Range<usize>) -> Location {
        super::location(self.text, at)
    }

    /// Moves the errors to `diagnostics`. Returns whether there were none.
    pub(super) fn finish(self, diagnostics: &mut Diagnostics) -> bool {
        let is_valid = self.found.is_empty();
        diagnostics.extend(self.found);
        is_valid
    }
}

/// A value with its span.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    pub(super) at: Range<usize>,
    pub(super) value: T,
}

/// A table whose keys are read one by one.
pub(super) struct Table<'t> {
    /// The span of its header, or of its braces.
    pub(super) at: Range<usize>,
    table: &'t dyn TableLike,
    known: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn new(table: &'t dyn TableLike, at: Range<usize>) -> Self {
        Self { at, table, known: Vec::new() }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The item at a key.
    pub(super) fn item(&mut self, key: &'static str) -> Option<&'t Item> {
        self.known.push(key);
        self.table.get(key)
    }

    /// The span of a value, of its key, or else of the table.
    pub(super) fn span(&self, key: &str) -> Range<usize> {
        let value = self.table.get(key).and_then(Item::span);
        value.or_else(|| self.key_span(key)).unwrap_or_else(|| self.at.clone())
    }

    fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.table.key(key).and_then(toml_edit::Key::span)
    }

    /// The string at a key.
    pub(super) fn string(&mut self, source: &mut Source<'_>, key: &'static str) -> Option<Spanned<String>> {
        let at = self.span(key);
        let item = self.item(key)?;
        let value = item.as_str().map(str::to_owned);
        if value.is_none() {
            report_type(source, &at, key, item, "a string");
        }
        Some(Spanned { at, value: value? })
    }

    /// The strings of the list at a key.
    pub(super) fn strings(
        &mut self,
        source: &mut Source<'_>,
        key: &'static str,
    ) -> Option<Spanned<Vec<String>>> {
        let at = self.span(key);
        let item = self.item(key)?;
        let strings = item.as_array().and_then(|list| {
            list.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        if strings.is_none() {
            report_type(source, &at, key, item, "a list of strings");
        }
        Some(Spanned { at, value: strings? })
    }

    /// The table at a key.
    pub(super) fn table(&mut self, source: &mut Source<'_>, key: &'static str) -> Option<Self> {
        let at = self.span(key);
        let item = self.item(key)?;
        let table = item.as_table_like().map(|table| Self::new(table, at.clone()));
        if table.is_none() {
            report_type(source, &at, key, item, "a table");
        }
        table
    }

    /// All keys, each with its span and its item.
    pub(super) fn into_items(self) -> Vec<(String, Range<usize>, &'t Item)> {
        self.table.iter().map(|(key, item)| (key.to_owned(), self.span(key), item)).collect()
    }

    /// The tables at a repeatable key, `[[key]]`.
    pub(super) fn tables(&mut self, source: &mut Source<'_>, key: &'static str) -> Vec<Self> {
        let at = self.span(key);
        let Some(item) = self.item(key) else { return Vec::new() };
        if let Some(tables) = item.as_array_of_tables() {
            return tables.iter().map(|table| Self::new(table, table.span().unwrap_or(at.clone()))).collect();
        }
        let inline = item
            .as_array()
            .and_then(|list| list.iter().map(Value::as_inline_table).collect::<Option<Vec<_>>>());
        if let Some(tables) = inline {
            return tables
                .into_iter()
                .map(|table| Self::new(table, table.span().unwrap_or(at.clone())))
                .collect();
        }
        source.report(
            &at,
            format!("`{key}` is {}", article(item.type_name())),
            format!("write `[[{key}]]`, once for each entry, with its keys below"),
        );
        Vec::new()
    }

    /// Reports the keys that were not read.
    pub(super) fn finish(self, source: &mut Source<'_>) {
        for (key, _) in self.table.iter().filter(|(key, _)| !self.known.contains(key)) {
            let at = self.key_span(key).unwrap_or_else(|| self.span(key));
            let list = self.known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            let help = did_you_mean(key, self.known.iter().copied(), format!("expected one of {list}"));
            source.report(&at, format!("unknown key `{key}`"), help);
        }
    }
}

fn report_type(source: &mut Source<'_>, at: &Range<usize>, key: &str, item: &Item, expected: &str) {
    let found = article(item.type_name());
    source.report(at, format!("`{key}` is {found}, not {expected}"), format!("write {expected} here"));
}

pub(super) fn article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {kind}")
}
