//! The first pass: where each reference leads, and which places become components.

use std::collections::{BTreeMap, BTreeSet};

use super::locate::{Base, Locator, Place};
use super::parts;
use super::sections::{self, Layout};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::grammar::{Holds, Kind};
use crate::reference::{self, Section, Target};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// How many references may lead to each other with nothing else in between.
const LONGEST_CHAIN: usize = 100;

/// What becomes of a reference.
#[derive(Clone, Debug)]
pub(super) enum Fate<'a> {
    /// It names a component of the root document.
    Component(String),
    /// It names a place that becomes a component.
    Moved(usize),
    /// What it names is put in its place.
    Replaced(Place<'a>),
}

/// A place that becomes a component, or that the component of the root document takes over which
/// is nothing but a reference to it.
#[derive(Clone, Debug)]
pub(super) struct Moved<'a> {
    pub(super) section: Section,
    pub(super) place: Place<'a>,
    /// The component that takes it over.
    pub(super) claimed: Option<String>,
}

/// A place, and what is expected there: one place can be two things for two references.
pub(super) type Spot = (Span, Option<Section>);

/// What the first pass finds out.
#[derive(Debug)]
pub(super) struct Collected<'a> {
    /// By the place of the text of the `$ref`.
    pub(super) references: BTreeMap<Spot, Fate<'a>>,
    pub(super) moved: Vec<Moved<'a>>,
    pub(super) moved_at: BTreeMap<Spot, usize>,
}

/// The search, with a list of what is left to look at.
pub(super) struct Collector<'a, 'l> {
    locator: &'l Locator<'a>,
    layout: Layout,
    /// The components of the root document, by place.
    components: BTreeMap<Spot, String>,
    /// The names of the schemas among them.
    schemas: BTreeSet<&'a str>,
    collected: Collected<'a>,
    open: Vec<(Holds, Place<'a>)>,
    found: &'l mut Diagnostics,
}

/// Looks at all that the root document reaches.
pub(super) fn collect<'a>(
    locator: &Locator<'a>,
    layout: Layout,
    found: &mut Diagnostics,
) -> Collected<'a> {
    let collected =
        Collected { references: BTreeMap::new(), moved: Vec::new(), moved_at: BTreeMap::new() };
    let mut collector = Collector {
        locator,
        layout,
        components: BTreeMap::new(),
        schemas: BTreeSet::new(),
        collected,
        open: Vec::new(),
        found,
    };
    let root = locator.root();
    collector.components(&root);
    collector.visit(Holds::Object(layout.document()), root.node, root.base);
    while let Some((holds, place)) = collector.open.pop() {
        collector.visit(holds, place.node, place.base);
    }
    collector.collected
}

impl<'a> Collector<'a, '_> {
    /// Notes where the components of the root document stand. One that is only a reference to
    /// another place gives that place its name; of several, the one that is named like it.
    fn components(&mut self, root: &Place<'a>) {
        let mut claims: BTreeMap<Spot, (Place<'a>, Vec<&'a str>)> = BTreeMap::new();
        for (section, entries) in sections::components(self.layout, root.node) {
            let Some((base, map)) = self.section(root.base, entries) else { continue };
            for entry in map.as_map().unwrap_or_default() {
                let spot = (entry.node.span, Some(section));
                self.components.entry(spot).or_insert_with(|| entry.key.to_string());
                if section == Section::Schemas {
                    self.schemas.insert(&entry.key);
                }
                if parts::is_bare(&entry.node)
                    && section != Section::PathItems
                    && let Some((text, at)) = parts::reference(&entry.node)
                    && !self.is_component(base, text)
                    && let Ok(place) = self.locator.locate(base, text, at.span)
                    && let Ok(place) = self.end(place, at.span)
                {
                    let spot = (place.node.span, Some(section));
                    claims.entry(spot).or_insert_with(|| (place, Vec::new())).1.push(&entry.key);
                }
            }
        }
        for ((span, section), (place, names)) in claims {
            let Some(section) = section else { continue };
            if self.components.contains_key(&(span, Some(section))) {
                continue;
            }
            let own = super::names::wanted(&place, self.locator);
            let same = names.iter().find(|name| super::names::sounds_like(name, &own));
            let Some(name) = same.or_else(|| names.iter().min()) else { continue };
            let claimed = Some((*name).to_owned());
            self.add(section, place, claimed);
        }
    }

    /// The components of a section, which may stand in another file.
    fn section(&self, base: Base<'a>, node: &'a Node) -> Option<(Base<'a>, &'a Node)> {
        let Some((text, at)) = parts::reference(node) else { return Some((base, node)) };
        let place = self.locator.locate(base, text, at.span).ok()?;
        Some((place.base, place.node))
    }

    /// Whether a text names a component of the root document as it should be.
    fn is_component(&self, base: Base<'a>, text: &str) -> bool {
        base.file == self.locator.root().base.file
            && base.resource.is_none()
            && self.layout == Layout::Components
            && matches!(reference::parse(text), Target::Component(..))
    }

    fn visit(&mut self, holds: Holds, node: &'a Node, base: Base<'a>) {
        let base = match holds {
            Holds::Schema | Holds::SchemaOrFlag | Holds::Items => self.locator.within(base, node),
            _ => base,
        };
        let section = parts::section(holds);
        match (parts::reference(node), section) {
            (Some((text, at)), Some(section)) => self.reference(section, base, text, at),
            (Some((text, at)), None) if parts::is_replaced(holds) => {
                self.replaced(holds, base, text, at);
            }
            _ => {}
        }
        if section == Some(Section::Schemas)
            && let Some(at) = node.get("$dynamicRef")
            && let Some(place) = at.as_str().and_then(|text| self.locator.dynamic(text))
        {
            self.leads_to(Section::Schemas, place, at.span);
        }
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    let Some(holds) = parts::entry(holds, &entry.key) else { continue };
                    match holds {
                        Holds::Discriminator => self.mapping(&entry.node, base),
                        _ => self.visit(holds, &entry.node, base),
                    }
                }
            }
            Value::List(nodes) => {
                let Some(holds) = parts::item(holds) else { return };
                for node in nodes {
                    self.visit(holds, node, base);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, section: Section, base: Base<'a>, text: &str, at: &'a Node) {
        // `lower` checks these, and knows which names are near.
        let is_parameter =
            matches!(reference::parse(text), Target::Component(Section::Parameters, _));
        let is_component =
            self.is_component(base, text) && !(section == Section::Headers && is_parameter);
        if is_component && section != Section::PathItems {
            return;
        }
        match self.locator.locate(base, text, at.span) {
            Err(_) if is_component => {}
            Ok(place) => self.leads_to(section, place, at.span),
            Err(_) if section == Section::Schemas && self.schemas.contains(text) => {
                let message = format!("`{text}` would be a file, and there is none");
                let help = format!("did you mean `{}`?", reference::component(section, text));
                let error = Diagnostic::error(Code::ReferenceNotFound, at.span, message);
                self.found.push(error.help(help));
            }
            Err(errors) => self.found.extend(errors),
        }
    }

    /// Decides about a reference when its place is known.
    fn leads_to(&mut self, section: Section, place: Place<'a>, at: Span) {
        let spot = (at, Some(section));
        if self.collected.references.contains_key(&spot) {
            return;
        }
        if section == Section::PathItems {
            // Marked before it is looked at, so that a circle ends.
            self.collected.references.insert(spot, Fate::Replaced(place.clone()));
            self.open.push((self.path_item(), place));
            return;
        }
        let place = match self.end(place, at) {
            Ok(place) => place,
            Err(errors) => return self.found.extend(errors),
        };
        let own = self.layout.path(section);
        // The two differ only in what says where a parameter stands.
        let parameter = self.layout.path(Section::Parameters);
        let fits =
            |other: &String| *other == own || section == Section::Headers && *other == parameter;
        if let Some(other) = self.layout.kind_at(&place).filter(|other| !fits(other)) {
            let message = format!(
                "this is a reference to one of `{other}`, but one of `{own}` must stand here"
            );
            self.found.push(Diagnostic::error(Code::ReferenceKind, at, message));
            return;
        }
        let target = (place.node.span, Some(section));
        let fate = match self.components.get(&target) {
            Some(name) => Fate::Component(name.clone()),
            None => Fate::Moved(self.add(section, place, None)),
        };
        self.collected.references.insert(spot, fate);
    }

    /// The end of a chain of references with nothing else, or the first component on the way.
    fn end(&self, mut place: Place<'a>, at: Span) -> Result<Place<'a>, Diagnostics> {
        let is_component = |place: &Place| {
            let mut spots = Section::ALL.iter().map(|section| (place.node.span, Some(*section)));
            spots.any(|spot| self.components.contains_key(&spot))
        };
        for _ in 0..LONGEST_CHAIN {
            match parts::reference(place.node) {
                Some((text, span)) if parts::is_bare(place.node) && !is_component(&place) => {
                    place = self.locator.locate(place.base, text, span.span)?;
                }
                _ => return Ok(place),
            }
        }
        let message = "this reference leads back to itself with nothing in between";
        Err(Diagnostic::error(Code::ReferenceCycle, at, message).into())
    }

    /// A path item, which may be a reference itself.
    fn path_item(&self) -> Holds {
        Holds::Reusable(match self.layout {
            Layout::Components => Kind::PathItem,
            Layout::Top => Kind::SwaggerPathItem,
        })
    }

    /// The number of a place that becomes a component.
    fn add(&mut self, section: Section, place: Place<'a>, claimed: Option<String>) -> usize {
        let spot = (place.node.span, Some(section));
        if let Some(index) = self.collected.moved_at.get(&spot).copied() {
            // Several ways lead here; which of them was met first must not matter for the name.
            if let Some(moved) = self.collected.moved.get_mut(index)
                && place.steps < moved.place.steps
            {
                moved.place.steps = place.steps;
            }
            return index;
        }
        let index = self.collected.moved.len();
        self.collected.moved_at.insert(spot, index);
        self.open.push((self.layout.target(section), place.clone()));
        self.collected.moved.push(Moved { section, place, claimed });
        index
    }

    /// What is put in the place of a reference is looked at like what stands there.
    fn replaced(&mut self, holds: Holds, base: Base<'a>, text: &str, at: &'a Node) {
        match self.locator.locate(base, text, at.span).and_then(|place| self.end(place, at.span)) {
            Err(errors) => self.found.extend(errors),
            Ok(place) if self.layout.kind_at(&place).is_some() => {
                let message = "a reference cannot stand here";
                self.found.push(Diagnostic::error(Code::ReferenceKind, at.span, message));
            }
            Ok(place) => {
                let spot = (at.span, None);
                let fate = Fate::Replaced(place.clone());
                if self.collected.references.insert(spot, fate).is_none() {
                    self.open.push((holds, place));
                }
            }
        }
    }

    /// The values of a mapping are names of components, or references.
    fn mapping(&mut self, discriminator: &'a Node, base: Base<'a>) {
        let mapping = discriminator.get("mapping").and_then(Node::as_map).unwrap_or_default();
        for entry in mapping {
            let Some(text) = entry.node.as_str() else { continue };
            let at = entry.node.span;
            let is_root = base.file == self.locator.root().base.file;
            if is_root && self.schemas.contains(text) || self.is_component(base, text) {
                continue;
            }
            let own = format!("#/{}/{}", self.layout.path(Section::Schemas), escaped(text));
            let place = match self.locator.locate(base, &own, at) {
                Ok(place) => Ok(place),
                Err(_) if self.schemas.contains(text) => continue,
                Err(_) => self.locator.locate(base, text, at),
            };
            match place {
                Ok(place) => self.leads_to(Section::Schemas, place, at),
                // A misspelt name rather than a file; `lower` knows which names are near.
                Err(_) if !text.contains(['/', '#']) => {}
                Err(errors) => self.found.extend(errors),
            }
        }
    }
}

/// A name as a step of a JSON Pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1").replace('%', "%25")
}
