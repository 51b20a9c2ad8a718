//! The driver: compiled together with generated code, it reads requests as JSON lines from standard input and writes one
//! line of JSON for each.
//!
//! - `{"operation", "params"}`: the HTTP request for this input;
//! - `{"operation", "response"}`: the output or error in this HTTP response;
//! - `{"operation", "rules"}`: the endpoint that the service's rules return for these parameters;
//! - `{"operation", "params", "client"}`: the endpoint that a client with these built-in parameters uses.
//!
//! A program with several services adds `"service"`. This file is compiled into those programs, and here for the lints.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_LENGTH};
use myrina::{
    Client, Credentials,
    codec::Structure,
    config::Environment,
    dynamic::{self, Blobs, Operation},
    endpoint::{Endpoint, EndpointValue},
    error::ServiceError,
    event_stream::{MessageStream, member_of, read_output},
    operation::{OperationSchema, Request, Response, ResponseBody},
    schema::Target,
    testing,
};
use serde_json::{Map, Value, json};
use std::{
    io::{self, BufRead as _, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::{Context, Poll, Waker},
};

/// A service by its name, with its operations.
pub type Service = (&'static str, &'static [Operation]);

/// Any reason why a line is not answered.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Where requests are said to go.
const HOST: &str = "example.com";
/// What represents every token that a request needs.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Answers line after line until there is none. Fails if standard input or output does.
pub fn serve(services: &[Service]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    // As bytes: one line that is no text is no reason to leave the others.
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        // A bug of the code under test costs one answer, not those that follow.
        let answer = catch_unwind(AssertUnwindSafe(|| answer(services, &line)));
        let answer = answer.unwrap_or_else(|_| Err("the code panicked; standard error has the place".into()));
        let answer = answer.unwrap_or_else(|failure| json!({ "failure": failure.to_string() }));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(services: &[Service], line: &[u8]) -> Result<Value, Failure> {
    let line: Value = serde_json::from_slice(line)?;
    let name = line["operation"].as_str().ok_or("the line has no \"operation\"")?;
    let service = line["service"].as_str();
    let services = services.iter().filter(|(known, _)| service.is_none_or(|service| service == *known));
    let operation = services.into_iter().find_map(|(_, operations)| dynamic::find(operations, name));
    let operation = operation.ok_or_else(|| format!("there is no operation {name:?}"))?;
    if let Some(parameters) = line.get("rules") {
        return rules(operation, parameters);
    }
    if let Some(built_ins) = line.get("client") {
        return endpoint(operation, &line["params"], built_ins);
    }
    match (line.get("params"), line.get("response")) {
        (Some(params), None) => request(operation, params),
        (None, Some(report)) => response(operation, report),
        _ => Err("the line needs either \"params\" or \"response\"".into()),
    }
}

/// The request that `params` make.
fn request(operation: &Operation, params: &Value) -> Result<Value, Failure> {
    let mut input = operation.request(params, Blobs::Text)?;
    let client = Client::builder().environment(Environment::empty()).idempotency_tokens(|| TOKEN.to_owned());
    let mut request = testing::request(&client.build()?, operation.schema(), input.as_mut())?;
    let body = now(std::mem::take(&mut request.body).into_stream().collect())?;
    if !body.is_empty() {
        request.headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from(body.len()));
    }
    request_json(&request.with_body(body))
}

fn request_json(request: &Request) -> Result<Value, Failure> {
    let mut headers = Map::new();
    for name in request.headers.keys() {
        let values = request.headers.get_all(name).iter();
        let values =
            values.map(|value| std::str::from_utf8(value.as_bytes())).collect::<Result<Vec<_>, _>>()?;
        headers.insert(name.as_str().to_owned(), values.join(",").into());
    }
    let mut report = json!({
        "method": request.method,
        "host": format!("{}{HOST}", request.host_prefix.as_deref().unwrap_or_default()),
        "uri": request.uri,
        "headers": headers,
    });
    match std::str::from_utf8(&request.body) {
        Ok(text) => report["body"] = text.into(),
        Err(_) => report["body_base64"] = STANDARD.encode(&request.body).into(),
    }
    Ok(report)
}

/// What the rules of the operation's service say.
fn rules(operation: &Operation, parameters: &Value) -> Result<Value, Failure> {
    let rules = operation.schema().service.endpoint_rules.ok_or("the service has no endpoint rules")?;
    let parameters = parameters.as_object().into_iter().flatten();
    let parameters = parameters.map(|(name, value)| (name.as_str(), parameter(value)));
    Ok(endpoint_json(rules.resolve(parameters)))
}

fn endpoint_json<E: std::fmt::Display>(found: Result<Endpoint, E>) -> Value {
    match found {
        Ok(Endpoint { url, properties, headers, .. }) => {
            let properties = properties.iter();
            let properties: Map<_, _> =
                properties.map(|(name, value)| ((*name).to_owned(), value_json(value))).collect();
            let headers: Map<_, _> =
                headers.into_iter().map(|(name, values)| (name, values.into())).collect();
            json!({ "endpoint": { "url": url, "properties": properties, "headers": headers } })
        }
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn parameter(value: &Value) -> EndpointValue<'_> {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => EndpointValue::List(items.iter().map(parameter).collect()),
        _ => EndpointValue::None,
    }
}

fn value_json(value: &EndpointValue<'_>) -> Value {
    match value {
        EndpointValue::Bool(value) => (*value).into(),
        EndpointValue::Number(number) => (*number).into(),
        EndpointValue::Text(text) => text.as_ref().into(),
        EndpointValue::List(items) => items.iter().map(value_json).collect(),
        EndpointValue::Object(entries) => Value::Object(
            entries.iter().map(|(name, value)| ((*name).to_owned(), value_json(value))).collect(),
        ),
        _ => Value::Null,
    }
}

/// Where a client with these settings sends the operation with these parameters.
fn endpoint(operation: &Operation, params: &Value, built_ins: &Value) -> Result<Value, Failure> {
    let input = operation.request(params, Blobs::Text)?;
    let mut credentials = Credentials::new("AKIDEXAMPLE", "secret");
    // The cases name what they set; the default of this setting depends on the endpoint, but not in the rules.
    let mut builder = Client::builder().environment(Environment::empty()).s3_path_style(false);
    for (name, value) in built_ins.as_object().into_iter().flatten() {
        let (flag, text) = (value.as_bool().unwrap_or_default(), value.as_str().unwrap_or_default());
        builder = match name.as_str() {
            "AWS::Region" => builder.region(text),
            "SDK::Endpoint" => builder.endpoint_url(text),
            "AWS::UseFIPS" => builder.use_fips(flag),
            "AWS::UseDualStack" => builder.use_dual_stack(flag),
            "AWS::Auth::AccountId" => {
                credentials = credentials.with_account_id(text);
                builder
            }
            "AWS::Auth::AccountIdEndpointMode" => builder.account_id_endpoint_mode(text),
            "AWS::S3::Accelerate" => builder.s3_accelerate(flag),
            "AWS::S3::ForcePathStyle" => builder.s3_path_style(flag),
            "AWS::S3::UseArnRegion" | "AWS::S3Control::UseArnRegion" => builder.s3_use_arn_region(flag),
            "AWS::S3::UseGlobalEndpoint" => builder.s3_global_endpoint(flag),
            "AWS::STS::UseGlobalEndpoint" => builder.sts_global_endpoint(flag),
            other => return Err(format!("the client has no setting for {other}").into()),
        };
    }
    let client = builder.credentials(credentials).build()?;
    let found = now(async { Ok(testing::endpoint(&client, operation.schema(), input.as_ref()).await) })?;
    Ok(endpoint_json(found))
}

/// What a response says: the result, or the error.
fn response(operation: &Operation, report: &Value) -> Result<Value, Failure> {
    let schema = operation.schema();
    let mut response = read_response(report)?;
    if is_error_in_success(schema, &response) {
        response.status = 500;
    }
    if !(200..300).contains(&response.status) {
        return error_json(&schema.service.protocol.read_error(schema, response));
    }
    let mut output = operation.response();
    match now(output_of(schema, response, output.as_mut())) {
        Ok(result) => Ok(json!({ "result": result })),
        Err(failure) => match failure.downcast_ref::<myrina::Error>().and_then(myrina::Error::service) {
            Some(error) => error_json(error),
            None => Err(failure),
        },
    }
}

/// Whether the client takes a success for the error that it is; of what streams, it does not see the body before the user.
fn is_error_in_success(operation: &'static OperationSchema, response: &Response) -> bool {
    let members = operation.output.schema().map_or(&[][..], |schema| schema.members);
    let streams = members.iter().any(|member| matches!(member.target, Target::Stream | Target::Events(_)));
    (200..300).contains(&response.status)
        && !streams
        && operation.service.protocol.is_error_in_success(operation, response)
}

async fn output_of(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<Value, Failure> {
    match (member_of(output.schema()), response) {
        (Some(_), Response { body: ResponseBody::Bytes(body), .. }) => {
            read_output(MessageStream::new(body.into(), operation), output).await?;
        }
        (_, response) => {
            operation.service.protocol.read_response(operation, response, output)?;
        }
    }
    dynamic::collect(output, Blobs::Text).await
}

fn error_json(error: &ServiceError) -> Result<Value, Failure> {
    let data = match error.data() {
        Some(data) => dynamic::write(data, Blobs::Text)?,
        None => json!({}),
    };
    // An error without a code goes by its status, as with botocore: it is all that such a response says.
    let code = error.code().map_or_else(|| error.status().to_string(), str::to_owned);
    Ok(json!({ "error": { "code": code, "message": error.message(), "data": data } }))
}

fn read_response(report: &Value) -> Result<Response, Failure> {
    if !report.is_object() {
        return Err("the response is not an object".into());
    }
    let status =
        report.get("status").map_or(Some(200), Value::as_u64).and_then(|status| status.try_into().ok());
    let status = status.ok_or("the response's \"status\" is not a status code")?;
    Ok(Response::new(status, headers(&report["headers"])?, body(report)?))
}

/// The header fields of a response, by their names in any letter case; the values are texts, or lists of them.
fn headers(report: &Value) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    if !report.is_object() && !report.is_null() {
        return Err("the response's \"headers\" are not an object".into());
    }
    for (name, value) in report.as_object().into_iter().flatten() {
        let name = HeaderName::from_bytes(name.as_bytes())?;
        let one = std::slice::from_ref(value);
        for value in value.as_array().map_or(one, Vec::as_slice) {
            let value =
                value.as_str().ok_or_else(|| format!("the value of the header {name} is not text"))?;
            headers.append(name.clone(), HeaderValue::from_bytes(value.as_bytes())?);
        }
    }
    Ok(headers)
}

/// The bytes of a response's body, which need not be there.
fn body(report: &Value) -> Result<Vec<u8>, Failure> {
    match (&report["body"], &report["body_base64"]) {
        (_, Value::String(encoded)) => Ok(STANDARD.decode(encoded)?),
        (Value::String(text), Value::Null) => Ok(text.clone().into_bytes()),
        (Value::Null, Value::Null) => Ok(Vec::new()),
        _ => Err("the response's body is not text".into()),
    }
}

/// What a future gives at once, as those over memory do.
fn now<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err("a stream over memory waits for something".into()),
    }
}
