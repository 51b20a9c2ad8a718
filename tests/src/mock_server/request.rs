//! Recorded requests.

use std::{
    fmt,
    io::{self, BufRead as _, BufReader, Read},
};

/// A request, byte for byte.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: String,
    /// The path and the query.
    pub target: Vec<u8>,
    /// The header fields in the order in which they came, their names as they were written.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, without chunks around it.
    pub body: Vec<u8>,
}

impl RecordedRequest {
    /// The path and the query, as text.
    pub fn uri(&self) -> String {
        String::from_utf8_lossy(&self.target).into_owned()
    }

    /// The first header field of this name, in whatever case, as text.
    pub fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().find(|header| header.0.eq_ignore_ascii_case(name));
        found.map(|header| String::from_utf8_lossy(&header.1).into_owned())
    }

    /// The body, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn is_chunked(&self) -> bool {
        self.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
    }

    fn content_length(&self) -> io::Result<usize> {
        let length = self.header("content-length");
        length.map_or(Ok(0), |text| text.parse().map_err(|_| broken("Content-Length is no number")))
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.uri())?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {}", String::from_utf8_lossy(value))?;
        }
        write!(f, "\n{}", self.text())
    }
}

/// Reads requests from a connection.
pub(super) struct Reader<R>(BufReader<R>);

impl<R: Read> Reader<R> {
    pub(super) fn new(connection: R) -> Self {
        Self(BufReader::new(connection))
    }

    /// The next request without its body; `None` where the client has closed the connection.
    pub(super) fn head(&mut self) -> io::Result<Option<RecordedRequest>> {
        let first = self.line()?;
        if first.is_empty() {
            return Ok(None);
        }
        let mut words = first.split(|byte| *byte == b' ');
        let mut word = || words.next().unwrap_or_default().to_vec();
        let method = String::from_utf8_lossy(&word()).into_owned();
        let mut request = RecordedRequest { method, target: word(), ..RecordedRequest::default() };
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(Some(request));
            }
            let colon =
                line.iter().position(|byte| *byte == b':').ok_or_else(|| broken("a header has no colon"))?;
            let (name, value) = line.split_at(colon);
            let value = value.trim_ascii_start().strip_prefix(b":").unwrap_or_default().trim_ascii();
            request.headers.push((String::from_utf8_lossy(name).into_owned(), value.to_vec()));
        }
    }

    /// The body of `request`, `arrived` being asked of every piece.
    pub(super) fn body(
        &mut self,
        request: &mut RecordedRequest,
        arrived: &mut dyn FnMut(usize),
    ) -> io::Result<()> {
        if !request.is_chunked() {
            return self.bytes(request.content_length()?, &mut request.body, arrived);
        }
        loop {
            let line = String::from_utf8_lossy(&self.line()?).into_owned();
            let length = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16)
                .map_err(|_| broken("the size of a chunk is no number"))?;
            self.bytes(length, &mut request.body, arrived)?;
            self.line()?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    fn bytes(&mut self, length: usize, into: &mut Vec<u8>, arrived: &mut dyn FnMut(usize)) -> io::Result<()> {
        let mut missing = length;
        while missing > 0 {
            let available = self.0.fill_buf()?;
            let taken = available.get(..missing).unwrap_or(available).to_vec();
            if taken.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.0.consume(taken.len());
            missing -= taken.len();
            arrived(taken.len());
            into.extend(taken);
        }
        Ok(())
    }

    /// A line without its end; empty at the end of the connection.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.0.read_until(b'\n', &mut line)?;
        Ok(line.trim_ascii_end().to_vec())
    }
}

fn broken(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
