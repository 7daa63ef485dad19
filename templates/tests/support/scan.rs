//! No log and no error of any test shows a secret.
//!
//! What is secret need not be listed: the test server learns each credential that reaches it (headers,
//! fields of token requests, keys in queries and cookies), and [`FORMS`] are those that all share.
//! What could show one is looked through, both when it is written and when a secret is learnt later:
//!
//! - each line of log of any crate, down to `TRACE`, by a subscriber for the whole process, which ends the
//!   process, because a panic in a task of its own would go unseen;
//! - each error that a test takes with [`Fails::fails`] or matches behind [`Fails::seen`], as text, as
//!   `Debug`, and with its sources. That no test takes one otherwise, `generator/tests/tidy.rs` sees to.
//!
//! `a_leak_ends_the_process` shows that the scan can fail.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::process;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::Recorded;

/// What credentials look like on the wire, how a JWT and a JWK begin, and what tests write into
/// queries.
const FORMS: [&str; 8] = [
    "Bearer ",
    "eyJhbGci",
    "eyJjcnYi",
    "eyJrdHki",
    "client_secret=",
    "client_assertion=",
    "subject_token=",
    "query-value",
];

/// What a client says of a bearer token in its `Debug`, and an error of one that a server repeats.
const HARMLESS: [&str; 2] = ["Bearer credential", "Bearer [redacted]"];

/// Headers that hold credentials.
const HEADERS: [&str; 4] = ["authorization", "x-api-key", "api-key", "x-key"];

/// Fields of token requests that hold credentials.
const FIELDS: [&str; 5] =
    ["client_secret", "client_assertion", "subject_token", "actor_token", "password"];

/// What is shorter is a word of many texts.
const SHORTEST: usize = 8;

/// How much is looked through again for what is learnt later, in bytes.
const KEPT: usize = 1024 * 1024;

/// What is secret, and what was written.
#[derive(Default)]
pub(crate) struct Scan {
    secrets: Vec<String>,
    written: String,
    /// The hashes of texts that were looked through for so many secrets: a thousand callers can get the
    /// same error.
    known: BTreeSet<(usize, u64)>,
}

static SCAN: Mutex<Scan> =
    Mutex::new(Scan { secrets: Vec::new(), written: String::new(), known: BTreeSet::new() });

impl Scan {
    /// Learns a secret; the text that has shown it is the error.
    fn learn(&mut self, secret: &str) -> Result<(), String> {
        if secret.len() < SHORTEST || self.secrets.iter().any(|known| known == secret) {
            return Ok(());
        }
        let found = self.written.lines().find(|line| line.contains(secret)).map(str::to_owned);
        self.secrets.push(secret.to_owned());
        found.map_or(Ok(()), |line| Err(format!("{secret:?} in {line}")))
    }

    /// Learns what a request holds.
    fn learn_from(&mut self, request: &Recorded) -> Result<(), String> {
        for (name, value) in &request.headers {
            if name == "cookie" {
                let pairs = value.split("; ").filter_map(|pair| pair.split_once('='));
                pairs.filter(|(name, _)| is_key(name)).try_for_each(|(_, key)| self.learn(key))?;
            } else if HEADERS.contains(&name.as_str()) {
                // A scheme stands before the credential.
                self.learn(value.split_once(' ').map_or(value, |(_, credential)| credential))?;
            }
        }
        let query = request.line.split(' ').nth(1).and_then(|target| target.split_once('?'));
        let query = query.map(|(_, query)| query.as_bytes()).unwrap_or_default();
        for (_, key) in url::form_urlencoded::parse(query).filter(|(name, _)| is_key(name)) {
            self.learn(&key)?;
        }
        if request.line.contains("token") {
            for (name, value) in url::form_urlencoded::parse(&request.body) {
                if FIELDS.contains(&&*name) {
                    self.learn(&value)?;
                }
            }
        }
        Ok(())
    }

    /// Looks through a text that a user could see; a secret in it is the error.
    fn read(&mut self, text: &str) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        if !self.known.insert((self.secrets.len(), hasher.finish())) {
            return Ok(());
        }
        let text = &*HARMLESS.iter().fold(text.to_owned(), |text, one| text.replace(one, ""));
        let known = self.secrets.iter().map(String::as_str).chain(FORMS);
        if let Some(secret) = known.into_iter().find(|secret| text.contains(secret)) {
            return Err(format!("{secret:?} in {text}"));
        }
        if self.written.len() + text.len() > KEPT {
            self.written.clear();
        }
        self.written.push_str(text);
        self.written.push('\n');
        Ok(())
    }
}

/// Whether a parameter of this name is a key.
fn is_key(name: &str) -> bool {
    ["key", "token", "secret", "session"]
        .iter()
        .any(|word| name.to_ascii_lowercase().contains(word))
}

fn scan() -> MutexGuard<'static, Scan> {
    SCAN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process where there is a leak, in the middle of whatever test.
fn must(outcome: Result<(), String>) {
    if let Err(leak) = outcome {
        let _ = io::Write::write_all(&mut io::stderr(), format!("a leak: {leak}\n").as_bytes());
        process::abort();
    }
}

/// Learns what a request that came to a test server holds.
pub(crate) fn learn_from(request: &Recorded) {
    must(scan().learn_from(request));
}

/// What is logged, line by line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines;

impl io::Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        must(scan().read(&String::from_utf8_lossy(line)));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Looks through all that is logged from now on, by any crate.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(crate::subscribe);
}

/// Everything that an error shows: its text, its debug output, and both of its sources.
pub(crate) fn shown(error: &(dyn Error + 'static)) -> String {
    let (mut text, mut next) = (String::new(), Some(error));
    while let Some(error) = next {
        write!(text, "{error}\n{error:#}\n{error:?}\n{error:#?}\n").unwrap();
        next = error.source();
    }
    text
}

/// Looks through a text that a user could see.
#[track_caller]
pub(crate) fn assert_clean(text: &str) {
    if let Err(leak) = scan().read(text) {
        panic!("a leak: {leak}");
    }
}

/// What a test takes an error with.
pub(crate) trait Fails {
    type Error;

    /// The error, which shows no secret.
    fn fails(self) -> Self::Error;

    /// The same result, whose error, if it is one, shows no secret.
    fn seen(self) -> Self;
}

impl<T, E: Error + 'static> Fails for Result<T, E> {
    type Error = E;

    #[track_caller]
    fn fails(self) -> E {
        let Err(error) = self else { panic!("this succeeded, and should not have") };
        assert_clean(&shown(&error));
        error
    }

    #[track_caller]
    fn seen(self) -> Self {
        self.inspect_err(|error| assert_clean(&shown(error)))
    }
}

/// The same of what else can be printed.
#[track_caller]
pub(crate) fn debugs<T: Debug>(value: T) -> T {
    assert_clean(&format!("{value:?}"));
    value
}
