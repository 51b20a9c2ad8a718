//! The operations that providers call, generated from `models/` as `myrina.toml` says.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    reason = "they are generated for users, who see all of them; here some is used, and none is public"
)]

#[cfg(feature = "login")]
#[rustfmt::skip]
pub(super) mod signin;
#[cfg(feature = "sso")]
#[rustfmt::skip]
pub(super) mod sso;
#[cfg(feature = "sso")]
#[rustfmt::skip]
pub(super) mod sso_oidc;
#[cfg(feature = "sts")]
#[rustfmt::skip]
pub(super) mod sts;
