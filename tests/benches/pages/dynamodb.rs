//! DynamoDB's `Query`: 100 orders, each with an address, lines, sets, a signature and a note.

use super::{Comparison, Page, noise};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use myrina::{Bytes, Map};
use myrina_test_services::dynamodb::query::Query;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

pub(super) fn query() -> [Comparison; 2] {
    let page = Page {
        name: "DynamoDB Query, 100 items, json",
        text: page().into_bytes(),
        library: "serde_json",
        read: |page| serde_json::from_slice::<QueryOutput>(page).expect("the page can be read"),
        write: |page| serde_json::to_vec(page).expect("the page can be written"),
    };
    page.compare::<Query>()
}

fn page() -> String {
    let items: Vec<String> = (0..100).map(item).collect();
    let items = items.join(",");
    format!(
        r#"{{"Items":[{items}],"Count":100,"ScannedCount":100,"LastEvaluatedKey":{{"pk":{{"S":"CUSTOMER#00042"}},"sk":{{"S":"ORDER#0099"}}}},"ConsumedCapacity":{{"TableName":"orders","CapacityUnits":28.5}}}}"#
    )
}

fn item(index: usize) -> String {
    let chance = noise(index);
    let signature = STANDARD.encode([chance.to_le_bytes(), noise(index + 1000).to_be_bytes()].concat());
    let lines: Vec<String> = (0..3).map(|line| self::line(index * 3 + line)).collect();
    let (lines, cents, house) = (lines.join(","), chance % 100_000, chance % 300);
    format!(
        r#"{{"pk":{{"S":"CUSTOMER#00042"}},"sk":{{"S":"ORDER#{index:04}"}},"status":{{"S":"DELIVERED"}},"total":{{"N":"{}.{:02}"}},"currency":{{"S":"EUR"}},"created":{{"N":"{}"}},"gift":{{"BOOL":{}}},"coupon":{{"NULL":true}},"note":{{"S":"Leave it at the \"back door\",\nplease. Größe M – danke!"}},"signature":{{"B":"{signature}"}},"labels":{{"SS":["express","fragile","insured"]}},"weights":{{"NS":["1.5","0.{}","12"]}},"address":{{"M":{{"name":{{"S":"Ada Lovelace"}},"street":{{"S":"{house} Marylebone Road"}},"city":{{"S":"London"}},"zip":{{"S":"NW1 5LR"}},"country":{{"S":"GB"}}}}}},"lines":{{"L":[{lines}]}}}}"#,
        cents / 100,
        cents % 100,
        1_700_000_000 + chance % 10_000_000,
        chance.is_multiple_of(2),
        chance % 1000,
    )
}

fn line(index: usize) -> String {
    let chance = noise(index + 5000);
    format!(
        r#"{{"M":{{"sku":{{"S":"SKU-{:08}"}},"title":{{"S":"Analytical engine, part {}"}},"quantity":{{"N":"{}"}},"price":{{"N":"{}.99"}},"options":{{"L":[{{"S":"brass"}},{{"S":"left-handed"}}]}}}}}}"#,
        chance % 100_000_000,
        chance % 1000,
        1 + chance % 9,
        chance % 500,
    )
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct QueryOutput {
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<Map<String, AttributeValue>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scanned_count: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_evaluated_key: Option<Map<String, AttributeValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<ConsumedCapacity>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct AttributeValue {
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<Blob>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ss: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ns: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bs: Option<Vec<Blob>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    m: Option<Map<String, AttributeValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    l: Option<Vec<AttributeValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    null: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bool: Option<bool>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConsumedCapacity {
    #[serde(skip_serializing_if = "Option::is_none")]
    table_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity_units: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_capacity_units: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_capacity_units: Option<f64>,
}

/// Bytes, in base64.
#[derive(Debug, PartialEq)]
struct Blob(Bytes);

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Base64;

        impl de::Visitor<'_> for Base64 {
            type Value = Blob;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("base64")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Blob, E> {
                STANDARD.decode(text).map(|bytes| Blob(bytes.into())).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Base64)
    }
}
