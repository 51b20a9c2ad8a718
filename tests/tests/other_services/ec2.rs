//! EC2: its variant of the query protocol.

use myrina::{Client, lens::Traversal as _};
use myrina_test_services::ec2::{
    describe_instances::{DescribeInstances, DescribeInstancesResponse},
    types::{Filter, Instance, InstanceStateName, Reservation},
};
use myrina_tests::{BoxError, ministack::Ministack};

pub(super) async fn describes_instances(server: &Ministack, client: &Client) -> Result<(), BoxError> {
    let form = "Action=RunInstances&Version=2016-11-15&ImageId=ami-12345678&InstanceType=t3.micro&MinCount=2&MaxCount=2\
        &TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=cats%20%26%20dogs";
    server.ask("ec2", "POST /", "content-type: application/x-www-form-urlencoded\r\n", form).await?;

    let named = |value: &str| Filter::new().name("tag:Name").values([value, "nobody"]);
    let response = client.send(DescribeInstances::new().filters([named("cats & dogs")])).await?;
    let instances =
        DescribeInstancesResponse::RESERVATIONS.some().each().then(Reservation::INSTANCES).some().each();
    let found: Vec<&Instance> = instances.iter(&response).collect();
    assert_eq!(found.len(), 2, "{response:?}");
    for instance in &found {
        assert_eq!(instance.image_id.as_deref(), Some("ami-12345678"));
        assert!(instance.launch_time.is_some_and(|time| time.seconds() > 1_700_000_000), "{instance:?}");
        let state = instance.state.as_ref().and_then(|state| state.name.clone());
        assert!(matches!(state, Some(InstanceStateName::Pending | InstanceStateName::Running)), "{state:?}");
        let [tag] = instance.tags.as_deref().unwrap_or_default() else { panic!("{instance:?}") };
        assert_eq!((tag.key.as_deref(), tag.value.as_deref()), (Some("Name"), Some("cats & dogs")));
    }

    let id = found[0].instance_id.clone().ok_or("no id")?;
    let one = client.send(DescribeInstances::new().instance_ids([&*id])).await?;
    let ids: Vec<_> = instances.then(Instance::INSTANCE_ID).some().iter(&one).collect();
    assert_eq!(ids, [&id]);
    let none = client.send(DescribeInstances::new().filters([named("x")])).await?;
    assert_eq!(instances.iter(&none).count(), 0, "{none:?}");
    Ok(())
}

/// The service's model has no errors; their codes and messages come all the same.
pub(super) async fn refuses(client: &Client) -> Result<(), BoxError> {
    let unknown = DescribeInstances::new().instance_ids(["i-00000000000000000"]);
    let error = client.send(unknown).await.err().ok_or("not rejected")?;
    assert_eq!(error.code(), Some("InvalidInstanceID.NotFound"), "{error}");
    assert!(error.request_id().is_some_and(|id| !id.is_empty()), "{error}");
    assert!(error.to_string().contains("i-00000000000000000"), "{error}");
    Ok(())
}
