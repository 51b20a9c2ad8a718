//! The results of a suite's cases.

use super::{BoxError, known_failures};
use std::{collections::BTreeMap, process::ExitCode};

/// The results of the cases so far.
#[derive(Debug)]
pub struct Report {
    known: BTreeMap<String, String>,
    /// By row and column.
    counts: BTreeMap<(String, String), Count>,
    passed: Vec<String>,
    failed: Vec<(String, String)>,
    /// Failures that are listed as known.
    differing: Vec<String>,
    /// Cases that are listed as known failures, but pass.
    repaired: Vec<String>,
    left_out: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    passed: usize,
    failed: usize,
    known: usize,
}

impl Report {
    /// Makes an empty report for a suite, and reads the suite's known failures.
    pub(super) fn of(suite: &str) -> Result<Self, BoxError> {
        let known = known_failures::read(suite)?;
        Ok(Self {
            known,
            counts: BTreeMap::new(),
            passed: Vec::new(),
            failed: Vec::new(),
            differing: Vec::new(),
            repaired: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// Records the result of one case, in a row and column of the table.
    pub(super) fn record(&mut self, case: String, row: &str, column: &str, outcome: Result<(), String>) {
        let count = self.counts.entry((row.to_owned(), column.to_owned())).or_default();
        match (outcome, reason(&self.known, &case).is_some()) {
            (Ok(()), false) => {
                count.passed += 1;
                self.passed.push(case);
            }
            (Ok(()), true) => {
                count.failed += 1;
                self.repaired.push(case);
            }
            (Err(_), true) => {
                count.known += 1;
                self.differing.push(case);
            }
            (Err(difference), false) => {
                count.failed += 1;
                self.failed.push((case, difference));
            }
        }
    }

    /// Records something that could not be run.
    pub(super) fn leave_out(&mut self, what: String) {
        self.left_out.push(what);
    }

    /// The number of cases that passed.
    pub fn passed(&self) -> usize {
        self.counts.values().map(|count| count.passed).sum()
    }

    /// The number of cases that failed, without the known failures.
    pub fn failed(&self) -> usize {
        self.counts.values().map(|count| count.failed).sum()
    }

    /// The number of known failures.
    pub fn known(&self) -> usize {
        self.differing.len()
    }

    /// Prints the cases that match a pattern: a name, or its beginning followed by `*`. Fails if none matches or one failed.
    pub fn print_cases(&self, pattern: &str) -> ExitCode {
        let passed = self.passed.iter().map(|case| (case, "passed".to_owned()));
        let known = self.differing.iter().map(|case| (case, "known to differ".to_owned()));
        let failed = self.failed.iter().map(|(case, difference)| (case, format!("FAILED: {difference}")));
        let mut count = 0;
        for (case, result) in passed.chain(known).chain(failed).filter(|(case, _)| matches(pattern, case)) {
            println!("{case}: {result}");
            count += 1;
        }
        println!("{count} cases match {pattern:?}");
        let has_failed = self.failed.iter().any(|(case, _)| matches(pattern, case));
        if count == 0 || has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }

    /// Prints the whole report; the last line has the totals.
    pub fn print(&self) -> ExitCode {
        for what in &self.left_out {
            println!("left out: {what}");
        }
        for (pattern, reason) in &self.known {
            let cases: Vec<_> = self.differing.iter().filter(|case| matches(pattern, case)).collect();
            match cases[..] {
                [] => {}
                [_] => println!("known to differ: {pattern}: {reason}"),
                _ => println!("known to differ: {pattern}, {} cases: {reason}", cases.len()),
            }
        }
        for (case, difference) in &self.failed {
            println!("FAILED {case}: {difference}");
        }
        for case in &self.repaired {
            println!("FAILED {case}: passes, but is listed as a known failure: take it off the list");
        }
        self.print_table();
        println!("{} passed, {} failed", self.passed(), self.failed());
        if self.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn print_table(&self) {
        println!("\n{:<44} {:<8} {:>6} {:>6} {:>6}", "", "", "passed", "failed", "known");
        for ((row, column), Count { passed, failed, known }) in &self.counts {
            println!("{row:<44} {column:<8} {passed:>6} {failed:>6} {known:>6}");
        }
        println!();
    }
}

/// The reason for which a case is known to differ, if it is.
fn reason<'a>(known: &'a BTreeMap<String, String>, case: &str) -> Option<&'a str> {
    known.iter().find(|(pattern, _)| matches(pattern, case)).map(|(_, reason)| reason.as_str())
}

/// Whether a case matches a pattern: its name, or the beginning of its name followed by `*`.
fn matches(pattern: &str, case: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == case, |beginning| case.starts_with(beginning))
}
