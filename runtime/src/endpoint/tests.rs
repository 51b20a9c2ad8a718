use super::{Parameters, check, check_region, resolve};
use crate::{
    config::{Environment, Setting, Settings},
    protocol::Protocol,
    schema::ServiceSchema,
};

#[derive(Debug)]
struct Nothing;

impl Protocol for Nothing {
    fn name(&self) -> &'static str {
        "none"
    }

    fn write_request(
        &self,
        _: &'static crate::schema::OperationSchema,
        _: &dyn crate::codec::Structure,
        _: &crate::protocol::Settings<'_>,
    ) -> Result<crate::protocol::Request, crate::codec::CodecError> {
        Err(crate::codec::CodecError::new("unused"))
    }

    fn read_response(
        &self,
        _: &'static crate::schema::OperationSchema,
        _: crate::protocol::Response,
        _: &mut dyn crate::codec::Structure,
    ) -> Result<(), crate::codec::CodecError> {
        Ok(())
    }

    fn read_error(
        &self,
        _: &'static crate::schema::OperationSchema,
        response: crate::protocol::Response,
    ) -> crate::error::ServiceError {
        crate::error::ServiceError::new(response.status)
    }
}

const SERVICE: ServiceSchema =
    ServiceSchema::new("API Gate-Way", "apigateway", "2015-07-09", "api", &Nothing);

const CONFIG: &str = "[default]\nservices = local\nendpoint_url = http://of.profile\n\
                      [services local]\napi_gate_way =\n  endpoint_url = http://of.services\n\
                      [profile plain]\nendpoint_url = http://of.profile\n\
                      [profile typo]\nservices = locla\n\
                      [profile deaf]\nignore_configured_endpoint_urls = TRUE\nendpoint_url = http://of.profile";

fn resolved(variables: &[(&str, &str)], given: Option<&str>) -> Result<(String, bool), String> {
    let environment = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", CONFIG);
    let environment = variables.iter().fold(environment, |all, (name, value)| all.with(*name, *value));
    let settings = Settings::new(environment, None);
    let given = given.map(|url| Setting::new(url, "given"));
    let (region, host_prefix) = (Ok("eu-west-1"), Some("data."));
    let endpoint =
        resolve(&SERVICE, Parameters { settings: &settings, region, host_prefix, given: given.as_ref() });
    endpoint.map(|found| (found.url.to_string(), found.host_prefix)).map_err(|error| error.to_string())
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
        let (found, prefix) = resolved(&variables, given).unwrap();
        assert_eq!(found, expected, "{variables:?}");
        assert_eq!(prefix, expected == standard, "{variables:?}");
    }
}

#[test]
fn standard_addresses() {
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let found = |more: &[(&str, &str)]| resolved(&[&[ignore], more].concat(), None).unwrap().0;
    let (fips, dual) = (("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_USE_DUALSTACK_ENDPOINT", "true"));
    assert_eq!(found(&[fips]), "https://api-fips.eu-west-1.amazonaws.com/");
    assert_eq!(found(&[dual]), "https://api.eu-west-1.api.aws/");
    assert_eq!(found(&[fips, dual]), "https://api-fips.eu-west-1.api.aws/");
}

#[test]
fn what_cannot_be_used_is_named() {
    let error = resolved(&[("AWS_ENDPOINT_URL", "localhost:4566")], None).unwrap_err();
    assert!(error.contains("`localhost:4566` (AWS_ENDPOINT_URL) must begin with http://"), "{error}");
    let error = resolved(&[("AWS_PROFILE", "typo")], None).unwrap_err();
    assert!(error.contains("`services` of profile `typo` names `locla`"), "{error}");
    let error = resolved(&[("AWS_PROFILE", "nobody")], None).unwrap_err();
    assert!(error.contains("no profile `nobody`") && error.contains("AWS_PROFILE asks for it"), "{error}");
    let error = resolved(&[("AWS_USE_FIPS_ENDPOINT", "yes"), ("AWS_PROFILE", "plain")], Some("http://x"));
    assert!(error.is_ok(), "not asked for a given address");
    for bad in ["", "http://", "ftp://x", "http://user@x", "http://x?y", "http://x#y", "x"] {
        assert!(check(bad).is_err(), "{bad}");
    }
}

#[test]
fn regions_are_labels() {
    for good in ["eu-central-1", "us-gov-west-1", "local"] {
        check_region(&Setting::new(good, "given")).unwrap();
    }
    for bad in ["evil.com/", "a b", "-x", "x-", "ä", "a_b"] {
        assert!(check_region(&Setting::new(bad, "given")).is_err(), "{bad}");
    }
}
