//! Runs the reader that the variable `TARGET` names under libFuzzer. `README.md` explains how.

#![no_main]

use libfuzzer_sys::fuzz_target;
use myrina_tests::fuzz::{self, TARGETS, Target};
use std::{path::Path, sync::OnceLock};

#[global_allocator]
static ALLOCATOR: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

static CHOSEN: OnceLock<&Target> = OnceLock::new();

/// The target of the variable; its seeds are written into the folder that `SEEDS` names.
fn choose() -> Result<&'static Target, String> {
    let name = std::env::var("TARGET").unwrap_or_default();
    let target = Target::find(&name).ok_or_else(|| {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        format!("TARGET is `{name}`; it may be {}", names.join(", "))
    })?;
    if let Some(folder) = std::env::var_os("SEEDS") {
        target.write_seeds(Path::new(&folder)).map_err(|error| format!("the seeds: {error}"))?;
    }
    Ok(target)
}

fuzz_target!(
    init: {
        match choose() {
            Ok(target) => _ = CHOSEN.set(target),
            Err(problem) => {
                eprintln!("{problem}");
                std::process::exit(64);
            }
        }
    },
    |data: &[u8]| {
        if let Some(target) = CHOSEN.get() {
            fuzz::run(target, data);
        }
    }
);
