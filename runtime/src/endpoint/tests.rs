//! The endpoint of a call: settings, rules, and what is kept of the answers.

use super::{
    BuiltIns, Cache, Client, Given,
    address::{check, check_region},
    functions::{equals, is_set, partition},
    resolve,
};
use crate::{
    codec::{CodecError, MemberWriter, Structure, structure},
    config::{ConfigError, Environment, Setting, Settings},
    error::ServiceError,
    operation::{
        OperationSchema, Protocol, Request, Response, ServiceSchema,
        rules::{self, Expr::*, Rule::*, RuleSet, Value},
    },
    schema::Schema,
};

mod evaluation;
mod functions;
mod input;

#[derive(Debug)]
struct Nothing;

impl Protocol for Nothing {
    fn name(&self) -> &'static str {
        "none"
    }

    fn write_request(
        &self,
        _: &'static OperationSchema,
        _: &dyn Structure,
        _: &crate::operation::Settings<'_>,
    ) -> Result<Request, CodecError> {
        Err(CodecError::new("unused"))
    }

    fn read_response(
        &self,
        _: &'static OperationSchema,
        _: Response,
        _: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        Ok(())
    }

    fn read_error(&self, _: &'static OperationSchema, response: Response) -> ServiceError {
        ServiceError::new(response.status)
    }
}

/// An input without members.
#[derive(Debug)]
struct Empty;

impl Structure for Empty {
    fn schema(&self) -> &'static Schema {
        Self::schema_of()
    }

    fn schema_of() -> &'static Schema {
        static EMPTY: Schema = Schema { name: "Empty", members: &[], fields: &[], union: false };
        &EMPTY
    }

    fn type_name(&self) -> &'static str {
        "Empty"
    }

    fn write(&self, _: &mut dyn MemberWriter) {}

    fn slot(&mut self, _: usize) -> Option<&mut dyn crate::codec::Value> {
        None
    }

    fn blank() -> Self {
        Self
    }
}

const SERVICE: ServiceSchema =
    ServiceSchema::new("API Gate-Way", "apigateway", "2015-07-09", "api", &Nothing);
static PLAIN: ServiceSchema = SERVICE;
static RULED: ServiceSchema = SERVICE.endpoint_rules(&RULES);

/// What nearly all services have.
static RULES: RuleSet = RuleSet {
    parameters: &[
        rules::string("Region").built_in("AWS::Region"),
        rules::boolean("UseFIPS").built_in("AWS::UseFIPS").required().default(Bool(false)),
        rules::string("Endpoint").built_in("SDK::Endpoint"),
        rules::string("Kind").client(),
    ],
    variables: &["Partition"],
    rules: &[
        Tree(
            &[Call(is_set, &[Var(2)])],
            &[Error(&[Var(1)], Text("FIPS and custom endpoint are not supported")), Url(&[], Var(2))],
        ),
        Endpoint(
            &[Call(equals, &[Var(3), Text("green")])],
            Text("https://green.aws"),
            &[(
                "authSchemes",
                List(&[
                    Object(&[("name", Text("sigv4a"))]),
                    Object(&[
                        ("name", Text("sigv4")),
                        ("signingName", Text("green")),
                        ("signingRegion", Text("us-east-1")),
                        ("disableDoubleEncoding", Bool(true)),
                    ]),
                ]),
            )],
            &[("x-colour", &[Text("green"), Var(3)])],
        ),
        Url(
            &[Call(is_set, &[Var(0)]), Let(4, &Call(partition, &[Var(0)]))],
            Template("https://api.{Region}.{Partition#dnsSuffix}"),
        ),
        Error(&[], Text("Invalid Configuration: Missing Region")),
    ],
};

fn operation(service: &'static ServiceSchema) -> OperationSchema {
    OperationSchema::new(service, "Op", "POST", "/", structure::<Empty>(""), structure::<Empty>(""))
}

const CONFIG: &str = "[default]\nservices = local\nendpoint_url = http://of.profile\n\
                      [services local]\napi_gate_way =\n  endpoint_url = http://of.services\n\
                      [profile plain]\nendpoint_url = http://of.profile\n\
                      [profile bare]\ns3 =\n  addressing_style = path\n\
                      [profile typo]\nservices = locla\n\
                      [profile deaf]\nignore_configured_endpoint_urls = TRUE\nendpoint_url = http://of.profile";

fn settings(variables: &[(&str, &str)]) -> Settings {
    let environment = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", CONFIG);
    let environment = variables.iter().fold(environment, |all, (name, value)| all.with(*name, *value));
    Settings::new(environment, None)
}

/// The address of a call under these variables, and whether anything but the region gave it.
fn resolved(
    service: &'static ServiceSchema,
    variables: &[(&str, &str)],
    given: Option<&str>,
    region: Option<&str>,
) -> Result<(String, bool), String> {
    let settings = settings(variables);
    let built_ins = BuiltIns::new(Given::default(), &settings);
    let own = match given {
        Some(url) => Some(Setting::new(url, "given")),
        None => settings.endpoint_url(service.id).map_err(|error| error.to_string())?,
    };
    let url = own.as_ref().map(|own| own.value.clone());
    let client = Client { built_ins: &built_ins, region, endpoint: url.as_deref(), account: None };
    let missing = ConfigError::new("no region is set: set AWS_REGION");
    let missing = region.is_none().then_some(&missing);
    let found = resolve(&operation(service), &Empty, &client, own, missing, &Cache::default());
    found.map(|found| (found.url.to_string(), found.origin.is_some())).map_err(|error| error.to_string())
}

#[test]
fn places_in_their_order() {
    let service = ("AWS_ENDPOINT_URL_API_GATE_WAY", "http://of.service");
    let global = ("AWS_ENDPOINT_URL", "http://of.variable");
    let plain = ("AWS_PROFILE", "plain");
    let deaf = ("AWS_PROFILE", "deaf");
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let standard = "https://api.eu-west-1.amazonaws.com/";
    let cases = [
        (vec![service, global], Some("http://given:80/x"), "http://given/x"),
        (vec![service, global], None, "http://of.service/"),
        (vec![global], None, "http://of.variable/"),
        (vec![], None, "http://of.services/"),
        (vec![plain], None, "http://of.profile/"),
        (vec![service, global, ignore], None, standard),
        (vec![service, deaf], None, standard),
        (vec![ignore], Some("http://given"), "http://given/"),
    ];
    for (variables, given, expected) in cases {
        for service in [&PLAIN, &RULED] {
            let (found, own) = resolved(service, &variables, given, Some("eu-west-1")).unwrap();
            assert_eq!(found, expected, "{variables:?}");
            assert_eq!(own, expected != standard, "{variables:?}");
        }
    }
}

#[test]
fn usual_addresses_without_rules() {
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let found = |more: &[(&str, &str)]| {
        resolved(&PLAIN, &[&[ignore], more].concat(), None, Some("eu-west-1")).unwrap().0
    };
    let (fips, dual) = (("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_USE_DUALSTACK_ENDPOINT", "true"));
    assert_eq!(found(&[fips]), "https://api-fips.eu-west-1.amazonaws.com/");
    assert_eq!(found(&[dual]), "https://api.eu-west-1.api.aws/");
    assert_eq!(found(&[fips, dual]), "https://api-fips.eu-west-1.api.aws/");
}

#[test]
fn what_cannot_be_used_is_named() {
    let error = |service, variables: &[(&str, &str)], given| {
        resolved(service, variables, given, Some("eu-west-1")).unwrap_err()
    };
    let told = error(&RULED, &[("AWS_ENDPOINT_URL", "localhost:4566")], None);
    assert!(told.contains("`localhost:4566` (AWS_ENDPOINT_URL) must begin with http://"), "{told}");
    let told = error(&PLAIN, &[("AWS_PROFILE", "typo")], None);
    assert!(told.contains("`services` of profile `typo` names `locla`"), "{told}");
    let told = error(&PLAIN, &[("AWS_PROFILE", "nobody")], None);
    assert!(told.contains("no profile `nobody`") && told.contains("AWS_PROFILE asks for it"), "{told}");
    let odd = [("AWS_USE_FIPS_ENDPOINT", "yes"), ("AWS_PROFILE", "plain")];
    assert!(resolved(&PLAIN, &odd, Some("http://x"), None).is_ok(), "not asked for a given address");
    let told = error(&RULED, &odd, Some("http://x"));
    assert_eq!(told, "AWS_USE_FIPS_ENDPOINT must be true or false, but is `yes`");
    for bad in ["", "http://", "ftp://x", "http://user@x", "http://x?y", "http://x#y", "x"] {
        assert!(check(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_rule_speaks_for_itself() {
    let fips = [("AWS_USE_FIPS_ENDPOINT", "true")];
    let told = resolved(&RULED, &fips, Some("http://x"), Some("eu-west-1")).unwrap_err();
    assert_eq!(
        told,
        "FIPS and custom endpoint are not supported (endpoint parameters: Region = \"eu-west-1\", UseFIPS = true, \
         Endpoint = \"http://x\")"
    );
    let bare = [("AWS_PROFILE", "bare")];
    let told = resolved(&RULED, &bare, None, None).unwrap_err();
    assert!(told.starts_with("Invalid Configuration: Missing Region (endpoint parameters: "), "{told}");
    assert!(told.ends_with("; no region is set: set AWS_REGION"), "{told}");
    assert_eq!(resolved(&PLAIN, &bare, None, None).unwrap_err(), "no region is set: set AWS_REGION");
}

#[test]
fn regions_are_labels() {
    for good in ["eu-central-1", "us-gov-west-1", "local"] {
        check_region(&Setting::new(good, "given")).unwrap();
    }
    for bad in ["evil.com/", "a b", "-x", "x-", "ä", "a_b", ""] {
        assert!(check_region(&Setting::new(bad, "given")).is_err(), "{bad}");
    }
}

fn given(name: &str, value: &str) -> Given {
    let mut given = Given::default();
    given.parameters.insert(name.to_owned(), Value::from(value.to_owned()));
    given
}

#[test]
fn what_a_client_was_given_by_name_and_what_follows() {
    let settings = settings(&[("AWS_PROFILE", "bare")]);
    let built_ins = BuiltIns::new(given("Kind", "green"), &settings);
    let client = Client { built_ins: &built_ins, region: Some("eu-west-1"), endpoint: None, account: None };
    let found = resolve(&operation(&RULED), &Empty, &client, None, None, &Cache::default()).unwrap();
    assert_eq!(found.url.as_str(), "https://green.aws/");
    let colours: Vec<_> = found.address.headers.get_all("x-colour").iter().collect();
    assert_eq!(colours, ["green", "green"]);
    let scheme = &found.address.scheme;
    assert_eq!((scheme.service.as_deref(), scheme.region.as_deref()), (Some("green"), Some("us-east-1")));
    assert!(scheme.encoded_once && scheme.unsupported.is_none());
    // Only what the model lists for clients can be given so.
    let built_ins = BuiltIns::new(given("Region", "mars-1"), &settings);
    let client = Client { built_ins: &built_ins, ..client };
    let found = resolve(&operation(&RULED), &Empty, &client, None, None, &Cache::default()).unwrap();
    assert_eq!(found.url.as_str(), "https://api.eu-west-1.amazonaws.com/");
}

#[test]
fn settings_by_variable_profile_and_builder() {
    let built_ins = |given, variables: &[(&str, &str)]| BuiltIns::new(given, &settings(variables));
    let bare = ("AWS_PROFILE", "bare");
    let found = built_ins(Given::default(), &[bare, ("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "legacy")]);
    assert_eq!(found.get("AWS::S3::ForcePathStyle"), Ok(&Value::Bool(true)));
    assert_eq!(found.get("AWS::S3::UseGlobalEndpoint"), Ok(&Value::Bool(true)));
    assert_eq!(found.get("AWS::S3::UseArnRegion"), Ok(&Value::None));
    let mut given = Given::default();
    given.settings.insert("AWS::S3::ForcePathStyle", Value::Bool(false));
    let found = built_ins(given, &[bare, ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required")]);
    assert_eq!(found.get("AWS::S3::ForcePathStyle"), Ok(&Value::Bool(false)));
    assert_eq!(found.get("AWS::Auth::AccountIdEndpointMode"), Ok(&Value::from("required")));
    let found = built_ins(Given::default(), &[bare, ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "maybe")]);
    assert_eq!(
        found.get("AWS::Auth::AccountIdEndpointMode").unwrap_err().to_string(),
        "AWS_ACCOUNT_ID_ENDPOINT_MODE must be preferred or disabled or required, but is `maybe`"
    );
}

#[test]
fn answers_are_kept() {
    let settings = settings(&[("AWS_PROFILE", "bare")]);
    let built_ins = BuiltIns::new(Given::default(), &settings);
    let cache = Cache::default();
    let ask = |region: &str| {
        let client = Client { built_ins: &built_ins, region: Some(region), endpoint: None, account: None };
        resolve(&operation(&RULED), &Empty, &client, None, None, &cache).unwrap().address
    };
    let first = ask("eu-west-1");
    assert!(std::sync::Arc::ptr_eq(&first, &ask("eu-west-1")), "asked again");
    assert!(!std::sync::Arc::ptr_eq(&first, &ask("eu-west-2")));
    for number in 0..1000 {
        let region = format!("region-{number}");
        assert_eq!(ask(&region).url.as_str(), format!("https://api.{region}.amazonaws.com/"));
    }
    assert_eq!(cache.len(), super::cache::CAPACITY);
    assert!(!std::sync::Arc::ptr_eq(&first, &ask("eu-west-1")), "forgotten meanwhile");
}
