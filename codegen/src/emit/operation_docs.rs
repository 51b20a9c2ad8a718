//! Prints the documentation of an operation's module: everything about the operation on one page.

use super::{
    example::{self, Example},
    lib_rs::RECURSION_LIMIT,
    tokens::PreludePaths,
};
use crate::{
    ir::{Member, Operation},
    markdown::{self, escape::code_span},
    type_graph::TypeGraph,
    type_printer::one_line,
};

/// The lines of the module's documentation.
pub(super) fn operation_docs(types: &TypeGraph<'_>, operation: &Operation) -> Vec<String> {
    let (request, response) = (&operation.request.name, operation.response.name());
    let mut page = operation.docs.lines.clone();
    page.extend([
        String::new(),
        format!(
            "Request [`{request}`] ({}) · response [`{response}`]{}",
            code_span(&format!("{} {}", operation.method, operation.uri)),
            errors_link(operation)
        ),
    ]);
    section(&mut page, "Creating a request", constructor(operation));
    section(&mut page, "Request lenses", lenses(request, &operation.request.members));
    section(&mut page, "Destructuring the response", fields(operation));
    section(&mut page, "Response lenses", lenses(response, operation.response.members()));
    section(&mut page, "Errors", errors(types, operation));
    section(&mut page, "Example", example(types, operation));
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

fn constructor(operation: &Operation) -> Vec<String> {
    let request = &operation.request;
    let arguments = request.required().map(Member::plain_field).collect::<Vec<_>>().join(", ");
    let setters =
        if request.required().count() == request.members.len() { "" } else { "; setters set the others" };
    let what = if arguments.is_empty() { "takes no arguments" } else { "takes the required members" };
    vec![format!("[`{0}::new({arguments})`]({0}::new) {what}{setters}.", request.name)]
}

fn fields(operation: &Operation) -> Vec<String> {
    let fields = operation.response.members().iter().map(|member| format!("`{}`", member.plain_field()));
    let fields = fields.collect::<Vec<_>>().join(", ");
    let name = operation.response.name();
    vec![if fields.is_empty() {
        format!("[`{name}`] has no fields.")
    } else {
        format!("[`{name}`] has the public fields {fields}.")
    }]
}

/// One line for each lens: its name, its type, and the first sentence of what the member is.
fn lenses(owner: &str, members: &[Member]) -> Vec<String> {
    let prelude = PreludePaths::short();
    let lens = |member: &Member| {
        let ty = one_line(prelude.field(member));
        format!("- [`{0}`]({owner}::{0}) `{ty}`: {1}", member.lens, markdown::summary(&member.docs.lines))
    };
    members.iter().map(lens).collect()
}

fn errors(types: &TypeGraph<'_>, operation: &Operation) -> Vec<String> {
    let error = |name: &String| {
        let error = types.error(name);
        let summary = error.map(|error| markdown::summary(&error.structure.docs.lines)).unwrap_or_default();
        format!("- [`{name}`](errors::{name}): {summary}")
    };
    operation.errors.iter().map(error).collect()
}

fn example(types: &TypeGraph<'_>, operation: &Operation) -> Vec<String> {
    let krate = types.krate;
    let Some(library) = &krate.library else { return Vec::new() };
    let Some(Example { expression, modules }) = example::example(types, &operation.request) else {
        return Vec::new();
    };
    let mut imports = vec![format!("{}::{}", operation.module, operation.request.name)];
    imports.extend(modules.into_iter().map(str::to_owned));
    let imports = if imports.len() == 1 { imports.concat() } else { format!("{{{}}}", imports.join(", ")) };
    let (import, request) = (format!("use {library}::{imports};"), format!("let request = {expression};"));
    let mut lines = vec!["```no_run"];
    lines.extend(krate.needs_recursion_limit.then_some(RECURSION_LIMIT));
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
