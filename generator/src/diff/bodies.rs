//! Changes of the body of a request.

use super::differ::{Differ, Verdict};
use super::operations::Call;
use super::relation::{Relation, Written};
use super::surface::{self, BodyPlace};
use super::{Build, Id, Running, Side};
use crate::plan::{Body, Content, ContentKind, Multipart, Part, PartKind, Presence, RustType};

/// Compares the bodies.
pub(super) fn body(differ: &mut Differ<'_>, call: &Call<'_>) {
    let scope = call.scope(Side::Request);
    let is_required = |body: &Body| body.presence == Presence::Required;
    let (before, after) = match (&call.before.body, &call.after.body) {
        (None, None) => return,
        (None, Some(body)) => {
            let verdict = if is_required(body) {
                Verdict(Build::Breaks, Running::Breaks)
            } else {
                Verdict(Build::MayBreak, Running::Same)
            };
            let must = if is_required(body) { ", which must be given" } else { "" };
            let module = surface::module(call.groups.1);
            let place = if is_required(body) { BodyPlace::Argument } else { BodyPlace::Setter };
            let ty = surface::body_argument(body, &module, place);
            let message = format!("it takes a body, `{ty}`{must}");
            differ.note(Id::BodyAdded, verdict, &scope, call.paths(), message);
            return;
        }
        (Some(_), None) => {
            let verdict = Verdict(Build::Breaks, Running::MayBreak);
            let message = "it takes no body any more";
            differ.note(Id::BodyRemoved, verdict, &scope, call.paths(), message);
            return;
        }
        (Some(before), Some(after)) => (before, after),
    };
    match (is_required(before), is_required(after)) {
        (false, true) => {
            let verdict = Verdict(Build::Breaks, Running::Breaks);
            let message = "the body must be given, and could be left out";
            differ.note(Id::BodyBecameRequired, verdict, &scope, call.paths(), message);
        }
        (true, false) => {
            let verdict = Verdict(Build::Breaks, Running::Same);
            let message = "the body may be left out, and had to be given";
            differ.note(Id::BodyBecameOptional, verdict, &scope, call.paths(), message);
        }
        _ => {}
    }
    contents(differ, call, before, after);
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn contents(differ: &mut Differ<'_>, call: &Call<'_>, before: &Body, after: &Body) {
    let scope = call.scope(Side::Request);
    let mut added: Vec<&Content> = after.contents.iter().collect();
    let mut gone = Vec::new();
    for content in &before.contents {
        let key = essence(&content.media_type);
        match added.iter().position(|now| essence(&now.media_type) == key) {
            Some(at) => {
                let now = added.remove(at);
                kind(differ, call, content, now);
            }
            None => gone.push(content),
        }
    }
    // A caller names the media type by the variant alone, and by none where there is but one.
    let is_named = before.choice.is_some() || after.choice.is_some();
    let held = |content: &Content, group| surface::held(content, &surface::module(group));
    for content in gone {
        let same = added
            .iter()
            .any(|now| differ.now(&held(content, call.groups.0)) == held(now, call.groups.1));
        let build = if is_named || !same { Build::Breaks } else { Build::Same };
        let message = format!("a body of `{}` is taken no more", content.media_type);
        let verdict = Verdict(build, Running::Breaks);
        differ.note(Id::BodyMediaRemoved, verdict, &scope, call.paths(), message);
    }
    for content in added {
        let build = match (&before.choice, &after.choice) {
            (None, Some(_)) => Build::MayBreak,
            (_, Some(_)) => Build::Adds,
            (_, None) => Build::Docs,
        };
        let message = format!("a body of `{}` is taken, too", content.media_type);
        let verdict = Verdict(build, Running::Same);
        differ.note(Id::BodyMediaAdded, verdict, &scope, call.paths(), message);
    }
}

fn kind(differ: &mut Differ<'_>, call: &Call<'_>, before: &Content, after: &Content) {
    use ContentKind as K;
    let (relation, styles) = match (&before.kind, &after.kind) {
        (K::Json(left), K::Json(right)) | (K::JsonLines(left), K::JsonLines(right)) => {
            (relation(differ, left, right), true)
        }
        (K::Form(left, was), K::Form(right, is)) => (relation(differ, left, right), was == is),
        (K::Multipart(left), K::Multipart(right)) => {
            parts(differ, call, left, right);
            return;
        }
        (K::AnyParts, K::AnyParts) | (K::Text, K::Text) | (K::Bytes, K::Bytes) => return,
        _ => (Relation::Other, true),
    };
    let scope = call.scope(Side::Request);
    let held = |content: &Content, group| surface::held(content, &surface::module(group));
    if relation != Relation::Equal {
        let message = format!(
            "the body is `{}` now, and was `{}`",
            held(after, call.groups.1),
            held(before, call.groups.0)
        );
        let verdict = Verdict(relation.build(), relation.running(Side::Request));
        differ.note(Id::BodyTypeChanged, verdict, &scope, call.paths(), message);
    } else if !styles {
        let message = "members of the body are written in another form";
        let verdict = Verdict(Build::Same, Running::Breaks);
        differ.note(Id::BodyTypeChanged, verdict, &scope, call.paths(), message);
    }
}

fn relation(differ: &Differ<'_>, left: &RustType, right: &RustType) -> Relation {
    differ.relation(Written { ty: left, codec: None }, Written { ty: right, codec: None })
}

fn parts(differ: &mut Differ<'_>, call: &Call<'_>, before: &Multipart, after: &Multipart) {
    let scope = call.scope(Side::Request);
    let at = |group, multipart: &Multipart, part: &Part, is_required: bool| {
        let name = if is_required { "new" } else { part.name.as_str() };
        format!("{}::{}::{name}", surface::module(group), multipart.name)
    };
    let all = |multipart: &Multipart| -> Vec<(Part, bool)> {
        let required = multipart.required.iter().map(|part| (part.clone(), true));
        required.chain(multipart.optional.iter().map(|part| (part.clone(), false))).collect()
    };
    let mut added = all(after);
    for (part, was) in all(before) {
        let old = at(call.groups.0, before, &part, was);
        let found = added.iter().position(|(now, _)| now.wire == part.wire);
        let Some(found) = found else {
            let verdict = Verdict(Build::Breaks, Running::MayBreak);
            let message = format!("the part `{}` is gone", part.wire);
            let new = if was {
                format!("{}::{}::new", surface::module(call.groups.1), after.name)
            } else {
                String::new()
            };
            differ.note(Id::BodyPartRemoved, verdict, &scope, (&old, &new), message);
            continue;
        };
        let (now, is) = added.remove(found);
        let new = at(call.groups.1, after, &now, is);
        let kinds = (part_kind(&part.kind), part_kind(&now.kind));
        let type_text = (differ.now(&surface::part_type(&part)), surface::part_type(&now));
        let is_same_kind = kinds.0 == kinds.1 && type_text.0 == type_text.1;
        let (build, running, message) = if was != is {
            let running = if is { Running::Breaks } else { Running::Same };
            let message = if is { "must be given" } else { "may be left out" };
            (Build::Breaks, running, message)
        } else if !is_same_kind {
            (Build::Breaks, Running::Breaks, "is given in another way")
        } else if part.name != now.name && !is {
            (Build::Breaks, Running::Same, "has another name in Rust")
        } else if part.media_type != now.media_type {
            (Build::Same, Running::MayBreak, "is sent as another media type")
        } else {
            continue;
        };
        let message = format!("the part `{}` {message}", now.wire);
        let verdict = Verdict(build, running);
        differ.note(Id::BodyPartChanged, verdict, &scope, (&old, &new), message);
    }
    for (part, is) in added {
        let verdict = if is {
            Verdict(Build::Breaks, Running::Breaks)
        } else {
            Verdict(Build::Adds, Running::Same)
        };
        let new = at(call.groups.1, after, &part, is);
        let message = format!("the part `{}` is new", part.wire);
        differ.note(Id::BodyPartAdded, verdict, &scope, ("", &new), message);
    }
}

fn part_kind(kind: &PartKind) -> u8 {
    match kind {
        PartKind::File => 0,
        PartKind::Files => 1,
        PartKind::Text(_) => 2,
        PartKind::Value(_) => 3,
    }
}
