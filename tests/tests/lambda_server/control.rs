//! Creates and lists functions.

use myrina::{Client, lens::Traversal as _};
use myrina_lambda::{
    create_alias::CreateAlias,
    create_function::CreateFunction,
    list_functions::{ListFunctions, ListFunctionsResponse},
    publish_version::PublishVersion,
    types::{Environment, FunctionCode, FunctionConfiguration, Runtime},
};
use myrina_tests::BoxError;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The function that all of this is about.
pub(super) const FUNCTION: &str = "thumbnail";

/// A handler that does what its event says.
const HANDLER: &str = r#"
import os, time

def handler(event, context):
    print("event:", event)
    wish = event.get("wish") if isinstance(event, dict) else None
    if wish == "raise":
        raise ValueError("no such picture")
    if wish == "sleep":
        time.sleep(30)
    return {"event": event, "version": context.function_version, "size": os.environ["SIZE"]}
"#;

/// The request that makes it, from a zip archive made here.
pub(super) fn function(role: &str) -> Result<CreateFunction, BoxError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    archive.start_file("app.py", options)?;
    archive.write_all(HANDLER.as_bytes())?;
    let code = FunctionCode::default().zip_file(archive.finish()?.into_inner());
    Ok(CreateFunction::new(FUNCTION, role, code)
        .runtime(Runtime::Python3_11)
        .handler("app.handler")
        .timeout(1)
        .environment(Environment::default().variables([("SIZE", "120x80")])))
}

/// The function, a version of it and an alias of that.
pub(super) async fn create(client: &Client, role: &str) -> Result<(), BoxError> {
    let created = client.send(function(role)?).await?;
    assert_eq!(created.function_name.as_deref(), Some(FUNCTION));
    assert_eq!(created.runtime, Some(Runtime::Python3_11));
    assert_eq!(created.timeout, Some(1));
    assert_eq!(created.version.as_deref(), Some("$LATEST"));
    assert_eq!(created.environment.and_then(|environment| environment.variables).unwrap()["SIZE"], "120x80");

    let published = client.send(PublishVersion::new(FUNCTION).description("first")).await?;
    assert_eq!(published.version.as_deref(), Some("1"));
    assert_eq!(published.description.as_deref(), Some("first"));

    let alias = client.send(CreateAlias::new(FUNCTION, "live", "1")).await?;
    assert_eq!(alias.name.as_deref(), Some("live"));
    assert!(alias.alias_arn.unwrap().ends_with(":function:thumbnail:live"));
    Ok(())
}

/// The list has it, by a path of lenses.
pub(super) async fn list(client: &Client) -> Result<(), BoxError> {
    let names =
        ListFunctionsResponse::FUNCTIONS.some().each().then(FunctionConfiguration::FUNCTION_NAME).some();
    let functions = client.send(ListFunctions::new().max_items(10)).await?;
    assert_eq!(names.iter(&functions).collect::<Vec<_>>(), [FUNCTION]);
    Ok(())
}
