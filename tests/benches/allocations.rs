//! Counts the allocations of reading and writing pages, and their size, compared with serde_json, quick-xml and minicbor
//! with derived types of the same shape.
//!
//! This is a separate program because counting takes time, which `speed` must not measure.

mod pages;

use pages::Work;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let comparisons = pages::all();
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("{} comparisons agree; `cargo bench` counts for them", comparisons.len());
        return;
    }
    println!(
        "{:52} {:>8} {:>6} {:>9} {:>6} {:>9}  beside",
        "page", "bytes", "ours", "bytes", "theirs", "bytes"
    );
    for comparison in &comparisons {
        let (count, bytes) = count(&*comparison.ours);
        let (their_count, their_bytes) = self::count(&*comparison.theirs);
        let (name, page, library) = (comparison.name(), comparison.bytes, comparison.library);
        println!("{name:52} {page:>8} {count:>6} {bytes:>9} {their_count:>6} {their_bytes:>9}  {library}");
    }
}

/// The allocations of one repetition, those included that make one larger, and their bytes.
fn count(work: &Work) -> (usize, usize) {
    // What is made once and kept is not the page's.
    work();
    let region = Region::new(ALLOCATOR);
    work();
    let change = region.change();
    (change.allocations + change.reallocations, change.bytes_allocated)
}
