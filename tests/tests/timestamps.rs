//! Points in time against the public test suite of the three formats.

use myrina::{Timestamp, schema::TimestampFormat};
use serde_json::Value;
use std::{fs, path::Path};

const SUITE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/conformance/timestamps/date_time_format_test_suite.json"
);

/// One case: the point, what is written, and whether there is to be an error.
struct Case {
    section: String,
    time: Timestamp,
    text: Option<String>,
}

impl Case {
    fn format(&self) -> TimestampFormat {
        match self.section.split_once('_').unwrap().1 {
            "date_time" => TimestampFormat::DateTime,
            "http_date" => TimestampFormat::HttpDate,
            "epoch_seconds" => TimestampFormat::EpochSeconds,
            other => panic!("unknown format {other}"),
        }
    }

    /// The suite writes a point before 1970 as its second, rounded down, followed by the fraction that counts forward from
    /// there: `-176506.0001` for what is 176505.9999 s before 1970. As a number, which is what epoch-seconds are, and as JSON
    /// and CBOR have it, that is another point in time. Here numbers are numbers.
    fn is_no_number(&self) -> bool {
        self.format() == TimestampFormat::EpochSeconds
            && self.time < Timestamp::EPOCH
            && self.time.nanoseconds() > 0
    }

    /// The suite's text as it would have to be, checked against what the suite says.
    fn corrected(&self) -> String {
        let text = self.text.as_deref().unwrap();
        let (seconds, fraction) = text.split_once('.').unwrap();
        assert_eq!(seconds, self.time.seconds().to_string());
        let digits = u32::try_from(fraction.len()).unwrap();
        let fraction = 10_u32.pow(digits) - fraction.parse::<u32>().unwrap();
        format!("-{}.{fraction:0width$}", -(self.time.seconds() + 1), width = digits as usize)
    }

    fn check(&self) -> Result<(), String> {
        let text = if self.is_no_number() { Some(self.corrected()) } else { self.text.clone() };
        if self.section.starts_with("format") {
            let written = self.time.format(self.format()).ok();
            return if written == text { Ok(()) } else { Err(format!("{written:?}, expected {text:?}")) };
        }
        let text = text.unwrap();
        for read in [Timestamp::parse(&text, self.format()), Timestamp::parse_any(&text)] {
            if read.as_ref() != Ok(&self.time) {
                return Err(format!("{text:?} is {read:?}, expected {:?}", self.time));
            }
        }
        Ok(())
    }
}

fn cases(suite: &Value) -> Vec<Case> {
    let sections = suite.as_object().unwrap().iter().filter(|(name, _)| *name != "description");
    let case = |section: &String, case: &Value| {
        let seconds = case["canonical_seconds"].as_str().unwrap().parse().unwrap();
        let nanoseconds = u32::try_from(case["canonical_nanos"].as_u64().unwrap()).unwrap();
        let text = case["smithy_format_value"].as_str().map(str::to_owned);
        assert_eq!(text.is_none(), case["error"].as_bool().unwrap());
        Case { section: section.clone(), time: Timestamp::new(seconds, nanoseconds), text }
    };
    sections
        .flat_map(|(name, cases)| cases.as_array().unwrap().iter().map(move |it| case(name, it)))
        .collect()
}

#[test]
fn the_public_suite_passes() {
    if !Path::new(SUITE).exists() {
        println!("not run: there is no {SUITE}");
        return;
    }
    let suite = serde_json::from_str(&fs::read_to_string(SUITE).unwrap()).unwrap();
    let cases = cases(&suite);
    let failures: Vec<_> = cases
        .iter()
        .filter_map(|case| case.check().err().map(|reason| format!("{}: {reason}", case.section)))
        .collect();
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), cases.len(), failures.join("\n"));
    assert_eq!(cases.len(), 660);
    assert_eq!(cases.iter().filter(|case| case.is_no_number()).count(), 118);
}
