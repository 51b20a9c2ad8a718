//! The partitions of AWS: isolated groups of regions, each with its own domain names.
//!
//! The data is that of `partitions.json`, which all AWS SDKs share, without its lists of regions: the patterns cover them.
//! botocore has it as `data/partitions.json`. A test compares the table with that file:
//! `MYRINA_BOTOCORE_DATA=…/botocore/data cargo test -p myrina partition`.

use super::EndpointValue;

/// A partition.
#[derive(Debug)]
pub(crate) struct Partition {
    pub(crate) id: &'static str,
    /// What regions begin with; `-`, a word, `-` and a number follow: `us-gov` of `us-gov-west-1`. The pseudo region
    /// `<id>-global` belongs to the partition too.
    prefixes: &'static [&'static str],
    /// The domain of its hosts.
    pub(crate) suffix: &'static str,
    /// The domain of its dual-stack (IPv4 and IPv6) hosts.
    pub(crate) dual_stack_suffix: &'static str,
    /// The signing region of services without regions.
    global_region: &'static str,
    fips: bool,
    dual_stack: bool,
}

const fn partition(
    id: &'static str,
    prefixes: &'static [&'static str],
    suffix: &'static str,
    dual_stack_suffix: &'static str,
    global_region: &'static str,
) -> Partition {
    Partition { id, prefixes, suffix, dual_stack_suffix, global_region, fips: true, dual_stack: true }
}

/// All partitions. Regions that match no other belong to the first.
static PARTITIONS: [Partition; 8] = [
    partition(
        "aws",
        &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        "amazonaws.com",
        "api.aws",
        "us-east-1",
    ),
    partition("aws-cn", &["cn"], "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"),
    partition("aws-eusc", &["eusc-de"], "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"),
    partition("aws-iso", &["us-iso"], "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"),
    partition("aws-iso-b", &["us-isob"], "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"),
    partition("aws-iso-e", &["eu-isoe"], "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"),
    partition("aws-iso-f", &["us-isof"], "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"),
    partition("aws-us-gov", &["us-gov"], "amazonaws.com", "api.aws", "us-gov-west-1"),
];

impl Partition {
    /// The partition as a value of the rule language.
    pub(super) fn to_value(&self) -> EndpointValue<'static> {
        EndpointValue::Object(vec![
            ("name", self.id.into()),
            ("dnsSuffix", self.suffix.into()),
            ("dualStackDnsSuffix", self.dual_stack_suffix.into()),
            ("implicitGlobalRegion", self.global_region.into()),
            ("supportsFIPS", self.fips.into()),
            ("supportsDualStack", self.dual_stack.into()),
        ])
    }
}

/// The partition of a region. Unknown regions belong to `aws`, as in the AWS SDKs.
pub(crate) fn of_region(region: &str) -> &'static Partition {
    let [aws, others @ ..] = &PARTITIONS;
    let found = others.iter().find(|partition| {
        let global = region.strip_prefix(partition.id) == Some("-global");
        global || partition.prefixes.iter().any(|prefix| is_region_of(prefix, region))
    });
    found.unwrap_or(aws)
}

/// Whether `region` is `prefix`, a word and a number.
fn is_region_of(prefix: &str, region: &str) -> bool {
    let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    let Some((word, number)) = rest.and_then(|rest| rest.split_once('-')) else { return false };
    let (word, number) = (word.as_bytes(), number.as_bytes());
    !word.is_empty()
        && word.iter().all(|c| c.is_ascii_alphanumeric() || *c == b'_')
        && !number.is_empty()
        && number.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests;
