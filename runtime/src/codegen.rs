//! The interface between generated code and the runtime. Not for use by hand.
//!
//! Generated files spell out what their reader wants to see, the types and their documentation. The rest follows from a table
//! with one row for each member, and comes from the macros here: the constructor, the setters, the lenses, the schema and the
//! functions that the protocols call.
//!
//! # Compatibility
//!
//! Within a minor version (`0.1.x`), every macro accepts what the generators of earlier patch versions wrote, and every item
//! here keeps its name and meaning: a crate generated for `0.1.0` compiles with every later `0.1.x`. A new minor version may
//! ask for the crate to be generated again.

mod attribute_value;
mod enumeration;
mod feature;
mod modeled_error;
mod structure;
mod union;

pub mod describe {
    //! The constructors of members.
    pub use crate::{
        codec::{events, structure},
        schema::{
            blob, boolean, date_time, document, double, epoch_seconds, float, http_date, integer, list, long,
            map, stream, string, timestamp,
        },
    };
}

pub mod rules {
    //! The parts of an endpoint rule set.
    pub use crate::endpoint_rules::{
        Entries,
        Expr::{Bool, Call, Get, Let, List, Number, Object, Template, Text, Var},
        Rule::{Endpoint, Error, Tree, Url},
        RuleSet, Slot,
        functions::{
            coalesce, equals, is_set, is_valid_host_label, is_virtual_hostable_bucket, ite, not, parse_arn,
            parse_url, partition, split, substring, uri_encode,
        },
        rule_set::{boolean, string, strings},
    };
}

pub mod context {
    //! The endpoint parameters of an operation.
    pub use crate::schema::{
        ContextParam,
        Step::{Any, Each, Keys, Member},
        context::{flag, path, text, texts},
    };
}

pub use crate::{
    Map, codec,
    endpoint_rules::RuleSet,
    error::{Error, ErrorSchema, ModeledError, ServiceError},
    lens,
    operation::{Auth, ChecksumSchema, Operation, OperationSchema, ServiceSchema},
    protocol,
    schema::{self, Schema},
};

use crate::codec::{MemberWriter, Structure, Value};
use std::fmt;

#[doc(inline)]
pub use crate::{attribute_value, enumeration, error, structure, union};

/// Implements `Debug` of structures and unions: field by field, sensitive fields redacted.
pub fn debug(value: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Fields<'a, 'b, 'c> {
        schema: &'static Schema,
        out: &'a mut fmt::DebugStruct<'b, 'c>,
    }

    impl MemberWriter for Fields<'_, '_, '_> {
        fn member(&mut self, index: usize, value: &dyn Value) {
            let (member, name) = (&self.schema.members[index], self.schema.fields[index]);
            let name = name.strip_prefix("r#").unwrap_or(name);
            if member.is_sensitive() && !value.is_absent() {
                self.out.field(name, &format_args!("(redacted)"));
            } else {
                self.out.field(name, &value);
            }
        }
    }

    let schema = value.schema();
    let mut out = f.debug_struct(value.type_name());
    value.write(&mut Fields { schema, out: &mut out });
    out.finish()
}

/// Implements `Display` of error structures: the code, and the message if there is one.
pub fn display(code: &str, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match message {
        Some(message) if !message.is_empty() => write!(f, "{code}: {message}"),
        _ => f.write_str(code),
    }
}

/// The message member of an error structure: required or optional.
pub trait Message {
    /// The text.
    fn message(&self) -> Option<&str>;
}

impl Message for String {
    fn message(&self) -> Option<&str> {
        Some(self)
    }
}

impl Message for Option<String> {
    fn message(&self) -> Option<&str> {
        self.as_deref()
    }
}
