//! Ways to sign in: a client id with its secret, the environment, and a function of yours that
//! brings tokens. Runs against a small C1 on this machine.
//!
//! ```sh
//! cargo run -p conductorone --example sign_in
//! ```

mod fake_c1;

use std::error::Error;

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::{Client, Credentials, RequestOptions};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let c1 = fake_c1::start()?;
    let (id, secret) = (c1.client_id, c1.client_secret);

    // The secret is a key, which stays in this process: it signs an assertion for each token.
    let credentials = Credentials::from_client_id_and_secret(&id, secret.clone())?;
    let client = Client::builder().base_url(&c1.url).auth(credentials).build()?;
    println!("id and secret:   {}", call(&client, RequestOptions::new()).await?);

    // `Credentials::from_env()` is the same with the variables of the process. What they hold can also
    // come from a file or a vault. The server is the one that they name.
    let url = c1.url.clone();
    let credentials = Credentials::from_variables(move |name| match name {
        "CONDUCTORONE_CLIENT_ID" => Some(id.clone()),
        "CONDUCTORONE_CLIENT_SECRET" => Some(secret.clone()),
        "CONDUCTORONE_SERVER_URL" => Some(url.clone()),
        _ => None,
    })?;
    let client = Client::builder().auth(credentials).build()?;
    println!("environment:     {}", call(&client, RequestOptions::new()).await?);

    // Other credentials for one call, here a token that the server did not issue.
    let options = RequestOptions::new().auth(Credentials::bearer("not-a-token"));
    match call(&client, options).await {
        Err(error) if error.status().is_some_and(|status| status == 401) => {
            println!("another token:   {error}");
        }
        other => println!("unexpected:      {other:?}"),
    }

    // A key that is not the account's is refused by the token endpoint; nothing else is sent.
    let credentials = Credentials::from_client_id_and_secret(
        "curious-lynx-54321@acme.conductor.one/pcc",
        fake_c1::start()?.client_secret,
    )?;
    let client = Client::builder().base_url(c1.url).auth(credentials).build()?;
    match call(&client, RequestOptions::new()).await {
        Err(conductorone::Error::Auth(error)) => println!("another key:     {error}"),
        other => println!("unexpected:      {other:?}"),
    }
    Ok(())
}

async fn call(client: &Client, options: RequestOptions) -> Result<String, conductorone::Error> {
    let request = client.connector_owners_v2().get_user_owner(GetUserOwnerParams {
        app_id: "acme-directory",
        connector_id: "ldap",
        role_slug: "owner",
        user_ref_id: "zoe",
    });
    Ok(request.options(options).send().await?.status().to_string())
}
