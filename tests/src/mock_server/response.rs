//! Scripted responses.

use std::{
    io::{self, Write},
    net::{Shutdown, TcpStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// One answer: what is written, and when.
#[derive(Clone, Debug, Default)]
pub struct MockResponse {
    status: u16,
    headers: Vec<(String, String)>,
    steps: Vec<Step>,
    delay: Duration,
    chunked: bool,
    /// The `Content-Length` that is reported, if it is not the body's.
    promised: Option<usize>,
    /// Close the connection after the last step, or before the first.
    hang_up: Option<HangUp>,
}

#[derive(Clone, Debug)]
enum Step {
    Bytes(Vec<u8>),
    Pause(Duration),
    Wait(Gate),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HangUp {
    Before,
    After,
}

/// Something that a server waits for until the test opens it. Clones are the same gate.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    open: bool,
    passed: Option<Instant>,
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens it, for good.
    pub fn open(&self) {
        self.state().open = true;
        self.0.1.notify_all();
    }

    /// When the server went through; `None` as long as it has not.
    pub fn passed(&self) -> Option<Instant> {
        self.state().passed
    }

    /// A test that has failed opens nothing any more, so nobody waits forever: the server gives up.
    fn wait(&self) -> io::Result<()> {
        let limit = Duration::from_secs(30);
        let waited = self.0.1.wait_timeout_while(self.state(), limit, |state| !state.open);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !state.open {
            return Err(io::ErrorKind::TimedOut.into());
        }
        state.passed = Some(Instant::now());
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MockResponse {
    /// A response with this status, without body.
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// A response with status 200 and this body.
    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new(200).body(body)
    }

    /// The connection is closed when the request is there.
    pub fn disconnect() -> Self {
        Self { hang_up: Some(HangUp::Before), ..Self::default() }
    }

    /// With a header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With these bytes at the end of the body.
    #[must_use]
    pub fn body(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.steps.push(Step::Bytes(bytes.as_ref().to_vec()));
        self
    }

    /// With a pause before what is added next to the body.
    #[must_use]
    pub fn pause(mut self, duration: Duration) -> Self {
        self.steps.push(Step::Pause(duration));
        self
    }

    /// Waiting for `gate` before what is added next to the body.
    #[must_use]
    pub fn wait_for(mut self, gate: &Gate) -> Self {
        self.steps.push(Step::Wait(gate.clone()));
        self
    }

    /// In chunks, one for each time that bytes were added, without `Content-Length`.
    #[must_use]
    pub fn chunked(mut self) -> Self {
        self.chunked = true;
        self
    }

    /// After a while.
    #[must_use]
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Broken off: the head promises `length` bytes (or, in chunks, more of them), and after the body the connection closes.
    #[must_use]
    pub fn cut(mut self, length: usize) -> Self {
        self.promised = Some(length);
        self.closing()
    }

    /// Closing the connection afterwards.
    #[must_use]
    pub fn closing(mut self) -> Self {
        self.hang_up = Some(HangUp::After);
        self
    }

    /// Writes the response. Returns whether the connection goes on.
    pub(super) fn send(&self, out: &mut TcpStream) -> io::Result<bool> {
        thread::sleep(self.delay);
        if self.hang_up != Some(HangUp::Before) {
            out.write_all(self.head().as_bytes())?;
            self.write_body(out)?;
        }
        if self.hang_up.is_some() {
            out.shutdown(Shutdown::Both)?;
        }
        Ok(self.hang_up.is_none())
    }

    fn head(&self) -> String {
        let mut head = vec![format!("HTTP/1.1 {} Scripted", self.status)];
        head.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        // These have no body, and so no length.
        let bodiless = matches!(self.status, 204 | 304);
        if self.chunked {
            head.push("Transfer-Encoding: chunked".to_owned());
        } else if !bodiless {
            let lengths =
                self.steps.iter().map(|step| if let Step::Bytes(bytes) = step { bytes.len() } else { 0 });
            head.push(format!("Content-Length: {}", self.promised.unwrap_or(lengths.sum())));
        }
        head.join("\r\n") + "\r\n\r\n"
    }

    fn write_body(&self, out: &mut TcpStream) -> io::Result<()> {
        for step in &self.steps {
            match step {
                Step::Pause(duration) => thread::sleep(*duration),
                Step::Wait(gate) => gate.wait()?,
                Step::Bytes(bytes) if self.chunked => {
                    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
                    chunk.extend(bytes);
                    chunk.extend(b"\r\n");
                    out.write_all(&chunk)?;
                }
                Step::Bytes(bytes) => out.write_all(bytes)?,
            }
        }
        if self.chunked && self.promised.is_none() { out.write_all(b"0\r\n\r\n") } else { Ok(()) }
    }
}
