//! Credentials that a program prints.

use super::{Context, Credentials, CredentialsError, key_document::KeyDocument};
use crate::clock;
use std::{
    io::Read as _,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// How long the program may run.
const LIMIT: Duration = Duration::from_mins(1);
/// The most bytes of what the program prints, and of its complaints in messages.
const MAX_OUTPUT: u64 = 64 * 1024;
const MAX_COMPLAINT: usize = 1000;

/// What a program printed.
struct Output {
    status: ExitStatus,
    stdout: Zeroizing<Vec<u8>>,
    stderr: Vec<u8>,
}

/// Runs `command` as a shell would and reads the credentials that it prints. Messages contain its program and what it writes to its
/// error output, but neither its arguments nor its output, which may be secret.
pub(super) async fn load(
    context: &Context,
    command: &str,
    account_id: Option<&str>,
) -> Result<Credentials, CredentialsError> {
    let program = command.split_whitespace().next().unwrap_or_default();
    let error = |problem: String| {
        CredentialsError::provider_error(format!("the credential_process `{program} …` {problem}"))
    };
    let output = run(context, command).await.map_err(error)?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let complaint: String = stderr.trim().chars().take(MAX_COMPLAINT).collect();
        let complaint = if complaint.is_empty() { complaint } else { format!(": {complaint}") };
        return Err(error(format!("failed ({}){complaint}", output.status)));
    }
    let credentials = read(&output.stdout).map_err(|problem| {
        error(format!(
            "printed something else than credentials: {problem}; expected an object with `Version`: 1, `AccessKeyId` and \
             `SecretAccessKey`"
        ))
    })?;
    Ok(match account_id {
        Some(id) if credentials.account_id().is_none() => credentials.with_account_id(id),
        _ => credentials,
    })
}

fn read(stdout: &[u8]) -> Result<Credentials, String> {
    let mut document = KeyDocument::parse(stdout)?;
    match document.take("Version").map(|version| version.as_u64()) {
        Some(Some(1)) => document.credentials("SessionToken"),
        Some(_) => Err("its `Version` is not 1".to_owned()),
        None => Err("it has no `Version`".to_owned()),
    }
}

/// Runs a command to its end, or to that of the time that it has. Waits on threads of its own: those of the runtime would be kept
/// from ending by a program that hangs.
async fn run(context: &Context, command: &str) -> Result<Output, String> {
    let mut child = shell(command)
        .stdin(Stdio::inherit())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot be started: {error}"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let stdout = stdout.map(|pipe| read_on_thread(pipe.take(MAX_OUTPUT)));
    let stderr = stderr.map(|pipe| read_on_thread(pipe.take(MAX_OUTPUT)));
    let running = Running(Arc::new(Mutex::new(child)));
    let ended = async {
        let mut output = [Vec::new(), Vec::new()];
        for (place, pipe) in output.iter_mut().zip([stdout, stderr]) {
            if let Some(pipe) = pipe {
                *place = pipe.await.unwrap_or_default();
            }
        }
        let [stdout, stderr] = output;
        let child = Arc::clone(&running.0);
        let (sender, status) = oneshot::channel();
        // The pipes are closed, so this is a matter of moments, unless the program closed them itself.
        std::thread::spawn(move || {
            let status = loop {
                let status = child.lock().unwrap_or_else(PoisonError::into_inner).try_wait();
                match status {
                    Ok(None) => std::thread::sleep(Duration::from_millis(2)),
                    ended => break ended,
                }
            };
            // Nobody waits any more.
            sender.send(status).ok();
        });
        let status = match status.await {
            Ok(Ok(Some(status))) => status,
            Ok(Err(error)) => return Err(format!("cannot be waited for: {error}")),
            _ => return Err("cannot be waited for".to_owned()),
        };
        Ok(Output { status, stdout: Zeroizing::new(stdout), stderr })
    };
    let ended = clock::timeout(&**context.clock(), LIMIT, ended).await;
    ended.unwrap_or_else(|| Err(format!("did not end within {LIMIT:?} and was stopped")))
}

fn read_on_thread(mut pipe: impl std::io::Read + Send + 'static) -> oneshot::Receiver<Vec<u8>> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before an error is read; the program's status says the rest.
        pipe.read_to_end(&mut bytes).ok();
        sender.send(bytes).ok();
    });
    receiver
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    use std::os::windows::process::CommandExt as _;
    let mut shell = Command::new("cmd");
    shell.arg("/C").raw_arg(command);
    shell
}

/// A program that is stopped when nobody waits for it any more.
struct Running(Arc<Mutex<Child>>);

impl Drop for Running {
    fn drop(&mut self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // It has ended, or it is stopped; either way there is nothing else to do.
        if !matches!(child.try_wait(), Ok(Some(_))) {
            child.kill().ok();
            child.wait().ok();
        }
    }
}
