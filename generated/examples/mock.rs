//! A test of code that calls the API, without a server: answers come from memory.
//!
//! ```sh
//! cargo run -p conductorone --example mock
//! ```

use std::error::Error;
use std::sync::Arc;

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::mock::{MockAnswer, MockTransport};
use conductorone::models::app::v2::{ConnectorOwnerUser, GetConnectorUserOwnerResponse};
use conductorone::{Client, Credentials};

const GET_USER_OWNER: &str = "c1.api.app.v2.ConnectorOwners.GetUserOwner";

/// What is tested: whether a user owns a connector.
async fn owns(client: &Client, user_ref_id: &str) -> Result<bool, conductorone::Error> {
    let request = client.connector_owners_v2().get_user_owner(GetUserOwnerParams {
        app_id: "acme-directory",
        connector_id: "ldap",
        role_slug: "owner",
        user_ref_id,
    });
    match request.send().await {
        Ok(response) => Ok(response.connector_owner_user.is_some()),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // An answer is any value that can be JSON: one of this crate's types, or what the server said.
    let mut owner = ConnectorOwnerUser::default();
    owner.role_slug = Some("owner".to_owned());
    let mut answer = GetConnectorUserOwnerResponse::default();
    answer.connector_owner_user = Some(owner);
    let mock = Arc::new(
        MockTransport::new()
            .expect(GET_USER_OWNER, MockAnswer::json(&answer))
            .expect(GET_USER_OWNER, MockAnswer::status(404)),
    );
    let client = Client::builder()
        .base_url("https://acme.conductor.one")
        .auth(Credentials::bearer("token"))
        .transport(Arc::clone(&mock))
        .build()?;

    assert!(owns(&client, "zoe").await?);
    assert!(!owns(&client, "nobody").await?);

    // Each answer was asked for, and this is what was sent.
    mock.assert_done();
    for request in mock.requests() {
        println!("{} {}", request.method(), request.uri());
    }

    // What nobody expects is an error that names it.
    if let Err(error) = owns(&client, "zoe").await {
        println!("{error}");
    }
    Ok(())
}
