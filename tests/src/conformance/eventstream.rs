//! The suite `eventstream`: frames, valid and not.

use super::{BoxError, Report};
use myrina::{
    Bytes,
    event_stream::frame::{Decoder, FrameError, Message},
};
use std::{fs, path::Path};

/// Runs the suite in `folder`, where each file is one frame. Fails if the folder cannot be read.
pub(super) fn run(folder: &Path) -> Result<Report, BoxError> {
    let files = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = files.map(|file| Ok(file?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    files.sort();
    let mut report = Report::of("eventstream")?;
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let row = name.split('_').next().unwrap_or_default().to_owned();
        let outcome = check(&fs::read(&file)?, row == "valid");
        report.record(name, &row, "frames", outcome);
    }
    Ok(report)
}

/// A valid frame is read and written back as it was, however it comes in pieces; any other is an error.
fn check(frame: &[u8], valid: bool) -> Result<(), String> {
    for piece in [1, 7, frame.len().max(1)] {
        match (decode(frame, piece), valid) {
            (Ok(messages), true) => {
                let written = messages.iter().map(Message::encode).collect::<Result<Vec<_>, _>>();
                let written = written.map_err(|error| error.to_string())?.concat();
                if written != frame {
                    return Err(format!("read as {messages:?}, and written otherwise"));
                }
            }
            (Err(_), false) => {}
            (Ok(messages), false) => return Err(format!("read as {messages:?} in pieces of {piece}")),
            (Err(error), true) => return Err(error.to_string()),
        }
    }
    Ok(())
}

fn decode(frame: &[u8], piece: usize) -> Result<Vec<Message>, FrameError> {
    let mut decoder = Decoder::default();
    let mut messages = Vec::new();
    for piece in frame.chunks(piece) {
        decoder.push(Bytes::copy_from_slice(piece));
        while let Some(message) = decoder.next_message()? {
            messages.push(message);
        }
    }
    decoder.end()?;
    Ok(messages)
}
