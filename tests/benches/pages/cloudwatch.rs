//! CloudWatch's `GetMetricData`: 20 metrics with 180 points each, over CBOR and as XML, and its `PutMetricData` as a form.

use super::{
    Comparison, Page, noise,
    xml::{self, Members, Moment, shapes},
};
use minicbor_serde::tag::Required;
use myrina::{Operation as _, Timestamp, operation::RequestOptions};
use myrina_test_services::{
    cloudwatch_cbor, cloudwatch_query,
    cloudwatch_query::{
        put_metric_data::PutMetricData,
        types::{Dimension, MetricDatum, StandardUnit},
    },
};
use serde::{Deserialize, Serialize};
use std::{fmt::Write as _, hint::black_box};

const METRICS: usize = 20;
const POINTS: usize = 180;

pub(super) fn cbor() -> [Comparison; 2] {
    let output =
        Output { metric_data_results: Some((0..METRICS).map(result).collect()), messages: Some(Vec::new()) };
    let page = Page {
        name: "CloudWatch GetMetricData, 3,600 points, cbor",
        text: minicbor_serde::to_vec(output).expect("the page can be written"),
        library: "minicbor-serde",
        read: |page| minicbor_serde::from_slice::<Output>(page).expect("the page can be read"),
        write: |page| minicbor_serde::to_vec(page).expect("the page can be written"),
    };
    page.compare::<cloudwatch_cbor::get_metric_data::GetMetricData>()
}

pub(super) fn query() -> [Comparison; 2] {
    let page = Page {
        name: "CloudWatch GetMetricData, 3,600 points, query",
        text: page().into_bytes(),
        library: "quick-xml",
        read: xml::read::<GetMetricDataResponse>,
        write: |page| xml::write("GetMetricDataResponse", page),
    };
    page.compare::<cloudwatch_query::get_metric_data::GetMetricData>()
}

fn seconds(point: usize) -> i64 {
    1_714_550_400 + 60 * i64::try_from(POINTS - point).expect("a small number")
}

/// What a processor's load may be, and now and then a whole number.
fn load(metric: usize, point: usize) -> f64 {
    let chance = u32::try_from(noise(metric * POINTS + point) % 1_000_000).expect("a small number");
    if chance.is_multiple_of(8) { f64::from(chance % 100) } else { f64::from(chance) / 10_007.0 }
}

fn name(metric: usize) -> String {
    format!("AWS/EC2 CPUUtilization i-0{:012x}", noise(metric) >> 16)
}

fn result(metric: usize) -> MetricDataResult {
    MetricDataResult {
        id: Some(format!("m{metric}")),
        label: Some(name(metric)),
        timestamps: Some((0..POINTS).map(|point| Required::new(seconds(point))).collect()),
        values: Some((0..POINTS).map(|point| load(metric, point)).collect()),
        status_code: Some("Complete".to_owned()),
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    #[serde(skip_serializing_if = "Option::is_none")]
    metric_data_results: Option<Vec<MetricDataResult>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    messages: Option<Vec<String>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MetricDataResult {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamps: Option<Vec<Required<1, i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<String>,
}

fn page() -> String {
    let mut page = concat!(
        "<GetMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">\n",
        "  <GetMetricDataResult>\n    <Messages/>\n    <MetricDataResults>\n"
    )
    .to_owned();
    for metric in 0..METRICS {
        let name = name(metric);
        write!(page, "      <member>\n        <Id>m{metric}</Id>\n        <Label>{name}</Label>\n        <Timestamps>\n")
            .expect("memory");
        for point in 0..POINTS {
            writeln!(page, "          <member>{}</member>", Timestamp::new(seconds(point), 0))
                .expect("memory");
        }
        page += "        </Timestamps>\n        <Values>\n";
        for point in 0..POINTS {
            writeln!(page, "          <member>{:?}</member>", load(metric, point)).expect("memory");
        }
        page += "        </Values>\n        <StatusCode>Complete</StatusCode>\n      </member>\n";
    }
    page + "    </MetricDataResults>\n  </GetMetricDataResult>\n  <ResponseMetadata>\n    \
            <RequestId>e0b0b8b0-example</RequestId>\n  </ResponseMetadata>\n</GetMetricDataResponse>"
}

shapes! {
    GetMetricDataResponse {
        result: GetMetricDataResult = "GetMetricDataResult";
    }
    GetMetricDataResult {
        metric_data_results: Members<XmlResult> = "MetricDataResults";
        next_token: String = "NextToken";
        messages: Members<MessageData> = "Messages";
    }
    XmlResult {
        id: String = "Id";
        label: String = "Label";
        timestamps: Members<Moment> = "Timestamps";
        values: Members<f64> = "Values";
        status_code: String = "StatusCode";
        messages: Members<MessageData> = "Messages";
    }
    MessageData {
        code: String = "Code";
        value: String = "Value";
    }
}

const DATA: usize = 150;

/// Writing `PutMetricData` as a form. No derive makes the names of its parameters; the other side puts them together by hand and hands
/// them to `form_urlencoded`, the form writer of the `url` crate.
pub(super) fn form() -> Comparison {
    let request = PutMetricData::new("Shop/Checkout").metric_data((0..DATA).map(datum));
    let written = write(&request);
    let their_written = write_by_hand(&request);
    // Theirs has `+` for a space, which reads the same.
    assert_eq!(written, their_written.replace('+', "%20"), "the two forms differ");
    let theirs = request.clone();
    Comparison {
        page: "CloudWatch PutMetricData, 150 data, query",
        way: "write",
        bytes: written.len(),
        ours: Box::new(move || drop(black_box(write(black_box(&request))))),
        theirs: Box::new(move || drop(black_box(write_by_hand(black_box(&theirs))))),
        library: "form_urlencoded, by hand",
    }
}

fn datum(index: usize) -> MetricDatum {
    MetricDatum::new("Latency of requests")
        .dimensions([
            Dimension::new("Endpoint", format!("/orders/{}", index % 7)),
            Dimension::new("Zone", "eu-central-1a"),
        ])
        .timestamp(Timestamp::new(seconds(index), 0))
        .value(load(0, index))
        .unit(StandardUnit::Milliseconds)
        .storage_resolution(1)
}

fn write(request: &PutMetricData) -> String {
    let schema = PutMetricData::SCHEMA;
    let settings = RequestOptions::new(&String::new);
    let request = schema
        .service
        .protocol
        .write_request(schema, request, &settings)
        .expect("the request can be written");
    String::from_utf8(request.body.into()).expect("UTF-8")
}

fn write_by_hand(request: &PutMetricData) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", "PutMetricData").append_pair("Version", "2010-08-01");
    form.append_pair("Namespace", &request.namespace);
    for (index, datum) in request.metric_data.iter().flatten().enumerate() {
        let name = format!("MetricData.member.{}", index + 1);
        form.append_pair(&format!("{name}.MetricName"), &datum.metric_name);
        for (index, dimension) in datum.dimensions.iter().flatten().enumerate() {
            let name = format!("{name}.Dimensions.member.{}", index + 1);
            form.append_pair(&format!("{name}.Name"), &dimension.name);
            form.append_pair(&format!("{name}.Value"), &dimension.value);
        }
        if let Some(timestamp) = datum.timestamp {
            form.append_pair(&format!("{name}.Timestamp"), &timestamp.to_string());
        }
        if let Some(value) = datum.value {
            form.append_pair(&format!("{name}.Value"), &format!("{value:?}"));
        }
        if let Some(unit) = &datum.unit {
            form.append_pair(&format!("{name}.Unit"), unit.as_str());
        }
        if let Some(resolution) = datum.storage_resolution {
            form.append_pair(&format!("{name}.StorageResolution"), &resolution.to_string());
        }
    }
    form.finish()
}
