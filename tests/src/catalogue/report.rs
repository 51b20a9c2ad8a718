//! The report of a run: a line for each service, and totals.

use super::{
    Arguments,
    check::Verdicts,
    digest::Digest,
    service::{Made, Outcome},
    workspace::Workspace,
};
use std::{collections::BTreeMap, fs, num::NonZero, time::Duration};

/// The outcome of a run.
pub(super) struct Report {
    botocore: String,
    with_docs: bool,
    outcomes: BTreeMap<String, Outcome>,
    generated: Duration,
    threads: NonZero<usize>,
    /// Of this process, in bytes, once all was generated; `None` where the system does not say.
    memory: Option<u64>,
    check: Option<Check>,
}

struct Check {
    flags: Vec<&'static str>,
    verdicts: Verdicts,
    time: Duration,
}

impl Report {
    pub(super) fn new(
        workspace: &Workspace,
        outcomes: Vec<(String, Outcome)>,
        generated: Duration,
        threads: NonZero<usize>,
    ) -> Self {
        Self {
            botocore: workspace.botocore.clone(),
            with_docs: workspace.with_docs,
            outcomes: outcomes.into_iter().collect(),
            generated,
            threads,
            memory: peak_memory(),
            check: None,
        }
    }

    pub(super) fn add_check(&mut self, arguments: &Arguments, verdicts: Verdicts, time: Duration) {
        self.check = Some(Check { flags: arguments.check_flags(), verdicts, time });
    }

    /// Of the services of these names, or of all if there are none, those whose crates were made, the longest first. Fails if
    /// a name is not among those that were to be made.
    pub(super) fn to_check(&self, names: &[String]) -> Result<Vec<String>, String> {
        if let Some(unknown) = names.iter().find(|name| !self.outcomes.contains_key(*name)) {
            return Err(format!("`{unknown}` is to be checked, but is not among the services"));
        }
        let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
        let mut made: Vec<_> = self.made().filter(|(name, _)| wanted(name)).collect();
        made.sort_by_key(|(_, made)| std::cmp::Reverse(made.lines));
        Ok(made.into_iter().map(|(name, _)| name.to_owned()).collect())
    }

    /// What did not come out as it should: the service, and why.
    pub(super) fn failures(&self) -> impl Iterator<Item = (&str, &str)> {
        let made = self.outcomes.iter().filter_map(|(name, outcome)| Some((name, outcome.as_ref().err()?)));
        let checked = self.check.iter().flat_map(|check| &check.verdicts);
        let checked = checked.filter_map(|(name, verdict)| Some((name, verdict.as_ref().err()?)));
        made.chain(checked).map(|(name, why)| (name.as_str(), why.as_str()))
    }

    /// The report for a terminal: the table, the failures, and the totals last.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{:<40}", "service");
        for heading in HEADINGS {
            text.push_str(&format!(" {heading:>11}"));
        }
        text.push('\n');
        for (name, outcome) in &self.outcomes {
            text.push_str(&format!("{name:<40}"));
            for cell in self.row(name, outcome) {
                text.push_str(&format!(" {cell:>11}"));
            }
            text.push('\n');
        }
        for (name, why) in self.failures() {
            text.push_str(&format!("\nFAILED {name}: {why}\n"));
        }
        text.push('\n');
        for (name, fact) in self.facts() {
            text.push_str(&format!("{name}: {fact}\n"));
        }
        text
    }

    /// The same as a file of Markdown.
    pub(super) fn markdown(&self, date: &str) -> String {
        let mut text = format!(
            "# The catalogue\n\nWhat all services come out as, on {date}. Made by `cargo run --release -p myrina-tests --bin catalogue -- \
             --from WHEEL --check --table FILE`; seconds are those of the machine that ran it.\n\n"
        );
        for (name, fact) in self.facts() {
            text.push_str(&format!("- {name}: {fact}\n"));
        }
        text.push_str(&format!(
            "\n| service | {} |\n|-|{}\n",
            HEADINGS.join(" | "),
            "-:|".repeat(HEADINGS.len())
        ));
        for (name, outcome) in &self.outcomes {
            text.push_str(&format!("| {name} | {} |\n", self.row(name, outcome).join(" | ")));
        }
        text
    }

    fn made(&self) -> impl Iterator<Item = (&str, &Made)> {
        self.outcomes.iter().filter_map(|(name, outcome)| Some((name.as_str(), outcome.as_ref().ok()?)))
    }

    /// The cells of one service, below the headings.
    fn row(&self, name: &str, outcome: &Outcome) -> Vec<String> {
        let check = match self.check.as_ref().and_then(|check| check.verdicts.get(name)) {
            None => "-",
            Some(Ok(())) => "clean",
            Some(Err(_)) => "FAILED",
        };
        let Ok(made) = outcome else {
            return ["FAILED", "-", "-", "-", "-", check].map(str::to_owned).to_vec();
        };
        let numbers = [made.operations, made.shapes, made.lines, made.bytes].map(|number| number.to_string());
        let seconds = format!("{:.2}", made.time.as_secs_f64());
        numbers.into_iter().chain([seconds, check.to_owned()]).collect()
    }

    /// What holds for all, by name.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let all = self.outcomes.len();
        let total = |number: fn(&Made) -> u64| thousands(self.made().map(|(_, made)| number(made)).sum());
        let prose = if self.with_docs { "with their prose" } else { "without their prose" };
        let resumed = self.made().filter(|(_, made)| made.resumed).count();
        let resumed =
            if resumed > 0 { format!(", {resumed} of them by an earlier run") } else { String::new() };
        let memory = self
            .memory
            .map_or_else(String::new, |bytes| format!(", at most {} MB of memory", bytes / 1_000_000));
        let mut facts = vec![
            ("models", format!("botocore {}, {prose}", self.botocore)),
            (
                "generated",
                format!(
                    "{} of {all} services{resumed} in {:.1} s on {} threads{memory}",
                    self.made().count(),
                    self.generated.as_secs_f64(),
                    self.threads
                ),
            ),
            (
                "content",
                format!(
                    "{} operations, {} types, {} lines, {} bytes",
                    total(|made| made.operations),
                    total(|made| made.shapes),
                    total(|made| made.lines),
                    total(|made| made.bytes)
                ),
            ),
            ("sha256", self.digest()),
        ];
        facts.extend(self.check.as_ref().map(|check| ("type-checked", check.fact())));
        facts
    }

    /// The sum over all services, in their order, of their names and sums: the same where every byte of every file is.
    fn digest(&self) -> String {
        let mut digest = Digest::default();
        self.made().for_each(|(name, made)| digest.add(name, made.digest.as_bytes()));
        digest.finish()
    }
}

const HEADINGS: [&str; 6] = ["operations", "types", "lines", "bytes", "seconds", "check"];

impl Check {
    fn fact(&self) -> String {
        let clean = self.verdicts.values().filter(|verdict| verdict.is_ok()).count();
        let flags = match self.flags.as_slice() {
            [] => String::new(),
            flags => format!(", {}", flags.join(" ")),
        };
        let seconds = self.time.as_secs_f64();
        format!(
            "{clean} of {} services without an error or warning{flags}, in {seconds:.1} s",
            self.verdicts.len()
        )
    }
}

/// A number with its digits in groups.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The most memory that this process had, in bytes.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn digits_are_grouped_by_three() {
        let table =
            [(0, "0"), (999, "999"), (1_000, "1,000"), (18_993, "18,993"), (136_988_390, "136,988,390")];
        for (number, text) in table {
            assert_eq!(thousands(number), text);
        }
    }
}
