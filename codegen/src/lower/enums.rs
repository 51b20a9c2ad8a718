//! Lowers open enums.

use super::docs;
use crate::{
    ir::{EnumVariant, Enumeration},
    model::Shape,
    names,
    overrides::ShapeOverride,
};

pub(super) fn enumeration(
    name: &str,
    type_name: String,
    shape: &Shape,
    over: Option<&ShapeOverride>,
) -> Enumeration {
    let value_override = |text: &str| over.and_then(|over| over.values.get(text));
    let values = &shape.traits.values;
    let sources = values
        .iter()
        .map(|text| value_override(text).and_then(|value| value.rename.as_deref()).unwrap_or(text));
    let variant_names = names::enum_variant_names(sources);
    let variants: Vec<_> = values
        .iter()
        .zip(variant_names)
        .map(|(text, name)| EnumVariant {
            text: text.clone(),
            name,
            docs: docs::of_value(text, value_override(text)),
        })
        .collect();
    Enumeration {
        wire_name: name.to_owned(),
        name: type_name,
        docs: docs::of_shape(name, shape, over),
        deprecated: docs::deprecation(shape.traits.deprecated.as_ref()),
        unknown: names::unknown_name(variants.iter().map(|variant| variant.name.as_str())),
        variants,
    }
}
