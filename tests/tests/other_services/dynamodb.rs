//! DynamoDB: json 1.0, and recursive values.

use myrina::{Client, Map, lens::OptionalLens as _};
use myrina_test_services::dynamodb::{
    errors::{ConditionalCheckFailedException, ResourceNotFoundException},
    put_item::PutItem,
    query::Query,
    types::AttributeValue,
};
use myrina_tests::{BoxError, ministack::Ministack};

const TABLE: &str = "pictures";

/// One of each kind of value.
fn item(index: i32) -> Map<String, AttributeValue> {
    let tags = AttributeValue::Ss(["cat", "größe"].map(str::to_owned).into());
    let nested = [("size", AttributeValue::from([120, 80])), ("none", None::<i32>.into())];
    let item = [
        ("album", AttributeValue::from("cats")),
        ("number", index.into()),
        ("tags", tags),
        ("bytes", b"\0\xff".into()),
        ("public", false.into()),
        ("nested", nested.into()),
    ];
    item.map(|(name, value)| (name.to_owned(), value)).into()
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
            .expression_attribute_values([(":album", AttributeValue::from("cats")), (":number", 1.into())])
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
    assert_eq!(page.items.ok_or("no items")?[0]["number"].as_n(), Some("10"));
    let last = page.last_evaluated_key.ok_or("no key to go on from")?;
    let page = client.send(query().scan_index_forward(false).exclusive_start_key(last)).await?;
    assert_eq!(page.items.ok_or("no items")?[0]["number"].as_n(), Some("2"));
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
    assert_eq!(found, Some(&1.into()), "{error}");

    let error = client.send(PutItem::new("no-such-table", item(1))).await.err().ok_or("not rejected")?;
    assert!(error.modeled::<ResourceNotFoundException>().is_some(), "{error}");
    Ok(())
}

/// README's two examples, whose lines are here as they are there, against a table `notes`.
pub(super) async fn runs_the_examples_of_the_readme(
    server: &Ministack,
    client: &Client,
) -> Result<(), BoxError> {
    use myrina_test_services::dynamodb::types::{from_item, to_item};

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Note {
        id: String,
        note: String,
        stars: Option<u8>,
    }

    let table = r#"{"TableName":"notes","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}"#;
    let headers =
        "content-type: application/x-amz-json-1.0\r\nx-amz-target: DynamoDB_20120810.CreateTable\r\n";
    server.ask("dynamodb", "POST /", headers, table).await?;

    client.send(PutItem::new("notes", [("id", "1"), ("note", "buy tea")])).await?;
    let note = Note { id: "2".to_owned(), note: "drink it".to_owned(), stars: None };
    client.send(PutItem::new("notes", to_item(&note)?)).await?;
    let mut seen = Vec::new();
    for id in ["1", "2"] {
        let query = Query::new("notes")
            .key_condition_expression("id = :id")
            .expression_attribute_values([(":id", id)]);
        for item in client.send(query).await?.items.unwrap_or_default() {
            seen.push(item["note"].as_s().unwrap_or_default().to_owned());
            let note: Note = from_item(item)?;
            seen.push(note.note);
            assert_eq!((note.id.as_str(), note.stars), (id, None));
        }
    }
    assert_eq!(seen, ["buy tea", "buy tea", "drink it", "drink it"]);
    Ok(())
}
