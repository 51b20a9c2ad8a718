//! The settings of a client for one service, resolved once.

use super::{
    BodySettings, BuiltIns, ConfigError, ExplicitBodySettings, ExplicitParams, ExplicitRetries, Setting,
    SettingsReader, table::REGION,
};
use crate::{
    endpoint_rules::is_host_label,
    retry::{RetryConfig, ServiceRetries},
};
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};
use url::{Host, Url};

/// The settings that a client was built with.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExplicitSettings {
    pub(crate) region: Option<Setting>,
    pub(crate) endpoint_url: Option<Setting>,
    pub(crate) params: ExplicitParams,
    pub(crate) retries: ExplicitRetries,
    pub(crate) bodies: ExplicitBodySettings,
}

/// The settings of a client, per service. Each one is read from the environment and the profile once.
#[derive(Debug)]
pub(crate) struct ClientConfig {
    reader: Arc<SettingsReader>,
    /// The region, unchecked. The first call that needs it reports that it is missing or invalid.
    region: Result<Option<Setting>, ConfigError>,
    endpoint_url: Option<Setting>,
    built_ins: Arc<BuiltIns>,
    retries: Result<RetryConfig, ConfigError>,
    bodies: BodySettings,
    /// By `serviceId`.
    services: Mutex<Vec<(&'static str, Arc<ServiceConfig>)>>,
}

/// The settings of a client for one service. The first call that needs an invalid setting reports it.
#[derive(Clone, Debug)]
pub(crate) struct ServiceConfig {
    /// The region, or why there is none.
    pub(crate) region: Result<String, ConfigError>,
    /// The custom endpoint, if one is set.
    pub(crate) custom_endpoint: Result<Option<CustomEndpoint>, ConfigError>,
    /// Whether host prefixes are disabled, if that is set.
    pub(crate) disable_host_prefix: Result<Option<bool>, ConfigError>,
    /// The settings that endpoint rules refer to.
    pub(crate) built_ins: Arc<BuiltIns>,
    /// What the retries of all calls to the service share.
    pub(crate) retries: Result<Arc<ServiceRetries>, ConfigError>,
}

/// An endpoint that a setting determines.
#[derive(Clone, Debug)]
pub(crate) struct CustomEndpoint {
    pub(crate) setting: Setting,
    pub(crate) url: Url,
}

impl ClientConfig {
    /// Takes the explicit settings, and reads those that do not depend on the service.
    ///
    /// Fails if the explicit region, endpoint or any other is invalid.
    pub(crate) fn new(reader: Arc<SettingsReader>, explicit: ExplicitSettings) -> Result<Self, ConfigError> {
        let is_explicit = explicit.region.is_some();
        let ExplicitSettings { region, endpoint_url, mut params, retries, bodies } = explicit;
        retries.check()?;
        let mut region = region.map_or_else(|| reader.region(), |region| Ok(Some(region)));
        if let Ok(Some(region)) = &mut region {
            if let Some(real) = without_fips(&region.value) {
                region.value = real;
                params.built_ins.insert("AWS::UseFIPS", true.into());
            }
            if is_explicit {
                check_region(region)?;
            }
        }
        if let Some(url) = &endpoint_url {
            CustomEndpoint::new(url.clone())?;
        }
        let built_ins = Arc::new(BuiltIns::new(params, &reader)?);
        let retries = reader.retries(retries);
        let bodies = BodySettings::new(&bodies, &reader)?;
        let services = Mutex::default();
        Ok(Self { reader, region, endpoint_url, built_ins, retries, bodies, services })
    }

    /// The region, if one is set. It may be invalid.
    pub(crate) fn region(&self) -> Option<&str> {
        self.region.as_ref().ok()?.as_ref().map(|region| region.value.as_str())
    }

    /// Whether nothing sets a region.
    pub(crate) fn lacks_region(&self) -> bool {
        matches!(self.region, Ok(None))
    }

    /// The custom endpoint that the client was built with.
    pub(crate) fn explicit_endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_ref().map(|url| url.value.as_str())
    }

    /// The settings for bodies.
    pub(crate) fn bodies(&self) -> &BodySettings {
        &self.bodies
    }

    /// The environment that the settings come from.
    pub(crate) fn environment(&self) -> &super::Environment {
        self.reader.environment()
    }

    /// The settings for the service with this `serviceId`, read at the first call.
    pub(crate) fn service(&self, service_id: &'static str) -> Arc<ServiceConfig> {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, config)) = services.iter().find(|(id, _)| *id == service_id) {
            return Arc::clone(config);
        }
        let config = Arc::new(self.resolve(service_id));
        services.push((service_id, Arc::clone(&config)));
        config
    }

    fn resolve(&self, service_id: &str) -> ServiceConfig {
        let endpoint_url = match &self.endpoint_url {
            Some(explicit) => Ok(Some(explicit.clone())),
            None => self.reader.endpoint_url(service_id),
        };
        ServiceConfig {
            region: self.checked_region(),
            custom_endpoint: endpoint_url.and_then(|url| url.map(CustomEndpoint::new).transpose()),
            disable_host_prefix: self.reader.host_prefix_disabled(),
            built_ins: Arc::clone(&self.built_ins),
            retries: self.retries.clone().map(|config| Arc::new(ServiceRetries::new(service_id, config))),
        }
    }

    fn checked_region(&self) -> Result<String, ConfigError> {
        let region = self.region.as_ref().map_err(Clone::clone)?.as_ref().ok_or_else(|| {
            let property = self.reader.describe_property("region");
            ConfigError::new(format!(
                "no region is set: set {}, or {property} in the config file, or call `Client::builder().{}(…)`",
                REGION.variables.join(" or "),
                REGION.builder,
            ))
        })?;
        check_region(region)?;
        Ok(region.value.clone())
    }
}

impl ServiceConfig {
    /// Returns the same settings with another region.
    pub(crate) fn in_region(&self, region: String) -> Self {
        Self { region: Ok(region), ..self.clone() }
    }
}

impl CustomEndpoint {
    pub(super) fn new(setting: Setting) -> Result<Self, ConfigError> {
        let url = parse_url(&setting.value).map_err(|problem| {
            let (value, origin) = (without_userinfo(&setting.value), &setting.origin);
            ConfigError::new(format!("the endpoint `{value}` ({origin}) {problem}"))
        })?;
        // Rules compare the scheme, and put the bucket before the host.
        let mut value = url.to_string();
        if url.path() == "/" && !setting.value.trim_end().ends_with('/') {
            value.pop();
        }
        Ok(Self { setting: Setting { value, ..setting }, url })
    }

    /// Whether the host is an IP address, which has no names below it.
    pub(crate) fn has_ip_host(&self) -> bool {
        matches!(self.url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
    }
}

/// The region that a name such as `fips-us-east-1` or `us-gov-west-1-fips` stands for, which older programs use to ask for
/// FIPS endpoints; `None` for any other.
fn without_fips(region: &str) -> Option<String> {
    let real = region.replace("fips-", "").replace("-fips", "");
    (real != region && !real.is_empty()).then_some(real)
}

/// Whether a region can be part of a host name.
pub(crate) fn is_region(text: &str) -> bool {
    is_host_label(text, false) && !text.ends_with('-')
}

/// Checks that a region can be part of a host name.
fn check_region(Setting { value, origin }: &Setting) -> Result<(), ConfigError> {
    if is_region(value) {
        return Ok(());
    }
    let problem = format!("`{value}` ({origin}) is not a valid region: expected one such as eu-central-1");
    Err(ConfigError::new(problem))
}

/// Returns the text of a URL without a user name and password, which do not belong into errors.
pub(crate) fn without_userinfo(url: &str) -> Cow<'_, str> {
    let start = url.find(':').map_or(0, |end| end + 1);
    let start = url.len() - url.get(start..).unwrap_or_default().trim_start_matches(['/', '\\']).len();
    let (scheme, rest) = url.split_at(start);
    // Where the URL is not one, or not that of an endpoint, these characters may be part of the password.
    let endpoint = Url::parse(url).ok().filter(|url| url.query().is_none() && url.fragment().is_none());
    let end = endpoint.and_then(|_| rest.find(['/', '\\'])).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => format!("{scheme}…{}", rest.get(at..).unwrap_or_default()).into(),
        None => url.into(),
    }
}

/// Parses the base URL of an endpoint. The error continues a sentence that names the URL: "must begin with …".
pub(crate) fn parse_url(text: &str) -> Result<Url, String> {
    const EXPECTED: &str = "expected one such as http://localhost:4566 or https://example.com/base";
    let url = Url::parse(text).map_err(|error| format!("is not a valid URL: {error}; {EXPECTED}"))?;
    let text = text.trim();
    let problem = match &url {
        url if !matches!(url.scheme(), "http" | "https") => "must begin with http:// or https://",
        url if url.host_str().is_none_or(str::is_empty) => "has no host",
        url if !url.username().is_empty() || url.password().is_some() => "must not contain a user name",
        // The parser accepts `http:host`, `http:/host` and `http:\\host`, as browsers do.
        url if !has_two_slashes(text) => {
            let rest = text.split_once(':').map_or("", |(_, rest)| rest.trim_start_matches(['/', '\\']));
            let rest = without_userinfo(rest);
            return Err(format!("must begin with {0}://; write it as {0}://{rest}", url.scheme()));
        }
        url if url.query().is_some() || url.fragment().is_some() => {
            "must end with the path, without a query or fragment"
        }
        _ => return Ok(url),
    };
    Err(format!("{problem}; {EXPECTED}"))
}

/// Whether exactly two slashes follow the scheme.
fn has_two_slashes(url: &str) -> bool {
    let rest = url.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//"));
    rest.is_some_and(|rest| !rest.starts_with(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_must_be_host_labels() {
        for good in ["eu-central-1", "us-gov-west-1", "local"] {
            check_region(&Setting::new(good, "test")).unwrap();
        }
        for bad in ["evil.com/", "a b", "-x", "x-", "ä", "a_b", ""] {
            assert!(check_region(&Setting::new(bad, "test")).is_err(), "{bad}");
        }
    }

    #[test]
    fn base_urls_have_a_host_and_neither_user_nor_query() {
        for good in ["http://localhost:4566", "https://example.com/base"] {
            parse_url(good).unwrap();
        }
        for bad in ["", "http://", "ftp://x", "http://user@x", "http://x?y", "http://x#y", "x"] {
            assert!(parse_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn errors_do_not_contain_user_names_and_passwords_of_urls() {
        for (url, shown) in [
            ("http://user:secret@host", "http://…@host"),
            ("HTTPS://user:secret@host:1/path@x", "HTTPS://…@host:1/path@x"),
            ("http:user:secret@host", "http:…@host"),
            ("http:\\\\user:secret@host", "http:\\\\…@host"),
            ("http://user:sec/ret@host", "http://…@host"),
            ("http://user:sec@ret@host", "http://…@host"),
            ("user:secret@host", "user:…@host"),
            ("secret@host", "…@host"),
            ("http://user:12#34@host", "http://…@host"),
            ("http://user:12?34@host", "http://…@host"),
            ("http://host/a@b", "http://host/a@b"),
            ("http://host", "http://host"),
            ("", ""),
        ] {
            assert_eq!(without_userinfo(url), shown, "{url}");
        }
    }

    #[test]
    fn urls_with_other_than_two_slashes_are_rejected_with_the_right_spelling() {
        for bad in [
            "http:127.0.0.1:9000",
            "http:/127.0.0.1:9000",
            "HTTP:///127.0.0.1:9000",
            r"http:\\127.0.0.1:9000",
        ] {
            let problem = parse_url(bad).unwrap_err();
            assert_eq!(problem, "must begin with http://; write it as http://127.0.0.1:9000", "{bad}");
        }
        assert!(parse_url("https:x.example/b").unwrap_err().ends_with("https://x.example/b"));
    }

    #[test]
    fn urls_of_custom_endpoints_are_normalised() {
        let cases = [
            ("HTTP://127.0.0.1:9000", "http://127.0.0.1:9000"),
            ("Https://Example.COM/", "https://example.com/"),
            (" http://localhost:9000 ", "http://localhost:9000"),
            ("HTTPS://example.com/Base/", "https://example.com/Base/"),
        ];
        for (given, expected) in cases {
            let custom = CustomEndpoint::new(Setting::new(given, "test")).unwrap();
            assert_eq!(custom.setting.value, expected);
        }
    }

    #[test]
    fn regions_with_fips_in_their_names_are_regions_and_fips() {
        let cases = [
            ("fips-us-east-1", "us-east-1", true),
            ("us-gov-west-1-fips", "us-gov-west-1", true),
            ("us-fips-east-1", "us-east-1", true),
            ("us-east-1", "us-east-1", false),
        ];
        for alone in ["fips-", "-fips"] {
            let region = Some(Setting::new(alone, "test"));
            let reader = Arc::new(SettingsReader::new(super::super::Environment::empty(), None));
            let explicit = ExplicitSettings { region, ..ExplicitSettings::default() };
            let error = ClientConfig::new(reader, explicit).unwrap_err();
            assert!(error.to_string().starts_with(&format!("`{alone}` (test) is not a valid")), "{error}");
        }
        for (given, region, fips) in cases {
            let variables = super::super::Environment::empty().with("AWS_REGION", given);
            let file = format!("[default]\nregion = {given}");
            let profile =
                super::super::Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", file);
            let explicit = |is_explicit: bool| ExplicitSettings {
                region: is_explicit.then(|| Setting::new(given, "test")),
                ..ExplicitSettings::default()
            };
            let empty = super::super::Environment::empty();
            for (environment, is_explicit) in [(variables, false), (profile, false), (empty, true)] {
                let reader = Arc::new(SettingsReader::new(environment, None));
                let config = ClientConfig::new(reader, explicit(is_explicit)).unwrap();
                let service = config.service("S3");
                assert_eq!(service.region.as_deref(), Ok(region));
                assert_eq!(service.built_ins.flag("AWS::UseFIPS"), Ok(fips), "{given}");
            }
        }
    }

    #[test]
    fn settings_are_resolved_once_per_service() {
        let environment = super::super::Environment::empty().with("AWS_ENDPOINT_URL_LAMBDA", "http://lambda");
        let reader = Arc::new(SettingsReader::new(environment, None));
        let config = ClientConfig::new(reader, ExplicitSettings::default()).unwrap();
        let lambda = config.service("Lambda");
        assert!(Arc::ptr_eq(&lambda, &config.service("Lambda")));
        assert!(
            matches!(&lambda.custom_endpoint, Ok(Some(custom)) if custom.url.as_str() == "http://lambda/")
        );
        assert!(matches!(&config.service("S3").custom_endpoint, Ok(None)));
    }
}
