//! Customizations of Route 53.

use super::{set_text, text};
use crate::{
    codec::Structure,
    operation::{CallContext, HookError, Hooks, Interceptor},
};

/// Strips the path from identifiers in requests. Responses have them as `/hostedzone/Z1`, requests need `Z1`.
#[derive(Clone, Copy, Debug, Default)]
pub struct StripIdPrefix;

/// The members of inputs that hold such identifiers. Identifiers of other kinds among them have no slash.
const MEMBERS: [&str; 4] = ["Id", "HostedZoneId", "HostedZoneIdMarker", "DelegationSetId"];

const PREFIXES: [&str; 3] = ["hostedzone/", "change/", "delegationset/"];

impl Interceptor for StripIdPrefix {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SERIALIZATION
    }

    fn before_serialization(&self, _: &mut CallContext, input: &mut dyn Structure) -> Result<(), HookError> {
        for name in MEMBERS {
            if let Some(id) = text(input, name) {
                let path = id.strip_prefix('/').unwrap_or(&id);
                if let Some(stripped) = PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix)) {
                    set_text(input, name, stripped)?;
                }
            }
        }
        Ok(())
    }
}
