//! Generates Rust crates from AWS service models: the command `myrina`, and [`builder`] for a `build.rs`.
//!
//! # Design
//!
//! A service goes through a pipeline, whose table of contents is the module `generate`:
//!
//! ```text
//! files ── read, validate ──> Model ── overrides ──> Model ── lower ──> Crate (IR) ── emit ──> Files ──> Plan ──> disk
//! ```
//!
//! - `read` turns the JSON files of botocore into a `Model`, which has everything in them, with the location of each node.
//!   `validate` checks the model by itself: references, bindings, names, rules.
//! - `overrides` are corrections of a model: those built in for a service, and those of the workspace. Each must have an effect.
//! - `lower` makes all decisions: what is generated, under which names and types, what is optional, what is documented. Its result, the
//!   `Crate` of `ir`, has the vocabulary of Rust and of the runtime.
//! - `emit` prints the IR as Rust. It chooses layout and tokens, nothing else.
//! - `files` compares the printed files with the folder on disk, and writes only those that differ.
//!
//! `workspace` and `report` surround the pipeline: configuration, import and update of models; comparison and inspection of what is
//! generated.
//!
//! # Invariants
//!
//! - All decisions are made in `lower`. A condition on a model's trait in `emit` is an error of design.
//! - The IR has no words of the JSON format; only `model`, `read`, `validate`, `overrides` and `lower` know them.
//! - The output is a function of the input: no time, no random numbers, no order of a hash map, no number of threads.
//! - Nothing is ignored silently. An unknown key of an input file is an error. A trait that is read but not used yet is listed, with the
//!   reason, in `lower::model_coverage`.
//! - Errors of the input are collected, with location and help, and reported together. Nothing is written if there is any.
//! - Only files whose first line has the generator's marker are overwritten or removed.
//!
//! # Where to add what
//!
//! | what | where |
//! |-|-|
//! | a trait of a member or shape | `model`, `read::traits`, `lower::model_coverage`; to use it: `ir::traits`, `lower::shapes`, `emit::traits`, `report::diff::traits` |
//! | a trait of an operation | `model`, `read::operation`, `lower::operations`, `ir::traits`, `emit::traits` |
//! | a protocol | `protocol`; the implementation in the runtime |
//! | a key of `overrides.json` | `overrides::data`, `overrides::read`, `overrides::check`, the JSON schema, and where it applies |
//! | a built-in override | a file in `codegen/built_in_overrides/`, listed in `overrides::built_in`; secret members in `sensitive_members.json`, unions in `unions.json` |
//! | a named customization | the table in `overrides::customizations`; the static in the runtime |
//! | a module or file of each crate | `emit::modules` |
//! | a kind of change that `diff` reports | a row of `report::diff::policy`, and a case in `codegen/tests/fixtures/diff/changes.toml` |
//! | a key of `myrina.toml` | `workspace::config` |
//!
//! Fixtures are in `tests/fixtures` and `codegen/tests/fixtures`; `UPDATE=1 cargo test` rewrites their expected output.
//!
//! `codegen/bootstrap` is a package outside of the workspace that only starts this one: the members of the workspace include the
//! generated crates, so cargo cannot load it while they are missing, and they must be generated without it.
//!
//! # Layers
//!
//! Modules import from their own layer and the layers above them in this table, never from those below. A test checks it.
//!
//! | layer | rooms | holds |
//! |-|-|-|
//! | basics | `did_you_mean`, `files`, `jmespath`, `markdown`, `model`, `names`, `parallel` | the model as data; JMESPath and Markdown; names in Rust; files to write |
//! | facts about models | `diagnostic`, `graph`, `json`, `protocol`, `reach` | errors with locations, JSON, the protocols, cycles and reachable shapes |
//! | IR | `endpoint_rule_language`, `ir`, `source` | the generated crate as data; endpoint rule functions; a JSON file that is being read, with its errors |
//! | options | `options`, `type_graph`, `type_printer`, `validate` | options of a crate, the types of the IR and their text, checks of a model |
//! | ends | `emit`, `read` | the IR as Rust; JSON files as a model |
//! | corrections | `overrides`, `render` | overrides and their checks; errors as text |
//! | lowering | `error`, `lower` | from model to IR; the error of all commands |
//! | pipeline | `generate` | read, lower, emit |
//! | reports | `report` | comparison and inspection of generated crates |
//! | workspace | `workspace` | `myrina.toml`, import, add, update, remove, list |
//! | entry points | `builder`, `cli` | for a `build.rs`, for the command line |

pub mod builder;
pub mod cli;

// Not part of the interface: public for the tests of the repository.
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod did_you_mean;
#[doc(hidden)]
pub mod emit;
mod endpoint_rule_language;
#[doc(hidden)]
pub mod error;
#[doc(hidden)]
pub mod files;
#[doc(hidden)]
pub mod generate;
#[doc(hidden)]
pub mod ir;
#[doc(hidden)]
pub mod jmespath;
#[doc(hidden)]
pub mod json;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod markdown;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod names;
#[doc(hidden)]
pub mod options;
#[doc(hidden)]
pub mod overrides;
#[doc(hidden)]
pub mod parallel;
#[doc(hidden)]
pub mod protocol;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod workspace;

mod graph;
mod reach;
mod source;
mod type_graph;
mod type_printer;
mod validate;
