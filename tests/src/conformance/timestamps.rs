//! The suite `timestamps`: points in time in the three formats, written and read.

use super::{BoxError, Report};
use crate::ordered_json::OrderedJson;
use myrina::{Timestamp, time::TimestampFormat};
use std::{fs, path::Path};

/// The suite's file in its folder.
const FILE: &str = "date_time_format_test_suite.json";

/// One case: the point, and what is written; nothing where that must fail.
struct Case<'a> {
    section: &'a str,
    format: TimestampFormat,
    time: Timestamp,
    text: Option<&'a str>,
}

/// Runs the suite in `folder`. Fails if it is not there, or not what it should be.
pub(super) fn run(folder: &Path) -> Result<Report, BoxError> {
    let path = folder.join(FILE);
    let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let suite = OrderedJson::parse(&text)?;
    let mut report = Report::of("timestamps")?;
    for (section, cases) in suite.entries().iter().filter(|(section, _)| section != "description") {
        for (index, case) in cases.items().iter().enumerate() {
            let case = Case::of(section, case).ok_or_else(|| format!("{section}/{index} is no case"))?;
            case.run(index, &mut report);
        }
    }
    Ok(report)
}

impl<'a> Case<'a> {
    fn of(section: &'a str, case: &'a OrderedJson) -> Option<Self> {
        let format = match section.split_once('_')?.1 {
            "date_time" => TimestampFormat::DateTime,
            "http_date" => TimestampFormat::HttpDate,
            "epoch_seconds" => TimestampFormat::EpochSeconds,
            _ => return None,
        };
        let seconds = case.get("canonical_seconds").text()?.parse().ok()?;
        let nanoseconds = u32::try_from(case.get("canonical_nanos").number()?.as_u64()?).ok()?;
        let text = case.get("smithy_format_value").text();
        (text.is_none() == case.get("error").is_set()).then(|| Self {
            section,
            format,
            time: Timestamp::new(seconds, nanoseconds),
            text,
        })
    }

    fn run(&self, index: usize, report: &mut Report) {
        let (row, column) =
            self.section.split_once('_').map_or((self.section, ""), |(way, format)| (format, way));
        let outcome = self.check(self.text);
        // Such a case differs from the suite in one way only, and is known to.
        let corrected = self.corrected().filter(|text| outcome.is_err() && self.check(Some(text)).is_ok());
        let group = if corrected.is_some() { "fraction-before-1970/" } else { "" };
        report.record(format!("{}/{group}{index}", self.section), row, column, outcome);
    }

    /// The suite writes a point before 1970 as its second, rounded down, followed by the fraction that counts forward from
    /// there: `-176506.0001` for what is 176505.9999 s before 1970. This is its text as a number.
    fn corrected(&self) -> Option<String> {
        let is_seconds = self.format == TimestampFormat::EpochSeconds;
        let (seconds, fraction) =
            self.text.filter(|_| is_seconds && self.time < Timestamp::EPOCH)?.split_once('.')?;
        let digits = u32::try_from(fraction.len()).ok()?;
        let fraction = 10_u32.checked_pow(digits)?.checked_sub(fraction.parse().ok()?)?;
        let seconds = seconds.parse::<i64>().ok().filter(|seconds| *seconds == self.time.seconds())?;
        Some(format!("-{}.{fraction:0width$}", -(seconds + 1), width = digits as usize))
    }

    fn check(&self, text: Option<&str>) -> Result<(), String> {
        if self.section.starts_with("format") {
            let written = self.time.format(self.format).ok();
            let same = written.as_deref() == text;
            return if same { Ok(()) } else { Err(format!("expected {text:?}, found {written:?}")) };
        }
        let text = text.unwrap_or_default();
        for read in [Timestamp::parse(text, self.format), Timestamp::parse_any(text)] {
            if read.as_ref() != Ok(&self.time) {
                return Err(format!("{text:?}: expected {:?}, found {read:?}", self.time));
            }
        }
        Ok(())
    }
}
