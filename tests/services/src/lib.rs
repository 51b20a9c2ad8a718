//! Some operations of services that are not published as crates, one for each wire protocol.
//!
//! The models are pruned to them; `models/SOURCES.toml` records it. To change one: `cargo codegen --root tests/services
//! import NAME --operations …`.

/// Bedrock's models, over rest-json and an event stream: `Converse` and `ConverseStream`.
pub mod bedrock_runtime {
    include!(concat!(env!("OUT_DIR"), "/bedrock_runtime.rs"));
}

/// CloudWatch over CBOR: `GetMetricData` and `PutMetricData`.
pub mod cloudwatch_cbor {
    include!(concat!(env!("OUT_DIR"), "/cloudwatch_cbor.rs"));
}

/// CloudWatch over the query protocol: `GetMetricData` and `PutMetricData`.
pub mod cloudwatch_query {
    include!(concat!(env!("OUT_DIR"), "/cloudwatch_query.rs"));
}

/// Cognito's user pools, over json: `ConfirmSignUp`, `ConfirmForgotPassword`, `VerifyUserAttribute` and `ConfirmDevice`, for their secrets.
pub mod cognito_idp {
    include!(concat!(env!("OUT_DIR"), "/cognito_idp.rs"));
}

/// DynamoDB, over json: `Query` and `PutItem`.
pub mod dynamodb {
    include!(concat!(env!("OUT_DIR"), "/dynamodb.rs"));
}

/// EC2, over its own form of the query protocol: `DescribeInstances`.
pub mod ec2 {
    include!(concat!(env!("OUT_DIR"), "/ec2.rs"));
}

/// Lambda, over rest-json: `Invoke`, with the built-in overrides alone, as in a project that has just imported the model.
pub mod lambda {
    include!(concat!(env!("OUT_DIR"), "/lambda.rs"));
}

/// S3, over rest-xml: `ListObjectsV2`, `GetObject` and `PutObject`.
pub mod s3 {
    include!(concat!(env!("OUT_DIR"), "/s3.rs"));
}

/// STS, over the query protocol: `AssumeRole`, `AssumeRoleWithWebIdentity` and `GetSessionToken`, for their secrets, and `GetCallerIdentity`.
pub mod sts {
    include!(concat!(env!("OUT_DIR"), "/sts.rs"));
}
