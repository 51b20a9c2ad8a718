//! Rules of Route 53.

use super::{set_text, text};
use crate::{
    codec::{CodecError, Structure},
    operation::{Afterwards, Interceptor, OperationSchema},
};

/// Identifiers come with a path before them, `/hostedzone/Z1`, and are wanted without it.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainIds;

/// [`PlainIds`], to be named.
pub static PLAIN_IDS: PlainIds = PlainIds;

/// The members of inputs that hold such identifiers, and of other kinds without a slash.
const MEMBERS: [&str; 4] = ["Id", "HostedZoneId", "HostedZoneIdMarker", "DelegationSetId"];

/// What stands before them.
const PATHS: [&str; 3] = ["hostedzone/", "change/", "delegationset/"];

impl Interceptor for PlainIds {
    fn input(
        &self,
        _: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        for name in MEMBERS {
            if let Some(id) = text(input, name) {
                let bare = id.strip_prefix('/').unwrap_or(&id);
                if let Some(plain) = PATHS.iter().find_map(|path| bare.strip_prefix(path)) {
                    set_text(input, name, plain)?;
                }
            }
        }
        Ok(None)
    }
}
