//! Shortens text for error messages.

/// Quotes the start of `text`: enough to recognize it.
pub(crate) fn truncated_quote(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

/// Returns the start of the message of another library, which may repeat its input, or of a server.
pub(crate) fn truncated(message: impl std::fmt::Display) -> String {
    const MAX_CHARS: usize = 200;
    let mut message = message.to_string();
    if let Some((end, _)) = message.char_indices().nth(MAX_CHARS) {
        message.truncate(end);
        message.push('…');
    }
    message
}
