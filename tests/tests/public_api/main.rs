//! The public API of the runtime and of the generator is the one that is committed.
//!
//! Public is what a user can name: the `pub` items that are reachable from a crate's root through public modules and
//! re-exports, with all features, without what is `#[doc(hidden)]`. Each has a line in `tests/public-api/`: its signature,
//! and for types their public fields, variants, methods, derives and implemented traits. Items that a macro makes are not
//! seen. `UPDATE=1 cargo test -p myrina-tests --test public_api` writes the listings anew.

mod listing;
mod signature;
mod source;

use similar::TextDiff;
use std::path::Path;

/// Compares the public API of a crate, whose sources are in `folder`, with its listing.
fn check(package: &str, folder: &str) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = tests.parent().expect("the workspace is above").join(folder).join("src/lib.rs");
    let actual = listing::of(&source::Crate::load(&package.replace('-', "_"), &root));
    let file = tests.join("public-api").join(format!("{package}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder that can be made");
        std::fs::write(&file, actual).expect("a file that can be written");
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let diff = TextDiff::from_lines(&expected, &actual);
    let diff = diff.unified_diff().context_radius(0).to_string();
    assert!(
        expected == actual,
        "the public API of {package} differs from tests/public-api/{package}.txt; if that is meant: \
         UPDATE=1 cargo test -p myrina-tests --test public_api\n{diff}"
    );
}

#[test]
fn public_api_of_the_runtime_matches_its_listing() {
    check("myrina", "runtime");
}

#[test]
fn public_api_of_the_generator_matches_its_listing() {
    check("myrina-codegen", "codegen");
}
