//! What the tests share: clients of a test server, and what an error shows.

use std::sync::{Arc, Mutex};

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use conductorone::models::app::v2::GetConnectorUserOwnerResponse;
use conductorone::runtime::NoBody;
use conductorone::{Client, ClientBuilder, Credentials, Request, RetryPolicy};

pub(crate) use crate::support::scan::shown;
use crate::support::scan::debugs;
use crate::support::{Reply, Server};

/// The token of a client that is given one.
pub(crate) const BEARER: &str = "access-token-7c41";

/// A builder of a client without retries, so that each test sees what it asked for.
pub(crate) fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url()).retry(RetryPolicy::never())
}

/// A client that needs no sign-in.
pub(crate) fn client(server: &Server) -> Client {
    builder(server).auth(Credentials::bearer(BEARER)).build().unwrap()
}

/// A server that answers what it is told, and a client of it, for tests of many answers: to make a
/// client takes longer than a call, because it loads the root certificates.
pub(crate) struct Stage {
    pub(crate) client: Client,
    pub(crate) server: Server,
    reply: Arc<Mutex<Reply>>,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let reply = Arc::new(Mutex::new(Reply::json(200, "{}")));
        let next = Arc::clone(&reply);
        let server = Server::start(move |_, _| next.lock().unwrap().clone()).await;
        Self { client: client(&server), server, reply }
    }

    /// What the server answers from now on.
    pub(crate) fn reply(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
    }
}

/// One call, where it does not matter which.
pub(crate) fn get_user_owner(client: &Client) -> Request<NoBody, GetConnectorUserOwnerResponse> {
    debugs(debugs(client).connector_owners_v2().get_user_owner(GetUserOwnerParams {
        app_id: "app-1",
        connector_id: "connector-1",
        role_slug: "owner",
        user_ref_id: "user-1",
    }))
}


