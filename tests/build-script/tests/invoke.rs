//! What was generated when this crate was built is right on the wire.

use myrina::{Client, Json, config::Environment, credentials::Credentials};
use myrina_build_script_example::call;
use serde_json::json;
use std::{
    error::Error,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread::{self, JoinHandle},
};

#[tokio::test]
async fn invokes() -> Result<(), Box<dyn Error>> {
    let (url, server) = serve(r#"{"size":3}"#)?;
    let client = Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .endpoint_url(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "secret"))
        .build()?;
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
