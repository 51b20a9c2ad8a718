// The macros define the public items of a generated crate, not all of which are used.
#![allow(dead_code, unreachable_pub)]

use super::*;
use crate::{
    Map,
    codec::Structure,
    format::fixtures::{AllTypes, Choice},
};

/// A structure with every special case of forms.
#[derive(Clone, PartialEq)]
struct Filter {
    name: Option<String>,
    values: Option<Vec<String>>,
    items: Option<Vec<Filter>>,
    flat: Option<Vec<i32>>,
    tags: Option<Map<String, String>>,
    flat_tags: Option<Map<String, Filter>>,
    token: Option<String>,
}

crate::codegen::structure! {
    Filter "Filter" new() {
        0 NAME name: optional String = string("name");
        1 VALUES values: list String = list("values", &string("")).named("value").query_named("vals");
        2 ITEMS items: list Filter = list("items", &structure::<Filter>("").named("item"));
        3 FLAT flat: list i32 = list("flats", &integer("").named("flat")).flattened();
        4 TAGS tags: map String, String = map("tags", &string(""), &string(""));
        5 FLAT_TAGS flat_tags: map String, Filter =
            map("flatTags", &string("").named("K"), &structure::<Filter>("").named("V")).flattened();
        6 TOKEN token: optional String = string("token").idempotency_token();
    }
}

fn filter() -> Filter {
    Filter::new()
        .name("a b+c/é~")
        .values(["1"])
        .items([Filter::new().name("i"), Filter::new().values(["x", "y"])])
        .flat([7, 8])
        .tags([("k=", "v&")])
        .flat_tags([("f", Filter::new().name("n"))])
        .token("t")
}

fn form(dialect: Dialect, value: &dyn Structure) -> String {
    let filter = MemberFilter { idempotency_token: Some(&|| "made".to_owned()), ..MemberFilter::ALL };
    String::from_utf8(write(dialect, "Do", "2020-01-01", value, filter).unwrap()).unwrap()
}

fn back<S: Structure>(dialect: Dialect, form: &str) -> Result<S, String> {
    let mut value = <S as Structure>::empty();
    read(dialect, form.as_bytes(), &mut value).map_err(|error| error.to_string())?;
    Ok(value)
}

#[test]
fn forms_of_both_dialects_can_be_read() {
    let query = "Action=Do&Version=2020-01-01&name=a%20b%2Bc%2F%C3%A9~&value.member.1=1&items.item.1.name=i\
        &items.item.2.value.member.1=x&items.item.2.value.member.2=y&flat.1=7&flat.2=8\
        &tags.entry.1.key=k%3D&tags.entry.1.value=v%26&flatTags.1.K=f&flatTags.1.V.name=n&token=t";
    assert_eq!(form(Dialect::Query, &filter()), query);
    assert_eq!(back::<Filter>(Dialect::Query, query).unwrap(), filter());
    let ec2 = "Action=Do&Version=2020-01-01&Name=a%20b%2Bc%2F%C3%A9~&vals.1=1&Items.1.Name=i\
        &Items.2.vals.1=x&Items.2.vals.2=y&Flats.1=7&Flats.2=8\
        &Tags.entry.1.key=k%3D&Tags.entry.1.value=v%26&FlatTags.1.K=f&FlatTags.1.V.Name=n&Token=t";
    assert_eq!(form(Dialect::Ec2, &filter()), ec2);
    assert_eq!(back::<Filter>(Dialect::Ec2, ec2).unwrap(), filter());
}

#[test]
fn only_query_sends_empty_lists() {
    let empty = Filter::new().values([""; 0]).flat([0; 0]).tags([("", ""); 0]);
    assert_eq!(form(Dialect::Query, &empty), "Action=Do&Version=2020-01-01&value=&flat=&token=made");
    assert_eq!(form(Dialect::Ec2, &empty), "Action=Do&Version=2020-01-01&Token=made");
    let read: Filter = back(Dialect::Query, "value=&flat=").unwrap();
    assert_eq!(read, Filter::new().values([""; 0]).flat([0; 0]));
}

#[test]
fn errors_contain_their_path() {
    // Elements come in the order of their numbers, and names in any.
    let order: Filter =
        back(Dialect::Query, "flat.10=3&name=a+b&flat.9=2&flat.1=1&new.x.y=&&name=c").unwrap();
    assert_eq!(order, Filter::new().name("a b").flat([1, 2, 3]));
    let deep = "items.item.1.".repeat(200) + "name=a";
    for (form, error) in [
        ("flat.1=x", "at flats[0]: expected a 32-bit integer, found \"x\""),
        ("name.1=x", "at name: expected a string, found parts of a value"),
        ("name=%ff", "expected percent-encoded text in UTF-8, found \"%ff\" at byte 5"),
        ("tags.entry.1.value=v", "at tags: expected an entry of a map, found an entry without a key"),
        (&deep, "the name at byte 0 has more than 384 parts"),
    ] {
        let found = back::<Filter>(Dialect::Query, form).unwrap_err();
        assert!(found.starts_with(error), "{form:.60}: {found}");
    }
    let two = back::<AllTypes>(Dialect::Query, "Choice.text=a&Choice.number=1").unwrap_err();
    assert_eq!(two, "at Choice: expected a union with exactly one member, found 2 members");
    let one: AllTypes = back(Dialect::Query, "Choice.number=1&Name=a").unwrap();
    assert_eq!(one, AllTypes::new("a").choice(Choice::Number(1)));
}
