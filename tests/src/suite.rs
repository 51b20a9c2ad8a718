//! The public protocol suites. A suite file is a list of small models with cases, each of which converts in one direction.

mod case;
mod cbor;
mod compare;
mod round_trip;

pub use case::{input, output};
pub use cbor::same_cbor;
pub use compare::{RequestTarget, SameBody, same_json, same_text, same_xml};
pub(crate) use compare::{same_headers, same_target, same_value};
pub use round_trip::{input_round_trip, output_round_trip, prune};

use crate::ordered_json::OrderedJson;
use myrina::operation::Protocol;
use std::{fs, path::PathBuf};

/// Where the public test data is, if it is anywhere.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/protocols");

/// Which way the cases of a suite go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From an input to a request.
    Input,
    /// From a response to an output or error.
    Output,
    /// From an input to a request and back.
    InputRoundTrip,
    /// From an output or error to a response and back.
    OutputRoundTrip,
}

/// A case of a suite that is known to come out otherwise, and why that is right.
pub struct KnownFailure {
    /// The case's name.
    pub id: &'static str,
    /// Why it comes out otherwise.
    pub reason: &'static str,
}

/// One suite file for one protocol.
pub struct Suite {
    /// The file's name, without its ending.
    pub file: &'static str,
    /// Which way its cases go.
    pub direction: Direction,
    /// The protocol to test.
    pub protocol: &'static dyn Protocol,
    /// How bodies of requests are compared.
    pub same_body: SameBody,
}

/// How the cases of suites came out.
#[derive(Debug, Default)]
pub struct SuiteResults {
    /// The number of cases that came out as they should.
    pub passed: usize,
    /// The cases that did not, with what was different.
    pub failed: Vec<(String, String)>,
    /// The suite files that are not there.
    pub missing: Vec<String>,
}

impl SuiteResults {
    /// Runs all cases of these suites.
    pub fn of(suites: &[Suite]) -> Self {
        let mut results = Self::default();
        for suite in suites {
            results.run(suite);
        }
        results
    }

    fn run(&mut self, suite: &Suite) {
        let folder = match suite.direction {
            Direction::Input | Direction::InputRoundTrip => "input",
            Direction::Output | Direction::OutputRoundTrip => "output",
        };
        let path = [DATA, folder, suite.file].iter().collect::<PathBuf>().with_extension("json");
        let groups = fs::read(&path).ok().and_then(|text| OrderedJson::parse(&text).ok());
        let Some(groups) = groups else {
            self.missing.push(format!("{folder}/{}.json", suite.file));
            return;
        };
        for group in groups.items() {
            for case in group.get("cases").items() {
                let id = case.get("id").text().unwrap_or_default();
                let result = match suite.direction {
                    Direction::Input => input(group, case, suite.protocol, suite.same_body),
                    Direction::Output => output(group, case, suite.protocol),
                    Direction::InputRoundTrip => input_round_trip(group, case, suite.protocol),
                    Direction::OutputRoundTrip => output_round_trip(group, case, suite.protocol),
                };
                match result {
                    Ok(()) => self.passed += 1,
                    Err(error) => self.failed.push((format!("{folder}/{}/{id}", suite.file), error)),
                }
            }
        }
    }

    /// Prints one line of the count and every failure.
    ///
    /// # Panics
    ///
    /// Unless exactly the known deviations failed.
    pub fn check(&self, what: &str, known: &[KnownFailure]) {
        for missing in &self.missing {
            println!("{what}: the public suite {missing} is not there; its cases are left out");
        }
        let is_known = |id: &str| known.iter().any(|known| known.id == id);
        let unknown: Vec<_> = self.failed.iter().filter(|(id, _)| !is_known(id)).collect();
        let repaired = known.iter().filter(|known| self.failed.iter().all(|(id, _)| id != known.id));
        let repaired: Vec<_> = repaired.map(|known| known.id).collect();
        let (passed, differing) = (self.passed, self.failed.len() - unknown.len());
        println!("{what}: {passed} passed, {} failed, {differing} known to differ", unknown.len());
        for (id, error) in &unknown {
            println!("  {id}: {error}");
        }
        assert!(unknown.is_empty(), "{} cases fail that should pass", unknown.len());
        assert!(
            repaired.is_empty() || !self.missing.is_empty(),
            "these cases pass now and are no deviations any more: {repaired:?}"
        );
    }
}
