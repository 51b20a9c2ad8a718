//! The partitions of AWS: worlds apart, each with its regions and domain names.
//!
//! From the `partitions.json` that all AWS SDKs share, without its regions by name: the patterns cover them.

/// A partition, as far as addresses depend on it.
#[derive(Debug)]
pub(crate) struct Partition {
    pub(crate) id: &'static str,
    /// Its regions are these, then `-`, a word, `-` and a number: `us-gov` of `us-gov-west-1`.
    prefixes: &'static [&'static str],
    /// Its domain.
    pub(crate) suffix: &'static str,
    /// Its domain for hosts that have addresses of IP version 4 and 6.
    pub(crate) dual_stack_suffix: &'static str,
}

const AWS: Partition = Partition {
    id: "aws",
    // All regions that are not of another partition.
    prefixes: &[],
    suffix: "amazonaws.com",
    dual_stack_suffix: "api.aws",
};

const OTHERS: &[Partition] = &[
    Partition {
        id: "aws-cn",
        prefixes: &["cn"],
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
    },
    Partition {
        id: "aws-us-gov",
        prefixes: &["us-gov"],
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
    },
    Partition {
        id: "aws-iso",
        prefixes: &["us-iso"],
        suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
    },
    Partition {
        id: "aws-iso-b",
        prefixes: &["us-isob"],
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
    },
    Partition {
        id: "aws-iso-e",
        prefixes: &["eu-isoe"],
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
    },
    Partition {
        id: "aws-iso-f",
        prefixes: &["us-isof"],
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
    },
    Partition {
        id: "aws-eusc",
        prefixes: &["eusc-de"],
        suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
    },
];

/// The partition of a region; of an unknown one, `aws`, as the SDKs have it.
pub(crate) fn of(region: &str) -> &'static Partition {
    let found = OTHERS.iter().find(|partition| {
        let global = region.strip_prefix(partition.id) == Some("-global");
        global || partition.prefixes.iter().any(|prefix| is_region_of(prefix, region))
    });
    found.unwrap_or(&AWS)
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
mod tests {
    use super::of;

    #[test]
    fn regions_and_their_partitions() {
        let cases = [
            ("eu-central-1", "aws"),
            ("mx-central-1", "aws"),
            ("us-gov-west-1", "aws-us-gov"),
            ("cn-north-1", "aws-cn"),
            ("aws-cn-global", "aws-cn"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
            ("cn-north", "aws"),
            ("local", "aws"),
        ];
        for (region, partition) in cases {
            assert_eq!(of(region).id, partition, "{region}");
        }
    }
}
