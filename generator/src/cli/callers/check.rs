//! Running `cargo check`, and what the compiler says.

use std::path::Path;

use serde::Deserialize;

use super::Trouble;
use super::workspace::{Origin, Workspace, cargo};
use crate::files::Mirror;
use crate::review::Site;

/// An error of a caller.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// Where, and the code with the first line of what the compiler says.
    pub(super) site: Site,
    /// The words that it points at.
    pub(super) pointed: Vec<String>,
    /// The words that its texts name.
    pub(super) named: Vec<String>,
    /// The words of the crate that it points at.
    pub(super) of_crate: Vec<String>,
}

/// A line of cargo's output.
#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message")]
    title: String,
    code: Option<Code>,
    level: String,
    spans: Vec<Span>,
    children: Vec<Message>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    column_start: usize,
    is_primary: bool,
    label: Option<String>,
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "text")]
    line: String,
    highlight_start: usize,
    highlight_end: usize,
}

/// Compiles the mirror; `krate` is the folder of the crate in it.
pub(super) fn check(
    workspace: &Workspace,
    mirror: &Mirror,
    krate: &Path,
) -> Result<Vec<Fault>, Trouble> {
    let trouble = |message: String| Trouble::Callers { path: workspace.name.clone(), message };
    let mut command = cargo();
    command.args([
        "check",
        "--workspace",
        "--all-targets",
        "--keep-going",
        "--message-format=json",
    ]);
    if let Origin::Patch(table) = &workspace.origin {
        let (name, path) = (&workspace.package, krate.display());
        command.arg("--config").arg(format!("patch.{table}.{name}.path='{path}'"));
    }
    // Who has a folder for what is compiled keeps using it.
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        command.env("CARGO_TARGET_DIR", mirror.target());
    }
    let output = command.current_dir(mirror.place(&workspace.folder)).output();
    let output = output.map_err(|error| trouble(format!("cannot run cargo: {error}")))?;
    let mut faults: Vec<Fault> = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(Line { reason, message: Some(message) }) = serde_json::from_str(line) else {
            continue;
        };
        if reason == "compiler-message" && message.level == "error" {
            // A library is compiled for its tests, too.
            let fault = fault(&message, workspace, krate);
            faults.extend(fault.filter(|new| !faults.iter().any(|old| old.is_same(new))));
        }
    }
    if !output.status.success() && faults.is_empty() {
        return Err(trouble(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    Ok(faults)
}

fn fault(message: &Message, workspace: &Workspace, krate: &Path) -> Option<Fault> {
    let at = message.spans.iter().find(|span| span.is_primary)?;
    let file = workspace.shown(&at.file_name);
    let title = message.title.lines().next().unwrap_or_default();
    let message_text = match &message.code {
        Some(Code { code }) => format!("{code}: {title}"),
        None => title.to_owned(),
    };
    let (line, column) = (at.line_start, at.column_start);
    let mut fault = Fault {
        site: Site { file, line, column, message: message_text },
        pointed: Vec::new(),
        named: Vec::new(),
        of_crate: Vec::new(),
    };
    let mut open = vec![message];
    while let Some(Message { title, spans, children, .. }) = open.pop() {
        fault.named.extend(quoted(title));
        for span in spans {
            fault.named.extend(quoted(span.label.as_deref().unwrap_or_default()));
            let words = span.text.iter().flat_map(Text::words);
            let real = workspace
                .replaced()
                .is_some_and(|folder| workspace.root.join(&span.file_name).starts_with(folder));
            if real || Path::new(&span.file_name).starts_with(krate) {
                fault.of_crate.extend(words);
            } else if span.is_primary {
                fault.pointed.extend(words);
            }
        }
        open.extend(children);
    }
    Some(fault)
}

impl Fault {
    /// One of which nothing but the words is known.
    #[cfg(test)]
    pub(super) fn of_words(pointed: Vec<String>, named: Vec<String>) -> Self {
        Self { site: Site::default(), pointed, named, of_crate: Vec::new() }
    }

    /// Whether both are the same one, in two runs or for two targets.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.site == other.site
    }
}

impl Text {
    /// The words that are pointed at.
    fn words(&self) -> Vec<String> {
        let length = self.highlight_end.saturating_sub(self.highlight_start);
        let start = self.highlight_start.saturating_sub(1);
        let pointed: String = self.line.chars().skip(start).take(length).collect();
        words(&pointed)
    }
}

/// The words between backticks.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).flat_map(words).collect()
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|one: char| !one.is_alphanumeric() && one != '_');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
