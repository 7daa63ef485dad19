//! Changes of the client as a whole: signing in, servers, Cargo features, and the API's name.

use std::collections::BTreeSet;

use super::differ::{Differ, Scope, Verdict};
use super::{Build, Id, Running, Side, Thing};
use crate::plan::{ApiKey, Client, Crate, Features};

/// Compares what holds for all operations.
pub(super) fn client(differ: &mut Differ<'_>) {
    let (old, new) = (&differ.old.planned.krate, &differ.new.planned.krate);
    let (old, new): (&Crate, &Crate) = (old, new);
    keys(differ, &old.client, &new.client);
    servers(differ, &old.client, &new.client);
    variables(differ, &old.client, &new.client);
    features(differ, old.features.as_ref(), new.features.as_ref());
    let scope = everything(differ);
    if old.client.token_url != new.client.token_url {
        let shown = |url: &Option<String>| {
            url.as_ref().map_or_else(|| "nowhere".to_owned(), |url| format!("`{url}`"))
        };
        let message = format!(
            "tokens are fetched from {} now, and were from {}",
            shown(&new.client.token_url),
            shown(&old.client.token_url)
        );
        let running =
            if old.client.token_url.is_some() { Running::MayBreak } else { Running::Same };
        let things = (
            Some(whole("Client", &shown(&old.client.token_url))),
            Some(whole("Client", &shown(&new.client.token_url))),
        );
        let verdict = Verdict(Build::Docs, running);
        differ.note_things(Id::AuthTokenUrlChanged, verdict, &scope, things, message);
    }
    let name = |half: &super::half::Half<'_>| {
        format!("{} {}", half.planned.api.title, half.planned.api.version)
    };
    let (was, is) = (name(&differ.old), name(&differ.new));
    if was != is {
        let message = format!("the API is {is} now, and was {was}");
        let verdict = Verdict(Build::Docs, Running::Same);
        let things = (Some(whole("crate", &was)), Some(whole("crate", &is)));
        differ.note_things(Id::VersionChanged, verdict, &Scope::default(), things, message);
    }
}

/// A thing that no line stands for.
fn whole(path: &str, code: &str) -> Thing {
    Thing { path: path.to_owned(), code: code.to_owned(), ..Thing::default() }
}

/// All operations that are there now.
fn everything(differ: &Differ<'_>) -> Scope {
    let operations = differ.new.planned.api.operations.iter();
    let operations = operations.map(super::surface::operation_label).collect();
    Scope { side: Side::Both, operations }
}

/// The operations that name a security scheme, or get it from the whole document.
fn users(differ: &Differ<'_>, scheme: &str) -> Scope {
    let api = &differ.new.planned.api;
    let names = |ways: &Vec<Vec<String>>| ways.iter().flatten().any(|one| one == scheme);
    let operations = api
        .operations
        .iter()
        .filter(|one| names(one.requirements.as_ref().unwrap_or(&api.security.requirements)));
    let operations = operations.map(super::surface::operation_label).collect();
    Scope { side: Side::Request, operations }
}

fn keys(differ: &mut Differ<'_>, old: &Client, new: &Client) {
    let path = |key: &ApiKey| format!("ClientBuilder::{}", key.name);
    for key in &old.keys {
        let scope = users(differ, &key.scheme);
        let Some(now) = new.keys.iter().find(|now| now.scheme == key.scheme) else {
            let message = format!("the API key `{}` is gone", key.scheme);
            let verdict = Verdict(Build::Breaks, Running::Same);
            differ.note(Id::AuthSchemeRemoved, verdict, &scope, (&path(key), ""), message);
            continue;
        };
        let paths = (path(key), path(now));
        let paths = (paths.0.as_str(), paths.1.as_str());
        if key.location != now.location || key.wire != now.wire {
            let message = format!(
                "it is sent as `{}` in another place or under another name, and was as `{}`",
                now.wire, key.wire
            );
            let build = if key.name == now.name { Build::Same } else { Build::Breaks };
            let verdict = Verdict(build, Running::Breaks);
            differ.note(Id::AuthKeyChanged, verdict, &scope, paths, message);
        } else if key.name != now.name {
            let message = format!("its method is `{}` now, and was `{}`", now.name, key.name);
            let verdict = Verdict(Build::Breaks, Running::Same);
            differ.note(Id::AuthKeyChanged, verdict, &scope, paths, message);
        }
    }
    for key in new.keys.iter().filter(|key| !old.keys.iter().any(|one| one.scheme == key.scheme)) {
        let scope = users(differ, &key.scheme);
        let message = format!("the API key `{}` is new", key.scheme);
        let verdict = Verdict(Build::Adds, Running::Same);
        differ.note(Id::AuthSchemeAdded, verdict, &scope, ("", &path(key)), message);
    }
}

fn servers(differ: &mut Differ<'_>, old: &Client, new: &Client) {
    let scope = everything(differ);
    if old.server != new.server {
        let shown = |url: &Option<String>| {
            url.as_ref().map_or_else(|| "none".to_owned(), |url| format!("`{url}`"))
        };
        let (was, is) = (shown(&old.server), shown(&new.server));
        let message = format!("without another word, requests go to {is} now, and went to {was}");
        let verdict = Verdict(Build::Docs, Running::MayBreak);
        let things = (Some(whole("Client::builder", &was)), Some(whole("Client::builder", &is)));
        differ.note_things(Id::ServerChanged, verdict, &scope, things, message);
    }
    let path = |server: &crate::plan::Server| format!("server::Server::{}", server.name);
    for server in &old.servers {
        if !new.servers.iter().any(|now| now.name == server.name) {
            let message = format!("the server `{}` is gone", server.url);
            let verdict = Verdict(Build::Breaks, Running::MayBreak);
            let change =
                differ.note(Id::ServerRemoved, verdict, &scope, (&path(server), ""), message);
            change.items_before.push("server::Server".to_owned());
            if new.servers.is_empty() {
                change.items_before.push("ClientBuilder::server()".to_owned());
            }
        }
    }
    for server in &new.servers {
        match old.servers.iter().find(|one| one.name == server.name) {
            Some(was) if was.url != server.url => {
                let message = format!("its address is `{}` now, and was `{}`", server.url, was.url);
                let verdict = Verdict(Build::Docs, Running::MayBreak);
                let paths = (path(was), path(server));
                differ.note(Id::ServerChanged, verdict, &scope, (&paths.0, &paths.1), message);
            }
            Some(_) => {}
            None => {
                let message = format!("the server `{}` is new", server.url);
                let verdict = Verdict(Build::Adds, Running::Same);
                let change =
                    differ.note(Id::ServerAdded, verdict, &scope, ("", &path(server)), message);
                change.items_after.push("server::Server".to_owned());
                if old.servers.is_empty() {
                    change.items_after.push("ClientBuilder::server()".to_owned());
                }
            }
        }
    }
}

fn variables(differ: &mut Differ<'_>, old: &Client, new: &Client) {
    let scope = everything(differ);
    let path = |one: &crate::plan::ServerVariable| format!("ClientBuilder::{}", one.name);
    let values = |one: &crate::plan::ServerVariable| -> BTreeSet<String> {
        let choice = one.choice.iter().flat_map(|choice| &choice.variants);
        choice.map(|(_, value)| value.clone()).collect()
    };
    let default = |client: &Client, wire: &str| {
        client.defaults.iter().find(|(name, _)| name == wire).map(|(_, value)| value.clone())
    };
    for one in &old.variables {
        let before = path(one);
        let (verdict, after, message) = match new.variables.iter().find(|now| now.wire == one.wire)
        {
            None => (
                Verdict(Build::Breaks, Running::Same),
                String::new(),
                format!("the server variable `{}` is gone", one.wire),
            ),
            Some(now) => {
                let is_same = values(one) == values(now)
                    && default(old, &one.wire) == default(new, &now.wire)
                    && one.name == now.name;
                if is_same {
                    continue;
                }
                let fewer = values(one).difference(&values(now)).next().is_some();
                let other = one.choice.is_some() != now.choice.is_some();
                let build = if fewer || other || one.name != now.name {
                    Build::Breaks
                } else if values(one) == values(now) {
                    Build::Docs
                } else {
                    Build::Adds
                };
                let message = format!("the server variable `{}` has other values", one.wire);
                (Verdict(build, Running::MayBreak), path(now), message)
            }
        };
        let (was, is) = (choices(one), new.variables.iter().find(|now| now.wire == one.wire));
        let is = is.map(choices).unwrap_or_default();
        let change =
            differ.note(Id::ServerVariableChanged, verdict, &scope, (&before, &after), message);
        change.items_before.extend(was.difference(&is).cloned());
        change.items_after.extend(is.difference(&was).cloned());
    }
    for one in &new.variables {
        if !old.variables.iter().any(|was| was.wire == one.wire) {
            let message = format!("the server variable `{}` is new", one.wire);
            let verdict = Verdict(Build::Adds, Running::Same);
            let path = path(one);
            let change =
                differ.note(Id::ServerVariableChanged, verdict, &scope, ("", &path), message);
            change.items_after.extend(choices(one));
        }
    }
}

/// The paths of the enum of a variable's values.
fn choices(variable: &crate::plan::ServerVariable) -> BTreeSet<String> {
    let paths = variable.choice.iter().flat_map(|choice| {
        let path = format!("server::{}", choice.name);
        let values = choice.variants.iter().map(|(name, _)| format!("{path}::{name}"));
        values.chain([path.clone()]).collect::<Vec<_>>()
    });
    paths.collect()
}

fn features(differ: &mut Differ<'_>, old: Option<&Features>, new: Option<&Features>) {
    let list = |features: Option<&Features>| -> Vec<String> {
        let features = features.into_iter();
        features.flat_map(|one| one.groups.iter().chain(&one.levels)).cloned().collect()
    };
    let (was, is) = (list(old), list(new));
    let thing =
        |feature: &String| Some(whole(&format!("features::{feature}"), &format!("{feature} = []")));
    for feature in was.iter().filter(|one| !is.contains(one)) {
        let message = format!("the Cargo feature `{feature}` is gone");
        let verdict = Verdict(Build::Breaks, Running::Same);
        let scope = Scope::default();
        differ.note_things(Id::FeatureRemoved, verdict, &scope, (thing(feature), None), message);
    }
    for feature in is.iter().filter(|one| !was.contains(one)) {
        let message = format!("the Cargo feature `{feature}` is new");
        let verdict = Verdict(Build::Adds, Running::Same);
        let scope = Scope::default();
        differ.note_things(Id::FeatureAdded, verdict, &scope, (None, thing(feature)), message);
    }
}
