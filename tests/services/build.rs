//! Generates the modules of `src/lib.rs` from the pruned models beside it.

use myrina_codegen::builder::{BuildError, Builder};

/// The modules: their services, the versions of the models, and the protocol where it is not the one that is chosen by itself.
const MODULES: [(&str, &str, &str, Option<&str>); 8] = [
    ("bedrock_runtime", "bedrock-runtime", "2023-09-30", None),
    ("cloudwatch_cbor", "cloudwatch", "2010-08-01", Some("smithy-rpc-v2-cbor")),
    ("cloudwatch_query", "cloudwatch", "2010-08-01", Some("query")),
    ("cognito_idp", "cognito-idp", "2016-04-18", None),
    ("dynamodb", "dynamodb", "2012-08-10", None),
    ("ec2", "ec2", "2016-11-15", None),
    ("s3", "s3", "2006-03-01", None),
    ("sts", "sts", "2011-06-15", None),
];

fn main() -> Result<(), BuildError> {
    let folder = std::env::var("OUT_DIR").unwrap_or_default();
    // As in any other project: without the overrides of this repository.
    Builder::new("lambda", "../../models/lambda/2015-03-31")
        .operations(["Invoke"])
        .output(format!("{folder}/lambda.rs"))
        .build()?;
    MODULES.into_iter().try_for_each(|(module, service, version, protocol)| {
        let builder = Builder::new(service, format!("models/{service}/{version}"))
            .output(format!("{folder}/{module}.rs"));
        match protocol {
            Some(protocol) => builder.protocol(protocol).build(),
            None => builder.build(),
        }
    })
}
