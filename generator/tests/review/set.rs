//! The changes that the tests of this folder show: all levels, and texts that try to break out.

use oasmith::diff::{Build, Cause, Change, Id, Level, Running, Side, Thing};
use oasmith::review::{Callers, Edition, Review, Site, advise};
use oasmith::source::{FileId, Source, Sources, Span};

/// The texts of both sides.
pub(super) struct Texts {
    pub(super) old: Sources,
    pub(super) new: Sources,
}

pub(super) fn texts() -> Texts {
    let old = Sources::root(Source::new("spec/pets.yaml", include_str!("old.yaml")));
    let new = Sources::root(Source::new("spec/pets.yaml", include_str!("new.yaml")));
    Texts { old, new }
}

/// Where a text first stands in a document.
fn span(sources: &Sources, text: &str) -> Option<Span> {
    let file = FileId::default();
    let start = sources.get(file)?.text.find(text)?;
    let end = u32::try_from(start + text.len()).unwrap();
    Some(Span { file, start: u32::try_from(start).unwrap(), end })
}

#[expect(clippy::unnecessary_wraps, reason = "the sides of a change are options")]
fn thing(sources: &Sources, path: &str, code: &str, wire: &str, place: &str) -> Option<Thing> {
    let [path, code, wire] = [path, code, wire].map(str::to_owned);
    Some(Thing { path, code, wire, span: span(sources, place) })
}

/// A change without things.
pub(super) fn change(id: Id, build: Build, running: Running, message: &str) -> Change {
    Change {
        id,
        build,
        running,
        cause: Cause::Document,
        side: Side::Both,
        before: None,
        after: None,
        message: message.to_owned(),
        items_before: Vec::new(),
        items_after: Vec::new(),
        operations: Vec::new(),
    }
}

/// A review of the set.
pub(super) fn review(texts: &Texts) -> Review<'_> {
    let mut changes = changes(texts);
    let waived = changes.remove(5);
    let advice = advise(&changes, "0.1.0", "0.1.0");
    let waived = vec![(waived, "nobody sets it | @octocat".to_owned())];
    let (old, new) = editions(texts);
    let callers = Some(callers(&changes));
    Review { old, new, changes, waived, advice, callers }
}

/// A workspace with an error of a change, one of none, and a use of a silent change.
fn callers(changes: &[Change]) -> Callers {
    let site = |file: &str, line, message: &str| Site {
        file: file.to_owned(),
        line,
        column: 5,
        message: message.to_owned(),
    };
    let of = |level| changes.iter().find(|change| change.level() == level).unwrap().clone();
    let error = "E0609: no field `owner` on type `Pet`";
    Callers {
        name: "../shop".to_owned(),
        broken: vec![(of(Level::Build), vec![site("../shop/src/main.rs", 12, error)])],
        unexplained: vec![site("../shop/src/a,b:c.rs", 3, "cannot find <b> @octocat")],
        silent: vec![(of(Level::Silent), vec![site("../shop/src/lib.rs", 7, "")])],
    }
}

pub(super) fn editions(texts: &Texts) -> (Edition<'_>, Edition<'_>) {
    let edition = |name: &str, sources, version: &str, operations, schemas| Edition {
        name: name.to_owned(),
        sources,
        version: version.to_owned(),
        operations,
        schemas,
    };
    let old = edition("v1.0:spec/pets.yaml", &texts.old, "1.0", 2, 1413);
    (old, edition("spec/pets.yaml", &texts.new, "1.1", 2, 2))
}

fn changes(texts: &Texts) -> Vec<Change> {
    let mut list = [dangerous(texts), quiet(texts)].concat();
    list.sort_by_key(Change::level);
    list
}

/// A text in everything that a document can say.
const HOSTILE: &str = "GET /</script><b>|`@octocat`\n::error::#1\u{202e}";

fn pets() -> Vec<String> {
    vec!["GET /pets".to_owned()]
}

fn many() -> Vec<String> {
    (1..=14).map(|at| format!("GET /pets/{{id}}/part/{at}")).collect()
}

fn dangerous(texts: &Texts) -> Vec<Change> {
    use {Build as B, Running as R};
    let Texts { old, new } = texts;
    vec![
        Change {
            before: thing(
                old,
                "models::Pet::age",
                "pub age: Option<i64>",
                "`age` of `Pet`",
                "age: {",
            ),
            after: thing(
                new,
                "models::Pet::age",
                "pub age: Option<String>",
                "`age` of `Pet`",
                "age: {",
            ),
            items_before: vec!["models::Pet::age".to_owned()],
            items_after: vec!["models::Pet::age".to_owned()],
            operations: many(),
            ..change(
                Id::FieldTypeChanged,
                B::Breaks,
                R::Breaks,
                "the type is `String`, and was `i64`",
            )
        },
        Change {
            before: thing(
                old,
                "models::Pet::colour",
                "pub colour: Option<String>",
                "`colour` of `Pet`",
                "colour: {",
            ),
            after: thing(
                new,
                "models::Pet::colour",
                "pub colour: Option<String>",
                "`shade` of `Pet`",
                "shade: {",
            ),
            operations: pets(),
            ..change(
                Id::FieldWireRenamed,
                B::Same,
                R::Breaks,
                "the key is `shade`, and was `colour`",
            )
        },
        Change {
            before: thing(
                old,
                "models::Owner",
                "pub struct Owner { … }",
                "`Owner`",
                "Owner:\n      type: object",
            ),
            after: thing(
                new,
                "models::Keeper",
                "pub struct Keeper { … }",
                "`Keeper`",
                "Keeper:\n      type: object",
            ),
            operations: vec!["PUT /owners".to_owned(), "GET /owners".to_owned()],
            ..change(Id::TypeRenamed, B::Breaks, R::Same, "the name is `Keeper`, and was `Owner`")
        },
        Change {
            before: thing(
                old,
                "pets::Pets::delete_pet",
                "pub fn delete_pet(&self, id: &str) -> DeletePet",
                "DELETE /pets/{id}",
                "delete:",
            ),
            operations: vec!["DELETE /pets/{id}".to_owned()],
            ..change(Id::OperationRemoved, B::Adds, R::Breaks, "the operation is gone")
        },
        Change {
            after: thing(
                new,
                "models::PetKind::Script",
                "Script,",
                "`</script>` of `PetKind`",
                "\"</script>\"",
            ),
            operations: vec![HOSTILE.to_owned(), "GET /pets".to_owned()],
            ..change(
                Id::EnumValueAdded,
                B::Adds,
                R::MayBreak,
                "the value `</script>|``@octocat` is new\n::error::x\u{202e} <b> #1 https://example.com",
            )
        },
    ]
}

fn quiet(texts: &Texts) -> Vec<Change> {
    use {Build as B, Running as R};
    let Texts { old, new } = texts;
    let pet = "models::Pet";
    let added = |path: &str, code: &str, place: &str| Change {
        after: thing(new, path, code, place, place),
        operations: pets(),
        ..change(Id::FieldAdded, B::Adds, R::Same, "the field is new")
    };
    vec![
        Change {
            before: thing(
                old,
                "pets::ListPets::page_size",
                "pub fn page_size(self, value: i64) -> Self",
                "`page_size` of `GET /pets`",
                "- {name: page_size",
            ),
            after: thing(
                new,
                "pets::ListPets::page_size",
                "pub fn page_size(self, value: i64) -> Self",
                "`page_size` of `GET /pets`",
                "- {name: page_size",
            ),
            operations: pets(),
            ..change(
                Id::ParameterDefaultChanged,
                B::Docs,
                R::MayBreak,
                "the default is `50`, and was `20`",
            )
        },
        Change {
            cause: Cause::Config,
            ..change(Id::TypeTraitsChanged, B::MayBreak, R::Same, "types implement `Eq` no more")
        },
        added("models::Pet::weight", "pub weight: Option<f64>", "weight: {"),
        added("models::Pet::shade", "pub shade: Option<String>", "shade: {"),
        Change {
            after: thing(
                new,
                "pets::Pets::create_pet",
                "pub fn create_pet(&self) -> CreatePet",
                "POST /pets",
                "post:",
            ),
            operations: vec!["POST /pets".to_owned()],
            ..change(Id::OperationAdded, B::Adds, R::Same, "the operation is new")
        },
        Change {
            after: thing(
                new,
                "models::Pet::name",
                "pub name: Option<String>",
                "`name` of `Pet`",
                "name: {",
            ),
            operations: many(),
            ..change(
                Id::FieldDeprecated,
                B::Warns,
                R::Same,
                "the field should not be used any more",
            )
        },
        Change {
            before: thing(old, pet, "pub struct Pet", "`Pet`", "description: |"),
            after: thing(new, pet, "pub struct Pet", "`Pet`", "description: |"),
            ..change(Id::DocsChanged, B::Docs, R::Same, "the documentation reads differently")
        },
        change(
            Id::DocumentReencoded,
            B::Same,
            R::Same,
            "1,955 schemas say the same in other words",
        ),
    ]
}
