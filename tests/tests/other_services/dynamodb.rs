//! DynamoDB: json 1.0, and recursive values.

use myrina::{Bytes, Client, Map, lens::OptionalLens as _};
use myrina_test_services::dynamodb::{
    errors::{ConditionalCheckFailedException, ResourceNotFoundException},
    put_item::PutItem,
    query::Query,
    types::AttributeValue,
};
use myrina_tests::{BoxError, ministack::Ministack};

const TABLE: &str = "pictures";

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(number: i32) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// One of each kind of value.
fn item(index: i32) -> Map<String, AttributeValue> {
    let size = AttributeValue::L([120, 80].map(number).into());
    let tags = AttributeValue::Ss(["cat", "größe"].map(str::to_owned).into());
    let nested = AttributeValue::M(named([("size", size), ("none", AttributeValue::Null(true))]));
    named([
        ("album", text("cats")),
        ("number", number(index)),
        ("tags", tags),
        ("bytes", AttributeValue::B(Bytes::from_static(b"\0\xff"))),
        ("public", AttributeValue::Bool(false)),
        ("nested", nested),
    ])
}

fn named<const N: usize>(values: [(&str, AttributeValue); N]) -> Map<String, AttributeValue> {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(super) async fn puts_and_finds(server: &Ministack, client: &Client) -> Result<(), BoxError> {
    let table = r#"{"TableName":"pictures","BillingMode":"PAY_PER_REQUEST",
        "KeySchema":[{"AttributeName":"album","KeyType":"HASH"},{"AttributeName":"number","KeyType":"RANGE"}],
        "AttributeDefinitions":[{"AttributeName":"album","AttributeType":"S"},{"AttributeName":"number","AttributeType":"N"}]}"#;
    let headers =
        "content-type: application/x-amz-json-1.0\r\nx-amz-target: DynamoDB_20120810.CreateTable\r\n";
    server.ask("dynamodb", "POST /", headers, table).await?;

    for number in [1, 2, 10] {
        client.send(PutItem::new(TABLE, item(number))).await?;
    }
    let query = || {
        Query::new(TABLE)
            .key_condition_expression("album = :album AND #n > :number")
            .expression_attribute_names([("#n", "number")])
            .expression_attribute_values([(":album", text("cats")), (":number", number(1))])
    };
    let found = client.send(query()).await?;
    assert_eq!((found.count, found.scanned_count, found.last_evaluated_key), (Some(2), Some(2), None));
    let [two, ten] = &found.items.ok_or("no items")?[..] else { panic!("not two items") };
    // A number is text as a round trip; the order of an item's attributes is the server's.
    for (found, expected) in [(two, item(2)), (ten, item(10))] {
        assert_eq!(found.len(), expected.len());
        for (name, value) in &expected {
            assert_eq!(found.get(name), Some(value), "{name}");
        }
    }

    let page = client.send(query().limit(1).scan_index_forward(false)).await?;
    assert_eq!(page.items.ok_or("no items")?[0]["number"], number(10));
    let last = page.last_evaluated_key.ok_or("no key to go on from")?;
    let page = client.send(query().scan_index_forward(false).exclusive_start_key(last)).await?;
    assert_eq!(page.items.ok_or("no items")?[0]["number"], number(2));
    Ok(())
}

/// An error with data of its own: the item that was in the way.
pub(super) async fn refuses(client: &Client) -> Result<(), BoxError> {
    let once = PutItem::new(TABLE, item(1))
        .condition_expression("attribute_not_exists(album)")
        .return_values_on_condition_check_failure("ALL_OLD");
    let error = client.send(once).await.err().ok_or("not rejected")?;
    let data = ConditionalCheckFailedException::IN_ERROR.preview(&error).ok_or("not that error")?;
    let found = data.item.as_ref().and_then(|item| item.get("number"));
    assert_eq!(found, Some(&number(1)), "{error}");

    let error = client.send(PutItem::new("no-such-table", item(1))).await.err().ok_or("not rejected")?;
    assert!(error.modeled::<ResourceNotFoundException>().is_some(), "{error}");
    Ok(())
}
