//! The signed request is the sent request: the request that arrives, byte for byte, yields the signature that came with it.

use crate::{example_credentials, example_params};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use myrina::{
    Credentials, Timestamp,
    sign::{
        SessionToken, SignableBody, SignableRequest, SigningParams, SigningSettings, presign, sign_headers,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use reqwest::{Client, Request, Url};
use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

/// A request as it arrives.
struct Arrived {
    method: String,
    path: String,
    query: Option<String>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Arrived {
    fn read(mut from: impl BufRead) -> Self {
        let mut line = || {
            let mut line = Vec::new();
            from.read_until(b'\n', &mut line).unwrap();
            assert_eq!(line.split_off(line.len() - 2), b"\r\n");
            line
        };
        let first = String::from_utf8(line()).unwrap();
        let [method, target, "HTTP/1.1"] = first.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{first}")
        };
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let mut headers = HeaderMap::new();
        loop {
            let line = line();
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { break };
            let name = HeaderName::from_bytes(&line[..colon]).unwrap();
            headers.append(name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).unwrap());
        }
        let length =
            headers.get("content-length").map_or(0, |value| value.to_str().unwrap().parse().unwrap());
        let mut body = vec![0; length];
        from.read_exact(&mut body).unwrap();
        Self { method: method.into(), path: path.into(), query, headers, body }
    }

    fn target(&self) -> String {
        self.query.as_ref().map_or(self.path.clone(), |query| format!("{}?{query}", self.path))
    }

    /// What a service does: takes the header fields that the signature names, and signs anew.
    fn signed_anew(&self, params: &SigningParams<'_>) -> HeaderValue {
        let authorization = self.headers["authorization"].to_str().unwrap();
        let names = authorization.split_once("SignedHeaders=").unwrap().1.split_once(',').unwrap().0;
        let mut headers = HeaderMap::new();
        for name in names.split(';').map(|name| name.parse::<HeaderName>().unwrap()) {
            assert!(self.headers.contains_key(&name), "{name} did not arrive");
            self.headers.get_all(&name).iter().for_each(|value| _ = headers.append(&name, value.clone()));
        }
        let target = self.target();
        let body = SignableBody::Bytes(&self.body);
        let request = SignableRequest::new(&self.method, "", &target, &headers, body);
        sign_headers(&request, params).unwrap().instructions.pop().unwrap().1
    }
}

/// Takes requests one by one, hands them on and responses that there is nothing to say.
fn server() -> (SocketAddr, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let arrived = Arrived::read(BufReader::new(stream.try_clone().unwrap()));
            stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
            if sender.send(arrived).is_err() {
                return;
            }
        }
    });
    (address, receiver)
}

/// A client that sends to the local server, and what arrives there.
struct Wire {
    runtime: tokio::runtime::Runtime,
    client: Client,
    address: SocketAddr,
    arrived: Receiver<Arrived>,
}

impl Wire {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Nothing here is encrypted, but a client is not built without.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().build().unwrap();
        let (address, arrived) = server();
        Self { runtime, client, address, arrived }
    }

    fn url(&self, rest: &str) -> Url {
        Url::parse(&format!("http://{}/{rest}", self.address)).unwrap()
    }

    fn send(&self, request: Request) -> Arrived {
        self.runtime.block_on(self.client.execute(request)).unwrap();
        self.arrived.recv_timeout(Duration::from_secs(10)).unwrap()
    }
}

fn target(url: &Url) -> String {
    url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

fn check_headers(wire: &Wire, case: Case, params: &SigningParams<'_>) {
    let mut request = Request::new(case.method, wire.url(&case.rest));
    for (name, value) in case.headers {
        request.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_bytes(&value).unwrap());
    }
    let body = SignableBody::Bytes(&case.body);
    let method = request.method().as_str();
    let expected = target(request.url());
    let signable =
        SignableRequest::new(method, request.url().authority(), &expected, request.headers(), body);
    let signed = sign_headers(&signable, params).unwrap();
    signed.instructions.into_iter().for_each(|(name, value)| _ = request.headers_mut().insert(name, value));
    *request.body_mut() = Some(case.body.into());
    let arrived = wire.send(request);
    assert_eq!(arrived.target(), expected);
    assert_eq!(arrived.signed_anew(params), arrived.headers["authorization"]);
}

fn check_presigned(wire: &Wire, rest: &str, params: &SigningParams<'_>) {
    let mut url = wire.url(rest);
    let headers = HeaderMap::new();
    let path_and_query = target(&url);
    let request =
        SignableRequest::new("GET", url.authority(), &path_and_query, &headers, SignableBody::Unsigned);
    let signed = presign(&request, params, Duration::from_mins(1)).unwrap();
    let query = url.query().map(|query| format!("{query}&")).unwrap_or_default() + &signed.to_query();
    let expected = format!("{}?{query}", url.path());
    url.set_query(Some(&query));
    let arrived = wire.send(Request::new(Method::GET, url));
    assert_eq!(arrived.target(), expected);

    // What a service does: takes the signature away, and works out the same canonical request from what is left.
    let target = arrived.target();
    let target = target.split_once("&X-Amz-Signature=").unwrap().0;
    let settings = params.settings.with_session_token(SessionToken::Signed);
    let fields: HeaderMap = arrived
        .headers
        .iter()
        .filter(|(name, _)| *name == "host")
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    let request = SignableRequest::new(&arrived.method, "", target, &fields, SignableBody::Unsigned);
    let nobody = Credentials::new("", "");
    let params =
        SigningParams::new(&nobody, params.region, params.service, params.time).with_settings(settings);
    let again = sign_headers(&request, &params).unwrap();
    let lines = |request: &[u8]| {
        String::from_utf8_lossy(request).lines().take(4).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&again.canonical_request), lines(&signed.canonical_request));
}

#[derive(Clone, Debug)]
struct Case {
    method: Method,
    /// Path and query as someone hands them over.
    rest: String,
    headers: Vec<(&'static str, Vec<u8>)>,
    body: Vec<u8>,
}

/// Everything that a URL library may write anew, and whatever is an ASCII character.
const PIECES: [&str; 40] = [
    "a", "Z", "%2F", "%2f", "%2e", "..", ".", "/", "//", "\\", "%5C", "%", "%%", "%zz", "%25", "%00",
    "%0d%0a", "%FF", "+", " ", "\t", "\r\n", ":", "@", "!", "$", "&", "'", "(", ")", "*", ",", ";", "=", "[",
    "]", "|", "^", "é", "🦀",
];

fn case() -> impl Strategy<Value = Case> {
    let method = select(&[Method::GET, Method::POST, Method::PUT, Method::DELETE][..]);
    let piece = || prop_oneof![select(&PIECES[..]).prop_map(str::to_owned), "[ -~]{1,3}"];
    let path = vec(piece(), 0..12).prop_map(|pieces| pieces.concat().replace(['?', '#'], "~"));
    let query = option::of(vec(piece(), 0..12).prop_map(|pieces| pieces.concat().replace('#', "?")));
    let names =
        select(&["my-header", "content-type", "x-amz-meta-a", "user-agent", "accept", "x-amz-date"][..]);
    // Any byte that a header field may hold.
    let byte = prop_oneof![Just(b' '), Just(b'\t'), Just(b','), b'!'..=b'~', 128..=255_u8];
    let headers = vec((names, vec(byte, 0..12)), 0..6);
    let body = vec(any::<u8>(), 0..20);
    (method, path, query, headers, body).prop_map(|(method, path, query, headers, body)| {
        let rest = query.map_or(path.clone(), |query| format!("{path}?{query}"));
        Case { method, rest, headers, body }
    })
}

#[test]
fn the_signed_request_is_the_sent_request() {
    let wire = Wire::new();
    let credentials = example_credentials().with_session_token("a/token+of=characters");
    let s3 = example_params(&credentials);
    let others = s3.with_settings(SigningSettings::default()).with_time(Timestamp::EPOCH);
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(case in case())| {
        check_presigned(&wire, &case.rest, &s3);
        check_presigned(&wire, &case.rest, &others);
        check_headers(&wire, case.clone(), &s3);
        check_headers(&wire, case, &others);
    });
}
