//! The command `myrina`.

fn main() {}
