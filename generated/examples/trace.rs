//! A span of the crate `tracing` for each attempt, printed as it ends. Runs against a small C1 on this
//! machine.
//!
//! ```sh
//! cargo run -p conductorone --features tracing --example trace
//! ```

mod fake_c1;

use std::error::Error;

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::{Client, Credentials};
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if !cfg!(feature = "tracing") {
        println!("There are no spans without Cargo feature `tracing`: add `--features tracing`.");
    }
    // `tracing-opentelemetry` understands the names of the fields as they are.
    tracing_subscriber::fmt().with_span_events(FmtSpan::CLOSE).init();

    let c1 = fake_c1::start()?;
    let credentials = Credentials::from_client_id_and_secret(c1.client_id, c1.client_secret)?;
    let client = Client::builder().base_url(c1.url).auth(credentials).build()?;

    // Three spans: the token request, an attempt that the server refuses, and another one.
    let response = client
        .connector_owners_v2()
        .get_user_owner(GetUserOwnerParams {
            app_id: "acme-directory",
            connector_id: "ldap",
            role_slug: "owner",
            user_ref_id: "busy",
        })
        .send()
        .await?;
    println!("{}", response.status());
    Ok(())
}
