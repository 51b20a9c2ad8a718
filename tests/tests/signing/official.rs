//! Compares signatures of random requests with the official signer.

use aws_sigv4::{
    http_request::{
        self, PayloadChecksumKind, PercentEncodingMode, SessionTokenMode, SignatureLocation,
        UriPathNormalizationMode,
    },
    sign::v4,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use myrina::{
    Credentials, Timestamp,
    sign::{
        ContentSha256Header, PathEncoding, SessionToken, SignableBody, SignableRequest, SigningParams,
        SigningSettings, UriPathNormalization, presign, sign_headers,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use reqwest::Url;
use std::time::{Duration, SystemTime};

/// Header names that are signed, not signed, not signed in presigned requests, and set by the signature.
const NAMES: [&str; 10] = [
    "content-type",
    "my-header",
    "x-amz-meta-a",
    "x-amz-meta-a-b",
    "user-agent",
    "x-amzn-trace-id",
    "transfer-encoding",
    "x-amz-user-agent",
    "x-amz-checksum-mode",
    "host",
];

#[derive(Clone, Debug)]
struct Case {
    method: &'static str,
    url: Url,
    headers: Vec<(&'static str, String)>,
    payload: Body,
    credentials: Credentials,
    region: String,
    service: String,
    time: Timestamp,
    settings: SigningSettings,
    expiry: Duration,
}

#[derive(Clone, Debug)]
enum Body {
    Bytes(Vec<u8>),
    Hash(String),
    Unsigned,
    Trailer,
}

impl Case {
    fn header_map(&self) -> HeaderMap {
        let pair = |(name, value): &(&'static str, String)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        self.headers.iter().map(pair).collect()
    }

    fn params(&self) -> SigningParams<'_> {
        let Self { credentials, region, service, time, settings, .. } = self;
        SigningParams::new(credentials, region, service, *time).with_settings(*settings)
    }

    fn body(&self) -> SignableBody<'_> {
        match &self.payload {
            Body::Bytes(bytes) => SignableBody::Bytes(bytes),
            Body::Hash(hash) => SignableBody::Sha256(hash),
            Body::Unsigned => SignableBody::Unsigned,
            Body::Trailer => SignableBody::UnsignedWithTrailer,
        }
    }

    /// What the official signer adds, in order, and the signature.
    fn official(&self, location: SignatureLocation) -> (Vec<(String, String)>, String) {
        let token = self.credentials.session_token().map(str::to_owned);
        let keys = (self.credentials.access_key_id(), self.credentials.secret_access_key());
        let identity = aws_credential_types::Credentials::new(keys.0, keys.1, token, None, "test").into();
        let mut settings = aws_sigv4::http_request::SigningSettings::default();
        settings.signature_location = location;
        settings.expires_in = Some(self.expiry);
        if self.settings.path_encoding == PathEncoding::Single {
            settings.percent_encoding_mode = PercentEncodingMode::Single;
        }
        if self.settings.uri_path_normalization == UriPathNormalization::Disabled {
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        if self.settings.content_sha256_header == ContentSha256Header::Send {
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        match self.settings.session_token {
            SessionToken::Signed => {}
            SessionToken::Unsigned => settings.session_token_mode = SessionTokenMode::Exclude,
            SessionToken::S3Session => {
                let names = ["x-amz-s3session-token", "X-Amz-S3session-Token"];
                let place = usize::from(location == SignatureLocation::QueryParams);
                settings.session_token_name_override = Some(names[place]);
            }
            other => panic!("{other:?}"),
        }
        let params =
            v4::SigningParams::builder().identity(&identity).region(&self.region).name(&self.service);
        let params = params.time(SystemTime::try_from(self.time).unwrap()).settings(settings);
        let params = params.build().unwrap().into();
        let body = match &self.payload {
            Body::Bytes(bytes) => http_request::SignableBody::Bytes(bytes),
            Body::Hash(hash) => http_request::SignableBody::Precomputed(hash.clone()),
            Body::Unsigned => http_request::SignableBody::UnsignedPayload,
            Body::Trailer => http_request::SignableBody::StreamingUnsignedPayloadTrailer,
        };
        let headers = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let request =
            http_request::SignableRequest::new(self.method, self.url.as_str(), headers, body).unwrap();
        let (instructions, signature) = http_request::sign(request, &params).unwrap().into_parts();
        let (headers, query) = instructions.into_parts();
        let headers = headers.iter().map(|header| (header.name().to_owned(), header.value().to_owned()));
        let query = query.into_iter().map(|(name, value)| (name.to_owned(), value.into_owned()));
        let mut parts: Vec<_> = headers.chain(query).collect();
        parts.sort();
        (parts, signature)
    }
}

fn text(characters: &'static [char], length: usize) -> impl Strategy<Value = String> {
    vec(select(characters), 0..length).prop_map(String::from_iter)
}

/// Characters that URLs may hold as they are, that have to be encoded, and that mean something.
const ANY: &[char] = &[
    'a', 'Z', '9', '-', '.', '_', '~', '/', ':', '@', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=',
    '[', ']', '|', '^', '"', '<', '>', '{', '}', '`', '\\', ' ', 'é', '水', '🦀', '\u{7f}',
];

/// Encoded as the protocols do it, all but the unreserved characters and what `keep` has.
fn encoded(text: &str, keep: &str) -> String {
    let byte = |byte: u8| match char::from(byte) {
        c if c.is_ascii_alphanumeric() || "-._~".contains(c) || keep.contains(c) => c.to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// A path for an encoding. The official signer takes a path that is encoded once for right as it is.
fn path(encoding: PathEncoding) -> BoxedStrategy<String> {
    let encoded = text(ANY, 20).prop_map(|text| encoded(&text, "/"));
    let dotted = select(&["/../a/./b", "//", "/a//b/", "/..", "/a/b/..", "/a/.", "/%2E%2e/a"][..]);
    match encoding {
        PathEncoding::Single => prop_oneof![encoded, dotted.prop_map(str::to_owned)].boxed(),
        PathEncoding::Double => {
            prop_oneof![encoded, text(ANY, 20), dotted.prop_map(|text| format!("{text}%zz%"))].boxed()
        }
    }
}

fn query() -> impl Strategy<Value = Option<String>> {
    let word = || prop_oneof![text(ANY, 6).prop_map(|text| encoded(&text, "")), text(ANY, 6)];
    let pair = prop_oneof![
        4 => (word(), word()).prop_map(|(name, value)| format!("{name}={value}")),
        1 => word(),
        1 => select(&["a=1", "a=0", "a", "A=1", "a%20=1", "=", "a-=1", "%zz=%"][..]).prop_map(str::to_owned),
    ];
    option::of(vec(pair, 0..8).prop_map(|pairs| pairs.join("&")))
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let value = "[ -~]{0,3}[ a-z,\"]{0,12}";
    vec((select(&NAMES[..]), value), 0..8).prop_map(|fields| {
        // One host at most.
        let mut hosts = 0;
        let one = |(name, _): &(&str, String)| {
            hosts += i32::from(*name == "host");
            *name != "host" || hosts == 1
        };
        fields.into_iter().filter(one).collect()
    })
}

fn settings() -> impl Strategy<Value = SigningSettings> {
    let encoding = select(&[PathEncoding::Double, PathEncoding::Single][..]);
    let normalization = select(&[UriPathNormalization::Enabled, UriPathNormalization::Disabled][..]);
    let header = select(&[ContentSha256Header::Omit, ContentSha256Header::Send][..]);
    let token = select(&[SessionToken::Signed, SessionToken::Unsigned, SessionToken::S3Session][..]);
    (encoding, normalization, header, token).prop_map(|(encoding, normalization, header, token)| {
        SigningSettings::DEFAULT
            .with_path_encoding(encoding)
            .with_uri_path_normalization(normalization)
            .with_content_sha256_header(header)
            .with_session_token(token)
    })
}

fn url(encoding: PathEncoding) -> impl Strategy<Value = Url> {
    let base = select(
        &[
            "https://lambda.eu-central-1.amazonaws.com",
            "https://example.com:443",
            "http://example.com:8080",
            "http://localhost:80",
            "https://[::1]:9000",
        ][..],
    );
    (base, path(encoding), query()).prop_map(|(base, path, query)| {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        // A fragment would begin there, and is never sent.
        Url::parse(&format!("{base}/{path}{query}").replace('#', "%23")).unwrap()
    })
}

fn identity() -> impl Strategy<Value = Credentials> {
    let token = option::of("[A-Za-z0-9+/=]{1,60}");
    ("[A-Z0-9]{16,20}", "[!-~]{1,100}", token).prop_map(|(id, secret, token)| match token {
        Some(token) => Credentials::new(id, secret).with_session_token(token),
        None => Credentials::new(id, secret),
    })
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        vec(any::<u8>(), 0..50).prop_map(Body::Bytes),
        "[0-9a-f]{64}".prop_map(Body::Hash),
        Just(Body::Unsigned),
        Just(Body::Trailer),
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let method = select(&["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"][..]);
    let time = (0..4_102_444_800_i64, 0..1_000_000_000_u32).prop_map(|(s, n)| Timestamp::new(s, n));
    let name = || "[a-z0-9-]{1,20}";
    let request = settings().prop_flat_map(move |settings| {
        (Just(settings), method.clone(), url(settings.path_encoding), headers(), body())
    });
    let signer = (identity(), name(), name(), time, (1..=604_800_u64).prop_map(Duration::from_secs));
    (request, signer).prop_map(
        |((settings, method, url, headers, payload), (credentials, region, service, time, expiry))| Case {
            method,
            url,
            headers,
            payload,
            credentials,
            region,
            service,
            time,
            settings,
            expiry,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn signatures_equal_those_of_aws_sigv4(case in case()) {
        let headers = case.header_map();
        let query = case.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let target = format!("{}{query}", case.url.path());
        let request =
            SignableRequest::new(case.method, case.url.authority(), &target, &headers, case.body());

        let ours = sign_headers(&request, &case.params()).unwrap();
        let (theirs, signature) = case.official(SignatureLocation::Headers);
        let value = |value: &HeaderValue| value.to_str().unwrap().to_owned();
        let mut parts: Vec<_> = ours.instructions.iter().map(|(name, it)| (name.to_string(), value(it))).collect();
        parts.sort();
        let canonical = String::from_utf8_lossy(&ours.canonical_request).into_owned();
        prop_assert_eq!((parts, ours.signature.to_string()), (theirs, signature), "{}", canonical);

        let ours = presign(&request, &case.params(), case.expiry).unwrap();
        let (theirs, signature) = case.official(SignatureLocation::QueryParams);
        let mut parts: Vec<_> = ours.instructions.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        parts.sort();
        let canonical = String::from_utf8_lossy(&ours.canonical_request).into_owned();
        prop_assert_eq!((parts, ours.signature.to_string()), (theirs, signature), "{}", canonical);
    }
}
