//! Lists every field of the model with what lowering does with it. A field that is not listed here does not compile, so that
//! nothing that is read can be dropped silently.

use crate::model::{
    Acceptor, Checksum, Condition, ContextParam, Deprecated, Expression, Metadata, Model, Operation,
    Paginator, Reference, Rule, RuleParameter, RuleSet, Shape, Structure, Traits, Waiter,
};
use Treatment::{LeftOut, Location, Lowered};
use std::{fs, path::Path};

/// What lowering does with a field.
#[derive(Clone, Copy, Debug)]
enum Treatment {
    /// The IR, or a decision of lowering, depends on it.
    Lowered,
    /// The field is the place of a node, for messages.
    Location,
    /// Nothing is generated from it, for this reason.
    LeftOut(&'static str),
}

type Fields = Vec<(&'static str, Treatment)>;

macro_rules! fields {
    ($structure:ident { $($field:ident: $treatment:expr),* $(,)? }) => {{
        // Does not compile if a field is missing.
        fn _destructure($structure { $($field: _,)* }: &$structure) {}
        vec![$((concat!(stringify!($structure), ".", stringify!($field)), $treatment)),*]
    }};
}

const NO_PAGINATORS: Treatment = LeftOut("the client has no paginators yet");
const NO_WAITERS: Treatment = LeftOut("the client has no waiters yet");
const NO_DISCOVERY: Treatment = LeftOut("the client discovers no endpoints: it evaluates the endpoint rules");
const SAME_RETRIES: Treatment = LeftOut("the client retries all operations alike");

fn service() -> Fields {
    let model = fields!(Model {
        metadata: Lowered,
        operations: Lowered,
        shapes: Lowered,
        documentation: Lowered,
        client_context_params: Lowered,
        paginators: NO_PAGINATORS,
        waiters: NO_WAITERS,
        endpoint_rules: Lowered,
    });
    let metadata = fields!(Metadata {
        at: Location,
        api_version: Lowered,
        endpoint_prefix: Lowered,
        protocol: Lowered,
        protocols: Lowered,
        service_id: Lowered,
        service_full_name: Lowered,
        service_abbreviation: Lowered,
        signature_version: Lowered,
        signing_name: Lowered,
        json_version: Lowered,
        target_prefix: Lowered,
        xml_namespace: Lowered,
        auth: Lowered,
        query_compatible: Lowered,
        http2: LeftOut("the transport negotiates the version of HTTP"),
    });
    let context_param = fields!(ContextParam {
        at: Location,
        kind: LeftOut("the endpoint rules declare the type too"),
        documentation: LeftOut("a client sets parameters by name, so there is no item to document"),
    });
    [model, metadata, context_param].concat()
}

fn operation() -> Fields {
    let operation = fields!(Operation {
        at: Location,
        name: Lowered,
        method: Lowered,
        request_uri: Lowered,
        response_code: LeftOut("the client accepts every status that says success"),
        input: Lowered,
        output: Lowered,
        result_wrapper: Lowered,
        errors: Lowered,
        documentation: Lowered,
        deprecated: Lowered,
        auth_type: Lowered,
        auth: Lowered,
        unsigned_payload: Lowered,
        host_prefix: Lowered,
        idempotent: SAME_RETRIES,
        readonly: SAME_RETRIES,
        checksum_required: Lowered,
        checksum: Lowered,
        compression: Lowered,
        static_context_params: Lowered,
        operation_context_params: Lowered,
        endpoint_discovery: NO_DISCOVERY,
        endpoint_operation: NO_DISCOVERY,
    });
    let checksum = fields!(Checksum {
        at: Location,
        request_algorithm_member: Lowered,
        request_checksum_required: Lowered,
        request_validation_mode_member: Lowered,
        response_algorithms: Lowered,
    });
    [operation, checksum].concat()
}

fn shapes() -> Fields {
    let reference = fields!(Reference { at: Location, shape: Lowered, traits: Lowered });
    let shape = fields!(Shape { at: Location, kind: Lowered, traits: Lowered });
    let structure = fields!(Structure {
        members: Lowered,
        required: Lowered,
        payload: Lowered,
        union: Lowered,
        document: Lowered,
        event_stream: Lowered,
        event: LeftOut("every member of an event stream is an event"),
        exception: Lowered,
        error_code: Lowered,
        status_code: Lowered,
        sender_fault: Lowered,
        fault: LeftOut("the status of the response says that the service is at fault"),
        retryable: Lowered,
    });
    [reference, shape, structure].concat()
}

fn traits() -> Fields {
    let traits = fields!(Traits {
        documentation: Lowered,
        location: Lowered,
        location_name: Lowered,
        query_name: Lowered,
        xml_namespace: Lowered,
        xml_attribute: Lowered,
        flattened: Lowered,
        streaming: Lowered,
        requires_length: Lowered,
        sensitive: Lowered,
        json_value: Lowered,
        idempotency_token: Lowered,
        host_label: Lowered,
        event_payload: Lowered,
        event_header: Lowered,
        timestamp_format: Lowered,
        context_param: Lowered,
        deprecated: Lowered,
        boxed: LeftOut("members that are not required are optional, whether their shape is boxed or not"),
        sparse: Lowered,
        values: Lowered,
    });
    let deprecated = fields!(Deprecated { message: Lowered, since: Lowered });
    [traits, deprecated].concat()
}

fn endpoint_rules() -> Fields {
    let rules = fields!(RuleSet { parameters: Lowered, rules: Lowered });
    let parameter = fields!(RuleParameter {
        at: Location,
        kind: Lowered,
        built_in: Lowered,
        required: Lowered,
        default: Lowered,
    });
    let rule = fields!(Rule { at: Location, conditions: Lowered, outcome: Lowered });
    let condition = fields!(Condition { value: Lowered, assign: Lowered });
    let expression = fields!(Expression { at: Location, kind: Lowered });
    [rules, parameter, rule, condition, expression].concat()
}

fn paginators_and_waiters() -> Fields {
    let paginator = fields!(Paginator {
        at: Location,
        input_tokens: NO_PAGINATORS,
        output_tokens: NO_PAGINATORS,
        result_keys: NO_PAGINATORS,
        limit_key: NO_PAGINATORS,
        more_results: NO_PAGINATORS,
        non_aggregate_keys: NO_PAGINATORS,
    });
    let waiter = fields!(Waiter {
        at: Location,
        operation: NO_WAITERS,
        delay: NO_WAITERS,
        max_attempts: NO_WAITERS,
        description: NO_WAITERS,
        acceptors: NO_WAITERS,
    });
    let acceptor = fields!(Acceptor {
        at: Location,
        matcher: NO_WAITERS,
        argument: NO_WAITERS,
        expected: NO_WAITERS,
        state: NO_WAITERS,
    });
    [paginator, waiter, acceptor].concat()
}

#[test]
fn every_field_of_the_model_is_lowered_or_left_out_for_a_reason() {
    let sources = sources();
    let all =
        [service(), operation(), shapes(), traits(), endpoint_rules(), paginators_and_waiters()].concat();
    for (field, treatment) in all {
        match treatment {
            Lowered => assert!(reads(&sources, field), "{field} is not lowered"),
            LeftOut(reason) => assert!(!reason.is_empty(), "{field} is left out without a reason"),
            Location => {}
        }
    }
}

/// The text of all modules that decide.
fn sources() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = ["lower.rs", "protocol.rs", "reach.rs", "overrides/type_override.rs"];
    let lower = fs::read_dir(source.join("lower")).unwrap().map(|entry| entry.unwrap().path());
    let lower = lower.filter(|file| !file.ends_with("model_coverage.rs"));
    let all = files.iter().map(|file| source.join(file)).chain(lower);
    all.map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// Whether the code names a field, in an access or in a pattern.
fn reads(source: &str, field: &str) -> bool {
    let name = field.split('.').next_back().unwrap();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut words = source.split(|letter| !is_word(letter));
    words.any(|word| word == name)
}
