//! The public face of a crate, one line a thing: what a caller can name, and how it reads.
//!
//! Lines are what a change is shown by, and what the closed loop is about: each line that is gone or
//! reads differently belongs to an entry. Groups and methods come first, then models, as they stand.

mod lines;
mod methods;
mod models;

pub(super) use lines::{Kind, Line, Owner, Surface};
pub(super) use methods::{BodyPlace, answer, body_argument, held, module, part_type, rust_types};
pub(super) use models::{field_code, label, operation as operation_label};

use super::{Planned, rust};
use crate::plan::{Crate, Name, joined};

/// Lists the public face of a crate.
pub(super) fn surface(planned: &Planned) -> Surface {
    let Planned { api, krate, wording: _ } = planned;
    let mut surface = Surface::default();
    client(krate, &mut surface);
    for group in &krate.groups {
        methods::group(group, api, &mut surface);
    }
    krate.models.visit(&krate.models_path, &mut |modules, item| {
        models::item(item, &joined(modules), api, &mut surface);
    });
    for webhook in &krate.webhooks {
        let mut line = Line::new(Kind::Alias, format!("webhooks::{}", webhook.name));
        let ty = rust::text(&webhook.ty, &rust::as_is);
        line.code = format!("pub type {} = {ty};", webhook.name);
        line.wire = format!("the payload of a webhook, `{}`", webhook.name);
        rust::named(&webhook.ty, &mut line.names);
        surface.add(line.docs(&webhook.docs));
    }
    surface
}

fn client(krate: &Crate, surface: &mut Surface) {
    let client = &krate.client;
    let builder = |name: &Name, code: String, wire: String| {
        let mut line = Line::new(Kind::Function, format!("ClientBuilder::{name}"));
        line.code = code;
        line.wire = wire;
        line
    };
    for key in &client.keys {
        let code = format!("pub fn {}(self, key: impl Into<SecretString>) -> Self", key.name);
        let wire = format!("the security scheme `{}`", key.scheme);
        surface.add(builder(&key.name, code, wire).docs(&key.docs));
    }
    for variable in &client.variables {
        let value = variable.choice.as_ref().map_or_else(
            || "impl Into<String>".to_owned(),
            |choice| format!("server::{}", choice.name),
        );
        let code = format!("pub fn {}(self, value: {value}) -> Self", variable.name);
        let wire = format!("the server variable `{}`", variable.wire);
        let mut line = builder(&variable.name, code, wire.clone()).docs(&variable.docs);
        if let Some(choice) = &variable.choice {
            let path = format!("server::{}", choice.name);
            line.names.push(path.clone());
            let mut whole = Line::new(Kind::Type, path.clone());
            whole.code = format!("pub enum {}", choice.name);
            whole.wire.clone_from(&wire);
            surface.add(whole);
            for (name, value) in &choice.variants {
                let mut variant = Line::new(Kind::Variant, format!("{path}::{name}"));
                variant.code = name.to_string();
                variant.wire = format!("the value `{value}` of {wire}");
                surface.add(variant);
            }
        }
        surface.add(line);
    }
    if !client.servers.is_empty() {
        let setter = "pub fn server(self, server: server::Server) -> Self";
        let lines = [
            (Kind::Type, "server::Server", "pub enum Server"),
            (Kind::Function, "ClientBuilder::server", setter),
        ];
        for (kind, path, code) in lines {
            let (code, wire) = (code.to_owned(), "`servers`".to_owned());
            surface.add(Line { code, wire, ..Line::new(kind, path.to_owned()) });
        }
    }
    for server in &client.servers {
        let mut line = Line::new(Kind::Variant, format!("server::Server::{}", server.name));
        line.code = server.name.to_string();
        line.wire = format!("the server `{}`", server.url);
        surface.add(line.docs(&server.docs));
    }
}
