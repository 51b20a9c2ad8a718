//! Against a Lambda server.
#[tokio::test]
async fn starts() -> Result<(), myrina_tests::BoxError> {
    let Some(server) = myrina_tests::ministack::Ministack::start().await? else { return Ok(()) };
    println!("{} {} {}", server.endpoint, server.access_key_id, server.role);
    Ok(())
}
