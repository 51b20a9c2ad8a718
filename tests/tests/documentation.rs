//! The files that README.md and CONTRIBUTING.md name exist.

use std::path::Path;

#[test]
fn paths_in_the_documentation_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut missing = Vec::new();
    for document in ["README.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root.join(document)).unwrap();
        let words = text.split(|c: char| c.is_whitespace() || "`()|,;".contains(c));
        for word in words.map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit() || ".:".contains(c)))
        {
            let is_ours =
                ["codegen/", "runtime/", "tests/", "models/"].iter().any(|folder| word.starts_with(folder));
            // Placeholders and patterns name no file.
            if is_ours
                && !word.contains(|c: char| c.is_ascii_uppercase() || "*<…".contains(c))
                && !root.join(word).exists()
            {
                missing.push(format!("{document}: {word}"));
            }
        }
    }
    assert!(missing.is_empty(), "these do not exist: {missing:#?}");
}
