//! Built-in overrides: what Myrina knows of services that their models do not say, in the format of `overrides.json`. Each entry has its
//! reason.
//!
//! They apply under the workspace's overrides, whose keys win; customizations add up. An entry without a target in the model is skipped,
//! because the model may be a part, or another version. `"builtin": false` in the workspace's overrides switches them off.

use crate::{
    diagnostic::Diagnostics,
    model::{Kind, Model},
    options::Options,
    overrides::{MemberOverride, OperationOverride, Overrides, ShapeOverride, read},
};
use std::{borrow::Cow, collections::BTreeMap, path::Path, sync::LazyLock};

/// The members that are secret although their models do not say so, by service, reason and structure.
const SENSITIVE_MEMBERS: &str = include_str!("../../sensitive_members.json");

/// The structures of which exactly one member may be set according to their documentation, and those that are not certain; by
/// service, with the reasons.
const UNIONS: &str = include_str!("../../unions.json");

macro_rules! files {
    ($($name:literal)*) => {
        /// The names and texts of the files in the folder `built_in_overrides`.
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../built_in_overrides/", $name, ".json")))),*];
    };
}

files! {
    "apigateway"
    "autoscaling"
    "bedrock-runtime"
    "cloudsearchdomain"
    "docdb"
    "dynamodb"
    "ec2"
    "glacier"
    "iam"
    "lambda"
    "machinelearning"
    "neptune"
    "rds"
    "route53"
    "s3"
    "s3control"
    "sagemaker-runtime"
    "sso-oidc"
    "stepfunctions"
    "swf"
    "timestream-query"
    "timestream-write"
}

/// The built-in overrides by the services' identifiers in models. A test checks that all files can be read.
static BY_SERVICE: LazyLock<BTreeMap<String, Overrides>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| read::built_in(Path::new(name), text, &mut Diagnostics::new());
    let mut services: BTreeMap<String, Overrides> = FILES.iter().filter_map(read).collect();
    let path = Path::new("sensitive_members.json");
    for (service, members) in read::sensitive_members(path, SENSITIVE_MEMBERS, &mut Diagnostics::new()) {
        let overrides = services.entry(service).or_default();
        for (shape, member) in members {
            let shape = overrides.shapes.entry(shape).or_default();
            shape.members.entry(member).or_default().sensitive = Some(true);
        }
    }
    for (service, shapes) in read::unions(Path::new("unions.json"), UNIONS, &mut Diagnostics::new()) {
        let overrides = services.entry(service).or_default();
        for (shape, reason) in shapes {
            let shape = overrides.shapes.entry(shape).or_default();
            (shape.union, shape.reason) = (Some(true), Some(reason));
        }
    }
    services
});

/// The built-in overrides for the service of a model.
pub(crate) fn for_service(model: &Model) -> Option<&'static Overrides> {
    BY_SERVICE.get(model.metadata.service_id.as_deref()?)
}

/// The built-in overrides that apply under `own`, unless they are switched off.
pub(crate) fn applied(model: &Model, own: &Overrides, options: &Options) -> Option<&'static Overrides> {
    if options.builtin && !own.without_built_in { for_service(model) } else { None }
}

/// Merges the built-in overrides that apply under `own`.
pub(crate) fn merge_under<'o>(model: &Model, own: &'o Overrides, options: &Options) -> Cow<'o, Overrides> {
    let Some(built_in) = applied(model, own, options) else { return Cow::Borrowed(own) };
    // The test of the built-in files refuses what is not merged, here and below.
    let Overrides {
        documentation: _,
        reason,
        customizations,
        without_built_in: _,
        operations,
        shapes,
        waiters: _,
        paginators: _,
    } = built_in;
    let mut merged = own.clone();
    prepend(&mut merged.customizations, customizations);
    fill(&mut merged.reason, reason.as_ref());
    for (name, over) in operations {
        if model.operations.contains_key(name) {
            merge_operation(merged.operations.entry(name.clone()).or_default(), over);
        }
    }
    for (name, over) in shapes {
        if let Some(shape) = model.shapes.get(name) {
            merge_shape(&shape.kind, merged.shapes.entry(name.clone()).or_default(), over);
        }
    }
    Cow::Owned(merged)
}

fn merge_operation(own: &mut OperationOverride, built_in: &OperationOverride) {
    let OperationOverride {
        at: _,
        rename: _,
        documentation,
        reason,
        customizations,
        read_timeout,
        ignore: _,
    } = built_in;
    prepend(&mut own.customizations, customizations);
    // If the user changes what the built-in override sets, its reason does not apply.
    if own.read_timeout.is_none() {
        fill(&mut own.reason, reason.as_ref());
    }
    fill(&mut own.read_timeout, read_timeout.as_ref());
    fill(&mut own.documentation, documentation.as_ref());
}

fn merge_shape(kind: &Kind, own: &mut ShapeOverride, built_in: &ShapeOverride) {
    let ShapeOverride {
        at: _,
        rename,
        documentation,
        reason,
        replace: _,
        sensitive,
        union,
        ignore: _,
        members,
        values: _,
    } = built_in;
    // If the user changes or describes what the built-in override sets, its reason does not apply.
    if own.rename.is_none() && own.documentation.is_none() && own.union.is_none() {
        fill(&mut own.reason, reason.as_ref());
    }
    fill(&mut own.rename, rename.as_ref());
    fill(&mut own.documentation, documentation.as_ref());
    fill(&mut own.sensitive, sensitive.as_ref());
    fill(&mut own.union, union.as_ref());
    let Kind::Structure(structure) = kind else { return };
    for (name, over) in members {
        if structure.members.contains_key(name) {
            merge_member(own.members.entry(name.clone()).or_default(), over);
        }
    }
}

fn merge_member(own: &mut MemberOverride, built_in: &MemberOverride) {
    let MemberOverride {
        at: _,
        rename: _,
        documentation,
        reason,
        required,
        value_type,
        sensitive,
        ignore: _,
    } = built_in;
    // If the user changes or describes what the built-in override sets, its reason does not apply.
    let is_changed = own.required.is_some() || own.value_type.is_some() || own.documentation.is_some();
    if !is_changed {
        fill(&mut own.reason, reason.as_ref());
    }
    fill(&mut own.required, required.as_ref());
    fill(&mut own.value_type, value_type.as_ref());
    fill(&mut own.sensitive, sensitive.as_ref());
    fill(&mut own.documentation, documentation.as_ref());
}

fn fill<T: Clone>(own: &mut Option<T>, built_in: Option<&T>) {
    if own.is_none() {
        *own = built_in.cloned();
    }
}

fn prepend(own: &mut Vec<String>, built_in: &[String]) {
    own.splice(..0, built_in.iter().cloned());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Metadata,
        overrides::{
            customizations::{self, KNOWN_CUSTOMIZATIONS},
            type_override::TypeOverride,
        },
    };
    use std::collections::BTreeSet;

    #[test]
    fn every_file_of_the_folder_is_listed_and_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("built_in_overrides");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        assert!(files.iter().eq(FILES.iter().map(|(name, _)| name)), "{files:?}");
        for (name, text) in FILES {
            let mut diagnostics = Diagnostics::new();
            assert!(read::built_in(Path::new(name), text, &mut diagnostics).is_some());
            assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
        }
        let read =
            |(name, text): &(&str, &str)| read::built_in(Path::new(name), text, &mut Diagnostics::new());
        let services: BTreeSet<String> = FILES.iter().filter_map(read).map(|(service, _)| service).collect();
        assert_eq!(services.len(), FILES.len(), "two files have the same `serviceId`");
    }

    #[test]
    fn every_entry_has_a_reason_and_every_name_is_known() {
        let mut used = BTreeSet::new();
        let assert_reason = |reason: Option<&String>, what: &str| {
            assert!(reason.is_some_and(|reason| reason.ends_with('.')), "{what} has no reason");
        };
        for (service, overrides) in &*BY_SERVICE {
            let mut names = overrides.customizations.clone();
            if !names.is_empty() {
                assert_reason(overrides.reason.as_ref(), service);
            }
            for (name, over) in &overrides.operations {
                assert_reason(over.reason.as_ref(), name);
                names.extend(over.customizations.clone());
            }
            for (name, over) in &overrides.shapes {
                if over.rename.is_some() || over.union.is_some() {
                    assert_reason(over.reason.as_ref(), name);
                }
                for (member, over) in &over.members {
                    // The reasons of what is only redacted are in the table of secret members.
                    if over.required.is_some() || over.value_type.is_some() {
                        assert_reason(over.reason.as_ref(), &format!("{name}.{member}"));
                    }
                    let is_known = |name: &String| TypeOverride::named(name).is_some();
                    assert!(over.value_type.as_ref().is_none_or(is_known), "{name}.{member}: {over:?}");
                }
            }
            for name in names {
                assert_eq!(customizations::validate(&name), Ok(()));
                used.insert(name);
            }
        }
        let unused: Vec<_> = KNOWN_CUSTOMIZATIONS.iter().filter(|known| !used.contains(known.name)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn no_file_has_a_key_that_is_not_merged() {
        for (service, overrides) in &*BY_SERVICE {
            let Overrides { documentation, without_built_in, waiters, paginators, .. } = overrides;
            assert!(documentation.is_none() && !without_built_in, "{service}");
            assert!(waiters.is_empty() && paginators.is_empty(), "{service}");
            for (name, over) in &overrides.operations {
                assert!(over.rename.is_none() && !over.ignore, "{service}: {name}");
            }
            for (name, over) in &overrides.shapes {
                assert!(
                    over.replace.is_none() && !over.ignore && over.values.is_empty(),
                    "{service}: {name}"
                );
                for (member, over) in &over.members {
                    assert!(over.rename.is_none() && !over.ignore, "{service}: {name}.{member}");
                }
            }
        }
    }

    #[test]
    fn the_table_of_secret_members_is_well_formed() {
        let mut diagnostics = Diagnostics::new();
        let services = read::sensitive_members(Path::new("table"), SENSITIVE_MEMBERS, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let mut used = BTreeSet::new();
        // Pagination and idempotency tokens, names and identifiers are no secrets.
        let harmless = ["nexttoken", "clienttoken", "idempotencytoken", "arn", "tokenid", "keyid", "name"];
        for (service, members) in &services {
            println!("{service}: {}", members.len());
            for (shape, member) in members {
                assert!(used.insert((service, shape, member)), "{service}: {shape}.{member} twice");
                let name = member.to_lowercase();
                // What is called a client token there is the key that the upload is encrypted with.
                let is_key = shape == "GetUploadJobPathResponse" && name == "clienttoken";
                assert!(
                    is_key || !harmless.iter().any(|end| name.ends_with(end)),
                    "{service}: {shape}.{member}"
                );
            }
        }
        assert!(used.len() > 200, "{}", used.len());
    }

    #[test]
    fn the_table_of_unions_is_well_formed() {
        let mut diagnostics = Diagnostics::new();
        let services = read::unions(Path::new("table"), UNIONS, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let is_attribute_value = |(shape, _): &&(String, String)| shape == "AttributeValue";
        let found = services.iter().flat_map(|(_, shapes)| shapes).filter(is_attribute_value).count();
        assert_eq!(found, 3, "DynamoDB, DynamoDB Streams, GameLift");
    }

    #[test]
    fn a_service_is_found_by_its_identifier() {
        let model = |id: &str| {
            let metadata = Metadata { service_id: Some(id.to_owned()), ..Metadata::default() };
            Model { metadata, ..Model::default() }
        };
        assert!(for_service(&model("Glacier")).is_some_and(|known| known.customizations.len() == 2));
        assert!(for_service(&model("Greetings")).is_none());
        assert!(for_service(&Model::default()).is_none());
    }
}
