//! Changes of what `generator.yaml` alone says: the package, and modules that no document asks for.
//! What else it chooses shows in names and types, whose entries have other ids.

use super::differ::{Differ, Scope, Verdict};
use super::{Build, Cause, Id, Running, Thing};
use crate::config::Package;
use crate::plan::Crate;

/// Compares the choices.
pub(super) fn choices(differ: &mut Differ<'_>) {
    let (old, new) = (&differ.old.planned.krate, &differ.new.planned.krate);
    let (was, is) = (modules(old), modules(new));
    for module in was.iter().filter(|module| !is.contains(module)) {
        let message = "what `generator.yaml` asked for is gone";
        note(differ, Build::Breaks, (Some(module), None), message);
    }
    for module in is.iter().filter(|module| !was.contains(module)) {
        let message = "`generator.yaml` asks for it now";
        note(differ, Build::Adds, (None, Some(module)), message);
    }
    package(differ, &old.package, &new.package);
}

/// What is in a crate because of a choice.
fn modules(krate: &Crate) -> Vec<Thing> {
    let modules = krate.modules.iter().map(|module| Thing {
        path: module.clone(),
        code: format!("pub mod {module};"),
        wire: "`modules`".to_owned(),
        ..Thing::default()
    });
    let key = krate.private_key_jwt.then(|| Thing {
        path: "runtime::PrivateKeyJwt".to_owned(),
        code: "pub struct PrivateKeyJwt".to_owned(),
        wire: "`private_key_jwt`".to_owned(),
        ..Thing::default()
    });
    modules.chain(key).collect()
}

fn package(differ: &mut Differ<'_>, old: &Package, new: &Package) {
    let line = |key: &str, value: &str| Thing {
        path: format!("package.{key}"),
        code: format!("{key}: {value}"),
        wire: format!("`package.{key}`"),
        ..Thing::default()
    };
    if old.name != new.name {
        let things = (line("name", &old.name), line("name", &new.name));
        let message = "every path of the crate begins with another name";
        note(differ, Build::Breaks, (Some(&things.0), Some(&things.1)), message);
    }
    let (was, is) = (&old.rust_version, &new.rust_version);
    if was.as_deref().map(parts) != is.as_deref().map(parts) {
        // None is older than any.
        let is_raised = was.as_deref().map(parts) < is.as_deref().map(parts);
        let (build, message) = if is_raised {
            (Build::MayBreak, "the crate asks for a newer compiler")
        } else {
            (Build::Docs, "an older compiler will do")
        };
        let thing =
            |version: &Option<String>| version.as_ref().map(|one| line("rust_version", one));
        note(differ, build, (thing(was).as_ref(), thing(is).as_ref()), message);
    }
    if old.license != new.license {
        let license = |package: &Package| package.license.as_ref().map(|one| line("license", one));
        let things = (license(old), license(new));
        note(differ, Build::Docs, (things.0.as_ref(), things.1.as_ref()), "the licence is another");
    }
}

/// The numbers of a version, `1.89` or `1.89.0`, which are the same.
fn parts(version: &str) -> Vec<u64> {
    let parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut parts: Vec<u64> = parts.collect();
    parts.resize(3, 0);
    parts
}

fn note(
    differ: &mut Differ<'_>,
    build: Build,
    (before, after): (Option<&Thing>, Option<&Thing>),
    message: &str,
) {
    let things = (before.cloned(), after.cloned());
    let verdict = Verdict(build, Running::Same);
    let change = differ.note_things(Id::ConfigChanged, verdict, &Scope::default(), things, message);
    change.cause = Cause::Config;
}
