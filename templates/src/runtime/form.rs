// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Bodies of `application/x-www-form-urlencoded`.

use serde::Serialize;

use super::tree::{self, Tree};
use super::{Error, Request, Style};

impl<B, T> Request<B, T> {
    /// A body of `application/x-www-form-urlencoded`: the members of an object as pairs, those that
    /// `styles` names in their style.
    ///
    /// A member that it does not name is sent as OpenAPI 3.1.1, section 4.8.15, has it: a list as
    /// a pair for each member, an object as its JSON text.
    pub fn form(mut self, body: &impl Serialize, styles: &[(&'static str, Style)]) -> Self {
        let media_type = "application/x-www-form-urlencoded";
        match tree::of(body).map(|body| pairs(&body, styles)) {
            Ok(Ok(pairs)) => self.prepared.raw_body(media_type, pairs.join("&").into()),
            Ok(Err(error)) => self.prepared.fail(error),
            Err(error) => self.prepared.unwritable_body(error),
        }
        self
    }
}

fn pairs(body: &Tree, styles: &[(&'static str, Style)]) -> Result<Vec<String>, Error> {
    let members = match body {
        Tree::Object(members) => members.as_slice(),
        Tree::Leaf(serde_json::Value::Null) => &[],
        Tree::Leaf(_) | Tree::List(_) => {
            return Err(Error::build("a form is written from an object only"));
        }
    };
    let mut pairs = Vec::with_capacity(members.len());
    for (name, member) in members {
        let named = styles.iter().find(|(known, _)| known == name).map(|(_, style)| *style);
        let style = named.unwrap_or(match member {
            Tree::Object(_) => Style::JSON,
            Tree::Leaf(_) | Tree::List(_) => Style::FORM.exploded(),
        });
        let written = style.pairs(name, member).map_err(|error| {
            Error::build_from(format!("the field `{name}` of the form cannot be written"), error)
        });
        pairs.extend(written?);
    }
    Ok(pairs)
}
