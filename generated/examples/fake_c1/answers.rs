//! What the small C1 answers to those who are signed in.

use serde_json::{Value, json};

use super::{Answer, Request};

#[derive(Default)]
pub(super) struct Answers {
    /// How often `busy` was asked for.
    busy: u32,
    /// How often `newcomer` was asked for.
    newcomer: u32,
}

impl Answers {
    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        let path: Vec<&str> = request.path.trim_start_matches('/').split('/').collect();
        match (&*request.method, path.as_slice()) {
            ("POST", ["api", "v1", "apps", app, "resource_types", kind, "resources"]) => {
                create(app, kind, &request.body)
            }
            ("GET", ["api", "v2", "apps", app, "connectors", connector, "owners", "users", role, user]) => {
                self.owner(app, connector, role, user)
            }
            _ => error("404 Not Found", "", 5, "no such path"),
        }
    }

    fn owner(&mut self, app: &str, connector: &str, role: &str, user: &str) -> Answer {
        let count = match user {
            "busy" => &mut self.busy,
            "newcomer" => &mut self.newcomer,
            "zoe" => return owner(app, connector, role, user),
            _ => return no_owner(),
        };
        *count += 1;
        match (user, *count) {
            ("busy", 1) => {
                error("429 Too Many Requests", "retry-after: 1\r\n", 8, "too many requests")
            }
            ("newcomer", 1 | 2) => no_owner(),
            _ => owner(app, connector, role, user),
        }
    }
}

pub(super) fn not_signed_in() -> Answer {
    error("401 Unauthorized", "", 16, "not signed in")
}

fn no_owner() -> Answer {
    error("404 Not Found", "", 5, "no such owner")
}

/// An error in the form of `google.rpc.Status`.
fn error(status: &'static str, headers: &'static str, code: i32, message: &str) -> Answer {
    Answer(status, headers, json!({"code": code, "message": message, "details": []}))
}

/// As C1 does, with a value for what is not set: null, zero or an empty text.
fn create(app: &str, kind: &str, body: &[u8]) -> Answer {
    let wanted: Value = serde_json::from_slice(body).unwrap_or_default();
    let name = wanted["displayName"].as_str().unwrap_or_default();
    if name.is_empty() {
        return error("400 Bad Request", "", 3, "displayName is required");
    }
    let resource = json!({
        "appId": app,
        "appResourceTypeId": kind,
        "id": "2YcXvNewResource",
        "displayName": name,
        "description": wanted["description"].as_str().unwrap_or_default(),
        "grantCount": "0",
        "createdAt": "2024-11-05T16:21:09.482913375Z",
        "deletedAt": null,
        "secretTrait": null,
    });
    Answer("200 OK", "", json!({"appResource": resource}))
}

fn owner(app: &str, connector: &str, role: &str, user: &str) -> Answer {
    let owner = json!({
        "appId": app,
        "connectorId": connector,
        "roleSlug": role,
        "user": {
            "id": user,
            "displayName": "Zoë Ångström",
            "emails": ["zoe@acme.example"],
            "status": "ENABLED",
            "deletedAt": null,
        },
    });
    Answer("200 OK", "", json!({"connectorOwnerUser": owner}))
}
