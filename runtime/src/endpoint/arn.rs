//! Amazon Resource Names, as rules see them.

use crate::operation::rules::Value;

/// The parts of an ARN: six between colons, of which partition, service and resource are not empty. The parts of the resource,
/// with colons or slashes between them, are a list.
pub(super) fn parse(text: &str) -> Option<Vec<(&'static str, Value<'_>)>> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let (arn, partition, service, region, account, resource) =
        (next()?, next()?, next()?, next()?, next()?, next()?);
    if arn != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    let resource: Vec<&str> = resource.split([':', '/']).collect();
    Some(vec![
        ("partition", partition.into()),
        ("service", service.into()),
        ("region", region.into()),
        ("accountId", account.into()),
        ("resourceId", resource.into()),
    ])
}
