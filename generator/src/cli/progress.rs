//! What is being done, on a terminal, when it takes long.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// A run that is shorter says nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows stages until it is dropped.
pub(super) struct Progress {
    stages: Option<Sender<&'static str>>,
}

impl Progress {
    /// Starts to wait, if there is a terminal to show anything on.
    pub(super) fn start() -> Self {
        if !stderr().is_terminal() {
            return Self { stages: None };
        }
        let (stages, entered) = mpsc::channel();
        // Without a thread there is no progress shown, which is no reason to fail.
        let _ = thread::Builder::new().spawn(move || {
            let mut stage = "";
            let mut shown = false;
            loop {
                match entered.recv_timeout(PATIENCE) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) if shown => continue,
                    Err(RecvTimeoutError::Timeout) => shown = true,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                if shown {
                    let _ = writeln!(stderr(), "{stage} ...");
                }
            }
        });
        Self { stages: Some(stages) }
    }

    /// Tells what is done from now on.
    pub(super) fn enter(&self, stage: &'static str) {
        if let Some(stages) = &self.stages {
            let _ = stages.send(stage);
        }
    }
}
