//! The command `myrina`: see [`myrina_codegen::cli`].

fn main() -> std::process::ExitCode {
    myrina_codegen::cli::main()
}
