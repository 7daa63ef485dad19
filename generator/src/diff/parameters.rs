//! Changes of the parameters of an operation.

use super::differ::{Differ, Verdict};
use super::fields::note_limits;
use super::limits;
use super::operations::Call;
use super::relation::{Relation, Written};
use super::{Build, Id, Running, Side, rust, surface};
use crate::model;
use crate::plan::{Argument, Group, Location, Method, RustType, Writing};

/// A parameter with its place in the crate.
#[derive(Clone, Debug)]
struct Known<'a> {
    argument: &'a Argument,
    is_required: bool,
    /// Its Rust path.
    path: String,
    /// Its place in the path template, where it is of the path.
    at: Option<usize>,
    fact: Option<&'a model::Parameter>,
}

/// Compares the parameters: those of a path by their place in it, all others by place and name.
pub(super) fn parameters(differ: &mut Differ<'_>, call: &Call<'_>) {
    let old = all(call.groups.0, call.before, call.facts.0, &call.old);
    let mut added = all(call.groups.1, call.after, call.facts.1, &call.new);
    let mut gone: Vec<Known<'_>> = Vec::new();
    let mut pairs: Vec<(Known<'_>, Known<'_>)> = Vec::new();
    let in_place = super::pairs::shape(&call.before.path) == super::pairs::shape(&call.after.path);
    for one in old {
        let same = |now: &Known<'_>| {
            let by_name = now.argument.location == one.argument.location
                && now.argument.wire == one.argument.wire;
            let by_place = in_place && one.at.is_some() && now.at == one.at;
            if in_place && one.at.is_some() { by_place } else { by_name }
        };
        match added.iter().position(same) {
            Some(at) => pairs.push((one, added.remove(at))),
            None => gone.push(one),
        }
    }
    // What has the name of something that is gone took its place.
    let mut left = Vec::new();
    for one in gone {
        let at = added.iter().position(|now| now.argument.name == one.argument.name);
        match at {
            Some(at) => pairs.push((one, added.remove(at))),
            None => left.push(one),
        }
    }
    for (before, after) in &pairs {
        both(differ, call, before, after);
    }
    for one in left {
        removed(differ, call, &one);
    }
    for one in added {
        self::added(differ, call, &one);
    }
}

fn all<'a>(
    group: &'a Group,
    method: &'a Method,
    facts: Option<&'a model::Operation>,
    path: &str,
) -> Vec<Known<'a>> {
    let module = surface::module(group);
    let holder = |name: &Option<crate::plan::Name>| {
        name.as_ref().map_or_else(|| path.to_owned(), |name| format!("{module}::{name}"))
    };
    let (params, builder) = (holder(&method.params), holder(&method.builder));
    let known = |argument: &'a Argument, is_required: bool, holder: &str| {
        let whole = method.params.is_none() && is_required;
        let path = if whole { path.to_owned() } else { format!("{holder}::{}", argument.name) };
        let fact = facts.and_then(|facts| {
            facts
                .parameters
                .iter()
                .find(|one| one.name == argument.wire && one.location == argument.location)
        });
        let template = format!("{{{}}}", argument.wire);
        let at = (argument.location == Location::Path)
            .then(|| method.path.find(&template))
            .flatten()
            .map(|at| method.path.get(..at).unwrap_or_default().matches('{').count());
        Known { argument, is_required, path, at, fact }
    };
    let required = method.required.iter().map(|one| known(one, true, &params));
    let optional = method.optional.iter().map(|one| known(one, false, &builder));
    required.chain(optional).collect()
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "the path",
        Location::Query => "the query",
        Location::Header => "a header",
        Location::Cookie => "a cookie",
    }
}

fn removed(differ: &mut Differ<'_>, call: &Call<'_>, one: &Known<'_>) {
    let scope = call.scope(Side::Request);
    let message = format!("`{}` in {} is gone", one.argument.wire, place(one.argument.location));
    let path = one.path.as_str();
    // A server skips what it does not know; a path without it is another path.
    let verdict = Verdict(Build::Breaks, Running::Same);
    // A positional argument has no line of its own: the method it is of is there still.
    let after = if path == call.old { call.new.as_str() } else { "" };
    differ.note(Id::ParameterRemoved, verdict, &scope, (path, after), message);
}

fn added(differ: &mut Differ<'_>, call: &Call<'_>, one: &Known<'_>) {
    let scope = call.scope(Side::Request);
    let (wire, location) = (&one.argument.wire, place(one.argument.location));
    let (verdict, message) = if one.is_required {
        let verdict = Verdict(Build::Breaks, Running::Breaks);
        (verdict, format!("`{wire}` in {location} is new and must be given"))
    } else {
        // With its first optional parameter, a method gives a builder of its own.
        let is_first = call.before.builder.is_none();
        let build = if is_first { Build::MayBreak } else { Build::Adds };
        (Verdict(build, Running::Same), format!("`{wire}` in {location} is new"))
    };
    let before = if one.path == call.new { call.old.as_str() } else { "" };
    differ.note(Id::ParameterAdded, verdict, &scope, (before, &one.path), message);
}

fn both(differ: &mut Differ<'_>, call: &Call<'_>, before: &Known<'_>, after: &Known<'_>) {
    let scope = call.scope(Side::Request);
    let paths = (before.path.as_str(), after.path.as_str());
    let (old, new) = (before.argument, after.argument);
    // A positional argument has its name for the reader alone.
    let is_named = |path: &str, whole: &str| path != whole;
    if old.name != new.name {
        let message = format!("it is `{}` now, and was `{}`", new.name, old.name);
        let named = is_named(&before.path, &call.old) || is_named(&after.path, &call.new);
        let build = if named { Build::Breaks } else { Build::Docs };
        differ.note(Id::ParameterRenamed, Verdict(build, Running::Same), &scope, paths, message);
    }
    let refused = if after.is_required { Running::Breaks } else { Running::MayBreak };
    let is_wire = old.location != Location::Path || before.at != after.at;
    if old.location != new.location {
        let message = format!(
            "it is sent in {} now, and was in {}",
            place(new.location),
            place(old.location)
        );
        let verdict = Verdict(Build::Same, refused);
        differ.note(Id::ParameterMoved, verdict, &scope, paths, message);
    } else if old.wire != new.wire && is_wire {
        let message = format!("it is sent as `{}` now, and was as `{}`", new.wire, old.wire);
        let verdict = Verdict(Build::Same, refused);
        differ.note(Id::ParameterWireRenamed, verdict, &scope, paths, message);
    }
    match (before.is_required, after.is_required) {
        (false, true) => {
            let verdict = Verdict(Build::Breaks, Running::Breaks);
            let message = "it must be given, and could be left out";
            differ.note(Id::ParameterBecameRequired, verdict, &scope, paths, message);
        }
        (true, false) => {
            let verdict = Verdict(Build::Breaks, Running::Same);
            let message = "it may be left out, and had to be given";
            differ.note(Id::ParameterBecameOptional, verdict, &scope, paths, message);
        }
        _ => {}
    }
    let relation = kind(differ, call, before, after);
    if let (Some(was), Some(is)) = (before.fact, after.fact) {
        let change = if relation == Relation::Equal {
            limits::compare_values((&was.docs.limits, &was.ty), (&is.docs.limits, &is.ty))
        } else {
            limits::compare(&was.docs.limits, &is.docs.limits)
        };
        note_limits(differ, Id::ParameterLimitsChanged, change, &scope, paths);
        if was.default != is.default {
            let message = "the server takes another value where it is left out";
            let verdict = Verdict(Build::Docs, Running::Same);
            differ.note(Id::ParameterDefaultChanged, verdict, &scope, paths, message);
        }
    }
    if old.docs.deprecated != new.docs.deprecated {
        let (build, message) = if new.docs.deprecated {
            (Build::Warns, "it is deprecated")
        } else {
            (Build::Docs, "it is deprecated no more")
        };
        // An argument of the method itself carries no attribute that the compiler reads.
        let build = if after.path == call.new { Build::Docs } else { build };
        differ.note(Id::ParameterDeprecated, Verdict(build, Running::Same), &scope, paths, message);
    }
}

fn kind(
    differ: &mut Differ<'_>,
    call: &Call<'_>,
    before: &Known<'_>,
    after: &Known<'_>,
) -> Relation {
    let scope = call.scope(Side::Request);
    let paths = (before.path.as_str(), after.path.as_str());
    let (old, new) = (before.argument, after.argument);
    let left = Written { ty: &old.ty, codec: None };
    let right = Written { ty: &new.ty, codec: None };
    let relation = match differ.relation(left, right) {
        // A number is sent as the text that spells it.
        Relation::Other if is_spelled(&old.ty) && new.ty == RustType::String => Relation::Wider,
        relation => relation,
    };
    if relation != Relation::Equal {
        let text = |one: &Argument| rust::argument(&one.ty, &rust::as_is);
        let message = format!("its type is `{}` now, and was `{}`", text(new), text(old));
        let verdict = Verdict(relation.build(), relation.running(Side::Request));
        differ.note(Id::ParameterTypeChanged, verdict, &scope, paths, message);
    } else if !is_written_alike(old, new) {
        let message = "its value is written in another form";
        let verdict = Verdict(Build::Same, Running::Breaks);
        differ.note(Id::ParameterEncodingChanged, verdict, &scope, paths, message);
    }
    relation
}

/// Whether a value of a parameter is a text once it is sent.
fn is_spelled(ty: &RustType) -> bool {
    use RustType as R;
    matches!(ty, R::Bool | R::I32 | R::I64 | R::U32 | R::U64 | R::F32 | R::F64)
}

/// Whether a value is written in the same form; what only lets more characters through is.
fn is_written_alike(old: &Argument, new: &Argument) -> bool {
    let plain = |writing: Writing| match writing {
        Writing::Display => None,
        Writing::Styled(form) => Some((form.style, form.explode)),
    };
    old.location != new.location || plain(old.writing) == plain(new.writing)
}
