//! What is known of services that their models do not say: overrides in the very format of `overrides.json`, a file for each
//! service, each entry with its reason.
//!
//! They apply below the user's own overrides, whose keys win; the customizations of both count. An entry without a target in the
//! model is passed over: the user may have a part of the model, or one of another version. `"builtin": false` in the user's
//! overrides switches them off for a service.

use crate::{
    diagnostic::Diagnostics,
    model::{Kind, Model},
    options::Options,
    overrides::{self, MemberOverride, OperationOverride, Overrides, ShapeOverride},
};
use std::{borrow::Cow, path::Path};

macro_rules! files {
    ($($id:literal $name:literal;)*) => {
        /// The files by the identifiers that models give their services, each with its name.
        pub const FILES: &[(&str, &str, &str)] =
            &[$(($id, $name, include_str!(concat!("../../built_in_overrides/", $name, ".json")))),*];
    };
}

files! {
    "API Gateway" "apigateway";
    "Auto Scaling" "autoscaling";
    "CloudSearch Domain" "cloudsearchdomain";
    "DocDB" "docdb";
    "DynamoDB" "dynamodb";
    "EC2" "ec2";
    "Glacier" "glacier";
    "IAM" "iam";
    "Machine Learning" "machinelearning";
    "Neptune" "neptune";
    "RDS" "rds";
    "Route 53" "route53";
    "S3" "s3";
    "S3 Control" "s3control";
    "SSO OIDC" "sso-oidc";
    "Timestream Query" "timestream-query";
    "Timestream Write" "timestream-write";
}

/// What is known of the service of a model; `None` where nothing is.
pub fn of(model: &Model) -> Option<Overrides> {
    let id = model.metadata.service_id.as_deref()?;
    let (_, name, text) = FILES.iter().find(|(known, ..)| *known == id)?;
    // That they can be read is a test's affair.
    overrides::read::overrides_in(Path::new(name), text, &mut Diagnostics::new())
}

/// What applies below these overrides.
pub(crate) fn applying(model: &Model, own: &Overrides, options: &Options) -> Option<Overrides> {
    (options.builtin && !own.without_builtin).then(|| of(model)).flatten()
}

/// The overrides, with what is known of the service below them.
pub(crate) fn below<'o>(model: &Model, own: &'o Overrides, options: &Options) -> Cow<'o, Overrides> {
    let Some(builtin) = applying(model, own, options) else { return Cow::Borrowed(own) };
    let mut all = own.clone();
    all.customizations = joined(builtin.customizations, &own.customizations);
    all.reason = all.reason.or(builtin.reason);
    for (name, over) in builtin.operations {
        if model.operations.contains_key(&name) {
            operation(all.operations.entry(name).or_default(), over);
        }
    }
    for (name, over) in builtin.shapes {
        if let Some(shape) = model.shapes.get(&name) {
            self::shape(&shape.kind, all.shapes.entry(name).or_default(), over);
        }
    }
    Cow::Owned(all)
}

fn operation(own: &mut OperationOverride, builtin: OperationOverride) {
    own.customizations = joined(builtin.customizations, &own.customizations);
    fill(&mut own.documentation, builtin.documentation);
    fill(&mut own.reason, builtin.reason);
}

fn shape(kind: &Kind, own: &mut ShapeOverride, builtin: ShapeOverride) {
    let Kind::Structure(structure) = kind else { return };
    for (name, over) in builtin.members {
        if structure.members.contains_key(&name) {
            member(own.members.entry(name).or_default(), over);
        }
    }
}

fn member(own: &mut MemberOverride, builtin: MemberOverride) {
    // Where the user says otherwise, the reason is not that of what holds.
    let mut reason = builtin.reason;
    for changed in [own.required.is_some(), own.retype.is_some()] {
        reason = reason.filter(|_| !changed);
    }
    fill(&mut own.required, builtin.required);
    fill(&mut own.retype, builtin.retype);
    fill(&mut own.documentation, builtin.documentation);
    fill(&mut own.reason, reason);
}

fn fill<T>(own: &mut Option<T>, builtin: Option<T>) {
    if own.is_none() {
        *own = builtin;
    }
}

fn joined(mut builtin: Vec<String>, own: &[String]) -> Vec<String> {
    builtin.extend_from_slice(own);
    builtin
}

#[cfg(test)]
mod tests;
