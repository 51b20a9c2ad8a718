//! The table of wire protocols: one row has everything that the generator knows about a protocol.

use crate::model::Metadata;

/// The format of a timestamp on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339: `2015-01-25T08:00:00Z`.
    DateTime,
    /// RFC 9110's IMF-fixdate: `Sun, 25 Jan 2015 08:00:00 GMT`.
    HttpDate,
    /// Seconds since 1970: `1422172800`.
    EpochSeconds,
}

/// A wire protocol of the runtime, in the order in which one is chosen if a model lists several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// AWS JSON 1.0 and 1.1.
    Json,
    /// REST with JSON bodies.
    RestJson,
    /// REST with XML bodies.
    RestXml,
    /// Smithy RPC v2 with CBOR bodies.
    Cbor,
    /// AWS Query.
    Query,
    /// EC2 Query.
    Ec2,
}

/// The facts about one protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProtocolInfo {
    /// The protocol.
    pub protocol: Protocol,
    /// The name in models and `myrina.toml`.
    pub model_name: &'static str,
    /// The static in `myrina::codegen::protocol`.
    pub runtime_static: &'static str,
    /// The feature of the runtime that contains the protocol; `None` if it is always there.
    pub feature: Option<&'static str>,
    /// Members are bound to labels, headers and the query.
    pub has_bindings: bool,
    /// Members are XML elements or form parameters, which may be flattened, be attributes and have namespaces.
    pub is_xml_like: bool,
    /// Requests name the operation by the service's `targetPrefix`.
    pub has_target: bool,
    /// Requests carry the service's `jsonVersion`.
    pub has_json_version: bool,
    /// The format of a timestamp in a body that has no `timestampFormat`.
    pub default_timestamp: TimestampFormat,
}

/// All protocols, in the order of [`Protocol`].
pub const PROTOCOLS: [ProtocolInfo; 6] = [
    ProtocolInfo {
        has_target: true,
        has_json_version: true,
        ..row(Protocol::Json, "json", "AWS_JSON", TimestampFormat::EpochSeconds)
    },
    ProtocolInfo {
        has_bindings: true,
        ..row(Protocol::RestJson, "rest-json", "REST_JSON", TimestampFormat::EpochSeconds)
    },
    ProtocolInfo {
        feature: Some("xml"),
        has_bindings: true,
        is_xml_like: true,
        ..row(Protocol::RestXml, "rest-xml", "REST_XML", TimestampFormat::DateTime)
    },
    ProtocolInfo {
        feature: Some("cbor"),
        has_target: true,
        ..row(Protocol::Cbor, "smithy-rpc-v2-cbor", "RPC_CBOR", TimestampFormat::EpochSeconds)
    },
    ProtocolInfo {
        feature: Some("xml"),
        is_xml_like: true,
        ..row(Protocol::Query, "query", "AWS_QUERY", TimestampFormat::DateTime)
    },
    ProtocolInfo {
        feature: Some("xml"),
        is_xml_like: true,
        ..row(Protocol::Ec2, "ec2", "EC2_QUERY", TimestampFormat::DateTime)
    },
];

const fn row(
    protocol: Protocol,
    model_name: &'static str,
    runtime_static: &'static str,
    default_timestamp: TimestampFormat,
) -> ProtocolInfo {
    ProtocolInfo {
        protocol,
        model_name,
        runtime_static,
        feature: None,
        has_bindings: false,
        is_xml_like: false,
        has_target: false,
        has_json_version: false,
        default_timestamp,
    }
}

impl Protocol {
    /// The protocol's row of the table.
    pub const fn info(self) -> &'static ProtocolInfo {
        &PROTOCOLS[self as usize]
    }

    /// The protocol with this name in models.
    pub fn find(model_name: &str) -> Option<Self> {
        PROTOCOLS.iter().find(|info| info.model_name == model_name).map(|info| info.protocol)
    }

    /// The requested protocol, or else the first of the table that the model lists. `None` if the model lists no such protocol.
    pub fn choose(metadata: &Metadata, requested: Option<&str>) -> Option<Self> {
        let known = PROTOCOLS.iter().filter(|info| metadata.protocols().any(|name| name == info.model_name));
        known.map(|info| info.protocol).find(|one| requested.is_none_or(|name| name == one.model_name()))
    }

    /// The name in models and `myrina.toml`.
    pub const fn model_name(self) -> &'static str {
        self.info().model_name
    }
}

/// The names of all protocols in models.
pub fn model_names() -> impl Iterator<Item = &'static str> + Clone {
    PROTOCOLS.iter().map(|info| info.model_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_at_the_index_of_its_protocol() {
        for info in &PROTOCOLS {
            assert_eq!(info.protocol.info(), info);
            assert_eq!(Protocol::find(info.model_name), Some(info.protocol));
        }
    }
}
