//! Changes of what operations come back with.

use super::bodies::essence;
use super::differ::{Differ, Verdict};
use super::operations::Call;
use super::relation::{Relation, Written};
use super::{Build, Id, Running, Side, surface};
use crate::plan::{Answer, Case, Choice, Field, Method, Reading, RustType, Statuses};

/// Compares answers, the bodies of errors, and headers.
pub(super) fn answers(differ: &mut Differ<'_>, call: &Call<'_>) {
    successes(differ, call);
    statuses(differ, call);
    errors(differ, call);
    headers(differ, call);
}

fn ty(reading: &Reading) -> Option<&RustType> {
    match reading {
        Reading::Json(ty) | Reading::JsonLines(ty) => Some(ty),
        Reading::Events(ty) => ty.as_ref(),
        Reading::Text | Reading::Download => None,
    }
}

/// How one way of reading relates to another one.
fn reading(differ: &Differ<'_>, before: &Reading, after: &Reading) -> Relation {
    use Reading as R;
    match (before, after) {
        (R::Json(_), R::Json(_))
        | (R::JsonLines(_), R::JsonLines(_))
        | (R::Events(_), R::Events(_)) => match (ty(before), ty(after)) {
            (Some(left), Some(right)) => types(differ, left, right),
            (None, None) => Relation::Equal,
            _ => Relation::Other,
        },
        (R::Text, R::Text) | (R::Download, R::Download) => Relation::Equal,
        // A download takes whatever comes.
        (R::Download, _) => Relation::Narrower,
        _ => Relation::Other,
    }
}

fn types(differ: &Differ<'_>, left: &RustType, right: &RustType) -> Relation {
    differ.relation(Written { ty: left, codec: None }, Written { ty: right, codec: None })
}

fn successes(differ: &mut Differ<'_>, call: &Call<'_>) {
    let scope = call.scope(Side::Response);
    let text = |answer: &Answer, group| surface::answer(answer, &surface::module(group));
    let (old, new) = (&call.before.answer, &call.after.answer);
    let relation = match (old, new) {
        (Answer::Empty, Answer::Empty) => return,
        (Answer::One(was, _), Answer::One(is, _)) => reading(differ, was, is),
        (Answer::Optional(was, _), Answer::Optional(is, _)) => types(differ, was, is),
        (Answer::Choice(was), Answer::Choice(is)) => {
            cases(differ, call, was, is);
            return;
        }
        // What was read as nothing is read as nothing still.
        (Answer::Empty, _) => Relation::Narrower,
        _ => Relation::Other,
    };
    if relation == Relation::Equal {
        return;
    }
    let message = format!(
        "it gives `{}` now, and gave `{}`",
        text(new, call.groups.1),
        text(old, call.groups.0)
    );
    let running = match (old, new) {
        // An old program that reads one of several answers does so still where that one comes.
        (Answer::One(..), Answer::Choice(_) | Answer::Optional(..))
        | (Answer::Choice(_) | Answer::Optional(..), Answer::One(..)) => Running::MayBreak,
        _ => relation.running(Side::Response),
    };
    let verdict = Verdict(relation.build(), running);
    let change = differ.note(Id::ResponseTypeChanged, verdict, &scope, call.paths(), message);
    // Where there is a builder, it is `send` that reads otherwise, and not the method.
    let send = |group, method: &Method| {
        let builder = method.builder.as_ref()?;
        Some(format!("{}::{builder}::send()", surface::module(group)))
    };
    change.items_before.extend(send(call.groups.0, call.before));
    change.items_after.extend(send(call.groups.1, call.after));
}

fn cases(differ: &mut Differ<'_>, call: &Call<'_>, before: &Choice, after: &Choice) {
    let scope = call.scope(Side::Response);
    let key = |case: &Case| {
        (case.statuses, case.body.as_ref().map(|(media_type, _)| essence(media_type)))
    };
    let path = |group, choice: &Choice, case: &Case| {
        format!("{}::{}::{}", surface::module(group), choice.name, case.variant)
    };
    let mut added: Vec<&Case> = after.cases.iter().collect();
    for case in &before.cases {
        let old = path(call.groups.0, before, case);
        let is_known = |now: &Case| before.cases.iter().any(|one| key(one) == key(now));
        let is_moved =
            |now: &Case| now.variant == case.variant && key(now).1 == key(case).1 && !is_known(now);
        let at = added.iter().position(|now| key(now) == key(case));
        let Some(at) = at.or_else(|| added.iter().position(|now| is_moved(now))) else {
            let message = format!("`{}` comes no more", case.variant);
            let verdict = Verdict(Build::Breaks, Running::Same);
            let id =
                media_or_status(case, after, Id::ResponseMediaRemoved, Id::ResponseStatusRemoved);
            differ.note(id, verdict, &scope, (&old, ""), message);
            continue;
        };
        let now = added.remove(at);
        let new = path(call.groups.1, after, now);
        if now.statuses != case.statuses {
            let message = format!(
                "`{}` comes with {} now, and came with {}",
                now.variant,
                words(now.statuses),
                words(case.statuses)
            );
            // An old program knows an answer by its media type, too, and one without a body by its status.
            let running = if case.body.is_some() { Running::MayBreak } else { Running::Breaks };
            let verdict = Verdict(Build::Docs, running);
            differ.note(Id::ResponseStatusRemoved, verdict, &scope, (&old, ""), message);
            let message = format!("`{}` comes with {}", now.variant, words(now.statuses));
            let verdict = Verdict(Build::Docs, Running::Same);
            differ.note(Id::ResponseStatusAdded, verdict, &scope, ("", &new), message);
        }
        let relation = match (&case.body, &now.body) {
            (Some((_, was)), Some((_, is))) => reading(differ, was, is),
            (None, None) => Relation::Equal,
            _ => Relation::Other,
        };
        if relation != Relation::Equal {
            let message = format!("`{}` holds another type", now.variant);
            let verdict = Verdict(relation.build(), relation.running(Side::Response));
            differ.note(Id::ResponseTypeChanged, verdict, &scope, (&old, &new), message);
        } else if case.variant != now.variant {
            let message = format!("`{}` is `{}` now", case.variant, now.variant);
            let verdict = Verdict(Build::Breaks, Running::Same);
            differ.note(Id::ResponseTypeChanged, verdict, &scope, (&old, &new), message);
        }
    }
    for case in added {
        let new = path(call.groups.1, after, case);
        let message = format!("`{}` may come", case.variant);
        let verdict = Verdict(Build::Adds, Running::MayBreak);
        let id = media_or_status(case, before, Id::ResponseMediaAdded, Id::ResponseStatusAdded);
        differ.note(id, verdict, &scope, ("", &new), message);
    }
}

fn media_or_status(case: &Case, other: &Choice, media: Id, status: Id) -> Id {
    let known = other.cases.iter().any(|one| one.statuses == case.statuses);
    if known { media } else { status }
}

/// The statuses and media types of successes, where the types do not tell them.
fn statuses(differ: &mut Differ<'_>, call: &Call<'_>) {
    let (Some(was), Some(is)) = call.facts else { return };
    if matches!((&call.before.answer, &call.after.answer), (Answer::Choice(_), Answer::Choice(_))) {
        return;
    }
    let scope = call.scope(Side::Response);
    let list = |facts: &crate::model::Operation| -> Vec<(Statuses, Vec<String>)> {
        let all = facts.successes.iter().map(|one| {
            let media = one.contents.iter().map(|content| essence(&content.media_type));
            (one.statuses, media.collect())
        });
        all.collect()
    };
    let (old, new) = (list(was), list(is));
    for (status, media) in &old {
        let Some((_, now)) = new.iter().find(|(other, _)| other == status) else {
            let message = format!("it succeeds with {} no more", words(*status));
            let verdict = Verdict(Build::Docs, gone(call));
            differ.note(Id::ResponseStatusRemoved, verdict, &scope, call.paths(), message);
            continue;
        };
        for one in media.iter().filter(|one| !now.contains(one)) {
            let message = format!("`{one}` comes with {} no more", words(*status));
            let verdict = Verdict(Build::Docs, gone(call));
            differ.note(Id::ResponseMediaRemoved, verdict, &scope, call.paths(), message);
        }
        for one in now.iter().filter(|one| !media.contains(one)) {
            let message = format!("`{one}` may come with {}", words(*status));
            let verdict = Verdict(Build::Docs, Running::Same);
            differ.note(Id::ResponseMediaAdded, verdict, &scope, call.paths(), message);
        }
    }
    for (status, _) in new.iter().filter(|(status, _)| !old.iter().any(|(one, _)| one == status)) {
        let message = format!("it may succeed with {}", words(*status));
        let verdict = Verdict(Build::Docs, Running::MayBreak);
        differ.note(Id::ResponseStatusAdded, verdict, &scope, call.paths(), message);
    }
}

/// What an old program makes of the loss of an answer that it asks for: where it reads one type, it
/// reads it of any success and any media type, and fails only where the server insists on its
/// `Accept`. Where it chooses by them, what comes instead is none that it knows.
fn gone(call: &Call<'_>) -> Running {
    match (&call.before.answer, &call.after.answer) {
        (Answer::Empty, _) => Running::Same,
        (Answer::One(..), Answer::One(..)) => Running::MayBreak,
        _ => Running::Breaks,
    }
}

fn words(statuses: Statuses) -> String {
    match statuses {
        Statuses::Exact(status) => status.to_string(),
        Statuses::Range(digit) => format!("{digit}XX"),
        Statuses::Default => "any other status".to_owned(),
    }
}

fn errors(differ: &mut Differ<'_>, call: &Call<'_>) {
    let scope = call.scope(Side::Response);
    for (statuses, ty) in &call.before.errors {
        let now = call.after.errors.iter().find(|(other, _)| other == statuses);
        let Some((_, now)) = now else {
            let message = format!("the body of {} is not described any more", words(*statuses));
            let verdict = Verdict(Build::Docs, Running::Same);
            differ.note(Id::ErrorTypeRemoved, verdict, &scope, call.paths(), message);
            continue;
        };
        let relation = types(differ, ty, now);
        if relation != Relation::Equal {
            let message = format!("the body of {} has another type", words(*statuses));
            let running = match relation {
                Relation::Equal | Relation::Alias | Relation::Boxed => Running::Same,
                _ => Running::MayBreak,
            };
            let verdict = Verdict(Build::Docs, running);
            differ.note(Id::ErrorTypeChanged, verdict, &scope, call.paths(), message);
        }
    }
    for (statuses, _) in &call.after.errors {
        if !call.before.errors.iter().any(|(other, _)| other == statuses) {
            let message = format!("the body of {} is described", words(*statuses));
            let verdict = Verdict(Build::Docs, Running::Same);
            differ.note(Id::ErrorTypeAdded, verdict, &scope, call.paths(), message);
        }
    }
}

fn headers(differ: &mut Differ<'_>, call: &Call<'_>) {
    let scope = call.scope(Side::Response);
    let fields = |method: &Method| {
        method.headers.as_ref().map_or_else(Vec::new, |headers| headers.fields.clone())
    };
    let path = |group, method: &Method, field: &Field| {
        let name = method.headers.as_ref().map(|headers| headers.name.to_string());
        format!("{}::{}::{}", surface::module(group), name.unwrap_or_default(), field.name)
    };
    let (old, mut added) = (fields(call.before), fields(call.after));
    for field in old {
        let before = path(call.groups.0, call.before, &field);
        let Some(at) = added.iter().position(|now| now.wire == field.wire) else {
            let message = format!("the header `{}` is not described any more", field.wire);
            let verdict = Verdict(Build::Breaks, Running::MayBreak);
            differ.note(Id::ResponseHeaderRemoved, verdict, &scope, (&before, ""), message);
            continue;
        };
        let now = added.remove(at);
        let after = path(call.groups.1, call.after, &now);
        let left = Written { ty: &field.ty, codec: field.codec.as_ref() };
        let right = Written { ty: &now.ty, codec: now.codec.as_ref() };
        let relation = differ.relation(left, right);
        if relation != Relation::Equal || field.name != now.name {
            let message = format!("the header `{}` is read in another way", now.wire);
            let build = if field.name == now.name { relation.build() } else { Build::Breaks };
            let verdict = Verdict(build, relation.running(Side::Response));
            differ.note(Id::ResponseHeaderChanged, verdict, &scope, (&before, &after), message);
        }
    }
    for field in added {
        let after = path(call.groups.1, call.after, &field);
        let message = format!("the header `{}` is described", field.wire);
        let verdict = Verdict(Build::Adds, Running::Same);
        differ.note(Id::ResponseHeaderAdded, verdict, &scope, ("", &after), message);
    }
}
