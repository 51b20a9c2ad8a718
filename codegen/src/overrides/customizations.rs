//! The customizations of the runtime, by the names that overrides use.

use crate::did_you_mean::did_you_mean;

/// A customization of the runtime: behavior of a service that its model cannot describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KnownCustomization {
    /// Its name in overrides.
    pub(crate) name: &'static str,
    /// The path of its interceptor in `myrina::customizations`.
    path: &'static str,
    /// The feature of the runtime that it requires.
    pub(crate) feature: Option<&'static str>,
}

const fn known(name: &'static str, path: &'static str) -> KnownCustomization {
    KnownCustomization { name, path, feature: None }
}

/// All customizations, sorted by name.
pub(crate) const KNOWN_CUSTOMIZATIONS: [KnownCustomization; 19] = [
    known("accept-json", "header::AcceptJson"),
    known("api-version-header", "header::ApiVersion"),
    known("cloudsearchdomain-search-form", "cloud_search::SearchForm"),
    known("ec2-presigned-copy", "presigned::EC2_COPY"),
    known("glacier-checksums", "glacier::Checksums"),
    known("glacier-default-account-id", "glacier::DefaultAccountId"),
    known("glacier-version", "glacier::Version"),
    known("iam-policies", "iam::Policies"),
    known("machinelearning-predict-endpoint", "machine_learning::PredictEndpoint"),
    known("rds-presigned-copy", "presigned::RDS_COPY"),
    known("route53-strip-id-prefix", "route53::StripIdPrefix"),
    known("s3-ascii-metadata", "s3::AsciiMetadata"),
    known("s3-copy-source", "s3::CopySource"),
    KnownCustomization { feature: Some("md5"), ..known("s3-customer-keys", "s3::CustomerKeys") },
    known("s3-listing-keys", "s3::ListingKeys"),
    known("s3-require-document", "s3::RequireDocument"),
    known("s3-wrap-bucket-location", "s3::WrapBucketLocation"),
    known("s3control-account-in-endpoint", "s3_control::AccountInEndpoint"),
    known("sso-oidc-errors", "sso_oidc::OauthErrors"),
];

impl KnownCustomization {
    /// Finds a customization by name.
    pub(crate) fn find(name: &str) -> Option<Self> {
        KNOWN_CUSTOMIZATIONS.into_iter().find(|known| known.name == name)
    }

    /// The path of its interceptor.
    pub(crate) fn path(self) -> String {
        format!("myrina::customizations::{}", self.path)
    }
}

/// The path of the interceptor that a name in `customizations` means: the name itself if it is a path. `None` if it is neither; see
/// [`validate`].
pub(crate) fn path(name: &str) -> Option<String> {
    match KnownCustomization::find(name) {
        Some(known) => Some(known.path()),
        None => is_path(name).then(|| name.to_owned()),
    }
}

/// Checks a name in `customizations`. An error is the message and the help of a diagnostic.
pub(crate) fn validate(name: &str) -> Result<(), (String, String)> {
    if path(name).is_some() {
        return Ok(());
    }
    if name.contains("::") {
        let help =
            "write the path of a static that is a `myrina::operation::Interceptor`, such as `rules::SHOUT`";
        return Err((format!("{name:?} is not a path in Rust"), help.to_owned()));
    }
    let names = KNOWN_CUSTOMIZATIONS.iter().map(|known| known.name);
    let list = names.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let otherwise = format!("expected one of {list}, or the path of your own static, such as `rules::SHOUT`");
    let help = did_you_mean(name, names, otherwise);
    Err((format!("there is no customization {name:?}"), help))
}

/// Whether a text is a path of several segments without generics.
fn is_path(text: &str) -> bool {
    let is_plain = |path: &syn::Path| {
        path.segments.len() > 1 && path.segments.iter().all(|segment| segment.arguments.is_none())
    };
    syn::parse_str::<syn::Path>(text).is_ok_and(|path| is_plain(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_paths_are_paths() {
        assert!(KNOWN_CUSTOMIZATIONS.is_sorted_by(|a, b| a.name < b.name));
        for known in KNOWN_CUSTOMIZATIONS {
            assert!(is_path(&known.path()), "{known:?}");
            assert_eq!(path(known.name).as_deref(), Some(&*known.path()));
        }
        for (name, is_valid) in [
            ("rules::SHOUT", true),
            ("crate::a::B", true),
            ("SHOUT", false),
            ("a::<b>", false),
            ("a::", false),
        ] {
            assert_eq!(path(name).is_some(), is_valid, "{name}");
            assert_eq!(validate(name).is_ok(), is_valid, "{name}");
        }
    }
}
