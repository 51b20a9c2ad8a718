//! Generates the service of `model/` into `$OUT_DIR/hazards.rs`.

use myrina_codegen::builder::{BuildError, Builder};

fn main() -> Result<(), BuildError> {
    Builder::new("hazards", "model").build()
}
