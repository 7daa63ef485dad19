//! A wait for what shows later: C1 shows a new owner 45 to 150 seconds after the write. Runs against
//! a small C1 on this machine, which is quicker.
//!
//! ```sh
//! cargo run -p conductorone --example wait
//! ```

mod fake_c1;

use std::error::Error;
use std::time::Duration;

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::{Client, Credentials, wait};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let c1 = fake_c1::start()?;
    let credentials = Credentials::from_client_id_and_secret(c1.client_id, c1.client_secret)?;
    let client = Client::builder().base_url(c1.url).auth(credentials).build()?;

    let look = |user_ref_id| {
        let request = client.connector_owners_v2().get_user_owner(GetUserOwnerParams {
            app_id: "acme-directory",
            connector_id: "ldap",
            role_slug: "owner",
            user_ref_id,
        });
        println!("looking for {user_ref_id}");
        request.send()
    };

    // An owner who is not there yet is a `404`. Against C1 itself, 240 seconds and waits from 5 to 20
    // are more fitting.
    let found = wait::until(|| look("newcomer"), |answer| answer.connector_owner_user.is_some())
        .tolerate_not_found()
        .deadline(Duration::from_secs(20))
        .backoff(Duration::from_millis(100), Duration::from_secs(1))
        .await?;
    println!("{}", found.status());

    let never = wait::until(|| look("nobody"), |answer| answer.connector_owner_user.is_some())
        .tolerate_not_found()
        .deadline(Duration::from_millis(500))
        .backoff(Duration::from_millis(100), Duration::from_secs(1))
        .await;
    if let Err(error) = never {
        println!("{error}");
    }
    Ok(())
}
