//! Settings that the endpoint rules of real services take.

use myrina::{
    Builder, Client, Credentials, Error, ErrorKind, codegen::Operation, config::Environment, testing,
};
use myrina_test_services::{
    dynamodb::{put_item::PutItem, query::Query, types::AttributeValue},
    s3::{get_object::GetObject, list_objects_v2::ListObjectsV2},
};

const ACCOUNT: &str = "123456789012";
const WITH_ACCOUNT: &str = "https://123456789012.ddb.us-east-1.amazonaws.com";
const WITHOUT: &str = "https://dynamodb.us-east-1.amazonaws.com";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

async fn endpoint<O: Operation>(builder: Builder, operation: &O) -> Result<String, Error> {
    Ok(testing::endpoint(&builder.build()?, O::SCHEMA, operation).await?.url)
}

fn in_us_east_1(environment: Environment) -> Builder {
    Client::builder().environment(environment).region("us-east-1")
}

/// The keys of the environment, or of its profile, and what else is in there.
fn environment(variables: &[(&str, &str)]) -> Environment {
    let all = Environment::empty().with("HOME", "/h");
    variables.iter().fold(all, |all, (name, value)| all.with(*name, *value))
}

fn put_item(table: &str) -> PutItem {
    PutItem::new(table, [] as [(String, AttributeValue); 0])
}

#[tokio::test]
async fn account_endpoints_are_preferred_by_default() {
    let keys = [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET);
    let empty = || in_us_east_1(Environment::empty());
    let table = "arn:aws:dynamodb:us-east-1:999999999999:table/t";
    let known = empty().credentials(credentials.clone().with_account_id(ACCOUNT));
    assert_eq!(endpoint(known, &put_item("t")).await.unwrap(), WITH_ACCOUNT);
    let known = || empty().credentials(credentials.clone().with_account_id(ACCOUNT));
    assert_eq!(endpoint(known(), &Query::new("t")).await.unwrap(), WITH_ACCOUNT);
    // The account of a table's ARN takes precedence.
    let of_table = "https://999999999999.ddb.us-east-1.amazonaws.com";
    assert_eq!(endpoint(known(), &put_item(table)).await.unwrap(), of_table);
    assert_eq!(endpoint(known(), &Query::new(table)).await.unwrap(), of_table);
    assert_eq!(endpoint(empty().credentials(credentials.clone()), &put_item("t")).await.unwrap(), WITHOUT);
    let disabled = known().account_id_endpoint_mode("disabled");
    assert_eq!(endpoint(disabled, &put_item(table)).await.unwrap(), WITHOUT);
    let local = known().endpoint_url("http://localhost:8000");
    assert_eq!(endpoint(local, &put_item("t")).await.unwrap(), "http://localhost:8000");
    // The account of the environment.
    let variables = environment(&keys).with("AWS_ACCOUNT_ID", ACCOUNT);
    assert_eq!(endpoint(in_us_east_1(variables.clone()), &put_item("t")).await.unwrap(), WITH_ACCOUNT);
    let disabled = variables.with("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled");
    assert_eq!(endpoint(in_us_east_1(disabled), &put_item("t")).await.unwrap(), WITHOUT);
    // That of the profile, in either file.
    let text = format!(
        "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = {SECRET}\naws_account_id = {ACCOUNT}"
    );
    for file in ["/h/.aws/config", "/h/.aws/credentials"] {
        let profile = environment(&[]).with_file(file, text.clone());
        assert_eq!(endpoint(in_us_east_1(profile), &put_item("t")).await.unwrap(), WITH_ACCOUNT, "{file}");
    }
    // Keys and account must be of the same source.
    let mixed = environment(&keys).with_file("/h/.aws/config", text);
    assert_eq!(endpoint(in_us_east_1(mixed), &put_item("t")).await.unwrap(), WITHOUT);
}

#[tokio::test]
async fn buckets_are_in_the_path_of_custom_endpoints_by_default() {
    const ACCESS_POINT: &str = "arn:aws:s3:us-east-1:123456789012:accesspoint/ap";
    let profile = |style: &str| {
        let text = format!("[default]\ns3 =\n  addressing_style = {style}");
        in_us_east_1(environment(&[]).with_file("/h/.aws/config", text))
    };
    let plain = || in_us_east_1(Environment::empty());
    let hosts = || plain().s3_path_style(false);
    let (local, ip) = ("http://localhost:9000", "http://127.0.0.1:9000");
    let cases = [
        (plain(), local, "bkt", "http://localhost:9000/bkt"),
        (plain(), "HTTP://LocalHost:9000", "bkt", "http://localhost:9000/bkt"),
        (plain(), "http://minio.example/base", "bkt", "http://minio.example/base/bkt"),
        (plain(), ip, "bkt", "http://127.0.0.1:9000/bkt"),
        (plain(), ip, "b.c.d", "http://127.0.0.1:9000/b.c.d"),
        (plain(), "http://[::1]:9000", "b.c.d", "http://[::1]:9000/b.c.d"),
        (plain(), "https://127.0.0.1:9000", "b.c", "https://127.0.0.1:9000/b.c"),
        (profile("auto"), local, "bkt", "http://localhost:9000/bkt"),
        (profile("path"), local, "bkt", "http://localhost:9000/bkt"),
        (profile("virtual"), local, "bkt", "http://bkt.localhost:9000"),
        (hosts(), local, "bkt", "http://bkt.localhost:9000"),
        (hosts(), "HTTP://localhost:9000", "b.c.d", "http://b.c.d.localhost:9000"),
        // An IP address has no names below it.
        (hosts(), ip, "b.c.d", "http://127.0.0.1:9000/b.c.d"),
        (hosts(), "http://[::1]:9000", "bkt", "http://[::1]:9000/bkt"),
        // The rules put the parts of an ARN in the host name.
        (plain(), "https://vpce.example", ACCESS_POINT, "https://ap-123456789012.vpce.example"),
    ];
    for (builder, url, bucket, expected) in cases {
        let builder = builder.credentials(Credentials::new("AKIDEXAMPLE", SECRET)).endpoint_url(url);
        assert_eq!(
            endpoint(builder, &GetObject::new(bucket, "k")).await.unwrap(),
            expected,
            "{url} {bucket}"
        );
    }
    // Those of AWS are as they were.
    for (bucket, expected) in [
        ("bkt", "https://bkt.s3.us-east-1.amazonaws.com"),
        ("b.c.d", "https://s3.us-east-1.amazonaws.com/b.c.d"),
    ] {
        for builder in [plain(), profile("auto")] {
            let builder = builder.credentials(Credentials::new("AKIDEXAMPLE", SECRET));
            assert_eq!(endpoint(builder, &ListObjectsV2::new(bucket)).await.unwrap(), expected);
        }
    }
}

#[tokio::test]
async fn an_unresolvable_bucket_host_names_the_setting() {
    let client = in_us_east_1(Environment::empty()).credentials(Credentials::new("AKIDEXAMPLE", SECRET));
    // Nothing can be there: the name may lead to this machine or to none.
    let client = client.endpoint_url("http://invalid:9").s3_path_style(false).build().unwrap();
    let error = client.send(GetObject::new("bkt", "k")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("bkt.invalid") && text.contains("s3_path_style(true)"), "{text}");
    assert!(text.contains("addressing_style = path"), "{text}");
}

#[tokio::test]
async fn regions_with_fips_lead_to_fips_endpoints() {
    for (region, expected) in [
        ("fips-us-east-1", "https://bkt.s3-fips.us-east-1.amazonaws.com"),
        ("us-gov-west-1-fips", "https://bkt.s3-fips.us-gov-west-1.amazonaws.com"),
    ] {
        let keys = Credentials::new("AKIDEXAMPLE", SECRET);
        let explicit = Client::builder().environment(Environment::empty()).region(region);
        let variable = Client::builder().environment(environment(&[("AWS_REGION", region)]));
        for builder in [explicit, variable] {
            let found = endpoint(builder.credentials(keys.clone()), &GetObject::new("bkt", "k")).await;
            assert_eq!(found.unwrap(), expected);
        }
    }
}

#[tokio::test]
async fn unreadable_files_stop_only_what_needs_them() {
    let folder = std::env::temp_dir().join(format!("myrina-profiles-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("folder")).unwrap();
    std::fs::write(folder.join("bytes"), b"[default]\n\xff = 1\n").unwrap();
    std::fs::write(folder.join("broken"), "[default]\nregion eu-west-1\n").unwrap();
    std::fs::write(folder.join("config"), "[default]\nregion = eu-west-1\n").unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let process = || {
        // Of the process, for its files; none of its variables may matter.
        let blank =
            ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID"];
        blank
            .iter()
            .fold(Environment::process(), |all, name| all.with(*name, " "))
            .with("AWS_SECRET_ACCESS_KEY", " ")
    };
    let keys = Credentials::new("AKIDEXAMPLE", SECRET);
    let object = GetObject::new("bkt", "k");
    for name in ["folder", "bytes", "broken", "absent"] {
        let broken =
            process().with("AWS_CONFIG_FILE", path("absent")).with("AWS_SHARED_CREDENTIALS_FILE", path(name));
        // Nothing is needed of it, and optional settings have their defaults.
        let client =
            Client::builder().environment(broken.clone()).region("eu-west-1").credentials(keys.clone());
        let found = endpoint(client, &object).await.unwrap();
        assert_eq!(found, "https://bkt.s3.eu-west-1.amazonaws.com", "{name}");
        // The other file is read.
        let other = broken.clone().with("AWS_CONFIG_FILE", path("config"));
        let client = Client::builder().environment(other).credentials(keys.clone());
        assert_eq!(
            endpoint(client, &object).await.unwrap(),
            "https://bkt.s3.eu-west-1.amazonaws.com",
            "{name}"
        );
        // What is needed is reported with the file and the reason.
        let reason = match name {
            "bytes" => "UTF-8",
            "broken" => "broken, line 2: Expected an '=' sign",
            _ => "no region is set",
        };
        let client = Client::builder().environment(broken.clone()).credentials(keys.clone());
        let error = endpoint(client, &object).await.unwrap_err().to_string();
        assert!(error.contains(reason), "{name}: {error}");
        let client = Client::builder().environment(broken).region("eu-west-1").build().unwrap();
        let error = client.send(object.clone()).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{name}: {error:?}");
        let reason = reason.replace("no region is set", "there is no file");
        assert!(
            error.to_string().contains(&reason) && error.to_string().contains(&path(name)),
            "{name}: {error}"
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}
