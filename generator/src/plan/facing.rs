//! What the client has beyond the runtime's: servers, their variables, and API keys.

use super::{Docs, Location, Name, Requirements};

/// What the client knows without being told.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The URL template of the first server.
    pub server: Option<String>,
    /// The names and defaults of its variables, and of those that only operations have.
    pub defaults: Vec<(String, Option<String>)>,
    /// The variables of all servers, which the builder sets.
    pub variables: Vec<ServerVariable>,
    /// The token URL, absolute or relative to the server.
    pub token_url: Option<String>,
    /// The API keys.
    pub keys: Vec<ApiKey>,
    /// What operations want that say nothing else, where there are API keys.
    pub requirements: Requirements,
    /// The servers to choose from, where there are several.
    pub servers: Vec<Server>,
}

/// A server of the document.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its variant.
    pub name: Name,
    /// Its URL template.
    pub url: String,
    /// The names and defaults of its variables, and of those that only operations have.
    pub defaults: Vec<(String, Option<String>)>,
    /// Its documentation.
    pub docs: Docs,
}

/// A security scheme that is an API key.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// The builder's method.
    pub name: Name,
    /// The name of the scheme.
    pub scheme: String,
    /// Where the key goes.
    pub location: Location,
    /// The name that it has there.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
}

/// A variable of the server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// The builder's method.
    pub name: Name,
    /// Its name in the template.
    pub wire: String,
    /// The enum of its values, where the document lists them.
    pub choice: Option<VariableChoice>,
    /// Its documentation.
    pub docs: Docs,
}

/// The values of a server variable.
#[derive(Clone, Debug)]
pub struct VariableChoice {
    /// The enum.
    pub name: Name,
    /// Its variants, with their values.
    pub variants: Vec<(Name, String)>,
}
