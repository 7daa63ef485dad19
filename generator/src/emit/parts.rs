//! The parts of the runtime that a crate has only where its document has a use for them.

use std::collections::BTreeSet;

use oasmith_templates::{MODULE_PARTS, PARTS};

use super::tokens::{Place, Uses};
use super::{answer, api, body, models, parameter};
use crate::plan::Crate;

/// What a line that belongs to a part has at its end, before the name of the part.
const MARK: &str = " # part: ";

/// The same in Rust.
const COMMENT: &str = " // part: ";

/// The names of the parts that a crate has.
#[derive(Debug)]
pub(super) struct Parts(BTreeSet<&'static str>);

/// The parts that the crate calls, and those that they call.
pub(super) fn used(krate: &Crate) -> Parts {
    let mut used = BTreeSet::new();
    for method in krate.groups.iter().flat_map(|group| &group.methods) {
        used.extend(parameter::has_style(method).then_some("style"));
        used.extend(method.server.is_some().then_some("own_server"));
        used.extend(method.headers.is_some().then_some("headers"));
        used.extend(method.pages.is_some().then_some("pages"));
        used.extend(method.idempotency_key.is_some().then_some("idempotency_key"));
        used.extend(body::uses(method).1);
        used.extend(answer::uses(method).1);
    }
    used.extend(krate.private_key_jwt.then_some("assertion"));
    let has = |module: &str| krate.modules.iter().any(|one| one == module);
    used.extend(MODULE_PARTS.iter().filter(|(module, _)| has(module)).map(|(_, part)| part));
    let place = Place::default();
    let mut types = Uses::new(&place);
    krate.groups.iter().for_each(|group| api::add_uses(group, &mut types));
    models::add_all_uses(&krate.models, &mut types);
    used.extend(types.parts());
    for part in PARTS {
        if used.contains(part.name) {
            used.extend(part.needs);
        }
    }
    Parts(used)
}

impl Parts {
    /// Whether the crate has a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.0.contains(part)
    }

    /// Whether the crate has a file of the runtime.
    pub(super) fn has_file(&self, path: &str) -> bool {
        let owner = PARTS.iter().find(|part| part.files.contains(&path));
        owner.is_none_or(|part| self.0.contains(part.name))
    }

    /// The text without the lines of other parts, and without the marks of its own.
    pub(super) fn lines(&self, text: &str) -> String {
        let lines = text.lines().filter_map(|line| {
            let marked = line.split_once(COMMENT).or_else(|| line.split_once(MARK));
            let Some((line, part)) = marked else { return Some(line) };
            self.0.contains(part.trim()).then_some(line)
        });
        lines.flat_map(|line| [line, "\n"]).collect()
    }
}
