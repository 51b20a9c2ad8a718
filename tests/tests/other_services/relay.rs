//! A proxy to the server that counts bytes and can hold them back.

use myrina_tests::BoxError;
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};

/// Listens on the loopback, and hands on what comes, either way.
pub(super) struct Relay {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(super) url: String,
    /// How many bytes went to the server.
    pub(super) sent: watch::Receiver<usize>,
    /// How many bytes may still come from it.
    pub(super) allowed: Arc<Semaphore>,
}

impl Relay {
    /// A way to the server at `endpoint`, on which at first this many bytes may come back.
    pub(super) async fn start(endpoint: &str, allowed: usize) -> Result<Self, BoxError> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (counter, sent) = watch::channel(0);
        let relay = Self { url, sent, allowed: Arc::new(Semaphore::new(allowed)) };
        let (server, allowed) =
            (endpoint.trim_start_matches("http://").to_owned(), Arc::clone(&relay.allowed));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(&server).await else { return };
                hand_on(client, server, counter.clone(), Arc::clone(&allowed));
            }
        });
        Ok(relay)
    }
}

/// An error is the end of a direction: the client sees it, and the test with it.
fn hand_on(client: TcpStream, server: TcpStream, counter: watch::Sender<usize>, allowed: Arc<Semaphore>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::spawn(async move {
        let mut buffer = vec![0; 16 << 10];
        while let Ok(length @ 1..) = from_client.read(&mut buffer).await {
            if to_server.write_all(&buffer[..length]).await.is_err() {
                return;
            }
            counter.send_modify(|sent| *sent += length);
        }
    });
    tokio::spawn(async move {
        let mut buffer = vec![0; 16 << 10];
        while let Ok(length @ 1..) = from_server.read(&mut buffer).await {
            let Ok(permits) = allowed.acquire_many(u32::try_from(length).unwrap_or(u32::MAX)).await else {
                return;
            };
            permits.forget();
            if to_client.write_all(&buffer[..length]).await.is_err() {
                return;
            }
        }
    });
}
