//! Converts names of the model to names of Rust. All naming is here.
//!
//! Words are split as `heck` does. The result is an identifier for every input.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeSet;

/// The module of operations by name.
pub(crate) const DYNAMIC_MODULE: &str = "dynamic";
/// The module of the endpoint rules.
pub(crate) const ENDPOINT_MODULE: &str = "endpoint";
/// The module of the error types.
pub(crate) const ERRORS_MODULE: &str = "errors";
/// The module of the service's schema.
pub(crate) const SERVICE_MODULE: &str = "service";
/// The module of the other types.
pub(crate) const TYPES_MODULE: &str = "types";

/// The modules of a crate that are not those of its operations.
const MODULES: [&str; 5] = [DYNAMIC_MODULE, ENDPOINT_MODULE, ERRORS_MODULE, SERVICE_MODULE, TYPES_MODULE];

/// A type: `VPCConfig` → `VpcConfig`.
pub fn type_name(name: &str) -> String {
    identifier(&clean(name).to_upper_camel_case())
}

/// A module: `GetFunctionUrlConfig` → `get_function_url_config`.
pub fn module_name(name: &str) -> String {
    let module = identifier(&clean(name).to_snake_case());
    let is_reserved = MODULES.contains(&&*module) || matches!(&*module, "lib" | "main") || is_device(&module);
    if is_reserved { format!("{module}_") } else { raw(module) }
}

/// Whether Windows reserves the name for a device, so that no file can have it.
fn is_device(name: &str) -> bool {
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name, "aux" | "con" | "nul" | "prn")
        || numbered.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']))
}

/// A field, and its setter: `FunctionName` → `function_name`.
pub fn field_name(name: &str) -> String {
    let field = identifier(&clean(name).to_snake_case());
    // The setter would be a second function `new`.
    if field == "new" { "new_".to_owned() } else { raw(field) }
}

/// A lens: `FunctionName` → `FUNCTION_NAME`.
pub fn lens_name(name: &str) -> String {
    let lens = identifier(&clean(name).to_shouty_snake_case());
    // Error types have constants with these names.
    if matches!(lens.as_str(), "IN_ERROR" | "ERROR") { format!("{lens}_") } else { lens }
}

/// A variant of a union: `BOOL` → `Bool`.
pub fn union_variant_name(name: &str) -> String {
    type_name(name)
}

/// The prism of a union's variant; its name differs from the variant's: `S` → `S_`.
pub fn prism_name(name: &str) -> String {
    let (prism, variant) = (lens_name(name), union_variant_name(name));
    if prism == variant { format!("{prism}_") } else { prism }
}

/// The function that returns the value of a union's variant, by its prism: `S_` → `as_s`.
pub fn accessor_name(prism: &str) -> String {
    format!("as_{}", prism.trim_end_matches('_').to_lowercase())
}

/// Constants for names, in their order and without duplicates.
pub fn constants<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    unique(names.into_iter().map(lens_name))
}

/// The variants of an open enum, in the order of its values and without duplicates.
pub fn enum_variant_names<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    unique(values.into_iter().map(enum_variant_name))
}

/// Appends `_` to each name that occurred before.
fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let unique = |mut name: String| {
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    };
    names.map(unique).collect()
}

/// The variant for values that the model does not know: `Unknown`, unless the model has one of this name.
pub fn unknown_name<'a>(taken: impl IntoIterator<Item = &'a str>) -> String {
    let taken: BTreeSet<&str> = taken.into_iter().collect();
    let mut name = "Unknown".to_owned();
    for extension in ["Value", "_"].iter().chain(std::iter::repeat(&"_")) {
        if !taken.contains(name.as_str()) {
            break;
        }
        name.push_str(extension);
    }
    name
}

/// A variant of an open enum: `nodejs18.x` → `Nodejs18X`. A separator between two digits stays: `0.5` → `_0_5`.
fn enum_variant_name(value: &str) -> String {
    let letters: Vec<char> = value.chars().collect();
    let digit = |index: usize| letters.get(index).is_some_and(char::is_ascii_digit);
    let mut name = String::new();
    let mut words = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        if letter.is_ascii_alphanumeric() {
            words.push(letter);
        } else if index > 0 && digit(index - 1) && digit(index + 1) {
            name.push_str(&words.to_upper_camel_case());
            name.push('_');
            words.clear();
        } else {
            words.push(' ');
        }
    }
    name.push_str(&words.to_upper_camel_case());
    if name.is_empty() { "Value".to_owned() } else { identifier(&name) }
}

/// Replaces all characters that identifiers cannot have by word separators.
fn clean(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}

/// An identifier: not empty, without a leading digit, and none of the keywords that cannot be raw.
fn identifier(name: &str) -> String {
    match name {
        "" => "unnamed".to_owned(),
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) => format!("_{name}"),
        _ => name.to_owned(),
    }
}

/// A keyword as a raw identifier.
fn raw(name: String) -> String {
    if syn::parse_str::<syn::Ident>(&name).is_ok() { name } else { format!("r#{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_members() {
        let table = [
            ("FunctionName", "function_name", "FUNCTION_NAME"),
            ("KMSKeyArn", "kms_key_arn", "KMS_KEY_ARN"),
            ("EC2ErrorCode", "ec2_error_code", "EC2_ERROR_CODE"),
            ("type", "r#type", "TYPE"),
            ("Self", "self_", "SELF"),
            ("new", "new_", "NEW"),
            ("Error", "error", "ERROR_"),
            ("__listOf__string", "list_of_string", "LIST_OF_STRING"),
            ("2fa", "_2fa", "_2FA"),
            ("fn main(){}", "fn_main", "FN_MAIN"),
            ("*/", "unnamed", "unnamed"),
        ];
        for (name, field, lens) in table {
            assert_eq!((field_name(name), lens_name(name)), (field.to_owned(), lens.to_owned()), "{name}");
        }
    }

    #[test]
    fn names_of_types_and_modules() {
        let table = [
            ("VPCConfig", "VpcConfig", "vpc_config"),
            ("ENILimitReachedException", "EniLimitReachedException", "eni_limit_reached_exception"),
            ("__string", "String", "string"),
            ("Types", "Types", "types_"),
            ("Match", "Match", "r#match"),
            ("Self", "Self_", "self_"),
            ("Aux", "Aux", "aux_"),
            ("COM1", "Com1", "com1_"),
            ("LPT9", "Lpt9", "lpt9_"),
            ("Com0", "Com0", "com0"),
        ];
        for (name, ty, module) in table {
            assert_eq!((type_name(name), module_name(name)), (ty.to_owned(), module.to_owned()), "{name}");
        }
    }

    #[test]
    fn names_of_variants() {
        let table = [
            ("RequestResponse", "RequestResponse"),
            ("nodejs18.x", "Nodejs18X"),
            ("python3.9", "Python3_9"),
            ("0.5", "_0_5"),
            ("28.4", "_28_4"),
            ("Self", "Self_"),
            ("aws:kms", "AwsKms"),
            ("LunAlreadyAllocated ", "LunAlreadyAllocated"),
            ("*", "Value"),
            ("INVALID_REQUEST", "InvalidRequest"),
        ];
        for (value, name) in table {
            assert_eq!(enum_variant_names([value]), [name], "{value:?}");
        }
        assert_eq!(
            enum_variant_names(["INVALID_REQUEST", "invalid_request"]),
            ["InvalidRequest", "InvalidRequest_"]
        );
        assert_eq!(unknown_name(["Unknown", "Other"]), "UnknownValue");
        assert_eq!((union_variant_name("S"), prism_name("S")), ("S".to_owned(), "S_".to_owned()));
        assert_eq!(
            (accessor_name("S_"), accessor_name("PUT_REQUEST")),
            ("as_s".to_owned(), "as_put_request".to_owned())
        );
    }
}
