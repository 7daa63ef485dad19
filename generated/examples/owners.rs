//! A first run that needs no account: creates a resource, looks up an owner, and asks for one who
//! is not there. The server is a small stand-in for C1 on this machine; see the end of the file.
//!
//! ```sh
//! cargo run -p conductorone --example owners
//! ```

use std::error::Error;

use conductorone::api::app_resource::CreateManuallyManagedAppResourceParams;
use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::models::app::v1::CreateManuallyManagedAppResourceRequest;
use conductorone::models::google::rpc::Status;
use conductorone::models::user::v1::UserStatus;
use conductorone::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tenant = stand_in::start()?;
    let (client_id, client_secret) = stand_in::credentials()?;

    // With an account, the id and the secret are in the environment, and the id names the server:
    // `Client::builder().auth(Credentials::from_env()?).build()?`
    let credentials = Credentials::from_client_id_and_secret(client_id, client_secret)?;
    let client = Client::builder().base_url(&tenant).auth(credentials).build()?;
    println!("Talking to {}\n", client.server());

    // The first call signs in, and the others use the same token.
    create_group(&client).await?;
    print_owner(&client, "zoe").await?;
    print_owner(&client, "nobody").await?;
    Ok(())
}

/// Creates a resource. Fields that are not set are not sent.
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

    // No field of an answer is certain to be there, so each is an `Option`.
    if let Some(resource) = response.into_inner().app_resource {
        println!("Created {:?}", resource.display_name.unwrap_or_default());
        println!("  id      {}", resource.id.unwrap_or_default());
        println!("  grants  {}", resource.grant_count.unwrap_or_default()); // an i64
        if let Some(created_at) = resource.created_at {
            println!("  since   {created_at}"); // a timestamp, to the nanosecond
        }
    }
    Ok(())
}

/// Looks up a user as an owner of a connector. One who owns nothing is no reason to fail.
async fn print_owner(client: &Client, user_id: &str) -> Result<(), conductorone::Error> {
    let lookup = client.connector_owners_v2().get_user_owner(GetUserOwnerParams {
        app_id: "acme-directory",
        connector_id: "ldap",
        role_slug: "owner",
        user_ref_id: user_id,
    });

    println!("\nDoes {user_id} own the connector?");
    let response = match lookup.send().await {
        Ok(response) => response,
        Err(error) if error.is_not_found() => {
            println!("  No: {error}");
            if let Some(status) = error.as_api().and_then(|error| error.body::<Status>()) {
                println!("  gRPC code  {}", status.code.unwrap_or_default());
            }
            println!("  request    {}", error.request_id().unwrap_or("not named"));
            return Ok(());
        }
        Err(error) => return Err(error),
    };

    if let Some(user) = response.connector_owner_user.as_ref().and_then(|owner| owner.user.as_ref())
    {
        println!("  Yes: {}", user.display_name.as_deref().unwrap_or("someone without a name"));
        println!("  emails     {}", user.emails.as_deref().unwrap_or_default().join(", "));
        let status = match &user.status {
            Some(UserStatus::Enabled) => "may sign in",
            Some(UserStatus::Disabled | UserStatus::Deleted) => "may not sign in",
            // An enum is open: the server may have more values than this crate knows.
            Some(_) | None => "not known",
        };
        println!("  status     {status}");
    }
    Ok(())
}

/// What stands in for C1 here. It believes everyone who shows up with the right form; C1 itself
/// verifies the signature.
mod stand_in {
    use std::error::Error;
    use std::io::{self, BufRead, BufReader, Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ed25519_dalek::SigningKey;
    use serde_json::{Value, json};

    /// A client id, and a client secret with a fresh key.
    pub fn credentials() -> Result<(&'static str, String), Box<dyn Error>> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        let public = SigningKey::from_bytes(&seed).verifying_key();
        let key = json!({
            "kty": "OKP",
            "crv": "Ed25519",
            "x": URL_SAFE_NO_PAD.encode(public.as_bytes()),
            "d": URL_SAFE_NO_PAD.encode(seed),
        });
        let key = URL_SAFE_NO_PAD.encode(key.to_string());
        let secret = format!("secret-token:conductorone.com:v1:{key}");
        Ok(("curious-lynx-54321@acme.conductor.one/pcc", secret))
    }

    /// Serves on a free port until the program ends, and returns the server's URL.
    pub fn start() -> io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that went away is no reason to stop.
                let _ = stream.and_then(serve);
            }
        });
        Ok(url)
    }

    /// Answers the one request of a connection.
    fn serve(mut stream: TcpStream) -> io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            head.push(line.trim().to_ascii_lowercase());
        }
        let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name));
        let length = header("content-length: ").and_then(|text| text.parse().ok());
        let mut body = Vec::new();
        lines.take(length.unwrap_or(0)).read_to_end(&mut body)?;

        let (status, answer) = match head.first().map(String::as_str).unwrap_or_default() {
            line if line.starts_with("post /auth/v1/token ") => ("200 OK", token()),
            _ if header("authorization: ") != Some("bearer demo-token") => {
                ("401 Unauthorized", json!({"code": 16, "message": "not signed in"}))
            }
            line if line.starts_with("post ") => ("200 OK", resource(&body)),
            line if line.contains("/owners/users/owner/zoe ") => ("200 OK", owner()),
            _ => ("404 Not Found", json!({"code": 5, "message": "no such owner", "details": []})),
        };
        let answer = answer.to_string();
        write!(
            stream,
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nx-request-id: demo-42\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{answer}",
            answer.len(),
        )
    }

    fn token() -> Value {
        json!({"access_token": "demo-token", "token_type": "Bearer", "expires_in": 600})
    }

    /// As C1 does, with a value for what is not set: null, zero or an empty text.
    fn resource(body: &[u8]) -> Value {
        let wanted: Value = serde_json::from_slice(body).unwrap_or_default();
        json!({"appResource": {
            "id": "2YcXvNewResource",
            "displayName": wanted["displayName"],
            "description": wanted["description"],
            "grantCount": "0",
            "createdAt": "2024-11-05T16:21:09.482913375Z",
            "deletedAt": null,
            "secretTrait": null,
        }})
    }

    fn owner() -> Value {
        json!({"connectorOwnerUser": {
            "appId": "acme-directory",
            "connectorId": "ldap",
            "roleSlug": "owner",
            "user": {
                "id": "zoe",
                "displayName": "Zoë Ångström",
                "emails": ["zoe@acme.example"],
                "status": "ENABLED",
                "deletedAt": null,
            },
        }})
    }
}
