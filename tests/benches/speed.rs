//! Measures how long reading and writing pages takes, compared with serde_json, quick-xml and minicbor with derived types
//! of the same shape.
//!
//! `cargo bench -p myrina-tests --bench speed [-- PART_OF_A_NAME]`. Both sides of a comparison run in turn, in many short
//! rounds, and the figures are medians of the times, and of the ratios of successive rounds. So a machine that is busy at
//! times slows both sides and does not change the ratio. Without `--bench`, as in a test run, the results of both sides are
//! only compared.
//!
//! The measured time is the CPU time of this thread, if the system provides it.

mod pages;

use pages::{Comparison, Work};
use std::time::Duration;

/// How often both sides run in turns, after two rounds that do not count.
const ROUNDS: usize = 401;
/// How long one side runs in one round, at least: less than what the system lets a program run before it takes another's turn.
const ROUND: Duration = Duration::from_micros(500);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let comparisons = pages::all();
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("{} comparisons agree; `cargo bench` measures them", comparisons.len());
        return;
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with("--"));
    println!("{:52} {:>8} {:>10} {:>10} {:>6}  beside", "page", "bytes", "ours", "theirs", "ratio");
    for comparison in &comparisons {
        if wanted.is_none_or(|part| comparison.name().contains(part.as_str())) {
            println!("{}", line(comparison));
        }
    }
}

fn line(comparison: &Comparison) -> String {
    let (ours, theirs) = (&*comparison.ours, &*comparison.theirs);
    let (mut times, mut their_times, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (count, their_count) = (repetitions(ours), repetitions(theirs));
    for round in 0..ROUNDS + 2 {
        // Who is first changes, so that nobody always meets the other's caches.
        let (time, their_time) = if round % 2 == 0 {
            let time = measure(ours, count);
            (time, measure(theirs, their_count))
        } else {
            let their_time = measure(theirs, their_count);
            (measure(ours, count), their_time)
        };
        if round >= 2 {
            times.push(time);
            their_times.push(their_time);
            ratios.push(time / their_time);
        }
    }
    format!(
        "{:52} {:>8} {:>7.1} us {:>7.1} us {:>6.2}  {}",
        comparison.name(),
        comparison.bytes,
        median(times) / 1_000.0,
        median(their_times) / 1_000.0,
        median(ratios),
        comparison.library,
    )
}

/// How often the work fits into one round.
fn repetitions(work: &Work) -> u32 {
    let mut count = 1;
    loop {
        let started = now();
        (0..count).for_each(|_| work());
        if now().saturating_sub(started) >= ROUND {
            return count;
        }
        count *= 2;
    }
}

/// Nanoseconds of one repetition.
fn measure(work: &Work, count: u32) -> f64 {
    let started = now();
    (0..count).for_each(|_| work());
    now().saturating_sub(started).as_secs_f64() * 1e9 / f64::from(count)
}

/// The time that this thread has had of a processor.
#[cfg(unix)]
fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.try_into().expect("time that has passed")
}

/// The time since the program's first look at the clock.
#[cfg(not(unix))]
fn now() -> Duration {
    use std::{sync::LazyLock, time::Instant};

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
