//! Endpoint rules, seen on the wire, for a service like S3 whose buckets are parts of host names.

use crate::{SECRET, client_of, server};
use myrina::{
    Builder, Client, Credentials, Error, ErrorKind,
    codegen::{
        Operation, OperationSchema, RuleSet, ServiceSchema, context, protocol, rules as r,
        rules::{Bool, Call, Endpoint, Let, List, Object, Template, Text, Tree, Url, Var},
        structure,
    },
    config::Environment,
    credentials::{CredentialsError, CredentialsFuture, ProvideCredentials},
    testing,
};
use myrina_lambda::list_functions::ListFunctions;
use myrina_tests::MockResponse;

const BUCKET: r::Slot = 0;
const PATH_STYLE: r::Slot = 1;
const ENDPOINT: r::Slot = 2;
const ACCOUNT: r::Slot = 3;
const URL: r::Slot = 4;

static RULES: RuleSet = RuleSet {
    parameters: &[
        r::string("Bucket"),
        r::boolean("ForcePathStyle").built_in("AWS::S3::ForcePathStyle").default(Bool(false)),
        r::string("Endpoint").built_in("SDK::Endpoint"),
        r::string("AccountId").built_in("AWS::Auth::AccountId"),
    ],
    variables: &["url"],
    rules: &[
        Tree(
            &[Call(r::equals, &[Var(BUCKET), Text("both-regions")])],
            &[Endpoint(
                &[],
                Text("https://multi.aws"),
                &[("authSchemes", List(&[Object(&[("name", Text("sigv4a"))])]))],
                &[],
            )],
        ),
        Tree(
            &[Call(r::equals, &[Var(BUCKET), Text("of-the-account")])],
            &[
                Url(&[Call(r::is_set, &[Var(ACCOUNT)])], Template("https://{AccountId}.aws")),
                r::Error(&[], Text("AccountId is required but not set")),
            ],
        ),
        Tree(
            &[Let(URL, &Call(r::parse_url, &[Var(ENDPOINT)]))],
            &[
                Endpoint(
                    &[
                        Call(r::is_set, &[Var(BUCKET)]),
                        Call(r::not, &[Var(PATH_STYLE)]),
                        Call(r::is_virtual_hostable_bucket, &[Var(BUCKET), Bool(false)]),
                    ],
                    Template("{url#scheme}://{Bucket}.{url#authority}{url#path}"),
                    &[(
                        "authSchemes",
                        List(&[Object(&[
                            ("name", Text("sigv4")),
                            ("signingName", Text("s3")),
                            ("signingRegion", Text("mars-1")),
                        ])]),
                    )],
                    &[("x-bucket", &[Var(BUCKET)])],
                ),
                Url(
                    &[Call(r::is_set, &[Var(BUCKET)])],
                    Template("{url#scheme}://{url#authority}{url#normalizedPath}{Bucket}"),
                ),
                Url(&[], Var(ENDPOINT)),
            ],
        ),
        r::Error(&[], Text("Invalid Configuration: Missing Endpoint")),
    ],
};

static SERVICE: ServiceSchema =
    ServiceSchema::new("Store", "store", "2006-03-01", "store", &protocol::REST_JSON).endpoint_rules(&RULES);

/// An object of a bucket.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
struct Fetch {
    bucket: String,
    key: String,
}

structure! {
    Fetch "Fetch" new(bucket: value String; key: value String) {
        0 BUCKET bucket: required String = string("Bucket").label("Bucket");
        1 KEY key: required String = string("Key").label("Key");
    }
}

const CONTEXT: &[context::ContextParam] = &[context::path("Bucket", &[context::Member("Bucket")])];

impl Operation for Fetch {
    type Response = Fetched;
    const SCHEMA: &'static OperationSchema = &OperationSchema::new(
        &SERVICE,
        "Fetch",
        "GET",
        "/{Bucket}/{Key+}?x-id=Fetch",
        myrina::codec::structure::<Fetch>(""),
        myrina::codec::structure::<Fetched>(""),
    )
    .context(CONTEXT)
    .bucket_in_endpoint();
}

/// What is in a bucket.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
struct Listing {
    bucket: String,
}

structure! {
    Listing "Listing" new(bucket: value String) {
        0 BUCKET bucket: required String = string("Bucket").label("Bucket");
    }
}

impl Operation for Listing {
    type Response = Fetched;
    const SCHEMA: &'static OperationSchema = &OperationSchema::new(
        &SERVICE,
        "List",
        "GET",
        "/{Bucket}?list",
        myrina::codec::structure::<Listing>(""),
        myrina::codec::structure::<Fetched>(""),
    )
    .context(CONTEXT)
    .bucket_in_endpoint();
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
struct Fetched {}

structure! { Fetched "Fetched" new() {} }

/// A client to whose server all hosts below `localhost` lead, as names there need no server of names.
fn hosted(server: &myrina_tests::MockServer) -> Builder {
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    let address = ([127, 0, 0, 1], port.parse().unwrap()).into();
    let http =
        Client::http_builder().unwrap().resolve("my-bucket.localhost", address).resolve("localhost", address);
    client_of(server)
        .endpoint_url(format!("http://localhost:{port}/base/"))
        .s3_path_style(false)
        .http_client(http.build().unwrap())
}

#[tokio::test]
async fn a_bucket_in_the_host_name_is_left_out_of_the_path() {
    let server = server([MockResponse::ok("{}"), MockResponse::ok("{}"), MockResponse::ok("{}")]);
    let client = hosted(&server).build().unwrap();
    client.send(Fetch::new("my-bucket", "a//b c/ü+%2F?#'().x")).await.unwrap();
    client.send(Fetch::new("my-bucket", "/begins")).await.unwrap();
    client.send(Listing::new("my-bucket")).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].uri(), "/base/a//b%20c/%C3%BC%2B%252F%3F%23%27%28%29.x?x-id=Fetch");
    assert_eq!(requests[1].uri(), "/base//begins?x-id=Fetch");
    assert_eq!(requests[2].uri(), "/base/?list");
    for request in requests {
        assert!(request.header("host").unwrap().starts_with("my-bucket.localhost:"));
        // What the endpoint says is sent, and signed, and says how to sign.
        assert_eq!(request.header("x-bucket").as_deref(), Some("my-bucket"));
        let authorization = request.header("authorization").unwrap();
        assert!(
            authorization.contains("/mars-1/s3/aws4_request") && authorization.contains("x-bucket"),
            "{authorization}"
        );
        assert!(request.header("x-amz-content-sha256").is_some(), "as S3 wants it");
    }
}

#[tokio::test]
async fn a_bucket_in_the_endpoint_path_is_not_repeated() {
    let server = server([MockResponse::ok("{}"), MockResponse::ok("{}"), MockResponse::ok("{}")]);
    let client = hosted(&server).s3_path_style(true).build().unwrap();
    client.send(Fetch::new("my-bucket", "a/b")).await.unwrap();
    client.send(Listing::new("my-bucket")).await.unwrap();
    // A name that no host can have.
    hosted(&server).build().unwrap().send(Fetch::new("My_Bucket", "a/b")).await.unwrap();
    let uris: Vec<_> = server.requests().iter().map(|request| request.uri().clone()).collect();
    assert_eq!(
        uris,
        ["/base/my-bucket/a/b?x-id=Fetch", "/base/my-bucket/?list", "/base/My_Bucket/a/b?x-id=Fetch"]
    );
}

#[tokio::test]
async fn a_key_that_a_url_cannot_express_is_rejected() {
    let server = server([]);
    let error = hosted(&server).build().unwrap().send(Fetch::new("my-bucket", "a/../b")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
    assert_eq!(server.connections(), 0);
}

async fn without_endpoint(bucket: &str, credentials: Credentials) -> Error {
    let client =
        Client::builder().environment(Environment::empty()).region("eu-west-1").credentials(credentials);
    client.build().unwrap().send(Fetch::new(bucket, "k")).await.unwrap_err()
}

#[tokio::test]
async fn rule_errors_carry_the_rules_message() {
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET);
    let error = without_endpoint("other", credentials.clone()).await;
    assert!(matches!(error.kind(), ErrorKind::Config(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "Store.Fetch: Invalid Configuration: Missing Endpoint (endpoint parameters: Bucket = \"other\", ForcePathStyle = false)"
    );
    let error = without_endpoint("of-the-account", credentials).await.to_string();
    assert!(error.contains("AccountId is required but not set"), "{error}");
}

#[tokio::test]
async fn the_account_id_endpoint_uses_the_credentials_account() {
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET).with_account_id("123456789012");
    let client = || Client::builder().environment(Environment::empty()).credentials(credentials.clone());
    let fetch = Fetch::new("of-the-account", "k");
    let found = testing::endpoint(&client().build().unwrap(), Fetch::SCHEMA, &fetch).await.unwrap();
    assert_eq!(found.url, "https://123456789012.aws");
    let client = client().account_id_endpoint_mode("disabled").build().unwrap();
    let error = testing::endpoint(&client, Fetch::SCHEMA, &fetch).await.unwrap_err().to_string();
    assert!(error.contains("AccountId is required but not set"), "{error}");
}

/// Has none.
#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn name(&self) -> &'static str {
        "none"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Err(CredentialsError::not_loaded("the token has expired"))))
    }
}

#[tokio::test]
async fn a_required_account_needs_credentials_and_the_mode_is_checked() {
    let client = || Client::builder().environment(Environment::empty()).credentials(NoCredentials);
    let fetch = || Fetch::new("of-the-account", "k");
    let required = client().account_id_endpoint_mode("Required").region("eu-west-1").build().unwrap();
    let error = required.send(fetch()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error}");
    assert!(error.to_string().contains("the token has expired"), "{error}");

    let error = client().account_id_endpoint_mode("maybe").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`account_id_endpoint_mode` of the client's builder must be preferred or disabled or required, but it is `maybe`"
    );
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET).with_account_id("123456789012");
    let disabled = client().credentials(credentials).account_id_endpoint_mode("Disabled").build().unwrap();
    let error = testing::endpoint(&disabled, Fetch::SCHEMA, &fetch()).await.unwrap_err().to_string();
    assert!(error.contains("AccountId is required but not set"), "{error}");
}

#[tokio::test]
async fn an_unsupported_signing_scheme_is_reported() {
    let error = without_endpoint("both-regions", Credentials::new("AKIDEXAMPLE", SECRET)).await;
    assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "Store.Fetch: multi.aws requires the authentication scheme `sigv4a`, which this version does not support"
    );
}

#[tokio::test]
async fn lambda_endpoints_follow_its_rules() {
    let server = server([MockResponse::ok("{}")]);
    let fips = client_of(&server).use_fips(true).build().unwrap();
    let error = fips.send(ListFunctions::new()).await.unwrap_err().to_string();
    assert!(
        error.starts_with(
            "Lambda.ListFunctions: Invalid Configuration: FIPS and custom endpoint are not supported ("
        ),
        "{error}"
    );
    // With an endpoint custom, nobody is bothered with a broken file.
    let broken = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", "[default]\nregion eu");
    let client = client_of(&server).environment(broken).build().unwrap();
    client.send(ListFunctions::new()).await.unwrap();
    assert_eq!(server.requests().len(), 1);
}
