//! What can be a part of a host name.

/// Whether `text` is a label as RFC 1123 has it: 1 to 63 letters, digits and hyphens, the first no hyphen; with `dots`, one
/// or more of these.
pub(super) fn is_label(text: &str, dots: bool) -> bool {
    if dots {
        return text.split('.').all(|label| is_label(label, false));
    }
    let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && (1..=63).contains(&text.len()) && !text.starts_with('-')
}

/// Whether `text` can be a bucket's name and a part of a host's: 3 to 63 small letters, digits and hyphens, which begin and
/// end with no hyphen; with `dots`, labels of these, which are no address of IP version 4.
pub(super) fn is_bucket(text: &str, dots: bool) -> bool {
    let label = |label: &str| {
        let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        is_label(label, false) && label.bytes().all(letters) && !label.ends_with('-')
    };
    (3..=63).contains(&text.len())
        && (dots || !text.contains('.'))
        && text.split('.').all(label)
        && text.parse::<std::net::Ipv4Addr>().is_err()
}
