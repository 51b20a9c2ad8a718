//! Other services than Lambda, so that every protocol is tested with a server by another author: rest-json with events,
//! json, rest-xml, query, CBOR and ec2.

mod bedrock;
mod cloudwatch;
mod dynamodb;
mod ec2;
mod relay;
mod s3;

use myrina::{Builder, Client, config::Environment, credentials::Credentials};
use myrina_tests::{BoxError, ministack::Ministack};
use std::time::Duration;
use tokio::time::timeout;

/// The settings of a client of the server: nothing comes from the environment of the test.
fn settings(server: &Ministack) -> Builder {
    Client::builder()
        .environment(Environment::empty())
        .region(Ministack::REGION)
        .endpoint_url(&server.endpoint)
        .credentials(Credentials::new(&*server.access_key_id, &*server.secret_access_key))
}

/// One client and one start of the server for all.
#[tokio::test]
async fn services() -> Result<(), BoxError> {
    let Some(server) = Ministack::start().await? else { return Ok(()) };
    let client = settings(&server).build()?;

    bedrock::answers_as_a_whole(&client).await?;
    bedrock::answers_event_by_event(&client).await?;
    bedrock::refuses(&client).await?;
    dynamodb::puts_and_finds(&server, &client).await?;
    dynamodb::refuses(&client).await?;
    dynamodb::runs_the_examples_of_the_readme(&server, &client).await?;
    cloudwatch::keeps_metrics_by_cbor(&client).await?;
    cloudwatch::keeps_metrics_by_query(&client).await?;
    ec2::describes_instances(&server, &client).await?;
    ec2::refuses(&client).await?;
    // What waits for the other side to move would wait for ever.
    timeout(Duration::from_mins(1), s3::streams_both_ways(&server)).await??;
    s3::lists_page_by_page(&client).await?;
    s3::refuses(&client).await
}
