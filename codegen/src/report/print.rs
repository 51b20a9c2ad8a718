//! Comparisons as text: for a terminal, and in Markdown.

use super::diff::{Change, Group, Impact, Kind, Place, Report, SemverLevel};
use crate::markdown::escape::code_span;
use anstyle::{AnsiColor, Style};
use std::collections::BTreeMap;

/// The width at which lines of the terminal are broken.
const WIDTH: usize = 120;

/// How many operations are named if a type is used by more.
const MAX_NAMED: usize = 3;

/// The report as text; with `color`, for a terminal that shows it.
pub fn terminal(report: &Report, color: bool) -> String {
    let paint = |style: Style, text: &str| {
        if color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    let bold = Style::new().bold();
    let Report { service, old, new, .. } = report;
    let mut text = format!("{}: {old} → {new}\n", paint(bold, service));
    match report.level() {
        Some(level) => {
            let word = paint(style(level), level.word());
            text.push_str(&format!("{word}: {}\n", summary(report)));
        }
        None => text.push_str("no change\n"),
    }
    for problem in &report.problems {
        text.push_str(&format!("{}: {problem}\n", paint(bold, "note")));
    }
    for block in blocks(report) {
        text.push_str(&format!("\n{}\n", paint(bold, &block.heading(str::to_owned))));
        for line in &block.lines {
            text.push_str(&terminal_line(line, |level| paint(style(level), &format!("{level:<5}"))));
        }
    }
    let kinds = report.kinds();
    if !kinds.is_empty() {
        text.push_str(&format!("\n{}\n", paint(bold, "What this means")));
    }
    for rule in kinds.into_iter().map(Kind::rule) {
        let (impact, what, why) = (rule.impact, rule.what, rule.why);
        let level = paint(style(rule.level), &format!("{:<5}", rule.level));
        text.push_str(&format!("  {level}  {impact}, {what}: {why}\n"));
    }
    text
}

/// What all reports of several services come to, and how many have which level: the beginning of their text.
pub fn overview(reports: &[Report], markdown: bool) -> String {
    let mut levels: BTreeMap<Option<SemverLevel>, Vec<&str>> = BTreeMap::new();
    for report in reports {
        levels.entry(report.level()).or_default().push(&report.service);
    }
    let unchanged = levels.remove(&None).unwrap_or_default().len();
    let (heading, item) = if markdown { ("# ", "- ") } else { ("", "  ") };
    let mut text = format!(
        "{heading}{} services: {} changed, {unchanged} without a change\n{}",
        reports.len(),
        reports.len() - unchanged,
        if markdown { "\n" } else { "" }
    );
    for (level, names) in levels.iter().rev() {
        let level = level.map(SemverLevel::word).unwrap_or_default();
        text.push_str(&format!("{item}{level}: {}: {}\n", names.len(), names.join(", ")));
    }
    text.push('\n');
    text
}

/// The report in Markdown, as a section of the second level for a changelog.
pub fn markdown(report: &Report) -> String {
    let Report { service, old, new, .. } = report;
    let mut text = format!("## {service}: {old} → {new}\n\n");
    match report.level() {
        Some(level) => text.push_str(&format!("**{level}**: {}.\n", summary(report))),
        None => text.push_str("No change.\n"),
    }
    for (index, problem) in report.problems.iter().enumerate() {
        text.push_str(&format!("{}- Note: {problem}\n", if index == 0 { "\n" } else { "" }));
    }
    for block in blocks(report) {
        text.push_str(&format!("\n### {}\n\n", block.heading(code_span)));
        for line in &block.lines {
            text.push_str(&markdown_line(line));
        }
    }
    let kinds = report.kinds();
    if !kinds.is_empty() {
        text.push_str("\n### What this means\n\n| change | effect | version | why |\n|-|-|-|-|\n");
    }
    for rule in kinds.into_iter().map(Kind::rule) {
        let (what, impact, level, why) = (rule.what, rule.impact, rule.level, rule.why);
        text.push_str(&format!("| {what} | {impact} | {level} | {why} |\n"));
    }
    text
}

/// A heading with its lines.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    /// Text before the code.
    title: String,
    /// A name in code, or nothing.
    code: String,
    /// Text after the code.
    rest: String,
    lines: Vec<Line>,
}

/// One line: `member removed: Invoke::qualifier: Option<String>`.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    level: SemverLevel,
    /// What kind of change it is.
    what: &'static str,
    /// What has changed: names in code.
    items: Vec<String>,
    /// The path of the last item, which the next one need not repeat.
    path: Option<String>,
    /// The old and the new form, in code.
    detail: Option<String>,
    /// Text at the end.
    rest: String,
}

/// The blocks: removed operations and types, then places by severity, with added operations and types before patches.
fn blocks(report: &Report) -> Vec<Block> {
    let groups = report.groups();
    let (whole, parts): (Vec<&Group<'_>>, Vec<&Group<'_>>) =
        groups.iter().filter(|group| !group.changes.is_empty()).partition(|group| is_whole(group));
    let wholes = |kind: Kind, title: &str| -> Option<Block> {
        let of_kind = |group: &&&Group<'_>| group.changes.iter().any(|change| change.kind == kind);
        let groups: Vec<_> = whole.iter().filter(of_kind).copied().collect();
        (!groups.is_empty()).then(|| block_of_wholes(title, &groups))
    };
    let places = |level: SemverLevel| {
        let of_level =
            move |group: &&&Group<'_>| group.changes.iter().map(|change| change.level()).max() == Some(level);
        parts.iter().filter(of_level).map(|group| block(group)).collect::<Vec<_>>()
    };
    let mut blocks = Vec::new();
    blocks.extend(wholes(Kind::OperationRemoved, "Operations removed"));
    blocks.extend(wholes(Kind::TypeRemoved, "Types removed"));
    blocks.extend(places(SemverLevel::Major));
    blocks.extend(places(SemverLevel::Minor));
    blocks.extend(wholes(Kind::OperationAdded, "Operations added"));
    blocks.extend(wholes(Kind::TypeAdded, "Types added"));
    blocks.extend(places(SemverLevel::Patch));
    blocks
}

/// `3 compile breaks, 41 additions`.
fn summary(report: &Report) -> String {
    let words = [
        (Impact::Break, "compile break", "compile breaks"),
        (Impact::Behavior, "change of behavior", "changes of behavior"),
        (Impact::Addition, "addition", "additions"),
        (Impact::Documentation, "change of documentation", "changes of documentation"),
    ];
    let count = |(impact, one, many): (Impact, &str, &str)| match report.count(impact) {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    words.into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

/// Whether the group is an operation or type that was added or removed.
fn is_whole(group: &Group<'_>) -> bool {
    let whole = [Kind::OperationRemoved, Kind::TypeRemoved, Kind::OperationAdded, Kind::TypeAdded];
    group.changes.iter().any(|change| whole.contains(&change.kind))
}

/// A block of added or removed things. Types that the same operations use share a line.
fn block_of_wholes(title: &str, groups: &[&Group<'_>]) -> Block {
    let mut lines: Vec<Line> = Vec::new();
    let mut by_users: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for group in groups {
        for change in &group.changes {
            let is_type = matches!(group.place, Place::Type(_));
            let known = by_users.get(&group.operations).and_then(|index| lines.get_mut(*index));
            if let Some(line) = known.filter(|_| is_type) {
                line.join(&change.item);
                continue;
            }
            by_users.insert(group.operations.clone(), lines.len());
            let detail = change.from.clone().or_else(|| change.to.clone()).filter(|_| !is_type);
            lines.push(Line {
                level: change.level(),
                what: "",
                path: path(&change.item),
                items: vec![change.item.clone()],
                detail,
                rest: if is_type { used_by(&group.operations) } else { String::new() },
            });
        }
    }
    Block { title: title.to_owned(), code: String::new(), rest: String::new(), lines }
}

fn block(group: &Group<'_>) -> Block {
    let (title, code, rest) = match group.place {
        Place::Service => ("The service", String::new(), String::new()),
        Place::Operation(name) => ("Operation", name.clone(), String::new()),
        Place::Type(name) => ("", name.clone(), used_by(&group.operations)),
    };
    let mut lines: Vec<Line> = Vec::new();
    for change in &group.changes {
        let is_plain = change.from.is_none() && change.to.is_none();
        match lines.last_mut().filter(|line| is_plain && line.what == change.kind.rule().what) {
            Some(line) => line.join(&change.item),
            None => lines.push(line(change)),
        }
    }
    Block { title: title.to_owned(), code, rest, lines }
}

fn line(change: &Change) -> Line {
    let detail = match (&change.from, &change.to) {
        (Some(from), Some(to)) => Some(format!("{from} → {to}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    Line {
        level: change.level(),
        what: change.kind.rule().what,
        path: path(&change.item),
        items: [change.item.clone()].into_iter().filter(|item| !item.is_empty()).collect(),
        detail,
        rest: String::new(),
    }
}

/// The path before the last name: `types` of `types::VpcConfig`.
fn path(item: &str) -> Option<String> {
    item.rsplit_once("::").map(|(path, _)| path.to_owned())
}

/// `, used by Invoke, InvokeAsync and 3 more`.
fn used_by(operations: &[&str]) -> String {
    let (named, more) = operations.split_at(operations.len().min(MAX_NAMED));
    match (named, more) {
        ([], _) => ", used by no operation".to_owned(),
        ([one], _) => format!(", used by {one}"),
        ([first @ .., last], []) => format!(", used by {} and {last}", first.join(", ")),
        (named, more) => format!(", used by {} and {} more", named.join(", "), more.len()),
    }
}

impl Block {
    fn heading(&self, code: impl Fn(&str) -> String) -> String {
        let name = if self.code.is_empty() { String::new() } else { code(&self.code) };
        format!("{} {name}{}", self.title, self.rest).trim().to_owned()
    }
}

impl Line {
    /// Adds a name, without the path that it shares with the previous one: `State::Failed, Deleting`.
    fn join(&mut self, item: &str) {
        let own = path(item);
        let name = item.rsplit("::").next().filter(|_| own.is_some() && own == self.path).unwrap_or(item);
        self.items.push(name.to_owned());
        self.path = own;
    }

    /// The text before the names.
    fn start(&self) -> String {
        match (self.what, self.items.is_empty()) {
            ("", _) => String::new(),
            (what, true) => what.to_owned(),
            (what, false) => format!("{what}: "),
        }
    }
}

fn style(level: SemverLevel) -> Style {
    let color = match level {
        SemverLevel::Major => AnsiColor::Red,
        SemverLevel::Minor => AnsiColor::Yellow,
        SemverLevel::Patch => AnsiColor::Green,
    };
    Style::new().fg_color(Some(color.into()))
}

/// A line for the terminal, broken if it has many names.
fn terminal_line(line: &Line, level: impl Fn(SemverLevel) -> String) -> String {
    const INDENT: &str = "         ";
    let mut text = format!("  {}  ", level(line.level));
    let start = line.start();
    text.push_str(&start);
    let mut column = INDENT.len() + start.len();
    for (index, item) in line.items.iter().enumerate() {
        let last = index + 1 == line.items.len();
        let item = if last { item.clone() } else { format!("{item}, ") };
        if index > 0 && column + item.len() > WIDTH {
            text.truncate(text.trim_end().len());
            text.push_str(&format!("\n{INDENT}"));
            column = INDENT.len();
        }
        column += item.len();
        text.push_str(&item);
    }
    if let Some(detail) = &line.detail {
        text.push_str(&format!(": {detail}"));
    }
    text.push_str(&format!("{}\n", line.rest));
    text
}

fn markdown_line(line: &Line) -> String {
    let items = line.items.iter().map(|item| code_span(item)).collect::<Vec<_>>().join(", ");
    let detail = line.detail.as_ref().map(|detail| {
        let sides = detail.split(" → ").map(code_span).collect::<Vec<_>>();
        format!(": {}", sides.join(" → "))
    });
    format!("- **{}** {}{items}{}{}\n", line.level, line.start(), detail.unwrap_or_default(), line.rest)
}
