//! One operation for each protocol and shape.

use super::shapes::{Bound, ERRORS, Paper, Talk, Thing};
use myrina::{
    codec::Structure,
    codegen::{OperationSchema, ServiceSchema, describe},
    operation::Protocol,
    protocol::{AWS_JSON, AWS_QUERY, EC2_QUERY, REST_JSON, REST_XML, RPC_CBOR},
};

const fn service(protocol: &'static dyn Protocol) -> ServiceSchema {
    ServiceSchema::new("Fuzz", "fuzz", "2020-01-01", "fuzz", protocol)
        .target_prefix("Fuzz")
        .xml_namespace("urn:fuzz")
        .errors(ERRORS)
}

const fn operation<S: Structure>(service: &'static ServiceSchema, uri: &'static str) -> OperationSchema {
    let (input, output) = (describe::structure::<S>("input"), describe::structure::<S>("output"));
    OperationSchema::new(service, "Do", "POST", uri, input, output)
}

static JSON: ServiceSchema = service(&REST_JSON);
static AWS: ServiceSchema = service(&AWS_JSON).query_compatible();
static XML: ServiceSchema = service(&REST_XML);
static QUERY: ServiceSchema = service(&AWS_QUERY);
static EC2: ServiceSchema = service(&EC2_QUERY);
static CBOR: ServiceSchema = service(&RPC_CBOR).query_compatible();

const BOUND: &str = "/a/{label}/b/{greedy+}/c?fixed=1";

pub(super) static PAPER_JSON: OperationSchema = operation::<Paper>(&JSON, "/");
pub(super) static PAPER_AWS: OperationSchema = operation::<Paper>(&AWS, "/");
pub(super) static PAPER_CBOR: OperationSchema = operation::<Paper>(&CBOR, "/");
pub(super) static THING_XML: OperationSchema = operation::<Thing>(&XML, "/");
pub(super) static THING_QUERY: OperationSchema = operation::<Thing>(&QUERY, "/");
pub(super) static THING_EC2: OperationSchema = operation::<Thing>(&EC2, "/");
pub(super) static BOUND_JSON: OperationSchema = operation::<Bound>(&JSON, BOUND);
pub(super) static BOUND_XML: OperationSchema = operation::<Bound>(&XML, BOUND);
pub(super) static TALK_JSON: OperationSchema = operation::<Talk>(&JSON, "/");
pub(super) static TALK_AWS: OperationSchema = operation::<Talk>(&AWS, "/");
pub(super) static TALK_XML: OperationSchema = operation::<Talk>(&XML, "/");
pub(super) static TALK_CBOR: OperationSchema = operation::<Talk>(&CBOR, "/");
