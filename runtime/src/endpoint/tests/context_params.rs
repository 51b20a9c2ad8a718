//! Endpoint parameters from the input.

use crate::{
    codec::{MemberWriter, Structure, Value as CodecValue, structure},
    endpoint::{EndpointValue, context_params::value_of},
    operation::OperationSchema,
    schema::{
        Member, Schema,
        Step::{Any, Each, Keys, Member as Name},
        context::{flag, path, text, texts},
        list, map, string,
    },
};

const STRING: Member = string("");

/// A write to a table.
#[derive(Debug, Default)]
struct Put {
    table: Option<String>,
}

/// An input with a bit of everything.
#[derive(Debug, Default)]
struct Input {
    bucket: Option<String>,
    names: Option<Vec<String>>,
    puts: Option<Vec<Put>>,
    by_table: Option<crate::Map<String, String>>,
    put: Option<Put>,
}

macro_rules! structure {
    ($type:ident { $($index:literal $field:ident = $member:expr;)* }) => {
        impl Structure for $type {
            fn schema(&self) -> &'static Schema {
                Self::schema_of()
            }

            fn schema_of() -> &'static Schema {
                static SCHEMA: Schema = Schema {
                    name: stringify!($type),
                    members: &[$($member),*],
                    fields: &[$(stringify!($field)),*],
                    union: false,
                };
                &SCHEMA
            }

            fn type_name(&self) -> &'static str {
                stringify!($type)
            }

            fn write(&self, out: &mut dyn MemberWriter) {
                $(out.member($index, &self.$field);)*
            }

            fn member_mut(&mut self, _: usize) -> Option<&mut dyn CodecValue> {
                None
            }

            fn empty() -> Self {
                Self::default()
            }

            fn reset(&mut self) {
                *self = Self::default();
            }
        }
    };
}

structure!(Put { 0 table = string("Table"); });
structure!(Input {
    0 bucket = string("Bucket");
    1 names = list("Names", &STRING);
    2 puts = list("Puts", const { &structure::<Put>("") });
    3 by_table = map("ByTable", &STRING, &STRING);
    4 put = structure::<Put>("Put");
});

fn input() -> Input {
    let put = |table: &str| Put { table: Some(table.to_owned()) };
    Input {
        bucket: Some("b".to_owned()),
        names: Some(vec!["n".to_owned(), "m".to_owned()]),
        puts: Some(vec![put("one"), Put::default(), put("two")]),
        by_table: Some([("k".to_owned(), "v".to_owned())].into_iter().collect()),
        put: Some(put("alone")),
    }
}

static OPERATION: OperationSchema =
    OperationSchema::new(&super::PLAIN, "Op", "POST", "/", structure::<Input>(""), structure::<Input>(""))
        .context(&[
            text("Both", "fixed"),
            path("Both", &[Name("Bucket")]),
            flag("Flag", false),
            texts("Texts", &["x", "y"]),
            path("Bucket", &[Name("Bucket")]),
            path("Names", &[Name("Names")]),
            path("Keys", &[Name("ByTable"), Keys]),
            path("Tables", &[Name("Puts"), Each, Name("Table")]),
            path("Deep", &[Name("Put"), Name("Table")]),
            path("Any", &[Any(&[&[Name("Put"), Name("Table")], &[Name("Bucket")]])]),
            path("EachAny", &[Name("Puts"), Each, Any(&[&[Name("Table")], &[Name("Nobody")]])]),
            path("First", &[Name("Nobody")]),
            path("First", &[Name("Bucket")]),
            path("Wrong", &[Name("Bucket"), Name("Bucket")]),
            path("Whole", &[Name("Put")]),
        ]);

#[test]
fn parts_of_the_input() {
    let cases: &[(&str, EndpointValue<'_>)] = &[
        ("Both", "fixed".into()),
        ("Flag", false.into()),
        ("Texts", vec!["x", "y"].into()),
        ("Bucket", "b".into()),
        ("Names", vec!["n", "m"].into()),
        ("Keys", vec!["k"].into()),
        ("Tables", vec!["one", "two"].into()),
        ("Deep", "alone".into()),
        ("Any", vec!["alone", "b"].into()),
        ("EachAny", vec!["one", "two"].into()),
        ("First", "b".into()),
        ("Wrong", EndpointValue::None),
        ("Whole", EndpointValue::None),
        ("Nobody", EndpointValue::None),
    ];
    for (name, expected) in cases {
        assert_eq!(value_of(&OPERATION, &input(), name), *expected, "{name}");
    }
}

#[test]
fn what_is_not_there_is_nothing() {
    for name in ["Bucket", "Names", "Keys", "Tables", "Deep", "EachAny"] {
        assert_eq!(value_of(&OPERATION, &Input::default(), name), EndpointValue::None, "{name}");
    }
}
