//! Compares CBOR bodies, read by another implementation than the runtime's.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use minicbor::{Decoder, data::Type, decode::Error};
use std::collections::BTreeMap;

/// An item, without the ways that CBOR has to write it.
#[derive(Debug, PartialEq)]
enum Item {
    Array(Vec<Item>),
    Map(BTreeMap<String, Item>),
    Tagged(u64, Box<Item>),
    /// By its shortest text, so that the width does not matter and a number that is none is equal to itself.
    Float(String),
    Text(String),
    Bytes(Vec<u8>),
    Boolean(bool),
    Null,
    Integer(i128),
}

fn item(decoder: &mut Decoder<'_>) -> Result<Item, Error> {
    Ok(match decoder.datatype()? {
        Type::Array | Type::ArrayIndef => Item::Array(elements(decoder, Decoder::array, item)?),
        Type::Map | Type::MapIndef => {
            let entries = elements(decoder, Decoder::map, |decoder| Ok((text(decoder)?, item(decoder)?)))?;
            let count = entries.len();
            let map: BTreeMap<_, _> = entries.into_iter().collect();
            if map.len() < count {
                return Err(Error::message("a key is there twice"));
            }
            Item::Map(map)
        }
        Type::Tag => Item::Tagged(decoder.tag()?.as_u64(), Box::new(item(decoder)?)),
        Type::F32 => Item::Float(f64::from(decoder.f32()?).to_string()),
        Type::F64 => Item::Float(decoder.f64()?.to_string()),
        Type::String | Type::StringIndef => Item::Text(text(decoder)?),
        Type::Bytes | Type::BytesIndef => {
            let pieces: Vec<_> = decoder.bytes_iter()?.collect::<Result<_, _>>()?;
            Item::Bytes(pieces.concat())
        }
        Type::Bool => Item::Boolean(decoder.bool()?),
        Type::Null => decoder.null().map(|()| Item::Null)?,
        _ => Item::Integer(decoder.int()?.into()),
    })
}

fn text(decoder: &mut Decoder<'_>) -> Result<String, Error> {
    decoder.str_iter()?.collect()
}

fn elements<'a, T>(
    decoder: &mut Decoder<'a>,
    enter: fn(&mut Decoder<'a>) -> Result<Option<u64>, Error>,
    read: impl Fn(&mut Decoder<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let length = enter(decoder)?;
    let mut elements = Vec::new();
    while match length {
        Some(length) => (elements.len() as u64) < length,
        None => decoder.datatype()? != Type::Break,
    } {
        elements.push(read(decoder)?);
    }
    if length.is_none() {
        decoder.skip()?;
    }
    Ok(elements)
}

fn whole(bytes: &[u8]) -> Result<Option<Item>, String> {
    let mut decoder = Decoder::new(bytes);
    if bytes.is_empty() {
        return Ok(None);
    }
    let item = item(&mut decoder).map_err(|error| error.to_string())?;
    if decoder.position() < bytes.len() { Err("something is left".to_owned()) } else { Ok(Some(item)) }
}

/// Compares bodies as CBOR, by what they say; the suite has them in base64.
pub fn same_cbor(actual: &[u8], expected: &str) -> Result<(), String> {
    let expected = STANDARD.decode(expected).map_err(|error| error.to_string())?;
    let (actual, expected) = (whole(actual)?, whole(&expected)?);
    if actual == expected { Ok(()) } else { Err(format!("expected the body {expected:?}, found {actual:?}")) }
}
