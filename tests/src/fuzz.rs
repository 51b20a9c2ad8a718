//! Malformed input: one function for each reader, which takes any bytes and panics if the reader breaks a promise.
//!
//! The promises: nothing panics; no input takes more memory than its length explains; an error has a message; a value that
//! is read, written and read again is the same; reading in chunks equals reading at once. `tests/fuzz` runs the functions
//! under a fuzzer, `tests/tests/hostile_bytes.rs` on [`seeds`](Target::seeds), on inputs that once failed, and on mutations
//! of both.

mod bindings;
mod bodies;
mod frames;
mod laws;
mod memory;
mod message;
mod model;
mod mutate;
mod operations;
mod seeds;
mod shapes;
mod texts;

pub use memory::run;
pub use mutate::Mutations;

use std::{fs, path::Path};

/// A reader that is put to the test.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Takes the bytes.
    pub run: fn(&[u8]),
    /// Inputs to begin with, from the public suites where those are there, and made at random, always the same.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How many changed inputs a test tries.
    pub tries: usize,
}

/// All readers.
pub const TARGETS: &[Target] = &[
    target("json", bodies::json, seeds::json),
    target("xml", bodies::xml, seeds::xml),
    target("cbor", bodies::cbor, seeds::cbor),
    target("form", bodies::form, seeds::form),
    target("frames", frames::frames, seeds::frames),
    target("events", frames::events, seeds::events),
    target("response", bindings::response, seeds::response),
    target("request", bindings::request, seeds::request),
    target("error", bindings::error, seeds::error),
    target("document", texts::document, seeds::document),
    target("profile", texts::profile, seeds::profile),
    target("timestamp", texts::timestamp, seeds::timestamp),
    target("prose", texts::prose, seeds::prose),
    // Each goes through files and the whole generator.
    Target { tries: 200, ..target("model", model::file, model::seeds) },
];

const fn target(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>) -> Target {
    Target { name, run, seeds, tries: 1_500 }
}

impl Target {
    /// The target of that name.
    pub fn find(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Inputs that once broke a promise, or that are just beyond a limit: `tests/fuzz/regressions/NAME/*`.
    pub fn regressions(&self) -> Vec<Vec<u8>> {
        seeds::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(self.name))
    }

    /// Writes the seeds and regressions into a folder, a file each. Fails if that cannot be written.
    pub fn write_seeds(&self, folder: &Path) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        for (index, seed) in (self.seeds)().into_iter().chain(self.regressions()).enumerate() {
            fs::write(folder.join(format!("seed-{index}")), seed)?;
        }
        Ok(())
    }
}
