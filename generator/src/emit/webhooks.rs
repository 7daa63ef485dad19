//! `webhooks.rs`: the types of what the API sends by itself.

use quote::quote;

use super::tokens::{Place, Uses, docs, ident};
use super::{Content, File, Part};
use crate::plan::{Crate, Path};

/// The module, where there is something in it.
pub(super) fn webhooks(krate: &Crate) -> Option<File> {
    let webhooks = &krate.webhooks;
    if webhooks.is_empty() {
        return None;
    }
    let local: Vec<Path> = webhooks
        .iter()
        .map(|webhook| Path { modules: Vec::new(), name: webhook.name.clone() })
        .collect();
    let place = Place::new(&[], &local);
    let mut uses = Uses::new(&place);
    for webhook in webhooks {
        uses.add(&webhook.ty);
    }
    let (standard, own) = (uses.standard(), uses.own());
    let aliases = webhooks.iter().map(|webhook| {
        let (docs, name) = (docs(&webhook.docs), ident(&webhook.name));
        let ty = place.ty(&webhook.ty);
        Part::Items(quote!(#docs pub type #name = #ty;))
    });
    let mut parts = vec![
        Part::Items(quote! {
            #![doc = " What the API sends to its users: the bodies of webhooks and callbacks."]
            #![doc = ""]
            #![doc = " Receiving them is up to a server of the user's choice, and so is checking that they come"]
            #![doc = " from the API; [`read`] makes a value of a body."]
        }),
        Part::Items(quote!(#standard use serde::de::DeserializeOwned;)),
        Part::Items(own),
        Part::Items(quote! {
            /// Reads the body of a request that the API made.
            ///
            /// # Errors
            /// Where it is not JSON, or not of this type.
            pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
                serde_json::from_slice(body)
            }
        }),
    ];
    parts.extend(aliases);
    Some(File { path: "src/webhooks.rs".to_owned(), content: Content::Rust(parts) })
}
