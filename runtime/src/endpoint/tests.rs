//! The endpoint of a call: settings, rules, and the cache.

use super::{CallEndpoint, EndpointCache, EndpointContext, EndpointValue, RuleSet, resolve};
use crate::{
    codec::{CodecError, MemberWriter, Structure, structure},
    config::{ClientConfig, ConfigError, Environment, ExplicitSettings, Setting, SettingsReader},
    endpoint_rules::{
        functions::{equals, is_set, partition},
        rule_set,
        rule_set::{Expr::*, Rule::*},
    },
    error::ServiceError,
    operation::{OperationSchema, Protocol, Request, Response, ServiceSchema},
    schema::Schema,
};
use std::sync::Arc;

mod context_params;

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
        _: &crate::operation::RequestOptions<'_>,
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
        static EMPTY: Schema = Schema::structure("Empty", &[], &[]);
        &EMPTY
    }

    fn type_name(&self) -> &'static str {
        "Empty"
    }

    fn write(&self, _: &mut dyn MemberWriter) {}

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn crate::codec::Value> {
        None
    }

    fn empty() -> Self {
        Self
    }

    fn reset(&mut self) {
        *self = Self::empty();
    }
}

const SERVICE: ServiceSchema =
    ServiceSchema::new("API Gate-Way", "apigateway", "2015-07-09", "api", &Nothing);
static PLAIN: ServiceSchema = SERVICE;
static RULED: ServiceSchema = SERVICE.endpoint_rules(&RULES);

/// The rules that nearly all services have.
static RULES: RuleSet = RuleSet {
    parameters: &[
        rule_set::string("Region").built_in("AWS::Region"),
        rule_set::boolean("UseFIPS").built_in("AWS::UseFIPS").required().default(Bool(false)),
        rule_set::string("Endpoint").built_in("SDK::Endpoint"),
        rule_set::string("Kind").client(),
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
                      [profile ignoring]\nignore_configured_endpoint_urls = TRUE\nendpoint_url = http://of.profile";

fn client(variables: &[(&str, &str)], explicit: ExplicitSettings) -> ClientConfig {
    let environment = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", CONFIG);
    let environment = variables.iter().fold(environment, |all, (name, value)| all.with(*name, *value));
    ClientConfig::new(Arc::new(SettingsReader::new(environment, None)), explicit).unwrap()
}

fn resolve_for(
    service: &'static ServiceSchema,
    client: &ClientConfig,
    cache: &EndpointCache,
) -> Result<CallEndpoint, ConfigError> {
    let config = client.service(service.id);
    resolve(&operation(service), &Empty, &EndpointContext::new(&config, None)?, cache)
}

fn in_region(region: &str) -> ExplicitSettings {
    ExplicitSettings { region: Some(Setting::new(region, "explicit")), ..ExplicitSettings::default() }
}

/// The URL of a call under these variables, and whether it is a custom endpoint.
fn resolved(
    service: &'static ServiceSchema,
    variables: &[(&str, &str)],
    endpoint_url: Option<&str>,
    region: Option<&str>,
) -> Result<(String, bool), String> {
    let mut explicit = region.map(in_region).unwrap_or_default();
    explicit.endpoint_url = endpoint_url.map(|url| Setting::new(url, "explicit"));
    let found = resolve_for(service, &client(variables, explicit), &EndpointCache::default());
    found.map(|found| (found.url.to_string(), found.origin.is_some())).map_err(|error| error.to_string())
}

#[test]
fn custom_endpoints_come_from_the_first_source_that_has_one() {
    let service = ("AWS_ENDPOINT_URL_API_GATE_WAY", "http://of.service");
    let global = ("AWS_ENDPOINT_URL", "http://of.variable");
    let plain = ("AWS_PROFILE", "plain");
    let ignoring = ("AWS_PROFILE", "ignoring");
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let standard = "https://api.eu-west-1.amazonaws.com/";
    let cases = [
        (vec![service, global], Some("http://explicit:80/x"), "http://explicit/x"),
        (vec![service, global], None, "http://of.service/"),
        (vec![global], None, "http://of.variable/"),
        (vec![], None, "http://of.services/"),
        (vec![plain], None, "http://of.profile/"),
        (vec![service, global, ignore], None, standard),
        (vec![service, ignoring], None, standard),
        (vec![ignore], Some("http://explicit"), "http://explicit/"),
    ];
    for (variables, explicit, expected) in cases {
        for service in [&PLAIN, &RULED] {
            let (found, is_custom) = resolved(service, &variables, explicit, Some("eu-west-1")).unwrap();
            assert_eq!(found, expected, "{variables:?}");
            assert_eq!(is_custom, expected != standard, "{variables:?}");
        }
    }
}

#[test]
fn default_urls_of_services_without_rules() {
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
fn invalid_settings_are_reported_with_their_origin() {
    let error = |service, variables: &[(&str, &str)], explicit| {
        resolved(service, variables, explicit, Some("eu-west-1")).unwrap_err()
    };
    let message = error(&RULED, &[("AWS_ENDPOINT_URL", "localhost:4566")], None);
    assert!(message.contains("`localhost:4566` (AWS_ENDPOINT_URL) must begin with http://"), "{message}");
    let message = error(&PLAIN, &[("AWS_PROFILE", "typo")], None);
    assert!(message.contains("`services` of profile `typo` names `locla`"), "{message}");
    let message = error(&PLAIN, &[("AWS_PROFILE", "nobody")], None);
    assert!(
        message.contains("no profile `nobody`") && message.contains("it is selected by AWS_PROFILE"),
        "{message}"
    );
    let odd = [("AWS_USE_FIPS_ENDPOINT", "yes"), ("AWS_PROFILE", "plain")];
    assert!(resolved(&PLAIN, &odd, Some("http://x"), None).is_ok(), "not needed for a custom endpoint");
    let message = error(&RULED, &odd, Some("http://x"));
    assert_eq!(message, "AWS_USE_FIPS_ENDPOINT must be true or false, but it is `yes`");
}

#[test]
fn errors_of_rules_name_the_parameters() {
    let fips = [("AWS_USE_FIPS_ENDPOINT", "true")];
    let message = resolved(&RULED, &fips, Some("http://x"), Some("eu-west-1")).unwrap_err();
    assert_eq!(
        message,
        "FIPS and custom endpoint are not supported (endpoint parameters: Region = \"eu-west-1\", UseFIPS = true, \
         Endpoint = \"http://x\")"
    );
    let bare = [("AWS_PROFILE", "bare")];
    let message = resolved(&RULED, &bare, None, None).unwrap_err();
    assert!(message.starts_with("Invalid Configuration: Missing Region (endpoint parameters: "), "{message}");
    assert!(message.contains("; no region is set: set AWS_REGION"), "{message}");
    let message = resolved(&PLAIN, &bare, None, None).unwrap_err();
    assert!(message.starts_with("no region is set: set AWS_REGION"), "{message}");
}

#[test]
fn client_context_parameters_set_by_name() {
    let found = |name: &str, value: &str| {
        let mut explicit = in_region("eu-west-1");
        explicit.params.client_context.insert(name.to_owned(), EndpointValue::from(value.to_owned()));
        let client = client(&[("AWS_PROFILE", "bare")], explicit);
        resolve_for(&RULED, &client, &EndpointCache::default()).unwrap()
    };
    let green = found("Kind", "green");
    assert_eq!(green.url.as_str(), "https://green.aws/");
    let colours: Vec<_> = green.resolved.headers.get_all("x-colour").iter().collect();
    assert_eq!(colours, ["green", "green"]);
    let [first, scheme] = &green.resolved.auth_schemes[..] else { panic!("{green:?}") };
    assert_eq!((first.name.as_str(), scheme.name.as_str()), ("sigv4a", "sigv4"));
    let names = (scheme.signing_name.as_deref(), scheme.signing_region.as_deref());
    assert_eq!(names, (Some("green"), Some("us-east-1")));
    assert!(scheme.disable_double_encoding);
    // Only client context parameters can be set by name.
    assert_eq!(found("Region", "mars-1").url.as_str(), "https://api.eu-west-1.amazonaws.com/");
}

#[test]
fn resolved_endpoints_are_cached() {
    let cache = EndpointCache::default();
    let resolved = |region: &str| {
        let client = client(&[("AWS_PROFILE", "bare")], in_region(region));
        resolve_for(&RULED, &client, &cache).unwrap().resolved
    };
    let first = resolved("eu-west-1");
    assert!(Arc::ptr_eq(&first, &resolved("eu-west-1")), "resolved again");
    assert!(!Arc::ptr_eq(&first, &resolved("eu-west-2")));
    for number in 0..1000 {
        let region = format!("region-{number}");
        assert_eq!(resolved(&region).url.as_str(), format!("https://api.{region}.amazonaws.com/"));
    }
    assert_eq!(cache.len(), super::cache::CAPACITY);
    assert!(!Arc::ptr_eq(&first, &resolved("eu-west-1")), "still cached");
}
