//! Targets for texts: JSON documents, profile files, timestamps, documentation.

use super::{
    laws::{self, Keeps},
    shapes::Paper,
};
use myrina::{
    Json, Timestamp,
    codec::Structure as _,
    config::Profiles,
    dynamic::{self, Blobs},
    time::TimestampFormat,
};
use serde_json::Value;

/// A document of the user, and one that gives an operation's input by model names.
pub(super) fn document(data: &[u8]) {
    let json = Json::from_bytes(data.to_vec());
    let value: Value = match json.to_value() {
        Ok(value) => value,
        Err(error) => return laws::sentence(&error.to_string()),
    };
    assert_eq!(Json::from(value.clone()).to_value().unwrap(), value);
    for blobs in [Blobs::Base64, Blobs::Text] {
        let mut first = Paper::empty();
        if let Err(error) = dynamic::read(&value, &mut first, blobs) {
            // What the document itself lacks has no place in it.
            laws::sentence(&error.to_string());
            continue;
        }
        let written = dynamic::write(&first, Blobs::Base64).unwrap();
        let mut second = Paper::empty();
        dynamic::read(&written, &mut second, Blobs::Base64).unwrap();
        laws::same(&first, &second, Keeps::All);
    }
}

/// A config file and a credentials file, parted by a line of three dashes.
pub(super) fn profile(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (config, credentials) = text.split_once("\n---\n").unwrap_or((&text, ""));
    for (config, credentials) in [(config, credentials), (credentials, config)] {
        match Profiles::parse(config, credentials) {
            Ok(profiles) => {
                for (name, profile) in profiles.iter().chain(profiles.sso_sessions()) {
                    assert!(!name.is_empty());
                    for (property, value) in profile.iter() {
                        assert!(!property.is_empty() && profile.get(property) == Some(value));
                        _ = profile.nested(property, "region");
                    }
                }
                assert!(format!("{profiles:?}").len() < 16 * (config.len() + credentials.len()) + 4096);
            }
            Err(error) => {
                let error = error.to_string();
                laws::sentence(&error);
                assert!(error.contains(" file, line "), "{error}");
            }
        }
    }
}

/// A timestamp in each format.
pub(super) fn timestamp(data: &[u8]) {
    const FORMATS: [TimestampFormat; 3] =
        [TimestampFormat::DateTime, TimestampFormat::HttpDate, TimestampFormat::EpochSeconds];
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read = FORMATS.map(|format| Timestamp::parse(text, format));
    for time in read.into_iter().chain([Timestamp::parse_any(text)]) {
        let time = match time {
            Ok(time) => time,
            Err(error) => {
                laws::sentence(&error.to_string());
                continue;
            }
        };
        assert!(time.nanoseconds() < 1_000_000_000);
        _ = (time.to_millis(), time.to_f64(), time.since(Timestamp::EPOCH));
        for format in FORMATS {
            match time.format(format) {
                Ok(text) => {
                    let second = Timestamp::parse(&text, format).unwrap();
                    assert_eq!(second.seconds(), time.seconds(), "{text}");
                    assert_eq!(second.format(format).unwrap(), text);
                }
                Err(error) => laws::sentence(&error.to_string()),
            }
        }
    }
}

/// The prose of a model.
pub(super) fn prose(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    let markdown = myrina_codegen::markdown::from_html(&html).join("\n");
    assert!(markdown.len() <= 64 * html.len() + 64, "{} bytes of {}", markdown.len(), html.len());
    let plain = |letter: char| letter == '\n' || !letter.is_control();
    assert!(markdown.chars().all(plain), "a control character in {markdown:?}");
    assert!(!markdown.ends_with('\n'));
}
