//! Comparisons as JSON.

use super::diff::{Change, Place, Report, SemverLevel};
use serde_json::{Value, json};

/// All reports, with the most severe level of all: `null` if nothing changed. The notes list the services that were not compared.
pub fn json(reports: &[Report], notes: &[String]) -> Value {
    let level = reports.iter().filter_map(Report::level).max();
    json!({
        "verdict": level.map(SemverLevel::word),
        "notes": notes,
        "services": reports.iter().map(report).collect::<Vec<_>>(),
    })
}

fn report(report: &Report) -> Value {
    json!({
        "service": report.service,
        "crate": report.package,
        "old": report.old,
        "new": report.new,
        "verdict": report.level().map(SemverLevel::word),
        "problems": report.problems,
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    let rule = change.kind.rule();
    let (place, name) = match &change.place {
        Place::Service => ("service", None),
        Place::Operation(name) => ("operation", Some(name)),
        Place::Type(name) => ("type", Some(name)),
    };
    json!({
        "change": rule.what,
        "effect": rule.impact.word(),
        "verdict": rule.level.word(),
        "why": rule.why,
        "place": place,
        "name": name,
        "item": change.item,
        "wire_name": change.wire_name,
        "from": change.from,
        "to": change.to,
        "operations": change.operations,
    })
}
