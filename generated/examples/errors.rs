//! What can go wrong, and what it looks like: an answer that is an error, a request that cannot be
//! sent, a server that is not there, and one that is busy. Runs against a small C1 on this machine.
//!
//! ```sh
//! cargo run -p conductorone --example errors
//! ```

mod fake_c1;

use std::error::Error as StdError;
use std::time::Duration;

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::models::app::v2::GetConnectorUserOwnerResponse;
use conductorone::models::google::rpc::Status;
use conductorone::{Client, Credentials, Error, Response, RetryPolicy};

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let c1 = fake_c1::start()?;
    let credentials = Credentials::from_client_id_and_secret(c1.client_id, c1.client_secret)?;
    let client = Client::builder().base_url(c1.url).auth(credentials.clone()).build()?;

    tell("nobody", owner(&client, "nobody").await);
    tell("no user at all", owner(&client, "").await);

    // A `429` is tried again, when the server says so.
    tell("busy", owner(&client, "busy").await);

    // Nothing listens on this port.
    let nowhere = Client::builder()
        .base_url("http://127.0.0.1:1")
        .auth(Credentials::bearer("token"))
        .retry(RetryPolicy::new().with_attempts(2))
        .timeout(Duration::from_secs(10))
        .build()?;
    tell("no server", owner(&nowhere, "zoe").await);
    Ok(())
}

async fn owner(
    client: &Client,
    user_ref_id: &str,
) -> Result<Response<GetConnectorUserOwnerResponse>, Error> {
    client
        .connector_owners_v2()
        .get_user_owner(GetUserOwnerParams {
            app_id: "acme-directory",
            connector_id: "ldap",
            role_slug: "owner",
            user_ref_id,
        })
        .send()
        .await
}

/// One arm for each thing that a program does about an error. No secret is in what is printed.
fn tell(case: &str, outcome: Result<Response<GetConnectorUserOwnerResponse>, Error>) {
    print!("{case}: ");
    match outcome {
        Ok(response) => println!("{}", response.status()),
        // What is not there is often no error to the caller.
        Err(error) if error.is_not_found() => {
            println!("not there");
            // The body as the document describes it.
            if let Some(status) = error.as_api().and_then(|error| error.body::<Status>()) {
                println!("  gRPC code  {}", status.code.unwrap_or_default());
            }
            println!("  request    {}", error.request_id().unwrap_or("not named"));
        }
        // Any other status; `retry_after` is there where the server asks for a wait.
        Err(error @ Error::Api(_)) => println!("{error} (retry after {:?})", error.retry_after()),
        // The program is wrong: nothing was sent.
        Err(Error::Build(error)) => println!("{error}"),
        // Who calls must sign in again, or is told why a token could not be had.
        Err(Error::Auth(error)) => println!("{error}"),
        // The server or the way to it; these were tried again already where that is safe.
        Err(error @ (Error::Transport(_) | Error::Timeout(_))) => println!("{error}"),
        // The answer is not what the document says, with the path of the JSON value that is not.
        Err(Error::Decode(error)) => println!("{error}, at {:?}", error.path()),
        Err(other) => println!("{other}"),
    }
}
