// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Calls from code that is not async, behind Cargo feature `blocking`.
//!
//! There is no second client: what is awaited elsewhere is waited for.
//!
//! ```text
//! use the_crate::runtime::blocking;
//!
//! let client = Client::builder()….build()?;
//! let app = blocking::wait(client.apps().get("7").send())?;
//! let mut apps = client.apps().list().items();
//! while let Some(app) = blocking::wait(apps.next())? {
//!     println!("{:?}", app.display_name);
//! }
//! ```
//!
//! One thread, which is started by the first call and stays, drives the connections and timers of all
//! of them; the rest is done on the thread that waits. A client may be used in both ways, but then
//! connections that were made in a runtime of yours end with it.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle};

use super::Error;

/// The runtime whose thread drives connections and timers.
static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

/// Waits for a call of this crate, such as what `send` gives.
///
/// # Errors
/// Those of the call, and [`Error::Build`] in a thread of an async runtime, which must not wait: await
/// the call there or, in `spawn_blocking`, use `tokio::runtime::Handle::block_on`. The same error tells
/// that the system gives no thread.
pub fn wait<T, E: From<Error>>(future: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    if Handle::try_current().is_ok() {
        let message = "blocking calls cannot be made in an async runtime, await them there";
        return Err(Error::build(message).into());
    }
    runtime()?.block_on(future)
}

/// The runtime, which is started where there is none.
fn runtime() -> Result<Handle, Error> {
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*runtime {
        return Ok(handle.clone());
    }
    let failed = |error| Error::build_from("the thread of blocking calls could not start", error);
    let own = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let handle = own.handle().clone();
    let name = concat!(env!("CARGO_PKG_NAME"), "-blocking").to_owned();
    let thread = thread::Builder::new().name(name);
    thread.spawn(move || own.block_on(std::future::pending::<()>())).map_err(failed)?;
    Ok(runtime.insert(handle).clone())
}
