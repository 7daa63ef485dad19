//! What a process costs: this program, put around another one.
//!
//! With [`FOLDER`] in its environment the program is no xtask: it runs the command that its
//! arguments are, waits for it, and writes what it used to a file of that folder. The file is named
//! by [`NAME`], or after the crate where the command is a call of the compiler, which is how cargo
//! calls a `RUSTC_WORKSPACE_WRAPPER`. The system accounts for the children of a process as a whole
//! when they have ended, so one process around one command is what gives exact figures.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use serde::{Deserialize, Serialize};

/// The folder for the files.
pub(super) const FOLDER: &str = "OASMITH_MEASURE";

/// The name of the file.
pub(super) const NAME: &str = "OASMITH_MEASURE_NAME";

/// The seconds of processor time after which the command is ended; ten times as many of the clock.
pub(super) const LIMIT: &str = "OASMITH_MEASURE_LIMIT";

/// The largest address space of a command with a limit, in bytes.
#[cfg(unix)]
const MEMORY: u64 = 8 << 30;

/// What a command used.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Usage {
    /// Seconds of the processor, user and system.
    pub(super) cpu: f64,
    /// The largest resident set, in bytes.
    pub(super) peak: u64,
    /// How it ended.
    pub(super) end: End,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum End {
    /// By itself, with a status.
    Status(i32),
    /// By a signal.
    Signal(i32),
    /// At its limit.
    Limit,
}

/// What an earlier run wrote.
pub(super) fn read(folder: &Path, name: &str) -> Option<Usage> {
    let text = fs::read_to_string(folder.join(name)).ok()?;
    serde_json::from_str(&text).ok()
}

/// Runs the command that the arguments are, if that is what this process is for.
pub(crate) fn measure() -> Option<ExitCode> {
    let folder = env::var_os(FOLDER)?;
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let name = env::var(NAME).ok().or_else(|| crate_name(&arguments));
    let limit = env::var(LIMIT).ok().and_then(|limit| limit.parse().ok());
    let Some((program, arguments)) = arguments.split_first() else {
        return Some(ExitCode::from(2));
    };
    let mut command = Command::new(program);
    command.args(arguments).env_remove(FOLDER).env_remove(NAME).env_remove(LIMIT);
    let Ok((end, status)) = wait(&mut command, limit) else {
        return Some(ExitCode::from(2));
    };
    if let Some(name) = name {
        let (cpu, peak) = children();
        let usage = serde_json::to_string(&Usage { cpu, peak, end }).unwrap_or_default();
        // Without the file the figure is missing, and the row says so.
        let _ = fs::write(Path::new(&folder).join(name), usage);
    }
    let code = status.and_then(|status| status.code()).and_then(|code| u8::try_from(code).ok());
    Some(ExitCode::from(code.unwrap_or(101)))
}

/// The name of the crate in a call of the compiler that compiles one.
fn crate_name(arguments: &[OsString]) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == "--crate-name")?;
    let name = arguments.get(at + 1)?.to_str()?;
    // The compiler is also asked for its defaults, with three underscores for a name.
    (name != "___").then(|| name.to_owned())
}

fn wait(command: &mut Command, limit: Option<u64>) -> std::io::Result<(End, Option<ExitStatus>)> {
    let Some(limit) = limit else {
        let status = command.status()?;
        return Ok((end(status), Some(status)));
    };
    bound(limit);
    let start = Instant::now();
    let mut child = command.spawn()?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((end(status), Some(status)));
        }
        if start.elapsed() > Duration::from_secs(limit.saturating_mul(10)) {
            child.kill()?;
            child.wait()?;
            return Ok((End::Limit, None));
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
fn end(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Status(code),
        // What the system sends at the limit of processor time.
        (None, Some(24)) => End::Limit,
        (None, signal) => End::Signal(signal.unwrap_or_default()),
    }
}

#[cfg(not(unix))]
fn end(status: ExitStatus) -> End {
    End::Status(status.code().unwrap_or_default())
}

/// Bounds what the children of this process can take.
#[cfg(unix)]
fn bound(seconds: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    // A system without these bounds still has the clock.
    let _ = setrlimit(Resource::RLIMIT_CPU, seconds, seconds.saturating_add(5));
    let _ = setrlimit(Resource::RLIMIT_AS, MEMORY, MEMORY);
}

#[cfg(not(unix))]
fn bound(_seconds: u64) {}

/// The processor time in seconds and the peak in bytes of the children that have ended.
#[cfg(unix)]
fn children() -> (f64, u64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else {
        return (0.0, 0);
    };
    let time = usage.user_time() + usage.system_time();
    let time = Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or_default());
    // Linux counts kibibytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    (time.as_secs_f64(), u64::try_from(usage.max_rss()).unwrap_or_default() * unit)
}

#[cfg(not(unix))]
fn children() -> (f64, u64) {
    (0.0, 0)
}
