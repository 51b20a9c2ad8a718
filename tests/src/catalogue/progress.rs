//! Shows progress: a bar on a terminal, otherwise a line now and then.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{self, IsTerminal as _},
    sync::atomic::{AtomicUsize, Ordering},
};

/// How many lines a run writes where there is no terminal.
const LINES: usize = 10;

/// Some work of known length.
pub(super) struct Progress {
    what: &'static str,
    total: usize,
    done: AtomicUsize,
    /// Hidden where standard error is no terminal.
    bar: ProgressBar,
    lines: bool,
}

impl Progress {
    /// None of `total` done yet.
    pub(super) fn new(what: &'static str, total: usize) -> Self {
        let lines = !io::stderr().is_terminal();
        let target = if lines { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let style = ProgressStyle::with_template("{prefix:>14} [{bar:40}] {pos}/{len} {elapsed} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.set_prefix(what);
        Self { what, total, done: AtomicUsize::new(0), bar, lines }
    }

    /// One more is done: the one of this name.
    pub(super) fn done(&self, name: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.set_message(name.to_owned());
        self.bar.inc(1);
        let step = (self.total / LINES).max(1);
        if self.lines && (done.is_multiple_of(step) || done == self.total) {
            eprintln!("{} {done}/{}", self.what, self.total);
        }
    }

    /// There is no more to come.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
