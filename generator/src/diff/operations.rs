//! Changes of whole operations, and what their calls come to.

use super::differ::{Differ, Scope, Verdict};
use super::pairs::{self, method_path, shape};
use super::surface;
use super::{Build, Id, Running, Side, answers, bodies, parameters};
use crate::model::{self, Credential};
use crate::plan::{Group, Method, Turn};

/// An operation on both sides.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    pub(super) before: &'a Method,
    pub(super) after: &'a Method,
    pub(super) groups: (&'a Group, &'a Group),
    /// The paths of the methods.
    pub(super) old: String,
    pub(super) new: String,
    pub(super) facts: (Option<&'a model::Operation>, Option<&'a model::Operation>),
    labels: Vec<String>,
}

impl Call<'_> {
    pub(super) fn scope(&self, side: Side) -> Scope {
        Scope { side, operations: self.labels.clone() }
    }

    pub(super) fn paths(&self) -> (&str, &str) {
        (&self.old, &self.new)
    }
}

/// Compares all operations.
pub(super) fn operations(differ: &mut Differ<'_>) {
    for (group, method) in differ.pairs.removed.clone() {
        let label = surface::label(method.verb, &method.path);
        let scope = Scope { side: Side::Both, operations: vec![label.clone()] };
        let path = method_path(group, &method.name);
        let message = format!("`{label}` is gone");
        let verdict = Verdict(Build::Breaks, Running::Breaks);
        differ.note(Id::OperationRemoved, verdict, &scope, (&path, ""), message);
    }
    for (before, after) in differ.pairs.operations.clone() {
        let call = call(differ, before, after);
        whole(differ, &call);
        paging(differ, &call);
        parameters::parameters(differ, &call);
        bodies::body(differ, &call);
        answers::answers(differ, &call);
    }
    for (group, method) in differ.pairs.added.clone() {
        let label = surface::label(method.verb, &method.path);
        let scope = Scope { side: Side::Both, operations: vec![label.clone()] };
        let path = method_path(group, &method.name);
        let message = format!("`{label}` is new");
        let verdict = Verdict(Build::Adds, Running::Same);
        differ.note(Id::OperationAdded, verdict, &scope, ("", &path), message);
    }
}

fn call<'a>(
    differ: &Differ<'a>,
    before: pairs::Operation<'a>,
    after: pairs::Operation<'a>,
) -> Call<'a> {
    let ((old, was), (new, is)) = (before, after);
    let label = |method: &Method| surface::label(method.verb, &method.path);
    let mut labels = vec![label(is)];
    if label(was) != label(is) {
        labels.push(label(was));
    }
    Call {
        before: was,
        after: is,
        groups: (old, new),
        old: method_path(old, &was.name),
        new: method_path(new, &is.name),
        facts: (differ.old.operation(was), differ.new.operation(is)),
        labels,
    }
}

fn whole(differ: &mut Differ<'_>, call: &Call<'_>) {
    let Call { before, after, groups: (old, new), .. } = call;
    let scope = call.scope(Side::Both);
    let breaks = Verdict(Build::Breaks, Running::Same);
    let address = |method: &Method| surface::label(method.verb, &shape(&method.path));
    if address(before) != address(after) {
        let label = |method: &Method| surface::label(method.verb, &method.path);
        let message = format!("it is `{}` now, and was `{}`", label(after), label(before));
        // Where the path has other parameters, no caller compiles.
        let names = |method: &Method| method.path.matches('{').count();
        let build = if names(before) == names(after) { Build::Same } else { Build::Breaks };
        let verdict = Verdict(build, Running::Breaks);
        differ.note(Id::OperationMoved, verdict, &scope, call.paths(), message);
    }
    let place =
        |group: &Group| (surface::module(group), group.name.clone(), group.accessor.clone());
    if place(old) != place(new) {
        let message = format!("it is in `{}` now, and was in `{}`", new.accessor, old.accessor);
        differ.note(Id::OperationRegrouped, breaks, &scope, call.paths(), message);
    }
    if before.name != after.name {
        let message = format!("the method is `{}` now, and was `{}`", after.name, before.name);
        differ.note(Id::OperationRenamed, breaks, &scope, call.paths(), message);
    } else if before.id != after.id {
        let message = format!("its id is `{}` now, and was `{}`", after.id, before.id);
        let verdict = Verdict(Build::Docs, Running::Same);
        differ.note(Id::OperationIdChanged, verdict, &scope, call.paths(), message);
    }
    if before.level != after.level {
        let (build, message) = match (&before.level, &after.level) {
            (_, Some(level)) => (Build::MayBreak, format!("it needs the Cargo feature `{level}`")),
            (Some(level), None) => {
                (Build::Adds, format!("it needs the Cargo feature `{level}` no more"))
            }
            (None, None) => return,
        };
        let verdict = Verdict(build, Running::Same);
        differ.note(Id::OperationGated, verdict, &scope, call.paths(), message);
    }
    let retries = |method: &Method| (method.idempotent, method.idempotency_key.clone());
    if retries(before) != retries(after) {
        let message = "other failures of it are tried again";
        let verdict = Verdict(Build::Docs, Running::Same);
        differ.note(Id::RetriesChanged, verdict, &scope, call.paths(), message);
    }
    if before.server != after.server {
        let verdict = Verdict(Build::Docs, Running::MayBreak);
        let message = "it is sent to another server";
        differ.note(Id::ServerChanged, verdict, &scope, call.paths(), message);
    }
    deprecation(differ, call, &scope);
    authentication(differ, call, &scope);
}

/// The keys of a date on which an operation ends.
const SUNSETS: [&str; 2] = ["x-sunset", "x-speakeasy-sunset"];

fn deprecation(differ: &mut Differ<'_>, call: &Call<'_>, scope: &Scope) {
    let (was, is) = (call.before.docs.deprecated, call.after.docs.deprecated);
    let sunset = |facts: Option<&model::Operation>| {
        SUNSETS.iter().find_map(|key| facts?.extensions.get(*key)).cloned()
    };
    let (old, new) = (sunset(call.facts.0), sunset(call.facts.1));
    if was != is {
        let (build, message) = match (is, &new) {
            (true, Some(date)) => (Build::Warns, format!("it is deprecated, and ends on {date}")),
            (true, None) => (Build::Warns, "it is deprecated".to_owned()),
            (false, _) => (Build::Docs, "it is deprecated no more".to_owned()),
        };
        let verdict = Verdict(build, Running::Same);
        differ.note(Id::OperationDeprecated, verdict, scope, call.paths(), message);
    } else if old != new {
        let shown = |date: &Option<String>| date.clone().unwrap_or_else(|| "not told".to_owned());
        let message = format!("its end is {} now, and was {}", shown(&new), shown(&old));
        let verdict = Verdict(Build::Docs, Running::Same);
        differ.note(Id::OperationSunsetChanged, verdict, scope, call.paths(), message);
    }
}

fn authentication(differ: &mut Differ<'_>, call: &Call<'_>, scope: &Scope) {
    let wants = |facts: Option<&model::Operation>, whole: &model::Security| {
        let facts = facts?;
        let own = facts.requirements.clone().unwrap_or_else(|| whole.requirements.clone());
        let own = if facts.credential == Credential::None { Vec::new() } else { own };
        Some((facts.credential, own))
    };
    let was = wants(call.facts.0, &differ.old.planned.api.security);
    let is = wants(call.facts.1, &differ.new.planned.api.security);
    let (Some(was), Some(is)) = (was, is) else { return };
    if was == is {
        return;
    }
    // Whoever was let in still is, where each way in of before is one of those of now.
    let is_open = is.0 != Credential::Required;
    let kept =
        was.1.iter().all(|one| is.1.iter().any(|now| now.iter().all(|each| one.contains(each))));
    let running = if is_open || (was.0 == Credential::Required && kept && !is.1.is_empty()) {
        Running::Same
    } else {
        Running::MayBreak
    };
    let shown = |(credential, ways): &(Credential, model::Requirements)| {
        let each: Vec<String> = ways.iter().map(|way| way.join(" with ")).collect();
        match credential {
            Credential::None => "no credential".to_owned(),
            _ if each.is_empty() => "no certain one".to_owned(),
            _ => format!("`{}`", each.join("` or `")),
        }
    };
    let message = format!("it wants {} now, and wanted {}", shown(&is), shown(&was));
    let verdict = Verdict(Build::Docs, running);
    differ.note(Id::OperationAuthChanged, verdict, scope, call.paths(), message);
}

fn paging(differ: &mut Differ<'_>, call: &Call<'_>) {
    let scope = call.scope(Side::Both);
    let key = |group: &Group, method: &Method| {
        let builder = method.builder.as_ref()?;
        Some(format!("{}::{builder}::pages()", surface::module(group)))
    };
    let (old, new) = (key(call.groups.0, call.before), key(call.groups.1, call.after));
    let (verdict, id, message) = match (&call.before.pages, &call.after.pages) {
        (None, None) => return,
        (None, Some(_)) => {
            (Verdict(Build::Adds, Running::Same), Id::PagingAdded, "it comes in pages".to_owned())
        }
        (Some(_), None) => (
            Verdict(Build::Breaks, Running::MayBreak),
            Id::PagingRemoved,
            "it comes in pages no more".to_owned(),
        ),
        (Some(was), Some(is)) => {
            let (was, is) = (turn(&was.turn), turn(&is.turn));
            if was == is {
                return;
            }
            let message = format!("the next page is asked for by {is} now, and was by {was}");
            (Verdict(Build::Docs, Running::Breaks), Id::PagingChanged, message)
        }
    };
    let change = differ.note(id, verdict, &scope, call.paths(), message);
    change.items_before.extend(old);
    change.items_after.extend(new);
}

fn turn(turn: &Turn) -> String {
    match turn {
        Turn::Query(name, _) => format!("`{name}` in the query"),
        Turn::Body(name, _) => format!("`{name}` in the body"),
        Turn::Address(_) => "an address in the answer".to_owned(),
        Turn::Page(name, _) => format!("the number `{name}`"),
        Turn::Offset(name) => format!("the offset `{name}`"),
        Turn::Link => "the header `Link`".to_owned(),
    }
}
