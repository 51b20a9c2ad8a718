//! Structures whose shapes come from a model at run time. The suites, in which every group of cases has its own small
//! model, use them in place of generated crates.
//!
//! [`Model::new`] reads a model, [`Model::operation`] returns the schema of an operation, [`DynamicStructure::of`] makes a
//! value from the JSON of the suites, and [`DynamicStructure::into_json`] returns that JSON. Schemas are leaked: they must
//! be static, as in generated code.

mod json;
mod model;
mod schema_table;
mod value;

pub use model::Model;

use myrina::{
    codec::{MemberWriter, Structure, Value},
    error::{ErrorSchema, ModeledError},
    schema::Schema,
};
use std::fmt;
use value::Slot;

/// A structure or union of any shape.
#[derive(Debug)]
pub struct DynamicStructure {
    schema: &'static Schema,
    slots: Vec<Slot>,
    /// The case of a union that the model does not know.
    unknown: Option<String>,
}

impl DynamicStructure {
    /// A value of that shape with nothing set.
    pub fn new(schema: &'static Schema) -> Self {
        let slots = schema.members.iter().map(|_| Slot::default()).collect();
        Self { schema, slots, unknown: None }
    }
}

impl Structure for DynamicStructure {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Of an operation without input or output.
    fn schema_of() -> &'static Schema {
        static EMPTY: Schema = Schema::structure("Unit", &[], &[]);
        &EMPTY
    }

    fn type_name(&self) -> &'static str {
        self.schema.name
    }

    fn write(&self, out: &mut dyn MemberWriter) {
        for (index, slot) in self.slots.iter().enumerate() {
            if !self.schema.union || !slot.is_absent() {
                out.member(index, slot);
            }
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        if self.schema.union {
            let others = self.slots.iter_mut().enumerate().filter(|(other, _)| *other != index);
            others.for_each(|(_, slot)| *slot = Slot::default());
        }
        self.slots.get_mut(index).map(|slot| slot as &mut dyn Value)
    }

    fn unknown(&mut self, tag: &str) {
        self.unknown = Some(tag.to_owned());
    }

    fn empty() -> Self {
        Self::new(Self::schema_of())
    }

    fn reset(&mut self) {
        *self = Self::new(self.schema);
    }
}

/// A modeled error of any shape.
#[derive(Debug)]
pub struct DynamicError {
    /// The error's data.
    pub data: DynamicStructure,
    schema: &'static ErrorSchema,
}

impl DynamicError {
    /// An error of that kind with nothing set.
    pub fn new(schema: &'static ErrorSchema) -> Self {
        Self { data: DynamicStructure::new((schema.schema)()), schema }
    }
}

impl Structure for DynamicError {
    fn schema(&self) -> &'static Schema {
        self.data.schema
    }

    fn schema_of() -> &'static Schema {
        DynamicStructure::schema_of()
    }

    fn type_name(&self) -> &'static str {
        self.data.schema.name
    }

    fn write(&self, out: &mut dyn MemberWriter) {
        Structure::write(&self.data, out);
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.data.member_mut(index)
    }

    fn empty() -> Self {
        static ERROR: ErrorSchema = ErrorSchema::new::<DynamicError>("Unknown");
        Self::new(&ERROR)
    }

    fn reset(&mut self) {
        *self = Self::new(self.schema);
    }
}

impl ModeledError for DynamicError {
    fn error_schema(&self) -> &'static ErrorSchema {
        self.schema
    }
}

impl fmt::Display for DynamicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.schema.code)
    }
}

impl std::error::Error for DynamicError {}
