// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Credentials, and where they come from.
//!
//! [`ClientBuilder::auth`](crate::ClientBuilder::auth) takes [`Credentials`](crate::Credentials);
//! [`anonymous`](crate::ClientBuilder::anonymous) says that there are none, and a client that was told
//! neither does not send what needs one. A token that was fetched elsewhere is sent as it is:
//!
//! ```no_run
//! use conductorone::{Client, Credentials};
//!
//! # fn example(token: String) -> Result<(), conductorone::Error> {
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .auth(Credentials::bearer(token))
//!     .build()?;
//! # let _ = client;
//! # Ok(()) }
//! ```
//!
//! With OAuth 2.0 client credentials, the client fetches its tokens: one for all callers, replaced shortly
//! before its end by one of them, and once more when the server refuses it.
//!
//! ```no_run
//! use conductorone::Client;
//! use conductorone::runtime::{ClientAuthentication, ClientCredentials};
//!
//! # fn example(secret: String) -> Result<(), conductorone::Error> {
//! let secret = ClientAuthentication::SecretBasic(secret.into());
//! let credentials = ClientCredentials::new("my-client", secret)
//!     .token_url("https://login.example.com/oauth2/token")
//!     .scope("read");
//! let client =
//!     Client::builder().base_url("https://api.example.com").auth(credentials).build()?;
//! # let _ = client;
//! # Ok(()) }
//! ```
//!
//! A function of yours can bring them as well, such as one that asks a vault. It is called when there is
//! none that can still be used, by one caller at a time:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use conductorone::Credentials;
//! use conductorone::runtime::AccessToken;
//!
//! # async fn lease() -> Result<String, std::io::Error> { Ok(String::new()) }
//! let credentials = Credentials::function(|| async {
//!     let token = lease().await?;
//!     Ok(AccessToken::bearer(token).expires_in(Duration::from_secs(600)))
//! });
//! # let _ = credentials;
//! ```
//!
//! API keys go in by the scheme's name in the document, with
//! [`ClientBuilder::api_key`](crate::ClientBuilder::api_key). Where one call needs others than the client's,
//! [`RequestOptions::auth`](crate::RequestOptions::auth) and
//! [`RequestOptions::api_key`](crate::RequestOptions::api_key) take them; a clone of the same `Credentials`
//! shares its tokens.
//!
//! Secrets are in no `Debug`, error or log of this crate, and are wiped from memory when they are dropped.
//! They go to the client's own server and its token endpoint alone: a redirect to another is an error.
