//! Parses paths to parts of an input: the subset of JMESPath that `operationContextParams` uses.

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of a structure.
    Member(String),
    /// Every element of a list: `[*]`, `[]`.
    Each,
    /// Every key of a map: `keys(Path)`.
    Keys,
    /// What each of several paths leads to: `[First, Second][]`.
    Any(Vec<Vec<Step>>),
}

/// How deeply paths may be nested.
const DEPTH: usize = 16;

/// The steps of a path, or what is wrong with it.
pub fn parse(text: &str) -> Result<Vec<Step>, String> {
    let mut parser = Parser { rest: text.trim() };
    let steps = parser.path(0)?;
    if parser.rest.is_empty() {
        return Ok(steps);
    }
    Err(format!("`{}` is not expected here", parser.rest))
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn path(&mut self, depth: usize) -> Result<Vec<Step>, String> {
        if depth > DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        let mut steps = Vec::new();
        loop {
            self.step(&mut steps, depth)?;
            while let Some(closing) = ["[*]", "[]"].into_iter().find(|list| self.rest.starts_with(list)) {
                self.take(closing);
                // After a list of paths, this only flattens their results.
                if !matches!(steps.last(), Some(Step::Any(_))) {
                    steps.push(Step::Each);
                }
            }
            if !self.take(".") {
                return Ok(steps);
            }
        }
    }

    fn step(&mut self, steps: &mut Vec<Step>, depth: usize) -> Result<(), String> {
        if self.take("keys(") {
            let inner = if self.take("@") { Vec::new() } else { self.path(depth + 1)? };
            self.expect(")")?;
            steps.extend(inner);
            steps.push(Step::Keys);
        } else if self.take("[") {
            let mut paths = vec![self.path(depth + 1)?];
            while self.take(",") {
                paths.push(self.path(depth + 1)?);
            }
            self.expect("]")?;
            if !self.rest.starts_with("[]") {
                return Err("a list of paths must be flattened by `[]` after it".to_owned());
            }
            steps.push(Step::Any(paths));
        } else {
            let name = self.rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
            let name = name.filter(|name| !name.is_empty()).ok_or("the name of a member is missing")?;
            steps.push(Step::Member(name.to_owned()));
            self.rest = self.rest.get(name.len()..).unwrap_or_default().trim_start();
        }
        Ok(())
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Result<(), String> {
        if self.take(text) { Ok(()) } else { Err(format!("`{text}` is missing")) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Step::*, parse};

    #[test]
    fn the_paths_of_the_catalogue() {
        let member = |name: &str| Member(name.to_owned());
        assert_eq!(
            parse("TableCreationParameters.TableName"),
            Ok(vec![member("TableCreationParameters"), member("TableName")])
        );
        assert_eq!(parse("keys(RequestItems)"), Ok(vec![member("RequestItems"), Keys]));
        assert_eq!(parse("RequestItems.keys(@)"), Ok(vec![member("RequestItems"), Keys]));
        assert_eq!(
            parse("TransactItems[*].Get.TableName"),
            Ok(vec![member("TransactItems"), Each, member("Get"), member("TableName")])
        );
        assert_eq!(
            parse("Items[*].[Put.Name, Get.Name][]"),
            Ok(vec![
                member("Items"),
                Each,
                Any(vec![vec![member("Put"), member("Name")], vec![member("Get"), member("Name")]]),
            ])
        );
    }

    #[test]
    fn what_is_no_path() {
        for (path, problem) in [
            ("", "the name of a member is missing"),
            ("a.", "the name of a member is missing"),
            ("a[0]", "`[0]` is not expected here"),
            ("a || b", "`|| b` is not expected here"),
            ("keys(a", "`)` is missing"),
            ("a.[b, c]", "a list of paths must be flattened by `[]` after it"),
        ] {
            assert_eq!(parse(path), Err(problem.to_owned()), "{path}");
        }
        assert!(parse(&"keys(".repeat(100_000)).unwrap_err().contains("too deeply"));
    }
}
