//! A table of functions without arguments, through which schemas refer to structures.
//!
//! The number of functions is fixed, so a model can have 64 structures. They return the schemas of the thread's current
//! model.

use super::DynamicError;
use myrina::{
    error::{ErrorSchema, ModeledError},
    schema::Schema,
};
use std::cell::RefCell;

thread_local! {
    static CURRENT: RefCell<Vec<Shape>> = const { RefCell::new(Vec::new()) };
}

/// What a slot represents.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) schema: &'static Schema,
    pub(super) error: Option<&'static ErrorSchema>,
}

/// Makes these the shapes of the slots, from the first on.
pub(super) fn set_current(shapes: &[Shape]) {
    CURRENT.set(shapes.to_vec());
}

/// The function that gives the schema of the shape in the slot.
pub(super) fn schema(slot: usize) -> fn() -> &'static Schema {
    SCHEMAS[slot / WIDTH][slot % WIDTH]
}

/// The function that gives an empty error of the shape in the slot.
pub(super) fn empty(slot: usize) -> fn() -> Box<dyn ModeledError> {
    BLANKS[slot / WIDTH][slot % WIDTH]
}

fn shape(slot: usize) -> Shape {
    CURRENT.with_borrow(|shapes| {
        *shapes.get(slot).expect("the model that the value belongs to is not the current one")
    })
}

fn schema_at<const N: usize>() -> &'static Schema {
    shape(N).schema
}

fn blank_at<const N: usize>() -> Box<dyn ModeledError> {
    let error = shape(N).error.expect("only error shapes are made as errors");
    Box::new(DynamicError::new(error))
}

const WIDTH: usize = 8;
type Table<F> = [[F; WIDTH]; WIDTH];

macro_rules! row {
    ($of:ident $row:literal) => {
        [
            $of::<{ $row * WIDTH }>,
            $of::<{ $row * WIDTH + 1 }>,
            $of::<{ $row * WIDTH + 2 }>,
            $of::<{ $row * WIDTH + 3 }>,
            $of::<{ $row * WIDTH + 4 }>,
            $of::<{ $row * WIDTH + 5 }>,
            $of::<{ $row * WIDTH + 6 }>,
            $of::<{ $row * WIDTH + 7 }>,
        ]
    };
}

macro_rules! table {
    ($of:ident) => {
        [row!($of 0), row!($of 1), row!($of 2), row!($of 3), row!($of 4), row!($of 5), row!($of 6), row!($of 7)]
    };
}

static SCHEMAS: Table<fn() -> &'static Schema> = table!(schema_at);
static BLANKS: Table<fn() -> Box<dyn ModeledError>> = table!(blank_at);
