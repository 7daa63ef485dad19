//! The defaults of fields as expressions, in the table and in `new`.

use proc_macro2::TokenStream;

use super::tokens::{Place, Uses, literal};
use crate::plan::{Constant, RustType};

/// Takes note of what an expression names.
pub(super) fn add_uses(constant: &Constant, uses: &mut Uses<'_>) {
    uses.add_parts(["defaults"]);
    match constant {
        Constant::Variant(path, _) => uses.add(&RustType::Model(path.clone())),
        Constant::List(items) => items.iter().for_each(|item| add_uses(item, uses)),
        Constant::Plain(_) | Constant::Text(_) | Constant::Empty => {}
    }
}

/// The expression of a field's type, as it stands in a table.
pub(super) fn text(constant: &Constant, ty: &RustType, place: &Place<'_>) -> String {
    match constant {
        Constant::Plain(text) => text.clone(),
        Constant::Text(text) => format!("{}.into()", literal(text)),
        Constant::Variant(path, name) => {
            format!("{}::{name}", place.text(&RustType::Model(path.clone())))
        }
        Constant::Empty => match ty {
            // The names of an alias and of `Map` need no generics.
            RustType::Model(_) | RustType::JsonMap => format!("{}::new()", place.text(ty)),
            RustType::Map(_) => format!("{}::new()", place.prelude("BTreeMap")),
            _ => format!("{}::new()", place.prelude("Vec")),
        },
        Constant::List(items) => {
            let items: Vec<String> = items.iter().map(|item| text(item, ty, place)).collect();
            format!("vec![{}]", items.join(", "))
        }
    }
}

/// The same as tokens.
pub(super) fn value(constant: &Constant, ty: &RustType, place: &Place<'_>) -> TokenStream {
    // Literals and checked names; should one be broken, parsing the file tells.
    text(constant, ty, place).parse().unwrap_or_default()
}
