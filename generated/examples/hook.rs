//! A hook around each attempt of a call: it adds a header, and counts what comes back. Runs against
//! a small C1 on this machine.
//!
//! ```sh
//! cargo run -p conductorone --example hook
//! ```

mod fake_c1;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::http::{HeaderValue, Request, Response};
use conductorone::runtime::{Attempt, BoxError, Hook, TransportBody};
use conductorone::{Client, Credentials};

/// Says which job a request is of, and counts attempts.
#[derive(Debug)]
struct Job {
    name: HeaderValue,
    attempts: Arc<AtomicU32>,
}

impl Hook for Job {
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut Request<TransportBody>,
    ) -> Result<(), BoxError> {
        request.headers_mut().insert("x-job", self.name.clone());
        println!("{} {} …", attempt.number(), attempt.place().path_template());
        Ok(())
    }

    fn after_response(&self, attempt: &Attempt<'_>, response: &Response<()>) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        println!("{} {}", attempt.number(), response.status());
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &conductorone::Error) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        println!("{} {error}", attempt.number());
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let c1 = fake_c1::start()?;
    let credentials = Credentials::from_client_id_and_secret(c1.client_id, c1.client_secret)?;
    let attempts = Arc::new(AtomicU32::new(0));
    let job = Job { name: HeaderValue::from_static("nightly"), attempts: Arc::clone(&attempts) };
    let client = Client::builder().base_url(c1.url).auth(credentials).hook(job).build()?;

    // The server answers the first attempt with `429`, and asks for a wait of a second.
    client
        .connector_owners_v2()
        .get_user_owner(GetUserOwnerParams {
            app_id: "acme-directory",
            connector_id: "ldap",
            role_slug: "owner",
            user_ref_id: "busy",
        })
        .send()
        .await?;
    println!("{} attempts", attempts.load(Ordering::Relaxed));
    Ok(())
}
