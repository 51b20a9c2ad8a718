//! A minimal HTTP client for setting the server up, independent of the code under test.

use std::io;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Sends a request and reads the response: its status and its body. `line` is method and path, `headers` are whole lines.
pub(super) async fn ask(endpoint: &str, line: &str, headers: &str, body: &str) -> io::Result<(u16, String)> {
    let host = endpoint.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await?;
    // By version 1.0 the response comes in one piece, and its end is that of the connection.
    let head = format!("{line} HTTP/1.0\r\nhost: {host}\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    stream.write_all((head + body).as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("no status in {head:?}")))?;
    Ok((status, body.to_owned()))
}
