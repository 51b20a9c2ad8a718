//! What can go wrong where credentials are kept: how often it is tried, how long it takes at most by the client's clock, and what the
//! error says. Every secret is marked, and no text that a user sees may have one.

use myrina::{
    Client, Timestamp,
    clock::Clock as _,
    config::Environment,
    credentials::{Credentials, DefaultChain, ProvideCredentials as _},
    http::{BoxFuture, HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpResponse},
    testing::{FakeClock, InMemory},
};
use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
    time::Duration,
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// What every secret contains.
const SECRET: &str = "MARKED";

const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/iam/security-credentials/";
const KEYS: &str = r#"{"AccessKeyId":"ID","SecretAccessKey":"MARKED-KEY","Token":"MARKED-TOKEN","Expiration":"2030-01-01T00:00:00Z"}"#;
const HTML: &str = "<html><body>MARKED: sign in to the network</body></html>";

/// The end of an address, and how it answers, in turn and then as the last time.
type Answers = &'static [(&'static str, &'static [Answer])];

#[derive(Clone, Copy, Debug)]
enum Answer {
    Status(u16, &'static str),
    Refused,
    Broken,
    /// Never.
    Silent,
}
use Answer::{Broken, Refused, Silent, Status};

#[derive(Clone, Debug)]
struct Script {
    answers: Answers,
    transport: InMemory,
}

impl Script {
    fn new(answers: Answers) -> Self {
        let mut counts = vec![0_usize; answers.len()];
        let transport = InMemory::new(move |request| {
            let path = request.url.split('?').next().unwrap_or_default();
            let place = answers.iter().position(|(end, _)| path.ends_with(end));
            let place = place.unwrap_or_else(|| panic!("{} is not expected", request.url));
            let list = answers[place].1;
            let answer = list[counts[place].min(list.len() - 1)];
            counts[place] += 1;
            match answer {
                Status(status, body) => {
                    let response = http::Response::builder().status(status);
                    let response = response.header("x-aws-ec2-metadata-token-ttl-seconds", "21600");
                    Ok(response.body(body.into()).expect("a response"))
                }
                Refused => Err(HttpError::new(HttpErrorKind::Connect, "connection refused")),
                Broken | Silent => Err(HttpError::new(HttpErrorKind::Interrupted, "connection reset")),
            }
        });
        Self { answers, transport }
    }
}

impl HttpClient for Script {
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        let is_silent =
            |(end, list): &(&str, &[Answer])| request.url.path().ends_with(end) && matches!(list, [Silent]);
        if self.answers.iter().any(is_silent) {
            let recorded = self.transport.call(request);
            return Box::pin(async move {
                recorded.await.ok();
                std::future::pending().await
            });
        }
        self.transport.call(request)
    }
}

struct Row {
    name: &'static str,
    variables: &'static [(&'static str, &'static str)],
    files: &'static [(&'static str, &'static str)],
    answers: Answers,
    /// The key that is found, or words of the error.
    expected: Result<&'static str, &'static str>,
    requests: usize,
    /// The most seconds that it takes.
    seconds: u64,
}

const NOTHING: Row =
    Row { name: "", variables: &[], files: &[], answers: &[], expected: Err(""), requests: 0, seconds: 0 };

const CONTAINER: &[(&str, &str)] = &[
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials"),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "MARKED-AUTHORIZATION"),
];
const WEB_IDENTITY: &[(&str, &str)] = &[
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
    ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r"),
    ("AWS_REGION", "us-east-1"),
];
const TOKEN_FILE: &[(&str, &str)] = &[("/token", "MARKED-JWT")];
const CREDENTIALS: &str = "/h/.aws/credentials";
const CONFIG: &str = "/h/.aws/config";

const OUTAGE: &str =
    "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>";
const DENIED: &str = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>";
const EXPIRED: &str = "<ErrorResponse><Error><Code>ExpiredTokenException</Code><Message>Token expired</Message></Error></ErrorResponse>";
const ASSUMED: &str = "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>\
    <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>MARKED-KEY</SecretAccessKey><SessionToken>MARKED-TOKEN</SessionToken>\
    <Expiration>2001-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>";
const CUT: &str = "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>\
    <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>MARKED-KEY</SecretAccessKey><SessionToken>MARKED-TOK";

const ROWS: &[Row] = &[
    Row {
        name: "the metadata service refuses the connection",
        answers: &[(TOKEN, &[Refused])],
        expected: Err(
            "5. the metadata of the EC2 instance: http://169.254.169.254: no connection could be made (connection refused)",
        ),
        requests: 1,
        ..NOTHING
    },
    Row {
        name: "nothing answers where the metadata service would be",
        answers: &[(TOKEN, &[Silent])],
        expected: Err("http://169.254.169.254: no answer came within 2s"),
        requests: 1,
        seconds: 2,
        ..NOTHING
    },
    Row {
        name: "the metadata service is turned off by the instance's options",
        answers: &[(TOKEN, &[Status(403, "")])],
        expected: Err("the instance's options turn it off (status 403)"),
        requests: 1,
        ..NOTHING
    },
    Row {
        name: "the instance has no role",
        answers: &[(TOKEN, &[Status(200, "MARKED-SESSION")]), (ROLES, &[Status(404, HTML)])],
        expected: Err("the metadata of the EC2 instance: the instance has no role"),
        requests: 2,
        ..NOTHING
    },
    Row {
        name: "the metadata service rejects a token once",
        answers: &[
            (TOKEN, &[Status(200, "MARKED-SESSION")]),
            (ROLES, &[Status(401, ""), Status(200, "role")]),
            ("/role", &[Status(200, KEYS)]),
        ],
        expected: Ok("ID"),
        requests: 5,
        seconds: 1,
        ..NOTHING
    },
    Row {
        name: "the metadata service fails without end",
        answers: &[(TOKEN, &[Status(200, "MARKED-SESSION")]), (ROLES, &[Status(500, HTML)])],
        expected: Err("the metadata of the EC2 instance: it answers with status 500"),
        requests: 5,
        seconds: 1,
        ..NOTHING
    },
    Row {
        name: "a portal answers in place of the metadata service",
        answers: &[
            (TOKEN, &[Status(200, "MARKED-SESSION")]),
            (ROLES, &[Status(200, "role")]),
            ("/role", &[Status(200, HTML)]),
        ],
        expected: Err("the keys of the role `role` cannot be read: it is not JSON"),
        requests: 3,
        ..NOTHING
    },
    Row {
        name: "EC2 may not assume the role",
        answers: &[
            (TOKEN, &[Status(200, "MARKED-SESSION")]),
            (ROLES, &[Status(200, "role")]),
            (
                "/role",
                &[Status(
                    200,
                    r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role"}"#,
                )],
            ),
        ],
        expected: Err(
            "the role `role` has no keys: AssumeRoleUnauthorizedAccess EC2 cannot assume the role: its trust policy must allow \
                       ec2.amazonaws.com to assume it",
        ),
        requests: 3,
        ..NOTHING
    },
    Row {
        name: "the container's agent fails without end",
        variables: CONTAINER,
        answers: &[("/v1/credentials", &[Status(500, HTML)])],
        expected: Err(
            "the container: http://169.254.170.23 (AWS_CONTAINER_CREDENTIALS_FULL_URI): it answers with status 500",
        ),
        requests: 3,
        seconds: 1,
        ..NOTHING
    },
    Row {
        name: "the container's agent breaks the connection and recovers",
        variables: CONTAINER,
        answers: &[("/v1/credentials", &[Broken, Status(200, HTML), Status(200, KEYS)])],
        expected: Ok("ID"),
        requests: 3,
        seconds: 1,
        ..NOTHING
    },
    Row {
        name: "the container's agent does not answer",
        variables: CONTAINER,
        answers: &[("/v1/credentials", &[Silent])],
        expected: Err(
            "the container: http://169.254.170.23 (AWS_CONTAINER_CREDENTIALS_FULL_URI): no answer came within 7s",
        ),
        requests: 3,
        seconds: 22,
        ..NOTHING
    },
    Row {
        name: "the container's agent refuses",
        variables: CONTAINER,
        answers: &[("/v1/credentials", &[Status(403, r#"{"Code":"AccessDenied","Message":"no role"}"#)])],
        expected: Err("it answers with status 403: AccessDenied no role"),
        requests: 1,
        ..NOTHING
    },
    Row {
        name: "the container's address is that of another host",
        variables: &[
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/MARKED"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "MARKED-AUTHORIZATION"),
        ],
        expected: Err(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI names the host example.com, to which credentials and tokens are not sent",
        ),
        ..NOTHING
    },
    Row {
        name: "the container's token has a line break",
        variables: &[
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/MARKED"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"),
        ],
        files: &[("/token", "MARKED-AUTHORIZATION\n")],
        expected: Err(
            "the token of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be sent as a header: it has a line break",
        ),
        ..NOTHING
    },
    Row {
        name: "STS throttles",
        variables: WEB_IDENTITY,
        files: TOKEN_FILE,
        answers: &[("sts.us-east-1.amazonaws.com/", &[Status(400, OUTAGE)])],
        expected: Err(
            "the role arn:aws:iam::123456789012:role/r cannot be assumed: STS.AssumeRoleWithWebIdentity: Throttling: Rate exceeded",
        ),
        requests: 3,
        seconds: 4,
    },
    Row {
        name: "STS denies access",
        variables: WEB_IDENTITY,
        files: TOKEN_FILE,
        answers: &[("sts.us-east-1.amazonaws.com/", &[Status(403, DENIED)])],
        expected: Err("the trust policy of the role must allow this identity"),
        requests: 1,
        ..NOTHING
    },
    Row {
        name: "the web identity token has expired",
        variables: WEB_IDENTITY,
        files: TOKEN_FILE,
        answers: &[("sts.us-east-1.amazonaws.com/", &[Status(400, EXPIRED)])],
        expected: Err("ExpiredTokenException: Token expired"),
        requests: 1,
        ..NOTHING
    },
    Row {
        name: "the answer of STS is cut",
        variables: WEB_IDENTITY,
        files: TOKEN_FILE,
        answers: &[("sts.us-east-1.amazonaws.com/", &[Status(200, CUT)])],
        expected: Err("the response (status 200) cannot be read"),
        requests: 3,
        seconds: 4,
    },
    Row {
        name: "a portal answers in place of STS",
        variables: WEB_IDENTITY,
        files: TOKEN_FILE,
        answers: &[(
            "sts.us-east-1.amazonaws.com/",
            &[Status(200, "<html><body>sign in to the network</body></html>")],
        )],
        expected: Err("expected a response of the service, found an HTML page"),
        requests: 3,
        seconds: 4,
    },
    Row {
        name: "our clock is far ahead of that of STS",
        variables: WEB_IDENTITY,
        files: TOKEN_FILE,
        answers: &[("sts.us-east-1.amazonaws.com/", &[Status(200, ASSUMED)])],
        expected: Ok("ROLE"),
        requests: 1,
        ..NOTHING
    },
    Row {
        name: "the file of the web identity token is empty",
        variables: WEB_IDENTITY,
        files: &[("/token", "\n")],
        expected: Err("the web identity token: the token file /token is empty"),
        ..NOTHING
    },
    Row {
        name: "a key has one half",
        files: &[(CREDENTIALS, "[default]\naws_secret_access_key = MARKED-KEY\n")],
        expected: Err("profile `default` has aws_secret_access_key, but no aws_access_key_id"),
        ..NOTHING
    },
    Row {
        name: "the credentials file is half written",
        files: &[(CREDENTIALS, "[default]\naws_access_key_id = ID\nMARKED-KEY")],
        expected: Err("/h/.aws/credentials, line 3: Expected an '=' sign"),
        ..NOTHING
    },
];

/// Programs run on the real clock, except for the one that hangs.
const PROGRAMS: &[Row] = &[
    Row {
        name: "the program fails",
        files: &[(
            CONFIG,
            "[default]\ncredential_process = sh -c 'echo no session >&2; echo MARKED-OUT; exit 3' MARKED-ARGUMENT\n",
        )],
        expected: Err("profile `default`: the credential_process `sh …` failed (exit status: 3): no session"),
        ..NOTHING
    },
    Row {
        name: "the program prints rubbish",
        files: &[(CONFIG, "[default]\ncredential_process = echo MARKED-OUT\n")],
        expected: Err(
            "the credential_process `echo …` printed something else than credentials: it is not JSON (line 1, column 1)",
        ),
        ..NOTHING
    },
    Row {
        name: "the program prints another version",
        files: &[(
            CONFIG,
            "[default]\ncredential_process = echo '{\"Version\":\"MARKED\",\"AccessKeyId\":\"MARKED\"}'\n",
        )],
        expected: Err("printed something else than credentials: its `Version` is not 1"),
        ..NOTHING
    },
    Row {
        name: "the program prints credentials without their secret",
        files: &[(
            CONFIG,
            "[default]\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"MARKED\",\"Expiration\":1}'\n",
        )],
        expected: Err("it has no `SecretAccessKey`"),
        ..NOTHING
    },
    Row {
        name: "the program is not there",
        files: &[(CONFIG, "[default]\ncredential_process = /no/such/program MARKED-ARGUMENT\n")],
        expected: Err("the credential_process `/no/such/program …` failed (exit status: 127)"),
        ..NOTHING
    },
    Row {
        name: "the program gives credentials",
        files: &[(
            CONFIG,
            "[default]\ncredential_process = echo '{\"Version\":1,\"accesskeyid\":\"ID\",\"SecretAccessKey\":\"MARKED-KEY\"}'\n",
        )],
        expected: Ok("ID"),
        ..NOTHING
    },
];

impl Row {
    fn environment(&self) -> Environment {
        let environment = Environment::empty().with("HOME", "/h");
        let environment =
            self.variables.iter().fold(environment, |all, (name, value)| all.with(*name, *value));
        self.files.iter().fold(environment, |all, (path, text)| all.with_file(*path, *text))
    }

    /// Runs the chain, and checks what it says.
    async fn check(&self, client: &Client) {
        let name = self.name;
        let chain = DefaultChain::new(client);
        let found = chain.provide().await;
        let mut texts = vec![format!("{chain:?}"), format!("{client:?}"), format!("{found:?}")];
        match (&found, self.expected) {
            (Ok(keys), Ok(id)) => assert_eq!(keys.access_key_id(), id, "{name}"),
            (Err(error), Err(words)) => {
                let text = with_causes(error);
                assert!(text.contains(words), "{name}: {text}");
                texts.push(text);
            }
            (found, expected) => panic!("{name}: expected {expected:?}, found {found:?}"),
        }
        for text in texts {
            assert!(!text.contains(SECRET), "{name}: {text}");
        }
    }
}

/// Writes down every span and event of any level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.lock().unwrap().push_str(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut error = error;
    while let Some(cause) = error.source() {
        text = format!("{text}: {cause}");
        error = cause;
    }
    text
}

#[tokio::test]
async fn each_fault_is_told_after_few_attempts_in_little_time_without_secrets() {
    let log = Log::default();
    let _logged = tracing::subscriber::set_default(log.clone());
    for row in ROWS {
        let (script, clock) = (Script::new(row.answers), FakeClock::new(Timestamp::new(1_700_000_000, 0)));
        let builder = Client::builder().environment(row.environment()).clock(clock.clone());
        let client = builder.transport(script.clone()).build().unwrap();
        row.check(&client).await;
        let (name, requests) = (row.name, script.transport.requests());
        assert_eq!(requests.len(), row.requests, "{name}: {requests:?}");
        assert!(clock.elapsed() <= Duration::from_secs(row.seconds), "{name}: {:?}", clock.elapsed());
        // The explanation says the same, on one line for each place.
        let script = Script::new(row.answers);
        let builder = Client::builder().environment(row.environment()).clock(clock).transport(script);
        let explanation = builder.build().unwrap().credentials().explain().await;
        let text = explanation.to_string();
        assert_eq!((explanation.places().len(), text.lines().count()), (5, 5), "{name}: {text}");
        assert_eq!(explanation.used().is_some(), row.expected.is_ok(), "{name}: {text}");
        assert!(!format!("{text}{explanation:?}").contains(SECRET), "{name}: {text}");
    }
    let log = log.text();
    assert!(log.contains("AssumeRoleWithWebIdentity") && !log.contains(SECRET), "{log}");
}

#[cfg(unix)]
#[tokio::test]
async fn each_fault_of_a_program_is_told_without_its_arguments_and_output() {
    for row in PROGRAMS {
        let client = Client::builder().environment(row.environment()).transport(Script::new(row.answers));
        row.check(&client.build().unwrap()).await;
    }
}

/// A program that hangs, by a clock on which the minute passes at once.
#[cfg(unix)]
#[tokio::test]
async fn a_program_that_hangs_is_stopped() {
    let row = Row {
        name: "the program hangs",
        files: &[(CONFIG, "[default]\ncredential_process = sleep 3600 MARKED-ARGUMENT\n")],
        expected: Err("the credential_process `sleep …` did not end within 60s and was stopped"),
        ..NOTHING
    };
    let clock = FakeClock::new(Timestamp::EPOCH);
    let client = Client::builder().environment(row.environment()).clock(clock.clone());
    row.check(&client.transport(Script::new(&[])).build().unwrap()).await;
    assert_eq!(clock.elapsed(), Duration::from_mins(1));
}

#[tokio::test]
async fn keys_of_an_instance_are_used_beyond_their_end_while_there_are_no_newer_ones() {
    const OLD: &str =
        r#"{"AccessKeyId":"OLD","SecretAccessKey":"s","Token":"t","Expiration":"2001-01-01T00:00:00Z"}"#;
    let script = Script::new(&[
        (TOKEN, &[Status(200, "session")]),
        (ROLES, &[Status(200, "role"), Status(500, "")]),
        ("/role", &[Status(200, OLD)]),
    ]);
    let clock = FakeClock::new(Timestamp::new(1_700_000_000, 0));
    let environment = Environment::empty().with("HOME", "/h");
    let client = Client::builder().environment(environment).clock(clock.clone()).transport(script.clone());
    let chain = DefaultChain::new(client.build().unwrap());
    for expected_requests in [3, 7] {
        let keys: Credentials = chain.provide().await.unwrap();
        let left = keys.expires_at().unwrap().since(clock.now());
        assert_eq!(keys.access_key_id(), "OLD");
        assert!((Duration::from_mins(10)..=Duration::from_mins(15)).contains(&left), "{left:?}");
        assert_eq!(script.transport.requests().len(), expected_requests);
    }
}

/// The region comes from the instance where nothing else sets one, and is asked for once.
#[tokio::test]
async fn the_region_is_that_of_the_instance_if_nothing_else_sets_one() {
    let answers: Answers = &[
        (TOKEN, &[Status(200, "session")]),
        ("/latest/meta-data/placement/region", &[Status(200, "eu-north-1")]),
    ];
    let load = async |environment: Environment| {
        let script = Script::new(answers);
        let builder = Client::builder().environment(environment).transport(script.clone());
        let client = builder.load().await.unwrap();
        (client.region().map(str::to_owned), script.transport.requests().len())
    };
    let environment = Environment::empty;
    assert_eq!(load(environment()).await, (Some("eu-north-1".to_owned()), 2));
    let disabled = environment().with("AWS_EC2_METADATA_DISABLED", "true");
    assert_eq!(load(disabled).await, (None, 0));
    let set = environment().with("AWS_REGION", "us-west-2");
    assert_eq!(load(set).await, (Some("us-west-2".to_owned()), 0));
}

/// On the real network: nothing is configured, and there is no instance.
#[tokio::test]
async fn an_empty_chain_fails_within_two_seconds_and_names_every_place() {
    let environment = Environment::empty()
        .with("HOME", "/h")
        // An address that answers nothing (RFC 5737).
        .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://192.0.2.1");
    let client = Client::builder().environment(environment).build().unwrap();
    let start = std::time::Instant::now();
    let error = DefaultChain::new(&client).provide().await.unwrap_err();
    let (time, text) = (start.elapsed(), with_causes(&error));
    assert!(time < Duration::from_secs(2), "{time:?}: {text}");
    assert!(error.is_not_loaded(), "{text}");
    for place in ["the environment", "profile `default`", "the web identity", "the container", "EC2 instance"]
    {
        assert!(text.contains(place), "{text}");
    }
}
