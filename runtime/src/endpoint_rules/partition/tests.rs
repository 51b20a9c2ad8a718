use super::{PARTITIONS, Partition, of_region};
use serde_json::Value as Json;
use std::path::Path;

#[test]
fn regions_belong_to_partitions() {
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
        assert_eq!(of_region(region).id, partition, "{region}");
    }
}

/// The regular expression that the prefixes of a partition stand for, without redundant escapes.
fn pattern(partition: &Partition) -> String {
    match partition.prefixes {
        [one] => format!(r"^{one}-\w+-\d+$"),
        several => format!(r"^({})-\w+-\d+$", several.join("|")),
    }
}

#[test]
fn partitions_match_botocore() {
    let Some(folder) = std::env::var_os("MYRINA_BOTOCORE_DATA") else {
        println!("MYRINA_BOTOCORE_DATA is not set: skipping the comparison of partitions");
        return;
    };
    let file = Path::new(&folder).join("partitions.json");
    let json: Json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let theirs = json["partitions"].as_array().unwrap();
    let names: Vec<_> = theirs.iter().map(|theirs| theirs["id"].as_str().unwrap()).collect();
    assert_eq!(names, PARTITIONS.each_ref().map(|ours| ours.id));
    for (ours, theirs) in PARTITIONS.iter().zip(theirs) {
        let described = ours.to_value();
        for (name, output) in theirs["outputs"].as_object().unwrap() {
            let ours = described.get(name).unwrap();
            assert_eq!((ours.as_str(), ours.as_bool()), (output.as_str(), output.as_bool()), "{name}");
        }
        let regex = theirs["regionRegex"].as_str().unwrap().replace(r"\-", "-").replace("(de)", "de");
        assert_eq!(pattern(ours), regex);
        for (region, outputs) in theirs["regions"].as_object().unwrap() {
            assert_eq!(of_region(region).id, ours.id, "{region}");
            let own = outputs.as_object().unwrap().keys().find(|key| *key != "description");
            assert_eq!(own, None, "{region} has outputs of its own, which the table cannot hold");
        }
    }
}
