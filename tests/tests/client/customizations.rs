//! Customizations, seen on the wire, for services of the same shape as those that need them.

mod presigned;
mod s3;

use crate::{client_of, server};
use http::HeaderValue;
use myrina::{
    ByteStream, Client, Error, ErrorKind,
    codec::{CodecError, Structure},
    codegen::{Operation, OperationSchema, ServiceSchema, protocol, structure},
    config::Environment,
    credentials::Credentials,
    customizations::{cloud_search, glacier, header, iam, machine_learning, route53, sso_oidc, text},
    http::RequestBody,
    operation::{CallContext, HookError, Interceptor, Request},
};
use myrina_tests::{MockResponse, RecordedRequest};

/// A request, its response, and the operation.
macro_rules! operation {
    ($request:ident => $response:ident $service:ident $method:literal $uri:literal $($customization:expr),*) => {
        impl myrina::codegen::Operation for $request {
            type Response = $response;
            const SCHEMA: &'static OperationSchema = &OperationSchema::new(
                &$service,
                stringify!($request),
                $method,
                $uri,
                myrina::codec::structure::<$request>(""),
                myrina::codec::structure::<$response>(""),
            )
            .interceptors({
                const ALL: &[&dyn myrina::operation::Interceptor] = &[$(&$customization),*];
                ALL
            });
        }
    };
}

/// A structure with all its derives.
macro_rules! shape {
    ($name:ident new($($argument:tt)*) { $($index:literal $lens:ident $field:ident: $kind:ident $type:ty = $member:expr;)* }) => {
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub(crate) struct $name {
            $(pub(crate) $field: $crate::customizations::field!($kind $type),)*
        }

        structure! {
            $name "Shape" new($($argument)*) { $($index $lens $field: $kind $type = $member;)* }
        }
    };
}

macro_rules! field {
    (required $type:ty) => { $type };
    (optional $type:ty) => { Option<$type> };
    (list $type:ty) => { Option<Vec<$type>> };
    (map $key:ty, $type:ty) => { Option<myrina::Map<$key, $type>> };
}

pub(crate) use {field, operation, shape};

shape! { Empty new() {} }

/// The only request that came because of `input`.
async fn sent<O: Operation>(input: O, reply: &str) -> (RecordedRequest, Result<O::Response, Error>) {
    let server = server([MockResponse::ok(reply)]);
    let answer = client_of(&server).build().unwrap().send(input).await;
    let [request] = &server.requests()[..] else { panic!("not one request: {:?}", answer.err()) };
    (request.clone(), answer)
}

/// The error of an input that is not sent.
async fn rejected<O: Operation>(input: O) -> String {
    let server = server([]);
    let answer = client_of(&server).build().unwrap().send(input).await;
    assert!(server.requests().is_empty());
    let error = answer.expect_err("it was sent");
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error}");
    error.to_string()
}

// Glacier.

const GLACIER_RULES: &[&dyn Interceptor] = &[&glacier::Version, &glacier::DefaultAccountId];
const GLACIER: ServiceSchema =
    ServiceSchema::new("Glacier", "glacier", "2012-06-01", "glacier", &protocol::REST_JSON)
        .interceptors(GLACIER_RULES);

#[non_exhaustive]
pub(crate) struct Upload {
    pub(crate) account: Option<String>,
    pub(crate) checksum: Option<String>,
    pub(crate) body: Option<ByteStream>,
}

structure! {
    Upload "UploadArchiveInput" new() {
        0 ACCOUNT account: optional String = string("accountId").label("accountId");
        1 CHECKSUM checksum: optional String = string("checksum").header("x-amz-sha256-tree-hash");
        2 BODY body: optional ByteStream = stream("body").payload();
    }
}

operation! { Upload => Empty GLACIER "POST" "/{accountId}/vaults" glacier::Checksums }

#[tokio::test]
async fn glacier_sends_version_account_id_and_tree_hashes() {
    // SHA-256 of `abc`, as FIPS 180-2 has it: a body of one leaf is its own tree.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let (request, _) = sent(Upload::new().body(ByteStream::from("abc")), "").await;
    assert_eq!(request.uri(), "/-/vaults");
    assert_eq!(request.header("x-amz-glacier-version").as_deref(), Some("2012-06-01"));
    assert_eq!(request.header("x-amz-content-sha256").as_deref(), Some(ABC));
    assert_eq!(request.header("x-amz-sha256-tree-hash").as_deref(), Some(ABC));
    let signed = request.header("authorization").unwrap();
    assert!(
        signed.contains("x-amz-glacier-version") && signed.contains("x-amz-sha256-tree-hash"),
        "{signed}"
    );

    let own = Upload::new().account("123").checksum("given").body(ByteStream::from("abc"));
    let (request, _) = sent(own, "").await;
    assert_eq!(request.uri(), "/123/vaults");
    assert_eq!(request.header("x-amz-sha256-tree-hash").as_deref(), Some("given"));

    let streamed = ByteStream::from_body(Endless);
    let error = rejected(Upload::new().body(streamed)).await;
    assert!(error.contains("the hash of the body before the body"), "{error}");
}

/// A body of which nobody knows the length.
struct Endless;

impl http_body::Body for Endless {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

// Route 53 and API Gateway.

const ROUTE_53_RULES: &[&dyn Interceptor] = &[&route53::StripIdPrefix, &header::AcceptJson];
const ROUTE_53: ServiceSchema =
    ServiceSchema::new("Route 53", "route53", "2013-04-01", "route53", &protocol::REST_JSON)
        .interceptors(ROUTE_53_RULES);

shape! {
    Zone new(id: required String) {
        0 ID id: required String = string("Id").required().label("Id");
        1 SET set: optional String = string("DelegationSetId").query("set");
        2 OTHER other: optional String = string("Comment").query("comment");
    }
}
operation! { Zone => Empty ROUTE_53 "GET" "/zones/{Id}" header::ApiVersion }

#[tokio::test]
async fn route_53_ids_lose_their_prefix_and_api_gateway_gets_its_accept_header() {
    for (id, path) in [
        ("/hostedzone/Z1", "/zones/Z1?"),
        ("change/C1", "/zones/C1?"),
        ("Z1", "/zones/Z1?"),
        ("/other/Z1", "/zones/%2Fother%2FZ1?"),
    ] {
        let zone = Zone::new(id).set("/delegationset/N1").other("/hostedzone/Z1");
        let (request, _) = sent(zone, "{}").await;
        assert_eq!(request.uri(), format!("{path}set=N1&comment=%2Fhostedzone%2FZ1"));
        assert_eq!(request.header("accept").as_deref(), Some("application/json"));
        assert_eq!(request.header("x-amz-api-version").as_deref(), Some("2013-04-01"));
    }
}

// CloudSearch's domains.

const SEARCHES: ServiceSchema = ServiceSchema::new(
    "CloudSearch Domain",
    "cloudsearchdomain",
    "2013-01-01",
    "cloudsearchdomain",
    &protocol::REST_JSON,
);

shape! {
    Search new(query: required String) {
        0 QUERY query: required String = string("query").required().query("q");
    }
}
operation! { Search => Empty SEARCHES "GET" "/2013-01-01/search?format=sdk" cloud_search::SearchForm }

#[tokio::test]
async fn cloud_search_sends_searches_as_forms() {
    let (request, _) = sent(Search::new("a b&c"), "{}").await;
    assert_eq!((request.method.as_str(), request.uri().as_str()), ("POST", "/2013-01-01/search"));
    assert_eq!(request.text(), "format=sdk&q=a%20b%26c");
    assert_eq!(request.header("content-type").as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("content-length").as_deref(), Some("22"));
}

// IAM.

const IAM: ServiceSchema = ServiceSchema::new("IAM", "iam", "2010-05-08", "iam", &protocol::REST_JSON);

shape! { Version new() { 0 DOCUMENT document: optional String = string("Document"); } }
shape! {
    Policies new() {
        0 DOCUMENT document: optional String = string("PolicyDocument");
        1 VERSIONS versions: list Version = list("Versions", &structure::<Version>(""));
        2 NAME name: optional String = string("PolicyName");
    }
}
shape! { GetPolicies new() {} }
operation! { GetPolicies => Policies IAM "GET" "/" iam::Policies }

#[tokio::test]
async fn iam_policies_are_percent_decoded() {
    let reply = r#"{"PolicyDocument":"%7B%22a%22%3A%22%C3%A4%2B+%22%7D","Versions":[{"Document":"%7B%7D"},{},{"Document":"{\"a\":\"%7B\"}"}],"PolicyName":"a%20b"}"#;
    let (_, policies) = sent(GetPolicies::new(), reply).await;
    let policies = policies.unwrap();
    assert_eq!(policies.document.as_deref(), Some(r#"{"a":"ä++"}"#));
    assert_eq!(policies.name.as_deref(), Some("a%20b"));
    let versions: Vec<_> = policies.versions.unwrap().into_iter().map(|version| version.document).collect();
    assert_eq!(versions, [Some("{}".to_owned()), None, Some(r#"{"a":"%7B"}"#.to_owned())]);
}

// Identity Center's OpenID Connect.

const OIDC: ServiceSchema =
    ServiceSchema::new("SSO OIDC", "sso-oidc", "2019-06-10", "oidc", &protocol::REST_JSON);

shape! { CreateToken new() {} }
operation! { CreateToken => Empty OIDC "POST" "/token" sso_oidc::OauthErrors }

#[tokio::test]
async fn sso_oidc_error_descriptions_become_messages() {
    for (body, message) in [
        (r#"{"error":"invalid_grant","error_description":"too late"}"#, Some("too late")),
        (r#"{"message":"own","error_description":"too late"}"#, Some("own")),
        (r#"{"error_description":7}"#, None),
        ("no JSON", None),
    ] {
        let server =
            server([MockResponse::new(400).header("x-amzn-errortype", "InvalidGrantException").body(body)]);
        let error = client_of(&server).build().unwrap().send(CreateToken::new()).await.err().unwrap();
        let ErrorKind::Service(error) = error.kind() else { panic!("{error}") };
        assert_eq!((error.code(), error.message()), (Some("InvalidGrantException"), message), "{body}");
    }
}

// Machine Learning.

const LEARNING: ServiceSchema = ServiceSchema::new(
    "Machine Learning",
    "machinelearning",
    "2014-12-12",
    "machinelearning",
    &protocol::AWS_JSON,
);

shape! {
    Predict new(endpoint: required String) {
        0 ENDPOINT endpoint: required String = string("PredictEndpoint").required();
    }
}
operation! { Predict => Empty LEARNING "POST" "/" machine_learning::PredictEndpoint }

#[tokio::test]
async fn machine_learning_predictions_go_to_the_predict_endpoint() {
    let server = server([MockResponse::ok("{}"), MockResponse::ok("{}")]);
    let region = || {
        let credentials = Credentials::new("AKIDEXAMPLE", crate::SECRET);
        Client::builder().environment(Environment::empty()).region("eu-west-1").credentials(credentials)
    };
    let client = region().build().unwrap();
    client.send(Predict::new(server.url())).await.unwrap();
    client_of(&server).build().unwrap().send(Predict::new("https://elsewhere.example.com")).await.unwrap();
    assert_eq!(server.requests().len(), 2);
    let error = client.send(Predict::new("ftp://a")).await.err().unwrap().to_string();
    assert!(error.contains("the endpoint `ftp://a` must begin with http:// or https://"), "{error}");
    let error = client.send(Predict::new("http://realtime.example.com")).await.err().unwrap().to_string();
    assert!(
        error.contains("PredictEndpoint: expected the endpoint of a model, which begins with https://"),
        "{error}"
    );
}

// One's own.

#[derive(Debug)]
struct Adds(&'static str);

static FIRST: Adds = Adds("first");
static SECOND: Adds = Adds("second");

impl Interceptor for Adds {
    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        request.headers.append("x-added", HeaderValue::from_static(self.0));
        Ok(())
    }

    fn before_serialization(&self, _: &mut CallContext, input: &mut dyn Structure) -> Result<(), HookError> {
        match text(input, "Name") {
            Some(name) if name == "bad" => {
                Err(Box::new(CodecError::new("there is no such name").in_member("Name")))
            }
            _ => Ok(()),
        }
    }

    fn after_deserialization(&self, _: &mut CallContext, _: &mut dyn Structure) -> Result<(), HookError> {
        Err(Box::new(CodecError::new("nobody wants this answer")))
    }
}

const OWN_RULES: &[&dyn Interceptor] = &[&FIRST];
const OWN: ServiceSchema =
    ServiceSchema::new("Own", "own", "2020-01-01", "own", &protocol::REST_JSON).interceptors(OWN_RULES);

shape! { Named new() { 0 NAME name: optional String = string("Name"); } }
operation! { Named => Empty OWN "POST" "/" SECOND }

#[tokio::test]
async fn service_interceptors_run_first_and_errors_have_a_path() {
    let (request, answer) = sent(Named::new(), "{}").await;
    let added: Vec<_> = request.headers.iter().filter(|(name, _)| name == "x-added").collect();
    assert_eq!(added.iter().map(|(_, value)| &value[..]).collect::<Vec<_>>(), [&b"first"[..], b"second"]);
    let error = answer.err().unwrap();
    let ErrorKind::Response { status: 200, .. } = error.kind() else { panic!("{error}") };
    assert!(error.to_string().contains("nobody wants this answer"), "{error}");
    let error = rejected(Named::new().name("bad")).await;
    assert!(error.contains("at Name: there is no such name"), "{error}");
}
