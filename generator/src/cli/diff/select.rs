//! Which changes are shown: `--only` and `--operation`.

use std::collections::BTreeSet;

use super::causes::Crates;
use crate::diff::{Change, Group, Id, Level};
use crate::nearest::nearest;
use crate::overlay::matches_path;
use crate::plan::verb_text;

/// What was asked for; nothing is everything.
pub(super) struct Selection {
    kinds: Vec<Kind>,
    operations: Vec<String>,
}

/// A kind of changes.
enum Kind {
    Id(Id),
    Group(Group),
    Level(Level),
}

impl Selection {
    /// Reads the words.
    pub(super) fn new(only: &[String], operations: &[String]) -> Result<Self, String> {
        let kinds: Result<Vec<Kind>, String> = only.iter().map(|word| kind(word)).collect();
        Ok(Self { kinds: kinds?, operations: operations.to_vec() })
    }

    /// The changes that were asked for.
    pub(super) fn select(
        &self,
        changes: Vec<Change>,
        crates: &Crates,
    ) -> Result<Vec<Change>, String> {
        let Self { kinds, operations } = self;
        let mut named = BTreeSet::new();
        for pattern in operations {
            let found = operations_of(crates, pattern);
            if found.is_empty() {
                return Err(format!("neither document has an operation `{pattern}`"));
            }
            named.extend(found);
        }
        let is_kind = |change: &Change| kinds.is_empty() || kinds.iter().any(|one| one.has(change));
        let is_named = |change: &Change| {
            operations.is_empty() || change.operations.iter().any(|one| named.contains(one))
        };
        Ok(changes.into_iter().filter(|change| is_kind(change) && is_named(change)).collect())
    }
}

/// The operations of both sides that a pattern names, as changes call them.
fn operations_of(crates: &Crates, pattern: &str) -> BTreeSet<String> {
    let all = crates.old.api.operations.iter().chain(&crates.new.api.operations);
    let named = all.filter_map(|one| {
        let name = format!("{} {}", verb_text(one.verb), one.path);
        let id = one.id.as_deref().unwrap_or_default();
        let texts = [name.as_str(), &one.path, id];
        texts.iter().any(|text| matches_path(pattern, text)).then_some(name)
    });
    named.collect()
}

impl Kind {
    fn has(&self, change: &Change) -> bool {
        match self {
            Self::Id(id) => change.id == *id,
            Self::Group(group) => change.id.group() == *group,
            Self::Level(level) => change.level() == *level,
        }
    }
}

fn kind(word: &str) -> Result<Kind, String> {
    if let Some(id) = Id::parse(word) {
        return Ok(Kind::Id(id));
    }
    let dashed = |group: &Group| group.name().replace(' ', "-");
    if let Some(group) = Group::all().find(|group| dashed(group) == word || group.name() == word) {
        return Ok(Kind::Group(group));
    }
    if let Some(level) = Level::ALL.into_iter().find(|level| level.word() == word) {
        return Ok(Kind::Level(level));
    }
    let groups: Vec<String> = Group::all().map(|group| dashed(&group)).collect();
    let mut words: Vec<&str> = Id::all().map(Id::name).collect();
    words.extend(Level::ALL.map(Level::word));
    words.extend(groups.iter().map(String::as_str));
    let help = match nearest(word, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "there are the levels {}, the groups {}, and the ids that `explain` lists",
            Level::ALL.map(Level::word).join(", "),
            groups.join(", ")
        ),
    };
    Err(format!("`{word}` is no level, no group and no id of a change; {help}"))
}
