//! A report for a terminal.

use super::layout::{self, Block, Line};
use super::policy::Verdict;
use super::report::Report;
use anstyle::{AnsiColor, Style};

/// Where lines are broken.
const WIDTH: usize = 120;

/// The report as text; with `colour`, for a terminal that shows it.
pub fn terminal(report: &Report, colour: bool) -> String {
    let paint = |style: Style, text: &str| {
        if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    let bold = Style::new().bold();
    let Report { service, old, new, .. } = report;
    let mut text = format!("{}: {old} → {new}\n", paint(bold, service));
    match report.verdict() {
        Some(verdict) => {
            let word = paint(style(verdict), verdict.word());
            text.push_str(&format!("{word}: {}\n", layout::summary(report)));
        }
        None => text.push_str("no change\n"),
    }
    for problem in &report.problems {
        text.push_str(&format!("{}: {problem}\n", paint(bold, "note")));
    }
    for block in layout::blocks(report) {
        text.push_str(&format!("\n{}\n", paint(bold, &title(&block))));
        for line in &block.lines {
            text.push_str(&laid_out(line, |verdict| paint(style(verdict), &format!("{verdict:<5}"))));
        }
    }
    let kinds = report.kinds();
    if !kinds.is_empty() {
        text.push_str(&format!("\n{}\n", paint(bold, "What this means")));
    }
    for rule in kinds.into_iter().map(super::Kind::rule) {
        let (effect, what, why) = (rule.effect, rule.what, rule.why);
        text.push_str(&format!(
            "  {}  {effect}, {what}: {why}\n",
            paint(style(rule.verdict), &format!("{:<5}", rule.verdict))
        ));
    }
    text
}

fn style(verdict: Verdict) -> Style {
    let colour = match verdict {
        Verdict::Major => AnsiColor::Red,
        Verdict::Minor => AnsiColor::Yellow,
        Verdict::Patch => AnsiColor::Green,
    };
    Style::new().fg_color(Some(colour.into()))
}

fn title(block: &Block) -> String {
    format!("{} {}{}", block.title, block.code, block.rest).trim().to_owned()
}

/// A line, broken where it has many names.
fn laid_out(line: &Line, verdict: impl Fn(Verdict) -> String) -> String {
    const INDENT: &str = "         ";
    let mut text = format!("  {}  ", verdict(line.verdict));
    let mut column = INDENT.len();
    let what = layout::what(line);
    text.push_str(&what);
    column += what.len();
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
