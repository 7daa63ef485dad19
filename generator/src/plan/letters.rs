//! Whether a crate has names with letters that are not ASCII.

use super::{Alphabet, Client, Group, Item, Method, Module, Name, Webhook};

/// The letters of all names. Modules are ASCII, and what is made of a name has its letters.
pub(super) fn alphabet(
    models: &Module,
    groups: &[Group],
    webhooks: &[Webhook],
    client: &Client,
) -> Alphabet {
    let variables = client.variables.iter().map(|variable| &variable.name);
    let choices = client.variables.iter().filter_map(|variable| variable.choice.as_ref());
    let values = choices.flat_map(|choice| choice.variants.iter().map(|(name, _)| name));
    let servers = client.servers.iter().map(|server| &server.name);
    let mut is_plain = true;
    models.visit(&[], &mut |_, item| is_plain &= item_is_ascii(item));
    let plain = variables.chain(values).chain(servers).all(is_ascii)
        && webhooks.iter().all(|webhook| is_ascii(&webhook.name))
        && groups.iter().all(group_is_ascii)
        && is_plain;
    if plain { Alphabet::Ascii } else { Alphabet::Unicode }
}

fn group_is_ascii(group: &Group) -> bool {
    is_ascii(&group.name)
        && group.methods.iter().all(method_is_ascii)
        && group.items.iter().all(item_is_ascii)
}

fn method_is_ascii(method: &Method) -> bool {
    let mut arguments = method.required.iter().chain(&method.optional);
    let mut headers = method.headers.iter().flat_map(|headers| &headers.fields);
    is_ascii(&method.name)
        && arguments.all(|argument| is_ascii(&argument.name))
        && headers.all(|header| is_ascii(&header.name))
}

fn item_is_ascii(item: &Item) -> bool {
    match item {
        Item::Struct(item) => {
            let mut groups = item.oneof_groups.iter();
            is_ascii(&item.name)
                && item.fields.iter().all(|field| is_ascii(&field.name))
                && groups.all(|group| is_ascii(&group.name))
        }
        Item::Union(item) => {
            is_ascii(&item.name) && item.variants.iter().all(|one| is_ascii(&one.name))
        }
        Item::Enum(item) => {
            is_ascii(&item.name) && item.variants.iter().all(|one| is_ascii(&one.name))
        }
        Item::Alias(item) => is_ascii(&item.name),
    }
}

fn is_ascii(name: &Name) -> bool {
    name.as_str().is_ascii()
}
