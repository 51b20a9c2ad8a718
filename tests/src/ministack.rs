//! Runs ministack, a server by another author that runs Lambda functions and verifies signatures.
//!
//! It is a Python package. `.ci/run server` installs it under `target/`; `MYRINA_MINISTACK` names another installation.

mod http;
mod iam;
mod process;
mod root;

use crate::BoxError;
use process::Process;
use std::{
    env,
    net::TcpListener,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// How to get the server, for whoever reads that it is missing.
const INSTALL: &str = ".ci/run server";

/// The longest that the server may take to answer its first request.
const START: Duration = Duration::from_mins(1);

/// A running server of this test's own: on loopback, with a user whose key is checked, and a role for functions.
/// Dropped, it is gone, with every process that it started and every file that it wrote.
pub struct Ministack {
    /// `http://127.0.0.1:PORT`.
    pub endpoint: String,
    /// The identifier of the user's access key.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// The ARN of a role that functions may run as.
    pub role: String,
    _process: Process,
}

impl Ministack {
    /// The region that the server is asked in.
    pub const REGION: &'static str = "us-east-1";

    /// Starts a server and makes the user and the role. `None`, and a line that says so, if it is not installed: a
    /// person may have no use for it. Under `CI=true` that is an error.
    pub async fn start() -> Result<Option<Self>, BoxError> {
        let Some(executable) = executable()? else { return Ok(None) };
        // Another process may take the port between the question for a free one and the start.
        for _ in 0..2 {
            if let Ok(process) = ready(&executable).await {
                return Self::set_up(process).await.map(Some);
            }
        }
        Self::set_up(ready(&executable).await?).await.map(Some)
    }

    /// Asks a service as the server's root, to set up what a test needs; `line` is method and path, `headers` are whole lines.
    ///
    /// Fails if the response is no success.
    pub async fn ask(
        &self,
        service: &str,
        line: &str,
        headers: &str,
        body: &str,
    ) -> Result<String, BoxError> {
        root::ask(&self.endpoint, service, line, headers, body).await
    }

    async fn set_up(process: Process) -> Result<Self, BoxError> {
        let endpoint = process.endpoint();
        let iam::Account { access_key_id, secret_access_key, role } = iam::create(&endpoint).await?;
        Ok(Self { endpoint, access_key_id, secret_access_key, role, _process: process })
    }
}

/// The server's executable: `MYRINA_MINISTACK` names it, or it is where [`INSTALL`] puts it.
fn executable() -> Result<Option<PathBuf>, BoxError> {
    let (path, named) = match env::var_os("MYRINA_MINISTACK") {
        Some(path) => (PathBuf::from(path), true),
        None => (target().join("ministack/bin/ministack"), false),
    };
    if path.is_file() {
        return Ok(Some(path));
    }
    let missing = format!("no ministack at {}: get it by `{INSTALL}`", path.display());
    if named || env::var("CI").is_ok_and(|ci| ci == "true") {
        return Err(missing.into());
    }
    println!("skipped: {missing}");
    Ok(None)
}

/// The workspace's own `target` folder, wherever cargo builds.
fn target() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).join("target")
}

/// A server process that answers.
async fn ready(executable: &Path) -> Result<Process, BoxError> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut process = Process::start(executable, port, &target().join(format!("ministack-{port}")))?;
    let limit = Instant::now() + START;
    loop {
        if let Ok((200, _)) = http::ask(&process.endpoint(), "GET /_ministack/health", "", "").await {
            return Ok(process);
        }
        if process.has_ended()? || Instant::now() > limit {
            return Err(format!("ministack does not answer; it said:\n{}", process.log()).into());
        }
        sleep(Duration::from_millis(100)).await;
    }
}
