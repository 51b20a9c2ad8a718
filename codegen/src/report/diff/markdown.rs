//! A report in Markdown, for a changelog.

use super::layout::{self, Block, Line};
use super::report::Report;
use crate::markdown::escape::code_span;

/// The report as a section of the second level.
pub fn markdown(report: &Report) -> String {
    let Report { service, old, new, .. } = report;
    let mut text = format!("## {service}: {old} → {new}\n\n");
    match report.verdict() {
        Some(verdict) => text.push_str(&format!("**{verdict}**: {}.\n", layout::summary(report))),
        None => text.push_str("No change.\n"),
    }
    for (index, problem) in report.problems.iter().enumerate() {
        text.push_str(&format!("{}- Note: {problem}\n", if index == 0 { "\n" } else { "" }));
    }
    for block in layout::blocks(report) {
        text.push_str(&format!("\n### {}\n\n", title(&block)));
        for line in &block.lines {
            text.push_str(&item(line));
        }
    }
    let kinds = report.kinds();
    if !kinds.is_empty() {
        text.push_str("\n### What this means\n\n| change | effect | version | why |\n|-|-|-|-|\n");
    }
    for rule in kinds.into_iter().map(super::Kind::rule) {
        let (what, effect, verdict, why) = (rule.what, rule.effect, rule.verdict, rule.why);
        text.push_str(&format!("| {what} | {effect} | {verdict} | {why} |\n"));
    }
    text
}

fn title(block: &Block) -> String {
    let name = if block.code.is_empty() { String::new() } else { code_span(&block.code) };
    format!("{} {name}{}", block.title, block.rest).trim().to_owned()
}

fn item(line: &Line) -> String {
    let what = layout::what(line);
    let items = line.items.iter().map(|item| code_span(item)).collect::<Vec<_>>().join(", ");
    let detail = line.detail.as_ref().map(|detail| {
        let sides = detail.split(" → ").map(code_span).collect::<Vec<_>>();
        format!(": {}", sides.join(" → "))
    });
    format!("- **{}** {what}{items}{}{}\n", line.verdict, detail.unwrap_or_default(), line.rest)
}
