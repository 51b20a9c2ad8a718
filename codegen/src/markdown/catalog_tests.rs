//! Whether the Markdown of every text of a folder of models keeps the rules. The folder is that of botocore's data, named by
//! the variable `MYRINA_BOTOCORE_DATA`.

use super::from_html;
use serde_json::Value;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Instant,
};

#[test]
fn every_text_of_the_catalogue_keeps_the_rules() {
    let Some(folder) = std::env::var_os("MYRINA_BOTOCORE_DATA") else {
        println!("MYRINA_BOTOCORE_DATA names no folder of models: their texts are not checked");
        return;
    };
    let mut texts = Vec::new();
    let models = models(Path::new(&folder));
    for model in &models {
        collect(&read(model), &mut texts);
    }
    let start = Instant::now();
    let markdown: Vec<String> = texts.iter().map(|text| from_html(text).join("\n")).collect();
    let (bytes, time) = (texts.iter().map(String::len).sum::<usize>(), start.elapsed());
    println!("{} texts of {} models, {bytes} bytes: {time:?}", texts.len(), models.len());
    for (text, markdown) in texts.iter().zip(&markdown) {
        if let Err(error) = check(markdown) {
            panic!("{error} in the Markdown of {text:?}:\n{markdown}");
        }
    }
}

/// The newest version of each service's model.
fn models(folder: &Path) -> Vec<PathBuf> {
    let mut models = Vec::new();
    for service in sorted(folder) {
        let mut versions = sorted(&service).into_iter().map(|version| version.join("service-2.json.gz"));
        models.extend(versions.rfind(|file| file.is_file()));
    }
    assert!(!models.is_empty(), "no models in {}", folder.display());
    models
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn read(model: &Path) -> Value {
    serde_json::from_reader(flate2::read::GzDecoder::new(File::open(model).unwrap())).unwrap()
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "documentation" => texts.push(text.clone()),
                    member => collect(member, texts),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        _ => {}
    }
}

/// Whether Markdown may stand in a comment of documentation: read anew here, by other means than it was written.
pub(super) fn check(markdown: &str) -> Result<(), String> {
    let mut fence: Option<&str> = None;
    let mut in_list = false;
    let mut paragraph = String::new();
    for line in markdown.lines() {
        if line != line.trim_end() || line.chars().any(super::escape::is_invisible) {
            return Err(format!("white space or something hidden in {line:?}"));
        }
        let bare = super::strip_markers(line);
        let ticks = bare.bytes().take_while(|byte| *byte == b'`').count();
        if let Some(open) = fence {
            if bare.len() == ticks && ticks >= open.len() {
                fence = None;
            }
            continue;
        }
        let (mark, info) = bare.split_at(ticks);
        if ticks >= 3 && !info.contains('`') {
            if info != "text" {
                return Err(format!("a block of code that does not say that it is text: {line:?}"));
            }
            fence = Some(mark);
            continue;
        }
        let quoted = line.trim_start_matches("> ");
        in_list =
            bare.len() < quoted.trim_start().len() || in_list && (quoted.starts_with(' ') || bare.is_empty());
        if quoted.starts_with("    ") && !in_list {
            return Err(format!("an indented block of code: {line:?}"));
        }
        if line.is_empty() || bare.len() < line.len() {
            inline(&std::mem::take(&mut paragraph))?;
        }
        paragraph.push_str(bare);
        paragraph.push(' ');
    }
    if fence.is_some() {
        return Err("a block of code that does not end".to_owned());
    }
    inline(&paragraph)
}

/// Whether each backtick, bracket and `<` of a paragraph is escaped, or part of code or a link.
fn inline(paragraph: &str) -> Result<(), String> {
    let error = |what: &str| Err(format!("{what} in {paragraph:?}"));
    let mut rest = paragraph;
    let mut brackets = 0_usize;
    while let Some(letter) = rest.chars().next() {
        rest = match letter {
            '\\' => rest.get(2..).unwrap_or(""),
            '`' => {
                let fence = rest.len() - rest.trim_start_matches('`').len();
                let Some(length) = code_span_end(&rest[fence..], fence) else {
                    return error("an open code span");
                };
                &rest[fence + length..]
            }
            '<' => {
                let Some((link, after)) = rest[1..].split_once('>') else { return error("an open tag") };
                if !link.starts_with("http") || link.contains(char::is_whitespace) {
                    return error("a tag");
                }
                after
            }
            '[' => {
                brackets += 1;
                &rest[1..]
            }
            ']' => {
                let address = rest[1..].strip_prefix('(').and_then(|rest| rest.split_once(')'));
                let Some((address, after)) = address.filter(|_| brackets == 1) else {
                    return error("a bracket");
                };
                let lower = address.to_ascii_lowercase();
                let known = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
                if !known || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return error("an address that is none");
                }
                brackets = 0;
                after
            }
            letter => &rest[letter.len_utf8()..],
        };
    }
    if brackets == 0 { Ok(()) } else { error("an open bracket") }
}

/// The length of a code span after its backticks, with those at its end.
fn code_span_end(text: &str, fence: usize) -> Option<usize> {
    let mut start = 0;
    while let Some(at) = text[start..].find('`') {
        let rest = &text[start + at..];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        start += at + ticks;
        if ticks == fence {
            return Some(start);
        }
    }
    None
}
