//! The sources of settings.

use crate::{
    SECRET, client_of, server,
    service::{Ask, AskOfData},
};
use myrina::{Client, Error, ErrorKind, config::Environment, credentials::Credentials};
use myrina_tests::MockResponse;

/// Variables that suffice, but for the endpoint.
fn environment() -> Environment {
    Environment::empty()
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", SECRET)
}

async fn ask(environment: Environment) -> Result<(), Error> {
    Client::builder().environment(environment).build()?.send(Ask::new("x")).await.map(|_| ())
}

#[tokio::test]
async fn endpoint_urls_come_from_variables_and_profiles() {
    let (mine, other) = (server([]), server([]));
    let profile = |text: String| environment().with("HOME", "/h").with_file("/h/.aws/config", text);
    let cases = [
        environment().with("AWS_ENDPOINT_URL_PLAIN_TEXT", mine.url()).with("AWS_ENDPOINT_URL", other.url()),
        environment().with("AWS_ENDPOINT_URL", mine.url()).with("AWS_ENDPOINT_URL_PLAINTEXT", other.url()),
        profile(format!("[default]\nendpoint_url = {} # mine", mine.url())),
        profile(format!(
            "[default]\nservices = s\nendpoint_url = {}\n[services s]\nplain_text =\n  endpoint_url = {}",
            other.url(),
            mine.url(),
        )),
    ];
    for (number, environment) in cases.into_iter().enumerate() {
        let error = ask(environment).await.unwrap_err();
        assert_eq!(error.service().map(myrina::error::ServiceError::status), Some(599), "{error}");
        assert_eq!((mine.requests().len(), other.connections()), (number + 1, 0));
    }
}

#[tokio::test]
async fn endpoint_urls_have_two_slashes_and_the_schemes_case_does_not_matter() {
    // Of the builder, a variable, a variable of the service, and a profile.
    let places = |url: &str| {
        let client =
            || Client::builder().region("eu-west-1").credentials(Credentials::new("AKIDEXAMPLE", "x"));
        let profile = format!("[default]\nendpoint_url = {url}");
        let profile = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", profile);
        [
            client().environment(Environment::empty()).endpoint_url(url),
            client().environment(Environment::empty().with("AWS_ENDPOINT_URL", url)),
            client().environment(Environment::empty().with("AWS_ENDPOINT_URL_PLAIN_TEXT", url)),
            client().environment(profile),
        ]
    };
    for (bad, right) in [
        ("http:127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("HTTP:/127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("https:x.example/b", "https://x.example/b"),
    ] {
        for client in places(bad) {
            let error = match client.build() {
                Ok(client) => client.send(Ask::new("x")).await.unwrap_err(),
                Err(error) => error,
            };
            assert!(matches!(error.kind(), ErrorKind::Config(_)), "{error:?}");
            assert!(error.to_string().contains(&format!("write it as {right}")), "{error}");
        }
    }
    let server = server([200; 12].map(MockResponse::new));
    for scheme in ["HTTP", "Http", "hTTP"] {
        for client in places(&server.url().replace("http", scheme)) {
            client.build().unwrap().send(Ask::new("x")).await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_endpoint_path_precedes_the_operation_path() {
    let server = server([MockResponse::ok("")]);
    ask(environment().with("AWS_ENDPOINT_URL", server.url() + "/base/")).await.unwrap();
    assert_eq!(server.requests()[0].uri(), "/base/ask/x?plain");
}

#[test]
fn regions_come_from_builder_variables_and_profiles() {
    let file = "[default]\nregion = of-default\n[profile mine]\nregion = of-mine";
    let profiles = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", file);
    let mine = profiles.clone().with("AWS_PROFILE", "mine");
    let second = mine.clone().with("AWS_DEFAULT_REGION", "of-second");
    let first = second.clone().with("AWS_REGION", "of-first");
    let cases =
        [(profiles, "of-default"), (mine, "of-mine"), (second, "of-second"), (first.clone(), "of-first")];
    for (environment, region) in cases {
        let client = Client::builder().environment(environment).build().unwrap();
        assert_eq!(client.region(), Some(region));
    }
    let client = Client::builder().environment(first).region("of-builder").build().unwrap();
    assert_eq!(client.region(), Some("of-builder"));
}

#[tokio::test]
async fn a_missing_region_is_reported_with_the_ways_to_set_one() {
    let environment =
        Environment::empty().with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").with("AWS_SECRET_ACCESS_KEY", SECRET);
    let error = ask(environment.with("AWS_PROFILE", " ")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Config(_)), "{error:?}");
    let text = error.to_string();
    for words in [
        "Plain Text.Ask: no region is set",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "`region` of profile `default`",
        "Client::builder().region(",
    ] {
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn an_invalid_region_is_rejected() {
    let error = Client::builder().environment(environment()).region("evil.com/").build().unwrap_err();
    assert!(
        error.to_string().contains("`evil.com/` (set on the client's builder) is not a valid region"),
        "{error}"
    );
    let error = ask(environment().with("AWS_REGION", "evil.com/")).await.unwrap_err();
    assert!(error.to_string().contains("`evil.com/` (AWS_REGION) is not a valid region"), "{error}");
}

#[tokio::test]
async fn parse_errors_of_profile_files_are_reported_with_file_and_line() {
    let broken =
        Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", "[default]\nregion eu-west-1");
    let error = ask(broken.clone()).await.unwrap_err().to_string();
    assert!(error.contains("/h/.aws/config, line 2: Expected an '=' sign"), "{error}");
    let server = server([MockResponse::ok("")]);
    let client = crate::client_of(&server).environment(broken);
    client.build().unwrap().send(Ask::new("x")).await.unwrap();
}

#[tokio::test]
async fn a_missing_profile_is_reported_with_the_existing_ones() {
    let files = environment().with("HOME", "/h").with_file("/h/.aws/config", "[profile a]\n[b]\n[profile c]");
    let error = ask(files.clone().with("AWS_PROFILE", "x")).await.unwrap_err().to_string();
    assert!(error.contains("no profile `x`") && error.contains("`a`, `c`"), "{error}");
    let error = ask(files.with("AWS_PROFILE", "b")).await.unwrap_err().to_string();
    assert!(error.contains("write profiles other than `default` as [profile b]"), "{error}");
    // Headings that were passed over are named.
    let files = environment().with("HOME", "/h").with_file("/h/.aws/config", "[profile my prof]\n[profil x]");
    let error = ask(files.with("AWS_PROFILE", "my prof")).await.unwrap_err().to_string();
    let headings = "[profile my prof] of /h/.aws/config, [profil x] of /h/.aws/config";
    assert!(error.contains(headings) && error.contains("[profile 'my profile']"), "{error}");
}

#[tokio::test]
async fn proxies_come_from_the_environment_of_the_client_alone() {
    let (proxy, direct) =
        (server([MockResponse::ok("")]), server([MockResponse::ok(""), MockResponse::ok("")]));
    let host = direct.address().ip().to_string();
    let environment = environment().with("AWS_ENDPOINT_URL", direct.url()).with("HTTP_PROXY", proxy.url());
    ask(environment.clone()).await.unwrap();
    let [request] = &proxy.requests()[..] else { panic!("one request") };
    assert_eq!(request.header("host"), Some(direct.address().to_string()));
    assert_eq!(direct.connections(), 0);
    for exception in ["*", &host] {
        ask(environment.clone().with("NO_PROXY", exception)).await.unwrap();
    }
    assert_eq!((direct.requests().len(), proxy.requests().len()), (2, 1));
    // `build` needs it not, but the first call does.
    let error = ask(environment.with("http_proxy", "socks5://user:SECRET@h")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Config(_)), "{error:?}");
    assert!(
        error.to_string().contains("http_proxy") && !format!("{error:?}").contains("SECRET"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_host_without_a_proxy_is_not_concerned_with_a_bad_one() {
    let server = server([MockResponse::ok("")]);
    let environment = environment().with("AWS_ENDPOINT_URL", server.url()).with("HTTP_PROXY", "socks5://h");
    assert!(ask(environment.clone()).await.unwrap_err().to_string().contains("HTTP_PROXY"));
    ask(environment.with("NO_PROXY", server.address().ip().to_string())).await.unwrap();
}

#[tokio::test]
async fn a_custom_endpoint_needs_no_profile_for_operations_with_a_host_prefix() {
    let server = server([MockResponse::ok("")]);
    let client = client_of(&server).environment(Environment::empty().with("AWS_PROFILE", "missing"));
    client.build().unwrap().send(AskOfData::new("x")).await.unwrap();
}

#[tokio::test]
async fn variables_of_the_process_name_no_proxy_for_a_client_with_another_environment() {
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "settings::proxies_come_from_the_environment_of_the_client_alone"])
        .args(["settings::endpoint_urls_come_from_variables_and_profiles"])
        .env("HTTP_PROXY", "http://127.0.0.1:9")
        .env("http_proxy", "http://127.0.0.1:9")
        .env("ALL_PROXY", "http://127.0.0.1:9")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && text.contains("2 passed"), "{text}");
}

#[test]
fn user_names_and_passwords_of_endpoints_are_refused_and_not_shown() {
    let url = "http://user:PASSWORD@127.0.0.1:9";
    let builder = Client::builder().environment(environment()).endpoint_url(url);
    assert!(!format!("{builder:?}").contains("PASSWORD"), "{builder:?}");
    let error = builder.build().unwrap_err();
    assert!(error.to_string().contains("must not contain a user name"), "{error}");
    assert!(!format!("{error} {error:?}").contains("PASSWORD"), "{error:?}");
}

#[tokio::test]
async fn user_names_and_passwords_of_endpoints_in_variables_are_not_shown() {
    let error =
        ask(environment().with("AWS_ENDPOINT_URL", "http://user:PASSWORD@127.0.0.1:9")).await.unwrap_err();
    assert!(error.to_string().contains("`http://…@127.0.0.1:9` (AWS_ENDPOINT_URL)"), "{error}");
    assert!(!format!("{error} {error:?}").contains("PASSWORD"), "{error:?}");
}
