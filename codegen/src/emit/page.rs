//! The page of one operation: everything about it in one place.

use super::{layout::line, root::RECURSION_LIMIT, tokens::Std};
use crate::{
    ir::{Crate, Member, Operation},
    markdown::code,
};

/// The lines of the module's documentation.
pub(super) fn page(krate: &Crate, operation: &Operation) -> Vec<String> {
    let (request, response) = (&operation.request.name, operation.response.name());
    let mut page = operation.docs.lines.clone();
    page.extend([
        String::new(),
        format!(
            "Request [`{request}`] ({}) · response [`{response}`]{}",
            code(&format!("{} {}", operation.method, operation.uri)),
            errors_link(operation)
        ),
    ]);
    section(&mut page, "Creating a request", creating(operation));
    section(&mut page, "Request lenses", lenses(request, &operation.request.members));
    section(&mut page, "Destructuring the response", destructuring(operation));
    section(&mut page, "Response lenses", lenses(response, operation.response.members()));
    section(&mut page, "Errors", errors(krate, operation));
    section(&mut page, "Example", example(krate, operation));
    page
}

fn section(page: &mut Vec<String>, title: &str, lines: Vec<String>) {
    if !lines.is_empty() {
        page.extend([String::new(), format!("# {title}"), String::new()]);
        page.extend(lines);
    }
}

fn errors_link(operation: &Operation) -> &'static str {
    if operation.errors.is_empty() { "" } else { " · [errors](#errors)" }
}

fn creating(operation: &Operation) -> Vec<String> {
    let request = &operation.request;
    let arguments = request.required().map(|member| plain(&member.field)).collect::<Vec<_>>().join(", ");
    let setters =
        if request.required().count() == request.members.len() { "" } else { "; setters add the rest" };
    let what = if arguments.is_empty() { "needs nothing" } else { "takes what the request must have" };
    vec![format!("[`{0}::new({arguments})`]({0}::new) {what}{setters}.", request.name)]
}

fn destructuring(operation: &Operation) -> Vec<String> {
    let fields = operation.response.members().iter().map(|member| format!("`{}`", plain(&member.field)));
    let fields = fields.collect::<Vec<_>>().join(", ");
    let name = operation.response.name();
    vec![if fields.is_empty() {
        format!("[`{name}`] has no fields: that it came is the answer.")
    } else {
        format!("[`{name}`] has the public fields {fields}.")
    }]
}

/// One line for each lens: its name, its type, and the first sentence of what the member is.
fn lenses(owner: &str, members: &[Member]) -> Vec<String> {
    let std = Std::short();
    let lens = |member: &Member| {
        let ty = line(std.field(member));
        format!("- [`{0}`]({owner}::{0}) `{ty}`: {1}", member.lens, member.docs.summary())
    };
    members.iter().map(lens).collect()
}

fn errors(krate: &Crate, operation: &Operation) -> Vec<String> {
    let error = |name: &String| {
        let found = krate.errors.iter().find(|error| error.structure.name == *name);
        let summary = found.map(|error| error.structure.docs.summary()).unwrap_or_default();
        format!("- [`{name}`](errors::{name}): {summary}")
    };
    operation.errors.iter().map(error).collect()
}

fn example(krate: &Crate, operation: &Operation) -> Vec<String> {
    let (Some(library), Some(request)) = (&krate.library, &operation.example) else { return Vec::new() };
    let used = |module: &str| request.contains(&format!("{module}::"));
    let modules: Vec<_> = ["errors", "types"].into_iter().filter(|module| used(module)).collect();
    let mut imports = vec![format!("{}::{}", operation.module, operation.request.name)];
    imports.extend(modules.into_iter().map(str::to_owned));
    let imports = if imports.len() == 1 { imports.concat() } else { format!("{{{}}}", imports.join(", ")) };
    let (import, request) = (format!("use {library}::{imports};"), format!("let request = {request};"));
    let mut lines = vec!["```no_run"];
    lines.extend(krate.deep.then_some(RECURSION_LIMIT));
    lines.extend([
        "# #[allow(deprecated)]",
        "# async fn example() -> Result<(), myrina::Error> {",
        &import,
        "",
        "let client = myrina::Client::from_env().await?;",
        &request,
        "let response = client.send(request).await?;",
        "println!(\"{response:?}\");",
        "# Ok(())",
        "# }",
        "```",
    ]);
    lines.into_iter().map(str::to_owned).collect()
}

fn plain(field: &str) -> &str {
    field.trim_start_matches("r#")
}
