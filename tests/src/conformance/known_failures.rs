//! Known failures, with reasons: `tests/conformance/known.toml`.

use super::BoxError;
use std::collections::BTreeMap;
use toml_edit::DocumentMut;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/conformance/known.toml");

/// The known failures of a suite, with the reason of each.
pub(super) fn read(suite: &str) -> Result<BTreeMap<String, String>, BoxError> {
    let document: DocumentMut = std::fs::read_to_string(FILE)?.parse()?;
    let cases =
        document.get(suite).and_then(|cases| cases.as_table()).into_iter().flat_map(|table| table.iter());
    cases
        .map(|(case, reason)| {
            let reason = reason.as_str().filter(|reason| !reason.is_empty());
            let reason = reason.ok_or_else(|| format!("{FILE}: {case} needs a reason"))?;
            Ok((case.to_owned(), reason.to_owned()))
        })
        .collect()
}
