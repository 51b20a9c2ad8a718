//! Generates Lambda's `Invoke` and the types it needs into `$OUT_DIR/lambda.rs`, and a small model with types of this crate
//! into `$OUT_DIR/greetings.rs`.

use myrina_codegen::builder::{BuildError, Builder};

fn main() -> Result<(), BuildError> {
    Builder::new("lambda", "../../models/lambda/2015-03-31")
        .overrides("../../models/lambda/overrides.json")
        .operations(["Invoke"])
        .build()?;
    Builder::new("greetings", "../fixtures/overrides/model").overrides("greetings.json").build()
}
