// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Subject tokens in files.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::{Provider, SubjectToken, failed};
use crate::runtime::{AuthError, AuthErrorKind};

/// How many bytes a file with a token may have.
const FILE_LIMIT: u64 = 64 * 1024;

impl SubjectToken {
    /// A file that something else keeps fresh, such as a projected service account token of
    /// Kubernetes. Space around the token is dropped. The file is read for each exchange, and may
    /// have 64 KiB. WebAssembly has no files, and not this function.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Provider::File(path.into().into()))
    }
}

/// The token in a file.
pub(super) async fn fetch(path: &Arc<Path>) -> Result<SecretString, AuthError> {
    let path = Arc::clone(path);
    let reading = tokio::task::spawn_blocking(move || read(&path)).await;
    reading.map_err(|error| failed("the file could not be read", error))?
}

fn read(path: &Path) -> Result<SecretString, AuthError> {
    let unreadable = |error| failed("the file could not be read", error);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut text = Zeroizing::new(String::new());
    file.take(FILE_LIMIT + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > FILE_LIMIT {
        return Err(AuthError::new(AuthErrorKind::SubjectToken {
            reason: "the file is larger than 64 KiB",
        }));
    }
    Ok(SecretString::from(text.trim()))
}
