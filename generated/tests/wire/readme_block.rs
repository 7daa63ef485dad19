//! The block of README.md that shows a call, word for word.

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::{Client, Credentials, Error};

async fn owner(app_id: &str, connector_id: &str, user_id: &str) -> Result<(), Error> {
    // CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET, or a token; see `conductorone::c1`.
    let client = Client::builder().auth(Credentials::from_env()?).build()?;

    let response = client
        .connector_owners_v2()
        .get_user_owner(GetUserOwnerParams {
            app_id,
            connector_id,
            role_slug: "owner",
            user_ref_id: user_id,
        })
        .send()
        .await?;

    if let Some(owner) = &response.connector_owner_user {
        println!("{:?} since {:?}", owner.user, owner.created_at);
    }
    Ok(())
}
