//! Every reader reads any bytes or returns an error, with memory in proportion to their number.

use myrina_tests::fuzz::{self, Mutations, TARGETS, Target};
use std::panic::{AssertUnwindSafe, catch_unwind};

#[global_allocator]
static ALLOCATOR: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

// One test for all: the memory that is measured is that of the whole process.
#[test]
fn every_reader_survives_arbitrary_bytes() {
    let mut broken = Vec::new();
    for target in TARGETS {
        let mut inputs = (target.seeds)();
        inputs.extend(target.regressions());
        // What suites lay beside the checkout is not always there.
        assert!(!inputs.is_empty(), "{} has nothing to begin with", target.name);
        let changed = Mutations::of(&inputs).take(target.tries).collect::<Vec<_>>();
        println!("{}: {} inputs and {} changes of them", target.name, inputs.len(), changed.len());
        broken.extend(
            [&[Vec::new()], &inputs[..], &changed].concat().iter().filter_map(|data| run(target, data)),
        );
    }
    assert!(broken.is_empty(), "{} inputs break a reader:\n{}", broken.len(), broken.join("\n"));
}

/// What is wrong with the reader of this input.
fn run(target: &Target, data: &[u8]) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(|| fuzz::run(target, data))).err()?;
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
    Some(format!("{}: {words:.400}\n  with {:.400}", target.name, data.escape_ascii().to_string()))
}
