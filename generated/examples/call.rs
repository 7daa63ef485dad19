//! A first call, without an account: asks a small C1 on this machine who owns a connector, and
//! creates a resource.
//!
//! ```sh
//! cargo run -p conductorone --example call
//! ```

mod fake_c1;

use std::error::Error;

use conductorone::api::app_resource::CreateManuallyManagedAppResourceParams;
use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::models::app::v1::CreateManuallyManagedAppResourceRequest;
use conductorone::models::user::v1::UserStatus;
use conductorone::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // With an account, the id and the secret are in the environment, and the id names the server:
    // `Client::builder().auth(Credentials::from_env()?).build()?`
    let c1 = fake_c1::start()?;
    let credentials = Credentials::from_client_id_and_secret(c1.client_id, c1.client_secret)?;
    let client = Client::builder().base_url(c1.url).auth(credentials).build()?;

    // The first call signs in, and the others use the same token.
    print_owner(&client).await?;
    create_group(&client).await?;
    Ok(())
}

/// A read. Path parameters are the fields of a struct, so that none is taken for another.
async fn print_owner(client: &Client) -> Result<(), conductorone::Error> {
    let response = client
        .connector_owners_v2()
        .get_user_owner(GetUserOwnerParams {
            app_id: "acme-directory",
            connector_id: "ldap",
            role_slug: "owner",
            user_ref_id: "zoe",
        })
        .send()
        .await?;
    println!("{} from {}", response.status(), client.server());

    // No field of an answer is certain to be there, so each is an `Option`.
    let Some(user) = response.into_inner().connector_owner_user.and_then(|owner| owner.user) else {
        return Ok(());
    };
    println!("owner    {}", user.display_name.unwrap_or_default());
    println!("emails   {}", user.emails.unwrap_or_default().join(", "));
    let status = match user.status {
        Some(UserStatus::Enabled) => "may sign in",
        Some(UserStatus::Disabled | UserStatus::Deleted) => "may not sign in",
        // An enum is open: the server may have more values than this crate knows.
        Some(_) | None => "not known",
    };
    println!("status   {status}");
    Ok(())
}

/// A write. Fields that are not set are not sent.
async fn create_group(client: &Client) -> Result<(), conductorone::Error> {
    let group = CreateManuallyManagedAppResourceRequest::new("On-call group")
        .with_description("Those who are called at night")
        .with_resource_owner_user_ids(["zoe".to_owned()]);
    let response = client
        .app_resource()
        .create_manually_managed_app_resource(CreateManuallyManagedAppResourceParams {
            app_id: "acme-directory",
            app_resource_type_id: "group",
        })
        .body(group)
        .send()
        .await?;

    if let Some(resource) = response.into_inner().app_resource {
        println!("created  {}", resource.display_name.unwrap_or_default());
        println!("grants   {}", resource.grant_count.unwrap_or_default()); // an i64
        if let Some(created_at) = resource.created_at {
            println!("since    {created_at}"); // a timestamp, to the nanosecond
        }
    }
    Ok(())
}
