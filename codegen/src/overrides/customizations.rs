//! The customizations of the runtime, by the names that overrides call them by.

use crate::did_you_mean::did_you_mean;

/// A rule that the model language has no words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// What overrides call it.
    pub name: &'static str,
    /// The interceptor, in `myrina::customizations`.
    path: &'static str,
    /// The feature of the runtime without which it is not there.
    pub feature: Option<&'static str>,
}

const fn named(name: &'static str, path: &'static str) -> Named {
    Named { name, path, feature: None }
}

/// All of them, by name.
pub const NAMED: [Named; 18] = [
    named("accept-json", "header::AcceptJson"),
    named("api-version-header", "header::ApiVersion"),
    named("cloudsearchdomain-search-form", "cloud_search::SearchForm"),
    named("ec2-presigned-copy", "presigned::EC2_COPY"),
    named("glacier-checksums", "glacier::Checksums"),
    named("glacier-default-account-id", "glacier::DefaultAccountId"),
    named("glacier-version", "glacier::Version"),
    named("iam-policies", "iam::Policies"),
    named("machinelearning-predict-endpoint", "machine_learning::PredictEndpoint"),
    named("rds-presigned-copy", "presigned::RDS_COPY"),
    named("route53-strip-id-prefix", "route53::StripIdPrefix"),
    named("s3-ascii-metadata", "s3::AsciiMetadata"),
    named("s3-copy-source", "s3::CopySource"),
    Named { feature: Some("md5"), ..named("s3-customer-keys", "s3::CustomerKeys") },
    named("s3-listing-keys", "s3::ListingKeys"),
    named("s3-wrap-bucket-location", "s3::WrapBucketLocation"),
    named("s3control-account-in-endpoint", "s3_control::AccountInEndpoint"),
    named("sso-oidc-errors", "sso_oidc::OauthErrors"),
];

impl Named {
    /// By its name.
    pub fn find(name: &str) -> Option<Self> {
        NAMED.into_iter().find(|known| known.name == name)
    }

    /// The path of the static.
    pub fn path(self) -> String {
        format!("myrina::customizations::{}", self.path)
    }
}

/// The path of the static that `customizations` names: one of ours, or a path of the user's own as it is. `None` where it is neither;
/// see [`problem`].
pub fn path(name: &str) -> Option<String> {
    match Named::find(name) {
        Some(known) => Some(known.path()),
        None => is_path(name).then(|| name.to_owned()),
    }
}

/// What is wrong with a name that is none, and what would be right.
pub fn problem(name: &str) -> Option<(String, String)> {
    if path(name).is_some() {
        return None;
    }
    if name.contains("::") {
        let help =
            "write the path of a static that is a `myrina::operation::Interceptor`, such as `rules::SHOUT`";
        return Some((format!("{name:?} is no path of Rust"), help.to_owned()));
    }
    let names = NAMED.iter().map(|known| known.name);
    let list = names.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let otherwise = format!("expected one of {list}, or the path of your own static, such as `rules::SHOUT`");
    let help = did_you_mean(name, names, otherwise);
    Some((format!("there is no customization {name:?}"), help))
}

/// Whether it is a path of more than one step, without generics.
fn is_path(text: &str) -> bool {
    let plain = |path: &syn::Path| {
        path.segments.len() > 1 && path.segments.iter().all(|segment| segment.arguments.is_none())
    };
    syn::parse_str::<syn::Path>(text).is_ok_and(|path| plain(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_paths_are_paths() {
        assert!(NAMED.is_sorted_by(|a, b| a.name < b.name));
        for known in NAMED {
            assert!(is_path(&known.path()), "{known:?}");
            assert_eq!(path(known.name).as_deref(), Some(&*known.path()));
        }
        for (name, taken) in [
            ("rules::SHOUT", true),
            ("crate::a::B", true),
            ("SHOUT", false),
            ("a::<b>", false),
            ("a::", false),
        ] {
            assert_eq!(path(name).is_some(), taken, "{name}");
            assert_eq!(problem(name).is_none(), taken, "{name}");
        }
    }
}
