//! Changes of `myrina.toml`, which leave everything else in it as it is.

use toml_edit::{DocumentMut, Item, TableLike, Value};

/// The text of a workspace file with the version of one service's crate set. The error says why that cannot be.
pub fn set_crate_version(text: &str, service: &str, version: &str) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    let inline = document.get("service").is_some_and(Item::is_value);
    let table = document.get_mut("service").and_then(|services| entry(services, service));
    let table = table.ok_or_else(|| format!("{} names no service `{service}`", super::FILE))?;
    let mut value = Value::from(version);
    let old = table.get_mut("crate_version").and_then(Item::as_value_mut);
    if let Some(old) = old {
        // What stands around it, such as a comment behind it, stays.
        *value.decor_mut() = old.decor().clone();
        *old = value;
    } else {
        table.insert("crate_version", Item::Value(value));
        if inline {
            // The space before the brace stands behind what was the last value.
            table.fmt();
        }
    }
    Ok(document.to_string())
}

/// The table of a service, however the tables are written.
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
    fn everything_else_stays() {
        let text = "# ours\n[[service]]\nname = \"sqs\" # queues\n\n[[service]]  # functions\nname = \"lambda\"\ncrate_version = '0.1.0' # published\noperations = [\"Invoke\"]\n";
        let changed = set_crate_version(text, "lambda", "0.2.0").unwrap();
        assert_eq!(changed, text.replace("'0.1.0'", "\"0.2.0\""));
        let added = set_crate_version(text, "sqs", "0.1.1").unwrap();
        assert_eq!(added, text.replace("# queues\n", "# queues\ncrate_version = \"0.1.1\"\n"));
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
