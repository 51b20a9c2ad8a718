//! Edits of `myrina.toml` that keep everything else as it is.

use crate::error::Error;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// Adds an entry for a service to the text of a workspace file, with a version of its model or the newest. Returns the text unchanged if
/// it has one.
pub fn add_service(text: &str, service: &str, version: Option<&str>) -> Result<String, Error> {
    let mut document = parse(text)?;
    if document.is_empty() && !text.trim().is_empty() {
        // Nothing but comments, which would end up behind the entry.
        let entry = add_service("", service, version)?;
        return Ok(format!("{}\n\n{entry}", text.trim_end()));
    }
    let services = document.entry("service").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(existing) = entry(services, service) {
        let own = existing.get("version").and_then(Item::as_str);
        return match version {
            Some(version) if own != Some(version) => Err(Error::Usage(format!(
                "{} already has {service}, in {}: to change it, write `version = \"{version}\"` there",
                super::FILE,
                own.map_or_else(|| "its newest version".to_owned(), |own| format!("version {own}")),
            ))),
            _ => Ok(text.to_owned()),
        };
    }
    let keys = [Some(("name", service)), version.map(|version| ("version", version))].into_iter().flatten();
    match services {
        Item::ArrayOfTables(tables) => {
            tables.push(keys.map(|(key, text)| (key, Value::from(text))).collect::<Table>());
        }
        Item::Value(Value::Array(tables)) => tables.push(keys.collect::<InlineTable>()),
        _ => {
            let message =
                format!("`service` in {} is not a list of tables: write `[[service]]`", super::FILE);
            return Err(Error::Usage(message));
        }
    }
    Ok(document.to_string())
}

/// Removes the entry of a service from the text of a workspace file, with the comment above it. What an empty line separates from that
/// comment, such as the file's preface, stays.
pub fn remove_service(text: &str, service: &str) -> Result<String, Error> {
    let mut document = parse(text)?;
    let missing = || Error::Usage(format!("{} has no service `{service}`", super::FILE));
    let is = |table: &dyn TableLike| table.get("name").and_then(Item::as_str) == Some(service);
    let services = document.get_mut("service").ok_or_else(missing)?;
    match services {
        Item::ArrayOfTables(tables) => {
            let index = tables.iter().position(|table| is(table)).ok_or_else(missing)?;
            let prefix = tables.get(index).and_then(|table| table.decor().prefix()?.as_str());
            let kept = prefix.and_then(|prefix| prefix.rfind("\n\n").and_then(|end| prefix.get(..=end)));
            let kept = kept.unwrap_or_default().to_owned();
            tables.remove(index);
            if tables.is_empty() {
                document.remove("service");
                let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
                document.set_trailing(format!("{kept}{trailing}"));
            } else if let Some(next) = tables.get_mut(index) {
                let own = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
                let own = if index == 0 && kept.is_empty() { own.trim_start_matches('\n') } else { own };
                let prefix = format!("{kept}{own}");
                next.decor_mut().set_prefix(prefix);
            }
        }
        Item::Value(Value::Array(tables)) => {
            let found = |value: &Value| value.as_inline_table().is_some_and(|table| is(table));
            let index = tables.iter().position(found).ok_or_else(missing)?;
            tables.remove(index);
        }
        _ => return Err(missing()),
    }
    Ok(document.to_string())
}

/// Sets the version of a service's crate in the text of a workspace file.
pub fn set_crate_version(text: &str, service: &str, version: &str) -> Result<String, Error> {
    let mut document = parse(text)?;
    let inline = document.get("service").is_some_and(Item::is_value);
    let table = document.get_mut("service").and_then(|services| entry(services, service));
    let table = table.ok_or_else(|| Error::Usage(format!("{} has no service `{service}`", super::FILE)))?;
    let mut value = Value::from(version);
    let old = table.get_mut("crate_version").and_then(Item::as_value_mut);
    if let Some(old) = old {
        // Keep what is around it, such as a comment after it.
        *value.decor_mut() = old.decor().clone();
        *old = value;
    } else {
        table.insert("crate_version", Item::Value(value));
        if inline {
            // The space before the brace belongs to what was the last value.
            table.fmt();
        }
    }
    Ok(document.to_string())
}

fn parse(text: &str) -> Result<DocumentMut, Error> {
    let error = |error: toml_edit::TomlError| Error::Usage(format!("{}: {error}", super::FILE));
    text.parse().map_err(error)
}

/// The table of a service, in an array of tables or of inline tables.
fn entry<'t>(services: &'t mut Item, service: &str) -> Option<&'t mut dyn TableLike> {
    fn is(table: &dyn TableLike, service: &str) -> bool {
        table.get("name").and_then(Item::as_str) == Some(service)
    }
    match services {
        Item::ArrayOfTables(tables) => {
            let found = tables.iter_mut().find(|table| is(*table, service))?;
            Some(found)
        }
        Item::Value(Value::Array(tables)) => {
            let mut tables = tables.iter_mut().filter_map(Value::as_inline_table_mut);
            let found = tables.find(|table| is(*table, service))?;
            Some(found)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_else_is_kept() {
        let text = "# ours\n[[service]]\nname = \"sqs\" # queues\n\n[[service]]  # functions\nname = \"lambda\"\ncrate_version = '0.1.0' # published\noperations = [\"Invoke\"]\n";
        let changed = set_crate_version(text, "lambda", "0.2.0").unwrap();
        assert_eq!(changed, text.replace("'0.1.0'", "\"0.2.0\""));
        let added = set_crate_version(text, "sqs", "0.1.1").unwrap();
        assert_eq!(added, text.replace("# queues\n", "# queues\ncrate_version = \"0.1.1\"\n"));
    }

    #[test]
    fn a_service_is_added_once() {
        let initial = "# ours\n\n[crate]\nruntime = \"0.1\" # same\n";
        let one = add_service(initial, "sqs", None).unwrap();
        assert_eq!(one, format!("{initial}\n[[service]]\nname = \"sqs\"\n"));
        assert_eq!(add_service(&one, "sqs", None).unwrap(), one);
        let two = add_service(&one, "cloudfront", Some("2020-05-31")).unwrap();
        assert_eq!(two, format!("{one}\n[[service]]\nname = \"cloudfront\"\nversion = \"2020-05-31\"\n"));
        assert_eq!(add_service(&two, "cloudfront", None).unwrap(), two);
        let error = add_service(&two, "sqs", Some("2012-11-05")).unwrap_err().to_string();
        assert!(error.contains("already has sqs, in its newest version"), "{error}");
        let inline = add_service("service = [{ name = \"sqs\" }]\n", "sns", None).unwrap();
        assert_eq!(inline, "service = [{ name = \"sqs\" }, { name = \"sns\" }]\n");
        assert!(
            add_service("service = 1", "sns", None).unwrap_err().to_string().contains("write `[[service]]`")
        );
    }

    #[test]
    fn a_service_is_removed_with_its_comment_only() {
        let text = "# ours\n\n# queues\n[[service]]\nname = \"sqs\"\n\n# functions\n[[service]]\nname = \"lambda\"\n# end\n";
        let no_queues = remove_service(text, "sqs").unwrap();
        assert_eq!(no_queues, "# ours\n\n# functions\n[[service]]\nname = \"lambda\"\n# end\n");
        let no_functions = remove_service(text, "lambda").unwrap();
        assert_eq!(no_functions, "# ours\n\n# queues\n[[service]]\nname = \"sqs\"\n# end\n");
        let none = remove_service(&no_functions, "sqs").unwrap();
        assert!(none.starts_with("# ours\n") && !none.contains("service"), "{none}");
        // What was removed can be added again.
        assert!(add_service(&none, "sqs", None).unwrap().contains("[[service]]\nname = \"sqs\"\n"));
        let inline = "service = [{ name = \"lambda\" }, { name = \"sqs\" }]\n";
        assert_eq!(remove_service(inline, "sqs").unwrap(), "service = [{ name = \"lambda\" }]\n");
        assert!(remove_service(text, "sns").unwrap_err().to_string().contains("no service `sns`"));
    }

    #[test]
    fn inline_tables_are_found() {
        let text = "service = [{ name = \"lambda\" }, { name = \"sqs\" }]\n";
        let changed = set_crate_version(text, "sqs", "1.0.0").unwrap();
        assert_eq!(
            changed,
            "service = [{ name = \"lambda\" }, { name = \"sqs\", crate_version = \"1.0.0\" }]\n"
        );
        assert!(set_crate_version(text, "ec2", "1.0.0").is_err());
    }
}
