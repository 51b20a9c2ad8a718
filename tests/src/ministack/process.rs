//! The server's process, which ends with its test.

use std::{
    env, fs,
    io::{self, ErrorKind},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

/// Runs the server named by `$0` and ends it when standard input ends: when the test closes it, or is gone, however it
/// went. With the server goes the rest of its process group, the workers of functions.
const KEEPER: &str = r#"
    exec 3<&0
    "$0" </dev/null 3<&- &
    server=$!
    (read -r _ <&3; kill -TERM $server; sleep 3; kill -KILL $server) &
    wait $server
    kill -KILL 0
"#;

pub(super) struct Process {
    port: u16,
    folder: PathBuf,
    keeper: Child,
    /// What holds the server alive.
    input: Option<ChildStdin>,
}

impl Process {
    /// Starts the server on `port` of loopback. It writes in `folder` alone, which ends with it.
    pub(super) fn start(executable: &Path, port: u16, folder: &Path) -> io::Result<Self> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(folder)?,
        }
        let folder = folder.canonicalize()?;
        let log = fs::File::create(folder.join("log"))?;
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER])
            .arg(executable.canonicalize()?)
            // Nothing of the user's own: neither credentials, which the server would take for its root's, nor settings.
            .env_clear()
            .envs(env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", &folder)
            .env("TMPDIR", &folder)
            .env("STATE_DIR", &folder)
            .env("S3_DATA_DIR", &folder)
            // It sweeps away containers that it takes for its own.
            .env("DOCKER_HOST", format!("unix://{}/none", folder.display()))
            .env("AUTH", "true")
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            .current_dir(&folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let input = keeper.stdin.take();
        Ok(Self { port, folder, keeper, input })
    }

    pub(super) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn has_ended(&mut self) -> io::Result<bool> {
        self.keeper.try_wait().map(|status| status.is_some())
    }

    /// The last lines that the server wrote.
    pub(super) fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines.get(lines.len().saturating_sub(30)..).unwrap_or_default().join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the end of what ministack said:\n{}", self.log());
        }
        drop(self.input.take());
        // What fails here leaves files in a folder that is ignored and emptied at the next start.
        let _ = self.keeper.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
