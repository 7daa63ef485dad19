//! Components that are made of themselves.
//!
//! A component leads to another one **in place** by a plain `$ref` or as a member of `allOf`. A cycle
//! of such steps describes no value. A cycle through a property or through items is a recursive
//! type, and one through a choice (`oneOf`) ends with another choice; both are fine.

use std::collections::BTreeMap;

use super::entries;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Entry, Node};

/// A cycle of more references than these is not understood by listing them.
const MOST_RELATED: usize = 10;

/// A step from one component to another.
#[derive(Clone, Copy, Debug)]
struct Edge {
    target: usize,
    span: Span,
}

/// How far the search is with a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// A component on the way of the search.
#[derive(Clone, Copy, Debug)]
struct Stop {
    component: usize,
    /// The number of its edges that were followed.
    followed: usize,
    /// The reference that led here.
    span: Span,
}

/// Reports each cycle once, with its references. References are canonical by now.
pub(super) fn check(root: &[Entry], found: &mut Diagnostics) {
    let edges = edges(root);
    let mut state = vec![State::New; edges.len()];
    for start in 0..edges.len() {
        search(start, &edges, &mut state, found);
    }
}

/// The steps from each component.
fn edges(root: &[Entry]) -> Vec<Vec<Edge>> {
    let sections = entries::find(root, "components").and_then(|entry| entry.node.as_map());
    let sections = sections.unwrap_or_default();
    let components = sections.iter().flat_map(|section| {
        let components = section.node.as_map().unwrap_or_default().iter();
        components.map(|component| (&*section.key, component))
    });
    let components: Vec<(&str, &Entry)> = components.collect();
    let names = components.iter().enumerate();
    let numbers: BTreeMap<(&str, &str), usize> =
        names.map(|(number, (section, entry))| ((*section, &*entry.key), number)).collect();
    let steps = components.iter().map(|(_, entry)| {
        let mut edges = Vec::new();
        collect(&entry.node, &numbers, &mut edges);
        edges
    });
    steps.collect()
}

/// The references that stand in the place of a node.
fn collect(node: &Node, numbers: &BTreeMap<(&str, &str), usize>, edges: &mut Vec<Edge>) {
    if let Some(reference) = node.get("$ref") {
        let name = reference.as_str().and_then(|text| text.strip_prefix("#/components/"));
        let target = name.and_then(|name| numbers.get(&name.split_once('/')?));
        edges.extend(target.map(|target| Edge { target: *target, span: reference.span }));
    }
    for member in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
        collect(member, numbers, edges);
    }
}

/// A search in depth, without recursion, since a chain of references can be long.
fn search(start: usize, edges: &[Vec<Edge>], state: &mut [State], found: &mut Diagnostics) {
    let mut way = Vec::new();
    enter(start, Span::default(), state, &mut way);
    while let Some(stop) = way.last_mut() {
        let edge = edges.get(stop.component).and_then(|edges| edges.get(stop.followed));
        stop.followed += 1;
        match edge {
            Some(edge) if state.get(edge.target) == Some(&State::Open) => {
                found.push(cycle(edge, &way));
            }
            Some(edge) => enter(edge.target, edge.span, state, &mut way),
            None => {
                set(state, stop.component, State::Done);
                way.pop();
            }
        }
    }
}

fn enter(component: usize, span: Span, state: &mut [State], way: &mut Vec<Stop>) {
    if state.get(component) == Some(&State::New) {
        set(state, component, State::Open);
        way.push(Stop { component, followed: 0, span });
    }
}

fn set(state: &mut [State], component: usize, value: State) {
    if let Some(slot) = state.get_mut(component) {
        *slot = value;
    }
}

fn cycle(last: &Edge, way: &[Stop]) -> Diagnostic {
    let message = "this reference leads back to itself with nothing in between";
    let between = way.iter().skip_while(|stop| stop.component != last.target).skip(1);
    between
        .take(MOST_RELATED)
        .fold(Diagnostic::error(Code::ReferenceCycle, last.span, message), |error, stop| {
            error.related(stop.span, "by way of this reference")
        })
}
