//! The code that the build script generates is correct on the wire.

use myrina::{Client, Json, config::Environment, credentials::Credentials};
use myrina_build_script_example::{
    call,
    greetings::{greet::Greet, types::Card},
    money::{Money, Voice},
};
use serde_json::json;
use std::{
    error::Error,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread::{self, JoinHandle},
};

#[tokio::test]
async fn the_built_client_invokes() -> Result<(), Box<dyn Error>> {
    let (url, server) = serve(r#"{"size":3}"#)?;
    let client = client(url)?;
    let payload = call(&client, "thumb nail", Json::from(json!({ "key": "cat.png" }))).await?;
    assert_eq!(payload.ok_or("no payload")?.to_value()?, json!({ "size": 3 }));
    let seen = server.join().map_err(|_| "the server failed")??;
    assert_eq!(seen[0], "POST /2015-03-31/functions/thumb%20nail/invocations HTTP/1.1");
    assert!(seen.iter().any(|line| line == "content-type: application/octet-stream"), "{seen:?}");
    let signed = "authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/";
    assert!(
        seen.iter().any(|line| line.starts_with(signed) && line.contains("/us-east-1/lambda/")),
        "{seen:?}"
    );
    assert_eq!(seen.last().map(String::as_str), Some(r#"{"key":"cat.png"}"#));
    Ok(())
}

#[tokio::test]
async fn overrides_change_types_but_not_the_wire() -> Result<(), Box<dyn Error>> {
    let answer =
        r#"{"Message":"2015-01-25T08:00:00Z","Card":{"Text":"t","Money":{"Amount":"7","Currency":"EUR"}}}"#;
    let (url, server) = serve(answer)?;
    let mut card = Card::new("hello");
    card.money = Some(Money::new(12));
    let request = Greet::new("Ann", 1_i64 << 40)
        .tone(Voice(3))
        .until("whenever")
        .picture("<svg/>")
        .script(&b"\x00\xff"[..])
        .price(0.5)
        .secret_number(7)
        .card(card);
    let response = client(url)?.send(request).await?;
    assert_eq!(response.message.map(myrina::Timestamp::to_millis), Some(1_422_172_800_000));
    let money = response.card.and_then(|card| card.money);
    assert_eq!(money.map(|money| money.amount), Some(7));

    let seen = server.join().map_err(|_| "the server failed")??;
    assert_eq!(seen[0], "POST /people/Ann/greetings?tone=aaa HTTP/1.1");
    assert!(seen.iter().any(|line| line == "x-until: whenever"), "{seen:?}");
    let body: serde_json::Value = serde_json::from_str(seen.last().ok_or("no body")?)?;
    let expected = json!({
        "Script": "AP8=",
        "Picture": "PHN2Zy8+",
        "Count": 1_i64 << 40,
        "Price": "0.5",
        "Card": { "Text": "hello", "Money": { "Amount": "12" } },
        "PIN": "7",
    });
    assert_eq!(body, expected);
    Ok(())
}

fn client(url: String) -> Result<Client, myrina::Error> {
    Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .endpoint_url(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "secret"))
        .build()
}

/// Answers one request, and gives its lines: the head, then the body.
fn serve(answer: &'static str) -> io::Result<(String, JoinHandle<io::Result<Vec<String>>>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = thread::spawn(move || {
        let mut connection = BufReader::new(listener.accept()?.0);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            connection.read_line(&mut line)?;
            if line.trim_end().is_empty() {
                break;
            }
            lines.push(line.trim_end().to_owned());
        }
        let length = lines.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        connection.read_exact(&mut body)?;
        lines.push(String::from_utf8_lossy(&body).into_owned());
        write!(connection.get_mut(), "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{answer}", answer.len())?;
        Ok(lines)
    });
    Ok((url, server))
}
