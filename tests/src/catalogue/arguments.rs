//! The arguments of the command.

use crate::BoxError;
use myrina::{Timestamp, time::TimestampFormat};
use std::{num::NonZero, path::PathBuf};

/// Generates every service of a botocore release, and reports what came out.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "catalogue", about, max_term_width = 100)]
pub struct Arguments {
    /// A botocore wheel, or a folder with its data.
    #[arg(long, value_name = "WHEEL_OR_FOLDER")]
    pub from: PathBuf,
    /// Where everything goes; without it, `catalogue` in the target folder.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Only these services, by their folders in the catalogue.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub services: Vec<String>,
    /// How many services are worked on at once; without it, as many as there are processors.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Keep the models' prose, which becomes documentation.
    #[arg(long)]
    pub with_docs: bool,
    /// Leave out what an earlier run did, where neither the model nor the generator has changed since.
    #[arg(long)]
    pub resume: bool,
    /// Type-check the generated crates with warnings denied: those of these services, or else all.
    #[arg(long, value_name = "NAMES", num_args = 0..=1, value_delimiter = ',')]
    pub check: Option<Vec<String>>,
    /// Type-check with all features of the crates.
    #[arg(long, requires = "check")]
    pub all_features: bool,
    /// Type-check the generated tests too.
    #[arg(long, requires = "check")]
    pub all_targets: bool,
    /// Write the report there, as Markdown.
    #[arg(long, value_name = "FILE")]
    pub table: Option<PathBuf>,
    /// The date that is in it; without it, today's.
    #[arg(long, requires = "table", value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
}

impl Arguments {
    /// The date of the report.
    pub(super) fn date(&self) -> Result<String, BoxError> {
        if let Some(date) = &self.date {
            return Ok(date.clone());
        }
        let now = Timestamp::now().format(TimestampFormat::DateTime)?;
        Ok(now.split('T').next().unwrap_or_default().to_owned())
    }

    /// What cargo is reported beside the packages.
    pub(super) fn check_flags(&self) -> Vec<&'static str> {
        let flags = [(self.all_features, "--all-features"), (self.all_targets, "--all-targets")];
        flags.into_iter().filter_map(|(wanted, flag)| wanted.then_some(flag)).collect()
    }
}
