//! How the cases of a suite came out.

use super::{BoxError, known_failures};
use std::{collections::BTreeMap, process::ExitCode};

/// The outcomes so far.
#[derive(Debug)]
pub struct Report {
    known: BTreeMap<String, String>,
    /// By row and column.
    counts: BTreeMap<(String, String), Count>,
    failed: Vec<(String, String)>,
    /// Failures that are right as they are.
    differing: Vec<String>,
    /// Known failures that came out right.
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
    /// No case yet of a suite, whose known failures are read.
    pub(super) fn of(suite: &str) -> Result<Self, BoxError> {
        let known = known_failures::read(suite)?;
        let (counts, failed) = (BTreeMap::new(), Vec::new());
        Ok(Self { known, counts, failed, differing: Vec::new(), repaired: Vec::new(), left_out: Vec::new() })
    }

    /// Takes note of one case, in a row and column of the table.
    pub(super) fn record(&mut self, case: String, row: &str, column: &str, outcome: Result<(), String>) {
        let count = self.counts.entry((row.to_owned(), column.to_owned())).or_default();
        match (outcome, reason(&self.known, &case).is_some()) {
            (Ok(()), false) => count.passed += 1,
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

    /// Takes note of what could not be run.
    pub(super) fn leave_out(&mut self, what: String) {
        self.left_out.push(what);
    }

    /// The number of cases that came out as they should.
    pub fn passed(&self) -> usize {
        self.counts.values().map(|count| count.passed).sum()
    }

    /// The number of cases that did not, those known to differ aside.
    pub fn failed(&self) -> usize {
        self.counts.values().map(|count| count.failed).sum()
    }

    /// The number of cases that did not, and are known to.
    pub fn known(&self) -> usize {
        self.differing.len()
    }

    /// Prints all of it, and the closing line last.
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

/// Why a case is known to differ, if it is.
fn reason<'a>(known: &'a BTreeMap<String, String>, case: &str) -> Option<&'a str> {
    known.iter().find(|(pattern, _)| matches(pattern, case)).map(|(_, reason)| reason.as_str())
}

/// Whether a pattern, a case's name or the beginning of some followed by `*`, means this case.
fn matches(pattern: &str, case: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == case, |beginning| case.starts_with(beginning))
}
