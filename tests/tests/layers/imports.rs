//! What each file of a crate imports from its own crate: paths that start with `crate`, `super` or `self`, in `use`
//! declarations, in code and in the arguments of macros.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) struct File {
    /// Relative to the workspace.
    pub(crate) path: String,
    pub(crate) module: Vec<String>,
    pub(crate) imports: Vec<Import>,
}

pub(crate) struct Import {
    pub(crate) line: usize,
    /// As it is written, such as `super::member::Member`.
    pub(crate) text: String,
    /// From the crate's root, with re-exports of the root resolved.
    pub(crate) target: Vec<String>,
}

/// All files below `source`, save its root, programs and tests.
pub(crate) fn collect(workspace: &Path, source: &Path) -> Vec<File> {
    let mut paths = Vec::new();
    rust_files(source, &mut paths);
    let mut files = Vec::new();
    let (mut tests, mut exports) = (Vec::new(), BTreeMap::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let relative = path.strip_prefix(source).expect("below the source");
        let module = module_of(relative);
        let mut scan =
            Scan { module: module.clone(), tests: Vec::new(), macros: Vec::new(), imports: Vec::new() };
        scan.tokens(&tokens(&text));
        tests.append(&mut scan.tests);
        if module.is_empty() {
            exports.extend(scan.imports.into_iter().map(|import| (import.alias, import.target)));
            continue;
        }
        exports.extend(scan.macros.into_iter().map(|name| (name, module.clone())));
        let path = path.strip_prefix(workspace).expect("below the workspace").display().to_string();
        files.push((path, module, scan.imports));
    }
    files.retain(|(_, module, _)| !tests.iter().any(|test| module.starts_with(test)));
    let resolve = |import: Found| {
        let exported = if import.target.len() == 1 { exports.get(&import.target[0]) } else { None };
        Import { line: import.line, text: import.text, target: exported.cloned().unwrap_or(import.target) }
    };
    let file = |(path, module, imports): (_, _, Vec<Found>)| File {
        path,
        module,
        imports: imports.into_iter().map(resolve).collect(),
    };
    files.into_iter().map(file).collect()
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && path.file_name().is_none_or(|name| name != "bin" && name != "tests") {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("main.rs")
            && !path.ends_with("tests.rs")
        {
            files.push(path);
        }
    }
}

fn module_of(relative: &Path) -> Vec<String> {
    let parts = relative.with_extension("");
    let mut module: Vec<_> = parts.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

/// A token and the line that it is on.
struct Token {
    text: String,
    line: usize,
}

/// The tokens of a file, delimiters among them. `proc_macro2` gives lines only with a feature that slows it down: here each
/// token is looked for in the text, after the one before it.
fn tokens(text: &str) -> Vec<Token> {
    let without_comments: Vec<_> =
        text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect();
    let text = without_comments.join("\n");
    let mut flat = Vec::new();
    flatten(text.parse().expect("Rust"), &mut flat);
    let (mut at, mut line) = (0, 1);
    let locate = |token: String| {
        if let Some(distance) = text[at..].find(&token) {
            line += text[at..at + distance].matches('\n').count();
            at += distance;
        }
        Token { text: token, line }
    };
    flat.into_iter().map(locate).collect()
}

fn flatten(stream: TokenStream, flat: &mut Vec<String>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                flat.push(open.to_owned());
                flatten(group.stream(), flat);
                flat.push(close.to_owned());
            }
            other => flat.push(other.to_string()),
        }
    }
}

/// An import before re-exports are resolved.
struct Found {
    line: usize,
    text: String,
    target: Vec<String>,
    alias: String,
}

struct Scan {
    module: Vec<String>,
    /// Modules that exist in tests only.
    tests: Vec<Vec<String>>,
    /// Macros that are exported: they live at the crate's root.
    macros: Vec<String>,
    imports: Vec<Found>,
}

impl Scan {
    fn tokens(&mut self, tokens: &[Token]) {
        let mut at = 0;
        while at < tokens.len() {
            at = self.step(tokens, at);
        }
    }

    /// Reads what begins at `at`, and returns where the next begins.
    fn step(&mut self, tokens: &[Token], at: usize) -> usize {
        let is = |offset: usize, text: &str| tokens.get(at + offset).is_some_and(|token| token.text == text);
        if starts_with(&tokens[at..], &["#", "[", "cfg", "(", "test"])
            || starts_with(&tokens[at..], &["#", "[", "cfg", "(", "all", "(", "test"])
        {
            let end = item_end(tokens, at + 1);
            if let Some(name) = tokens[at..end]
                .iter()
                .position(|token| token.text == "mod")
                .map(|index| &tokens[at + index + 1])
            {
                self.tests.push([&self.module[..], std::slice::from_ref(&name.text)].concat());
            }
            return end;
        }
        if starts_with(&tokens[at..], &["#", "[", "macro_export", "]"]) {
            let end = item_end(tokens, at + 1);
            let name = tokens[at..end]
                .iter()
                .position(|token| token.text == "macro_rules")
                .map(|index| &tokens[at + index + 2]);
            self.macros.push(name.expect("a macro").text.clone());
            return end;
        }
        if is(0, "mod") && is(2, "{") {
            let end = item_end(tokens, at);
            self.module.push(tokens[at + 1].text.clone());
            self.tokens(&tokens[at + 3..end - 1]);
            self.module.pop();
            return end;
        }
        // The root imports its modules by their names alone.
        if self.module.is_empty() && is(0, "use") {
            return self.path(tokens, at + 1, Vec::new(), String::new());
        }
        // What is quoted is a path of the crate that is generated.
        if (is(0, "quote") || is(0, "parse_quote")) && is(1, "!") {
            return item_end(tokens, at);
        }
        let starts_path = is(1, ":") && is(2, ":");
        match tokens[at].text.as_str() {
            "crate" if starts_path => self.path(tokens, at + 3, Vec::new(), "crate".to_owned()),
            "self" if starts_path => self.path(tokens, at + 3, self.module.clone(), "self".to_owned()),
            "super" if starts_path => self.path(tokens, at, self.module.clone(), String::new()),
            _ => at + 1,
        }
    }

    /// Reads a path, or the tree of a `use` declaration, of which `prefix` is known, and returns where it ends.
    fn path(&mut self, tokens: &[Token], mut at: usize, mut target: Vec<String>, mut text: String) -> usize {
        let line = tokens[at].line;
        loop {
            let token = &tokens[at];
            if token.text == "{" {
                let end = item_end(tokens, at);
                at += 1;
                while at < end - 1 {
                    at = self.path(tokens, at, target.clone(), text.clone());
                    at += usize::from(tokens[at].text == ",");
                }
                return end;
            }
            // `a::{self}`, and type arguments: `a::<T>`.
            if token.text != "self" && token.text != "<" {
                text.push_str(if text.is_empty() { "" } else { "::" });
                text.push_str(&token.text);
            }
            match token.text.as_str() {
                "super" => drop(target.pop()),
                "self" | "<" | "*" => {}
                name => target.push(name.to_owned()),
            }
            at += 1;
            if !starts_with(&tokens[at..], &[":", ":"]) || token.text == "<" {
                break;
            }
            at += 2;
        }
        let mut alias = target.last().cloned().unwrap_or_default();
        if tokens.get(at).is_some_and(|token| token.text == "as") {
            alias.clone_from(&tokens[at + 1].text);
            at += 2;
        }
        self.imports.push(Found { line, text, target, alias });
        at
    }
}

fn starts_with(tokens: &[Token], expected: &[&str]) -> bool {
    tokens.len() >= expected.len() && tokens.iter().zip(expected).all(|(token, text)| token.text == *text)
}

/// Where the item at `at` ends: after its first `;` or closing brace outside of other delimiters.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
fn imports_of(module: &str, text: &str) -> Vec<String> {
    let module = if module.is_empty() { Vec::new() } else { module.split("::").map(str::to_owned).collect() };
    let mut scan = Scan { module, tests: Vec::new(), macros: Vec::new(), imports: Vec::new() };
    scan.tokens(&tokens(text));
    scan.imports.iter().map(|import| format!("{}: {}", import.line, import.target.join("::"))).collect()
}

#[test]
fn imports_are_found_in_declarations_code_and_macros() {
    let text = "//! use crate::comment;\nuse crate::{a::{self, B as C}, d::*};\nuse super::super::e::F;\n\n\
        pub(crate) fn f(g: crate::g::H<crate::i::J>) {\n    // crate::k\n    format!(\"crate::l {}\", crate::m::n::<u8>())\n}\n";
    let expected = ["2: a", "2: a::B", "2: d", "3: x::e::F", "5: g::H", "5: i::J", "7: m::n"];
    assert_eq!(imports_of("x::y::z", text), expected);
}

#[test]
fn tests_and_exported_macros_are_exempt() {
    let text = "#[cfg(test)]\nmod tests {\n    use crate::a;\n}\n#[macro_export]\nmacro_rules! m {\n    () => { $crate::b::c!() };\n}\n\
        #[cfg(all(test, feature = \"xml\"))]\nuse crate::d;\nfn f() { quote! { crate::q }; }\nmacro_rules! n {\n    () => { $crate::e::F };\n}\nmod inner {\n    use super::g;\n    use super::super::h;\n}\n";
    assert_eq!(imports_of("x::y", text), ["13: e::F", "16: x::y::g", "17: x::h"]);
}
