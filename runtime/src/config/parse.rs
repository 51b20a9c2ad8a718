//! The parser of profile files.
//!
//! The grammar is that of the AWS SDKs and tools reference guide, "Shared config and credentials files"; the error messages
//! follow the SDKs' common tests.

use super::ConfigError;
use std::collections::BTreeMap;

/// The properties of a section, by names in lower case.
pub(super) type Properties = BTreeMap<String, String>;

/// A section of a file.
#[derive(Debug)]
pub(super) struct Section {
    /// The text between the brackets, trimmed.
    pub(super) heading: String,
    pub(super) properties: Properties,
}

/// Whether `name` is a valid name of a profile or property. Sections and properties with other names are ignored.
pub(super) fn is_valid_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c))
}

/// Parses the sections of `text`, in order. `file` is its path, for errors.
pub(super) fn parse_sections(text: &str, file: &str) -> Result<Vec<Section>, ConfigError> {
    let mut parser = Parser::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        let located = |problem| ConfigError::new(format!("{file}, line {}: {problem}", index + 1));
        parser.line(line).map_err(located)?;
    }
    Ok(parser.sections)
}

#[derive(Default)]
struct Parser {
    sections: Vec<Section>,
    last: LastProperty,
}

/// The property that a continuation line would continue.
#[derive(Default)]
enum LastProperty {
    /// None since the section's heading.
    #[default]
    None,
    /// One with an invalid name.
    Ignored,
    Named {
        name: String,
        /// Whether its own line has no value, so that the lines that follow are sub-properties.
        nested: bool,
    },
}

/// The error says what is wrong with the line.
type LineResult = Result<(), &'static str>;

impl Parser {
    fn line(&mut self, line: &str) -> LineResult {
        if line.trim().is_empty() || line.starts_with(['#', ';']) {
            return Ok(());
        }
        if line.starts_with('[') {
            return self.heading(line);
        }
        if line.starts_with(char::is_whitespace) {
            self.continuation(line.trim())
        } else {
            self.property(line)
        }
    }

    fn heading(&mut self, line: &str) -> LineResult {
        // No name contains these characters, so a comment may follow the bracket without a space.
        let end = line.find(['#', ';']).unwrap_or(line.len());
        let inside = line.get(1..end).and_then(|text| text.trim_end().strip_suffix(']'));
        let heading = inside.ok_or("Profile definition must end with ']'")?.trim().to_owned();
        self.sections.push(Section { heading, properties: Properties::new() });
        self.last = LastProperty::None;
        Ok(())
    }

    fn property(&mut self, line: &str) -> LineResult {
        let section = self.sections.last_mut().ok_or(
            "Expected a profile definition: every property belongs to a section such as [default] above it",
        )?;
        let (name, value) = strip_comment(line)
            .split_once('=')
            .ok_or("Expected an '=' sign defining a property: write it as name = value")?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if name.is_empty() {
            return Err("Property did not have a name: write it as name = value");
        }
        if !is_valid_name(&name) {
            self.last = LastProperty::Ignored;
            return Ok(());
        }
        section.properties.insert(name.clone(), value.to_owned());
        self.last = LastProperty::Named { name, nested: value.is_empty() };
        Ok(())
    }

    fn continuation(&mut self, line: &str) -> LineResult {
        let comment = line.starts_with(['#', ';']);
        match &self.last {
            LastProperty::None | LastProperty::Named { nested: true, .. } if comment => return Ok(()),
            LastProperty::Ignored => return Ok(()),
            LastProperty::None if self.sections.is_empty() => {
                return Err(
                    "Expected a profile definition, found continuation: a line that begins with white space continues \
                     the property above it",
                );
            }
            LastProperty::None => {
                return Err(
                    "Expected a property definition, found continuation: a line that begins with white space \
                     continues the property above it",
                );
            }
            LastProperty::Named { nested: true, .. } => match line.split_once('=') {
                None => {
                    return Err(
                        "Expected an '=' sign defining a sub-property: the property above has no value, so the \
                         lines under it are name = value",
                    );
                }
                Some((name, _)) if name.trim().is_empty() => {
                    return Err("Sub-property did not have a name: write it as name = value");
                }
                Some(_) => {}
            },
            LastProperty::Named { nested: false, .. } => {}
        }
        if let LastProperty::Named { name, .. } = &self.last
            && let Some(value) = self.sections.last_mut().and_then(|section| section.properties.get_mut(name))
        {
            value.push('\n');
            value.push_str(line);
        }
        Ok(())
    }
}

/// The line without its comment, which begins with white space followed by `#` or `;`.
fn strip_comment(line: &str) -> &str {
    let mut after_space = false;
    for (index, c) in line.char_indices() {
        if after_space && matches!(c, '#' | ';') {
            return line.get(..index).unwrap_or(line);
        }
        after_space = c.is_whitespace();
    }
    line
}
