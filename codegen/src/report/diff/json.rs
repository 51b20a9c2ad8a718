//! Reports as data.

use super::report::{Change, Place, Report};
use serde_json::{Value, json};

/// All reports, with the verdict on all of them: `null` where nothing changed. The notes say what was left aside.
pub fn json(reports: &[Report], notes: &[String]) -> Value {
    let verdict = reports.iter().filter_map(Report::verdict).max();
    json!({
        "verdict": verdict.map(super::Verdict::word),
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
        "verdict": report.verdict().map(super::Verdict::word),
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
        "effect": rule.effect.word(),
        "verdict": rule.verdict.word(),
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
