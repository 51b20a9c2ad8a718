//! `cargo codegen`.

fn main() -> std::process::ExitCode {
    myrina_codegen::cli::main_as("cargo codegen")
}
