//! `list`: the services of a workspace or of a catalogue, with their versions and numbers of operations.

use super::{
    Workspace,
    import::{self, Catalog, Summary},
};
use crate::{error::Error, read};
use std::path::Path;

/// One service of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The service, by its folder in the catalogue.
    pub name: String,
    /// The versions of its model, oldest first.
    pub versions: Vec<String>,
    /// What its newest model, or the one that `myrina.toml` chooses, says of it; `None` if that cannot be read.
    pub summary: Option<Summary>,
    /// The generated package and its version, of a service of the workspace.
    pub package: Option<(String, String)>,
}

/// The services of a botocore wheel or folder.
pub fn catalogue(from: &Path) -> Result<Vec<Listed>, Error> {
    Ok(import::summaries(&Catalog::open(from)?))
}

/// The services of a workspace.
pub fn workspace(workspace: &Workspace) -> Vec<Listed> {
    let services = workspace.config.services.iter().map(|service| {
        let package = (!service.module).then(|| (service.crate_name.clone(), service.crate_version.clone()));
        let all = || read::versions(&workspace.root.join(&service.models));
        let versions = service.version.clone().map_or_else(all, |version| vec![version]);
        Listed { name: service.name.clone(), versions, summary: workspace.summary(service), package }
    });
    services.collect()
}

impl Listed {
    /// Whether the service's folder, id or title contains the pattern, case aside. A `*` stands for any text.
    pub fn matches(&self, pattern: &str) -> bool {
        let summary = self.summary.as_ref();
        let id = summary.map_or("", |summary| &summary.id);
        let title = summary.map_or("", |summary| &summary.title);
        let official = import::official_name(id);
        [self.name.as_str(), id, title, &official].into_iter().any(|text| contains(text, pattern))
    }
}

/// Whether the parts of a pattern between its asterisks follow one another in a text.
fn contains(text: &str, pattern: &str) -> bool {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    pattern.to_lowercase().split('*').all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_pattern_follow_one_another() {
        for (pattern, expected) in
            [("", true), ("watch", true), ("CLOUD*logs", true), ("logs*cloud", false), ("sns", false)]
        {
            assert_eq!(contains("CloudWatch Logs", pattern), expected, "{pattern}");
        }
    }
}
