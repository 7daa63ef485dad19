//! Turns an OpenAPI document into a Rust client crate to commit, review and use like code written
//! by hand.
//!
//! The library reads no file and writes none: texts come in as [`source::Sources`], the crate comes
//! out as [`format::Files`]. The one room that touches the file system is [`files`], for the command
//! line. See ARCHITECTURE.md for the house that these modules make up.

mod nearest;
pub mod source;

pub mod diagnostic;

pub mod reference;
pub mod yaml;

pub mod config;
pub mod lower;
pub mod overlay;

pub mod document;

pub mod model;

pub mod plan;

pub mod diff;

pub mod emit;
pub mod index;
pub mod review;

pub mod format;
mod gaps;

pub mod files;

#[cfg(feature = "cli")]
pub mod cli;

use std::collections::BTreeMap;

use config::{Config, Filter, Spanned};
use diagnostic::{Code, Diagnostic, Diagnostics};
use diff::Planned;
use format::Files;
use overlay::{Selection, Selector};
use source::{FileId, Sources};
use yaml::Trees;

/// A crate that was generated.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files.
    pub files: Files,
    /// Where the document says more than the crate does.
    pub gaps: Diagnostics,
    /// How much there is.
    pub summary: Summary,
    /// The components that are types of their own: the path of each from the root of the crate.
    pub components: BTreeMap<String, String>,
}

/// How much was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Operations that are methods.
    pub operations: usize,
    /// Schemas that are types: the components of the document.
    pub schemas: usize,
    /// Fields and members of unions whose type is JSON of any kind, aliases followed, by the reason.
    pub untyped: BTreeMap<&'static str, usize>,
}

/// What the first of the sources says, and where it says more. The sources hold all files that it
/// refers to.
///
/// # Errors
/// All faults of the first stage that finds some, sorted by place.
pub fn read(sources: &Sources, config: &Config) -> Result<(model::Api, Diagnostics), Diagnostics> {
    read_from(sources, Trees::default(), config)
}

/// Does the same, with the trees of files that were parsed before.
///
/// # Errors
/// As [`read`].
pub fn read_from(
    sources: &Sources,
    mut trees: Trees,
    config: &Config,
) -> Result<(model::Api, Diagnostics), Diagnostics> {
    let root = root(sources, &mut trees, config)?;
    facts(root, sources, &mut trees, config)
}

/// Generates the crate of the first of the sources, which hold all files that it refers to.
///
/// # Errors
/// All faults of the first stage that finds some, sorted by place.
pub fn generate(sources: &Sources, config: &Config) -> Result<Generated, Diagnostics> {
    generate_from(sources, Trees::default(), config)
}

/// Does the same, with the trees of files that were parsed before.
///
/// # Errors
/// As [`generate`].
pub fn generate_from(
    sources: &Sources,
    trees: Trees,
    config: &Config,
) -> Result<Generated, Diagnostics> {
    plan_and_generate_from(sources, trees, config).map(|(_, generated)| generated)
}

/// Does both: decides what the crate says, and makes its files.
///
/// # Errors
/// As [`generate`].
pub fn plan_and_generate_from(
    sources: &Sources,
    mut trees: Trees,
    config: &Config,
) -> Result<(Planned, Generated), Diagnostics> {
    let (planned, mut gaps, mut outline) = decide(sources, &mut trees, config)?;
    trees.into_trees().for_each(|tree| outline.add(&tree));
    let outline = outline.sorted();
    let Planned { api, krate, wording: _ } = &planned;
    let components = plan::components(krate, api);
    let mut files = format::format(emit::emit(krate))?;
    gaps.sort();
    files.insert("GAPS.md", gaps::page(&gaps, &outline, sources));
    let untyped = plan::untyped(krate);
    let operations = api.operations.len();
    let summary = Summary { operations, schemas: components_of(api), untyped };
    Ok((planned, Generated { files, gaps, summary, components }))
}

/// How many schemas of an API are components.
pub(crate) fn components_of(api: &model::Api) -> usize {
    let component =
        |schema: &&model::Schema| matches!(schema.name, model::SchemaName::Component(_));
    api.schemas.iter().filter(component).count()
}

/// Tells where each item of the crate stands in the document of the first of the sources.
///
/// # Errors
/// All faults of the first stage that finds some, sorted by place.
pub fn index_from(
    sources: &Sources,
    mut trees: Trees,
    config: &Config,
) -> Result<Vec<index::Row>, Diagnostics> {
    let (planned, _, mut outline) = decide(sources, &mut trees, config)?;
    trees.into_trees().for_each(|tree| outline.add(&tree));
    let outline = outline.sorted();
    Ok(index::index(&planned, &|span| outline.pointer(span, sources)))
}

/// Decides what the crate of the first of the sources says, to be compared with another one.
///
/// # Errors
/// All faults of the first stage that finds some, sorted by place.
pub fn plan(sources: &Sources, config: &Config) -> Result<Planned, Diagnostics> {
    plan_from(sources, Trees::default(), config)
}

/// Does the same, with the trees of files that were parsed before.
///
/// # Errors
/// As [`plan`](fn@plan).
pub fn plan_from(
    sources: &Sources,
    mut trees: Trees,
    config: &Config,
) -> Result<Planned, Diagnostics> {
    decide(sources, &mut trees, config).map(|(planned, ..)| planned)
}

/// Facts and decisions, where they fall short, and the keys of the root document.
fn decide(
    sources: &Sources,
    trees: &mut Trees,
    config: &Config,
) -> Result<(Planned, Diagnostics, yaml::Outline), Diagnostics> {
    check_modules(config)?;
    let root = root(sources, trees, config)?;
    let outline = yaml::Outline::new(&root);
    let wording = diff::wording(&root);
    let (api, mut gaps) = facts(root, sources, trees, config)?;
    let krate = plan::plan(&api, config, &mut gaps)?;
    Ok((Planned { api, krate, wording }, gaps, outline))
}

/// The root document with its overlays and the types that were chosen.
fn root(sources: &Sources, trees: &mut Trees, config: &Config) -> Result<yaml::Node, Diagnostics> {
    let mut root = trees.take(sources, FileId::default())?;
    for file in sources.overlays() {
        root = overlay::apply(root, &trees.take(sources, *file)?)?;
    }
    overlay::retype(root, config.types.iter().map(|(pointer, chosen)| (&**pointer, chosen.span)))
}

fn facts(
    root: yaml::Node,
    sources: &Sources,
    trees: &mut Trees,
    config: &Config,
) -> Result<(model::Api, Diagnostics), Diagnostics> {
    let mut gaps = Diagnostics::new();
    let root = lower::join(root, sources, trees, &mut gaps)?;
    let root = lower::upgrade(root, &mut gaps)?;
    let root = overlay::filter(root, &selection(config))?;
    let root = lower::lower(root, &lowering(config), &mut gaps)?;
    let api = model::build(&document::read(root)?, &mut gaps)?;
    Ok((api, gaps))
}

/// What `generator.yaml` says about the templates.
fn check_modules(config: &Config) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::new();
    for module in &config.modules {
        if !emit::module_names().any(|name| name == module.value) {
            let message = format!("the templates have no module `{}`", module.value);
            let names: Vec<&str> = emit::module_names().collect();
            let help = format!("they have: {}", names.join(", "));
            found.push(Diagnostic::error(Code::UnusedConfig, module.span, message).help(help));
        }
    }
    for (name, dependency) in &config.package.dependencies {
        if emit::dependency_names().any(|own| own == name) {
            let message = format!("the runtime's own dependencies have `{name}`");
            let help = "drop it: its version is the runtime's";
            let fault = Diagnostic::error(Code::InvalidConfig, dependency.span, message);
            found.push(fault.help(help));
        }
    }
    found.stop((), &mut Diagnostics::new())
}

fn selection(config: &Config) -> Selection {
    let selectors = |filters: &[Spanned<Filter>]| {
        let selectors = filters.iter().map(|filter| {
            let Filter { operation, tag, method, path } = filter.value.clone();
            Selector { operation, tag, method, path, span: filter.span }
        });
        selectors.collect()
    };
    Selection { include: selectors(&config.include), exclude: selectors(&config.exclude) }
}

fn lowering(config: &Config) -> lower::Options {
    let rules = config.reading_rules.iter().map(|rule| match rule.value {
        config::ReadingRule::ProtobufOneof => lower::ReadingRule::ProtobufOneof,
    });
    lower::Options { reading_rules: rules.collect() }
}
