//! An HTTP server on the loopback that returns scripted responses and records requests.

mod request;
mod response;

pub use request::RecordedRequest;
pub use response::{Gate, MockResponse};

use request::Reader;
use std::{
    collections::VecDeque,
    io,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

/// An HTTP/1.1 server on the loopback that gives each request the next answer of its script.
///
/// It knows nothing of AWS: what it records is what came over the wire. It ends when it is dropped.
pub struct MockServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    script: Mutex<VecDeque<MockResponse>>,
    requests: Mutex<Vec<RecordedRequest>>,
    connections: AtomicUsize,
    /// Bytes of bodies, as they come.
    received: AtomicUsize,
    ended: AtomicBool,
}

impl MockServer {
    /// A server with these responses. A request beyond them gets status 599.
    ///
    /// Fails if no port is free.
    pub fn start(script: impl IntoIterator<Item = MockResponse>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect()),
            requests: Mutex::new(Vec::new()),
            connections: AtomicUsize::new(0),
            received: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
        });
        let server = Self { address: listener.local_addr()?, shared: Arc::clone(&shared) };
        thread::spawn(move || accept(&listener, &shared));
        Ok(server)
    }

    /// Its address: `http://127.0.0.1:40404`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its address and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests that came so far, each with its whole body.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.shared.requests).clone()
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// The number of bytes of bodies so far, those of unfinished requests included.
    pub fn received(&self) -> usize {
        self.shared.received.load(Ordering::SeqCst)
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts; should it fail, that thread is gone already.
        let _ = TcpStream::connect(self.address);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.ended.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let shared = Arc::clone(shared);
        // An error is the end of the connection: the client sees it, and the test with it.
        thread::spawn(move || serve(stream, &shared));
    }
}

/// Answers the requests of one connection in turn.
fn serve(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = Reader::new(stream);
    while let Some(mut request) = reader.head()? {
        let reply = lock(&shared.script).pop_front();
        let reply = reply.unwrap_or_else(|| MockResponse::new(599).body("the script has ended"));
        reader.body(&mut request, &mut |bytes| {
            shared.received.fetch_add(bytes, Ordering::SeqCst);
        })?;
        lock(&shared.requests).push(request);
        if !reply.send(&mut writer)? {
            break;
        }
    }
    Ok(())
}
