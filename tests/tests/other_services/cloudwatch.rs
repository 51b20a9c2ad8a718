//! CloudWatch, with two of the protocols that its model lists.

use myrina::{Client, Timestamp};
use myrina_tests::BoxError;
use std::time::{Duration, SystemTime};

/// The same test for the types of one protocol.
macro_rules! keeps_metrics {
    ($(#[$doc:meta])* $name:ident, $module:ident, $namespace:literal) => {
        $(#[$doc])*
        pub(super) async fn $name(client: &Client) -> Result<(), BoxError> {
            use myrina_test_services::$module::{
                get_metric_data::GetMetricData,
                put_metric_data::PutMetricData,
                types::{Dimension, Metric, MetricDataQuery, MetricDatum, MetricStat, StandardUnit, StatusCode},
            };

            let now = SystemTime::now();
            let hour = Duration::from_hours(1);
            let [begin, now, end] = [now - hour, now, now + hour].map(Timestamp::from);
            let dimension = || Dimension::new("Album", "cats & größe");
            let datum = |value| {
                let datum = MetricDatum::new("Size").dimensions([dimension()]).unit(StandardUnit::Bytes);
                datum.timestamp(Timestamp::new(now.seconds(), 0)).value(value)
            };
            client.send(PutMetricData::new($namespace).metric_data([datum(1.5), datum(4.0)])).await?;

            let metric = Metric::new().namespace($namespace).metric_name("Size").dimensions([dimension()]);
            let query = |id: &str, stat: &str| {
                MetricDataQuery::new(id).metric_stat(MetricStat::new(metric.clone(), 60, stat))
            };
            let request = GetMetricData::new([query("sum", "Sum"), query("most", "Maximum")], begin, end);
            let results = client.send(request).await?.metric_data_results.ok_or("no results")?;
            assert_eq!(results.len(), 2, "{results:?}");
            for (id, value) in [("sum", 5.5), ("most", 4.0)] {
                let result = results.iter().find(|result| result.id.as_deref() == Some(id)).ok_or(id)?;
                assert_eq!(result.values.as_deref(), Some(&[value][..]), "{result:?}");
                assert_eq!(result.status_code, Some(StatusCode::Complete), "{result:?}");
                let [time] = result.timestamps.as_deref().unwrap_or_default() else { panic!("{result:?}") };
                assert!((now.seconds() - time.seconds()).abs() <= 60, "{time:?} is not within {now:?}");
            }
            Ok(())
        }
    };
}

keeps_metrics! { keeps_metrics_by_cbor, cloudwatch_cbor, "Myrina/CBOR" }
keeps_metrics! { keeps_metrics_by_query, cloudwatch_query, "Myrina/Query" }
