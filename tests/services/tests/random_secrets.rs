//! `Debug` of random values shows nothing that is sensitive: not by the models, nor by `codegen/sensitive_members.json`.

use myrina::{
    ByteStream, Bytes, Document, Timestamp,
    codec::{CodecError, List, Mapping, Reader, StreamingBody, Structure},
    codegen::Operation,
    event_stream::MessageStream,
    schema::{Member, Schema, Target},
    testing::Random,
};
use std::{borrow::Cow, collections::BTreeSet};

/// The text of sensitive values, which is base64 too. Random text has other letters.
const SECRET: &str = "hunter22";
const SECRET_NUMBER: i64 = 1_720_072_027;
/// A point in time in a year that random values do not have.
const SECRET_TIME: Timestamp = Timestamp::new(7_207_200_000, 0);
const SECRET_YEAR: &str = "2198-";

/// The depth of nested structures from which only required members are set, and lists and maps are empty.
const DEPTH: usize = 5;

/// Reads random values, but [`SECRET`] and the like as sensitive ones.
struct Planted<'a> {
    random: Random,
    depth: usize,
    is_secret: bool,
    /// How many sensitive values were read.
    count: usize,
    /// The shapes and members that are sensitive.
    members: &'a mut BTreeSet<(&'static str, &'static str)>,
    shapes: &'a mut BTreeSet<&'static str>,
}

impl Planted<'_> {
    fn or_random<T>(
        &mut self,
        at: &'static Member,
        secret: T,
        random: impl FnOnce(&mut Random) -> Result<T, CodecError>,
    ) -> Result<T, CodecError> {
        if !self.is_secret && !at.sensitive {
            return random(&mut self.random);
        }
        self.count += 1;
        Ok(secret)
    }

    fn fill(&mut self, into: &mut dyn Structure) -> Result<(), CodecError> {
        let schema = into.schema();
        self.shapes.insert(schema.name);
        self.depth += 1;
        for index in self.chosen(schema)? {
            let member = &schema.members[index];
            let was_secret = self.is_secret;
            self.is_secret |= member.sensitive;
            if member.is_sensitive() {
                self.members.insert((schema.name, member.name));
            }
            into.member_mut(index).unwrap().read(member, self)?;
            self.is_secret = was_secret;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The members to set: one of a union.
    fn chosen(&mut self, schema: &'static Schema) -> Result<Vec<usize>, CodecError> {
        static ANY: Member = myrina::schema::long("");
        let members = schema.members.iter().enumerate();
        if !schema.union {
            let set = members.filter(|(_, member)| member.required || self.depth < DEPTH);
            return Ok(set.map(|(index, _)| index).collect());
        }
        let shallow = |member: &Member| !matches!(member.target, Target::Structure(_));
        let variants: Vec<usize> = members
            .filter(|(_, member)| self.depth < DEPTH || shallow(member))
            .map(|(index, _)| index)
            .collect();
        let random = self.random.integer(&ANY)?.unsigned_abs();
        Ok(vec![variants[usize::try_from(random % variants.len() as u64).unwrap_or_default()]])
    }

    fn len(&self) -> usize {
        if self.depth < DEPTH { 2 } else { 0 }
    }
}

impl Reader for Planted<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        self.random.boolean(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        self.or_random(at, SECRET_NUMBER, |random| random.integer(at))
    }

    #[allow(clippy::cast_precision_loss)]
    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        self.or_random(at, SECRET_NUMBER as f64, |random| random.double(at))
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.or_random(at, SECRET.into(), |random| random.string(at).map(|text| text.into_owned().into()))
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        self.or_random(at, SECRET.into(), |random| random.blob(at))
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        self.or_random(at, SECRET_TIME, |random| random.timestamp(at))
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        self.or_random(at, SECRET.into(), |random| random.document(at))
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.fill(into)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else { panic!("{} is no list", at.name) };
        into.clear();
        (0..self.len()).try_for_each(|_| into.push(element, self))
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let Target::Map(key_at, element) = at.target else { panic!("{} is no map", at.name) };
        into.clear();
        for _ in 0..self.len() {
            let key = self.string(key_at)?.into_owned();
            into.insert(key, element, self)?;
        }
        Ok(())
    }

    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        Ok(Some(match at.target {
            Target::Events(_) => Box::new(MessageStream::default()),
            _ => Box::new(ByteStream::default()),
        }))
    }
}

/// The sensitive members that were seen, as pairs of a shape and a member, and all shapes.
#[derive(Default)]
struct Seen {
    members: BTreeSet<(&'static str, &'static str)>,
    shapes: BTreeSet<&'static str>,
}

fn check(value: &mut dyn Structure, seed: u64, all: &mut Seen) {
    let mut planted = Planted {
        random: Random::new(seed),
        depth: 0,
        is_secret: false,
        count: 0,
        members: &mut all.members,
        shapes: &mut all.shapes,
    };
    planted.fill(value).unwrap();
    let count = planted.count;
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        let number = SECRET_NUMBER.to_string();
        for secret in [SECRET, &*number, SECRET_YEAR] {
            assert!(!shown.contains(secret), "{} shows {secret}: {shown}", value.type_name());
        }
        // The list or map that contains the values is redacted as a whole.
        assert!(count == 0 || shown.contains("(redacted)"), "{shown}");
    }
}

/// Checks a type.
fn check_type<S: Structure>(seen: &mut Seen) {
    for seed in 0..20 {
        check(&mut S::empty(), seed, seen);
    }
}

/// Checks the input, output and errors of an operation.
fn check_operation<O: Operation>(seen: &mut Seen) {
    check_type::<O>(seen);
    check_type::<O::Response>(seen);
    for error in O::SCHEMA.errors.iter().chain(O::SCHEMA.service.errors) {
        check((error.empty)().as_mut(), 0, seen);
    }
}

/// Checks these operations, all of one service.
macro_rules! seen {
    ($($module:ident::{$($operation:path),* $(,)?}),*) => {{
        let mut seen = Seen::default();
        $({
            use myrina_test_services::$module::*;
            $(check_operation::<$operation>(&mut seen);)*
        })*
        seen
    }};
}

/// The sensitive members of the table, by the names of their shapes.
fn table(service: &str) -> BTreeSet<(String, String)> {
    let table: serde_json::Value =
        serde_json::from_str(include_str!("../../../codegen/sensitive_members.json")).unwrap();
    let groups = table["services"][service].as_object().unwrap().values();
    let shapes = groups.flat_map(|group| group.as_object().unwrap());
    let members = shapes.flat_map(|(shape, members)| {
        members.as_array().unwrap().iter().map(move |member| (shape, member.as_str().unwrap()))
    });
    members.map(|(shape, member)| (shape.clone(), member.to_owned())).collect()
}

#[test]
fn debug_of_random_values_shows_nothing_of_the_table() {
    let sts = seen!(sts::{
        assume_role::AssumeRole,
        assume_role_with_web_identity::AssumeRoleWithWebIdentity,
        get_session_token::GetSessionToken,
    });
    let cognito = seen!(cognito_idp::{
        confirm_device::ConfirmDevice,
        confirm_forgot_password::ConfirmForgotPassword,
        confirm_sign_up::ConfirmSignUp,
        verify_user_attribute::VerifyUserAttribute,
    });
    // The model of Cognito is pruned: no operation here has the last of the members.
    for (service, seen, count) in [("STS", sts, 4), ("Cognito Identity Provider", cognito, 4)] {
        let of_table = table(service).into_iter().filter(|(shape, _)| seen.shapes.contains(&**shape));
        let of_table: Vec<_> = of_table.collect();
        assert_eq!(of_table.len(), count, "{of_table:?}");
        for (shape, member) in of_table {
            assert!(seen.members.contains(&(&*shape, &*member)), "{shape}.{member} is not sensitive");
        }
    }
}

#[test]
fn debug_of_random_values_shows_nothing_that_the_models_call_sensitive() {
    // Responses of all operations, and the requests and events that have sensitive members.
    let mut lambda = Seen::default();
    for operation in myrina_lambda::dynamic::OPERATIONS {
        (0..5).for_each(|seed| check(operation.response().as_mut(), seed, &mut lambda));
    }
    check_operation::<myrina_lambda::create_function::CreateFunction>(&mut lambda);
    check_operation::<myrina_lambda::update_function_code::UpdateFunctionCode>(&mut lambda);
    check_operation::<myrina_lambda::publish_layer_version::PublishLayerVersion>(&mut lambda);
    check_operation::<myrina_lambda::invoke::Invoke>(&mut lambda);
    check_operation::<myrina_lambda::checkpoint_durable_execution::CheckpointDurableExecution>(&mut lambda);
    check_type::<myrina_lambda::types::InvokeWithResponseStreamResponseEvent>(&mut lambda);
    for member in [("Environment", "Variables"), ("FunctionCode", "ZipFile"), ("ErrorObject", "StackTrace")] {
        assert!(lambda.members.contains(&member), "{member:?}");
    }
    assert!(lambda.members.len() > 20, "{:?}", lambda.members);

    let others = seen!(
        bedrock_runtime::{converse::Converse, converse_stream::ConverseStream},
        cloudwatch_cbor::{get_metric_data::GetMetricData, put_metric_data::PutMetricData},
        dynamodb::{put_item::PutItem, query::Query},
        ec2::{describe_instances::DescribeInstances},
        s3::{get_object::GetObject, list_objects_v2::ListObjectsV2, put_object::PutObject}
    );
    assert!(others.members.contains(&("PutObjectRequest", "SSECustomerKey")), "{:?}", others.members);
}
