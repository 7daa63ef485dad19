//! Finds what a reference names: a place in one of the files.
//!
//! A text is resolved as RFC 3986 and JSON Schema say: against the nearest `$id` around it, or else
//! against the location of its file. Nothing is fetched, so a URL is found only where a schema says
//! that it is its `$id`, or the document that it is its `$self`.
//!
//! Three slips of real documents are followed. A pointer may name a section as another version of
//! the specification does, `#/definitions/Pet` for `#/components/schemas/Pet` or the reverse.
//! Inside a schema with an `$id`, `#/components/…` means the document although it should mean the
//! schema. And a pointer may step through a `$ref`.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use super::identifiers::{Identifiers, resolve};
use super::parts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::stamp::first_line;
use crate::reference::{self, File, Fragment, Section};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{Node, Trees, Value};

/// How many references the search for one place may step through, with all that it tries.
const LONGEST_CHAIN: usize = 100;

/// Maps with more keys than this are searched by an index.
const INDEXED: usize = 32;

/// Where a reference stands: the start of its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base<'a> {
    pub(super) file: FileId,
    /// The nearest schema around it that has an `$id`.
    pub(super) resource: Option<&'a Node>,
}

/// A place that a reference leads to.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) base: Base<'a>,
    pub(super) node: &'a Node,
    /// The key under which it stands, or its first line.
    pub(super) at: Span,
    /// The way from the top of its file; of its resource, when the reference was relative to that.
    pub(super) steps: Vec<String>,
}

/// All files, with what was found out about them.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    sources: &'a Sources,
    root: &'a Node,
    trees: &'a Trees,
    locations: BTreeMap<FileId, &'a str>,
    identifiers: Identifiers<'a>,
    indices: RefCell<BTreeMap<Span, BTreeMap<&'a str, usize>>>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(root: &'a Node, sources: &'a Sources, trees: &'a Trees) -> Self {
        let documents = sources.documents();
        let locations: BTreeMap<FileId, &str> = documents.map(|(at, file)| (file, at)).collect();
        let mut identifiers = Identifiers::default();
        for (file, location) in &locations {
            let tree = if *file == FileId::default() { Some(root) } else { trees.get(*file) };
            let text = sources.get(*file).map_or("", |source| &source.text);
            if let Some(tree) = tree
                && Identifiers::may_have(text)
            {
                identifiers.collect(tree, location);
            }
        }
        let indices = RefCell::default();
        Self { sources, root, trees, locations, identifiers, indices }
    }

    /// The place of the whole root document.
    pub(super) fn root(&self) -> Place<'a> {
        let base = Base { file: self.root.span.file, resource: None };
        Place { base, node: self.root, at: first_line(self.root), steps: Vec::new() }
    }

    /// The tree of a file.
    pub(super) fn document(&self, file: FileId) -> Option<&'a Node> {
        if file == self.root.span.file { Some(self.root) } else { self.trees.get(file) }
    }

    /// The location of a file.
    pub(super) fn location(&self, file: FileId) -> &'a str {
        self.locations.get(&file).copied().unwrap_or_default()
    }

    /// The base within a schema: a new one where it has an `$id`.
    pub(super) fn within(&self, base: Base<'a>, schema: &'a Node) -> Base<'a> {
        match self.identifiers.uri(schema.span) {
            Some(_) => Base { resource: Some(schema), ..base },
            None => base,
        }
    }

    /// The only schema with a `$dynamicAnchor`. Where there is one only, the dynamic scope cannot
    /// lead to another, so the reference is like any other.
    pub(super) fn dynamic(&self, text: &str) -> Option<Place<'a>> {
        let Some(("", name)) = text.split_once('#') else { return None };
        match self.identifiers.dynamic(name) {
            [only] => Some(self.place(only)),
            _ => None,
        }
    }

    /// What a reference names.
    pub(super) fn locate(
        &self,
        base: Base<'a>,
        text: &str,
        span: Span,
    ) -> Result<Place<'a>, Diagnostics> {
        let mut left = LONGEST_CHAIN;
        self.follow(base, text, span, &mut left)
    }

    fn follow(
        &self,
        base: Base<'a>,
        text: &str,
        span: Span,
        left: &mut usize,
    ) -> Result<Place<'a>, Diagnostics> {
        let Some(rest) = left.checked_sub(1) else {
            let message = "this reference leads through others without end";
            return Err(Diagnostic::error(Code::ReferenceCycle, span, message).into());
        };
        *left = rest;
        let fragment = reference::fragment(text);
        if text.starts_with('#') {
            if let Some(resource) = base.resource {
                let place = self.place(resource);
                if let Ok(found) = self.fragment(&place, &fragment, text, span, left) {
                    return Ok(found);
                }
            }
            let place = self.file(base.file, span)?;
            return self.fragment(&place, &fragment, text, span, left);
        }
        let place = self.resource(base, text, span)?;
        self.fragment(&place, &fragment, text, span, left)
    }

    /// The file or the schema that the part before `#` names.
    fn resource(&self, base: Base<'a>, text: &str, span: Span) -> Result<Place<'a>, Diagnostics> {
        let name = text.split('#').next().unwrap_or_default();
        let around = base.resource.and_then(|schema| self.identifiers.uri(schema.span));
        if let Some(around) = around
            && let Some(schema) = self.identifiers.schema(&resolve(around, name))
        {
            return Ok(self.place(schema));
        }
        let error = |code, message: String| Err(Diagnostic::error(code, span, message).into());
        match reference::file(self.location(base.file), text) {
            File::Same => self.file(base.file, span),
            File::Url(url) => match self.identifiers.schema(&url) {
                Some(schema) => Ok(self.place(schema)),
                None => error(
                    Code::ReferenceOutside,
                    format!("`{text}` is a URL; nothing is fetched from the network"),
                ),
            },
            File::Outside => {
                error(Code::ReferenceOutside, format!("`{text}` is outside of the root folder"))
            }
            File::At(location) => {
                if let Some(schema) = self.identifiers.schema(&location) {
                    return Ok(self.place(schema));
                }
                match self.sources.document(&location) {
                    Some(Ok(file)) => self.file(file, span),
                    Some(Err(reason)) => error(
                        Code::ReferenceNotFound,
                        format!("the file `{location}` cannot be read: {reason}"),
                    ),
                    None => error(
                        Code::ReferenceNotFound,
                        format!("the file `{location}` is not among those that were read"),
                    ),
                }
            }
        }
    }

    fn file(&self, file: FileId, span: Span) -> Result<Place<'a>, Diagnostics> {
        let node = if file == self.root.span.file {
            self.root
        } else {
            let Some(tree) = self.trees.tree(file) else {
                let message = "the file of this reference was not read";
                return Err(Diagnostic::error(Code::ReferenceNotFound, span, message).into());
            };
            tree?
        };
        let base = self.within(Base { file, resource: None }, node);
        Ok(Place { base, node, at: first_line(node), steps: Vec::new() })
    }

    fn place(&self, schema: &'a Node) -> Place<'a> {
        // What an overlay added stands in a file of its own, and belongs to the root document.
        let file = Some(schema.span.file).filter(|file| self.locations.contains_key(file));
        let file = file.unwrap_or(self.root.span.file);
        let base = self.within(Base { file, resource: None }, schema);
        Place { base, node: schema, at: first_line(schema), steps: Vec::new() }
    }

    fn fragment(
        &self,
        top: &Place<'a>,
        fragment: &Fragment,
        text: &str,
        span: Span,
        left: &mut usize,
    ) -> Result<Place<'a>, Diagnostics> {
        let steps = match fragment {
            Fragment::Pointer(steps) => steps,
            Fragment::Anchor(name) => {
                let Some(schema) = self.identifiers.anchor(top.node, name) else {
                    let message = format!("no schema has the `$anchor` that `{text}` names");
                    return Err(Diagnostic::error(Code::ReferenceNotFound, span, message).into());
                };
                return Ok(Place { steps: vec![name.clone()], ..self.place(schema) });
            }
        };
        let steps = &*renamed(top.node, steps);
        let mut place = top.clone();
        for step in steps {
            let next = self.step(&place, step);
            let next = match (next, parts::reference(place.node)) {
                (None, Some((text, at))) => {
                    let through = self.follow(place.base, text, at.span, left)?;
                    let next = self.step(&through, step);
                    place = through;
                    next
                }
                (next, _) => next,
            };
            let Some((node, at)) = next else {
                let message = format!("`{text}` leads nowhere: there is no `{step}`");
                return Err(Diagnostic::error(Code::ReferenceNotFound, span, message).into());
            };
            place.base = self.within(place.base, node);
            place.steps.push(step.clone());
            (place.node, place.at) = (node, at);
        }
        Ok(place)
    }

    /// The node of a key or an index, with its place.
    fn step(&self, place: &Place<'a>, step: &str) -> Option<(&'a Node, Span)> {
        match &place.node.value {
            Value::List(nodes) => {
                let node = nodes.get(step.parse::<usize>().ok()?)?;
                Some((node, first_line(node)))
            }
            Value::Map(entries) if entries.len() <= INDEXED => {
                let entry = place.node.entry(step)?;
                Some((&entry.node, entry.key_span))
            }
            Value::Map(entries) => {
                let mut indices = self.indices.borrow_mut();
                let keys = indices.entry(place.node.span).or_insert_with(|| {
                    entries.iter().enumerate().map(|(at, entry)| (&*entry.key, at)).collect()
                });
                let entry = entries.get(*keys.get(step)?)?;
                Some((&entry.node, entry.key_span))
            }
            _ => None,
        }
    }
}

/// The steps of a pointer, with a section named as the document at its top names it.
fn renamed<'s>(top: &Node, steps: &'s [String]) -> Cow<'s, [String]> {
    let sections = Section::SWAGGER;
    let (before, after, rest): (_, Vec<&str>, _) = match steps {
        [first, section, rest @ ..] if first == "components" => {
            let found = sections.iter().find(|(_, found)| found.key() == section);
            let Some((key, _)) = found else { return Cow::Borrowed(steps) };
            (first, vec![key], rest)
        }
        [first, rest @ ..] => {
            let found = sections.iter().find(|(key, _)| key == first);
            let Some((_, section)) = found else { return Cow::Borrowed(steps) };
            (first, vec!["components", section.key()], rest)
        }
        [] => return Cow::Borrowed(steps),
    };
    let exists = after.iter().try_fold(top, |node, step| node.get(step)).is_some();
    if top.get(before).is_some() || !exists {
        return Cow::Borrowed(steps);
    }
    after.into_iter().map(str::to_owned).chain(rest.iter().cloned()).collect()
}
