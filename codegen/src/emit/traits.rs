//! Prints schemas and traits as calls of the runtime's builder methods.
//!
//! Each function destructures its traits in full: a new trait does not compile until it is printed here.

use super::tokens::ident;
use crate::{
    ir::{
        Auth, Binding, Checksum, ErrorTraits, InputTraits, MemberSchema, MemberTraits, OperationTraits,
        ServiceTraits, ShapeRef, XmlNamespace,
    },
    protocol::TimestampFormat,
    type_printer::path,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The expression that builds a schema.
pub(super) fn schema(schema: &MemberSchema) -> TokenStream {
    let MemberSchema { name, binding, shape, traits } = schema;
    let constructor = constructor(name, shape);
    // A root that has the member's own name is named last.
    let is_own_name = matches!(binding, Binding::Payload(Some(root)) if root == name);
    let (bound, root) = match binding {
        Binding::Payload(Some(root)) if is_own_name => (quote!(.payload()), quote!(.named(#root))),
        binding => (self::binding(binding), TokenStream::new()),
    };
    let traits = member_traits(traits, root);
    quote!(#constructor #bound #traits)
}

fn constructor(name: &str, shape: &ShapeRef) -> TokenStream {
    let simple = match shape {
        ShapeRef::Boolean => "boolean",
        ShapeRef::Integer => "integer",
        ShapeRef::Long => "long",
        ShapeRef::Float => "float",
        ShapeRef::Double => "double",
        ShapeRef::String => "string",
        ShapeRef::Blob => "blob",
        ShapeRef::Stream => "stream",
        ShapeRef::Timestamp(None) => "timestamp",
        ShapeRef::Timestamp(Some(TimestampFormat::DateTime)) => "date_time",
        ShapeRef::Timestamp(Some(TimestampFormat::HttpDate)) => "http_date",
        ShapeRef::Timestamp(Some(TimestampFormat::EpochSeconds)) => "epoch_seconds",
        ShapeRef::Document => "document",
        ShapeRef::Structure(target) => {
            let target = path(target);
            return quote!(structure::<#target>(#name));
        }
        ShapeRef::Events(target) => {
            let target = path(target);
            return quote!(events::<#target>(#name));
        }
        ShapeRef::List(element) => {
            let element = schema(element);
            return quote!(list(#name, &#element));
        }
        ShapeRef::Map(key, value) => {
            let (key, value) = (schema(key), schema(value));
            return quote!(map(#name, &#key, &#value));
        }
    };
    let simple = ident(simple);
    quote!(#simple(#name))
}

fn binding(binding: &Binding) -> TokenStream {
    match binding {
        Binding::Body(name) => call_text("named", name.as_ref()),
        Binding::Payload(name) => {
            let named = call_text("named", name.as_ref());
            quote!(.payload() #named)
        }
        Binding::Label(name) => quote!(.label(#name)),
        Binding::Query(name) => quote!(.query(#name)),
        Binding::Header(name) => quote!(.header(#name)),
        Binding::PrefixHeaders(prefix) => quote!(.headers(#prefix)),
        Binding::StatusCode => quote!(.status_code()),
    }
}

fn member_traits(traits: &MemberTraits, root: TokenStream) -> TokenStream {
    let MemberTraits {
        query_name,
        xml_namespace,
        sensitive,
        flattened,
        sparse,
        xml_attribute,
        json_value,
        idempotency_token,
        host_label,
        event_header,
        event_payload,
        requires_length,
        required,
    } = traits;
    let calls = [
        call_text("query_named", query_name.as_ref()),
        namespace(xml_namespace.as_ref()),
        call_if(*sensitive, "sensitive"),
        call_if(*flattened, "flattened"),
        call_if(*sparse, "sparse"),
        call_if(*xml_attribute, "attribute"),
        call_if(*json_value, "json_value"),
        call_if(*idempotency_token, "idempotency_token"),
        call_if(*host_label, "host_label"),
        call_if(*event_header, "event_header"),
        call_if(*event_payload, "event_payload"),
        call_if(*requires_length, "requires_length"),
        root,
        call_if(*required, "required"),
    ];
    calls.into_iter().collect()
}

/// The traits of the reference to an operation's input.
pub(super) fn input_traits(traits: &InputTraits) -> TokenStream {
    let InputTraits { xml_root, xml_namespace } = traits;
    [call_text("named", xml_root.as_ref()), namespace(xml_namespace.as_ref())].into_iter().collect()
}

/// The traits of an operation.
pub(super) fn operation_traits(traits: &OperationTraits) -> TokenStream {
    let OperationTraits {
        without_input,
        output_root,
        result_wrapper,
        host_prefix,
        auth,
        read_timeout,
        unsigned_payload,
        checksum,
        compress_requests,
        bucket_in_endpoint,
    } = traits;
    let read_timeout = read_timeout.map(|seconds| {
        let seconds = Literal::u32_unsuffixed(seconds);
        quote!(.read_timeout(#seconds))
    });
    let calls = [
        call_if(*without_input, "without_input"),
        call_text("output_root", output_root.as_ref()),
        call_text("result_wrapper", result_wrapper.as_ref()),
        call_text("host_prefix", host_prefix.as_ref()),
        self::auth(auth),
        read_timeout.unwrap_or_default(),
        call_if(*unsigned_payload, "unsigned_payload"),
        checksum.as_ref().map(self::checksum).unwrap_or_default(),
        call_if(*compress_requests, "compress_requests"),
        call_if(*bucket_in_endpoint, "bucket_in_endpoint"),
    ];
    calls.into_iter().collect()
}

/// The checksums of an operation.
fn checksum(checksum: &Checksum) -> TokenStream {
    let Checksum { required, algorithm_header, mode_header, response_algorithms } = checksum;
    let required = call_if(*required, "required");
    let algorithm_header = call_text("algorithm_header", algorithm_header.as_ref());
    let mode_header = call_text("mode_header", mode_header.as_ref());
    let algorithms = if response_algorithms.is_empty() {
        TokenStream::new()
    } else {
        quote!(.response_algorithms(&[#(#response_algorithms),*]))
    };
    quote!(.checksum(myrina::codegen::ChecksumSchema::new() #required #algorithm_header #mode_header #algorithms))
}

/// The traits of an error.
pub(super) fn error_traits(traits: &ErrorTraits) -> TokenStream {
    let ErrorTraits { status, sender_fault, retryable, throttling } = traits;
    let status = status.map(|status| {
        let status = Literal::u16_unsuffixed(status);
        quote!(.status(#status))
    });
    let calls = [
        status.unwrap_or_default(),
        call_if(*sender_fault, "sender_fault"),
        call_if(*retryable, "retryable"),
        call_if(*throttling, "throttling"),
    ];
    calls.into_iter().collect()
}

/// The traits of the service.
pub(super) fn service_traits(traits: &ServiceTraits) -> TokenStream {
    let ServiceTraits { signing_name, target_prefix, json_version, xml_namespace, auth, query_compatible } =
        traits;
    let calls = [
        call_text("signing_name", signing_name.as_ref()),
        call_text("target_prefix", target_prefix.as_ref()),
        call_text("json_version", json_version.as_ref()),
        call_text("xml_namespace", xml_namespace.as_ref()),
        self::auth(auth),
        call_if(*query_compatible, "query_compatible"),
    ];
    calls.into_iter().collect()
}

fn auth(auth: &[Auth]) -> TokenStream {
    if auth.is_empty() {
        return TokenStream::new();
    }
    let schemes = auth.iter().map(|scheme| {
        ident(match scheme {
            Auth::SigV4 => "SigV4",
            Auth::SigV4a => "SigV4a",
            Auth::None => "None",
            Auth::Bearer => "Bearer",
        })
    });
    quote!(.auth(&[#(myrina::codegen::Auth::#schemes),*]))
}

fn namespace(namespace: Option<&XmlNamespace>) -> TokenStream {
    namespace.map(|XmlNamespace { prefix, uri }| quote!(.namespace(#prefix, #uri))).unwrap_or_default()
}

fn call_if(set: bool, method: &str) -> TokenStream {
    let method = ident(method);
    if set { quote!(.#method()) } else { TokenStream::new() }
}

fn call_text(method: &str, text: Option<&String>) -> TokenStream {
    let method = ident(method);
    text.map(|text| quote!(.#method(#text))).unwrap_or_default()
}
