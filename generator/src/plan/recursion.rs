//! Where a type holds itself: fields that need a `Box`, and aliases that cannot be.
//!
//! A field is boxed when its type and the struct lie on a common cycle of direct containment (lists
//! and maps already are on the heap). That depends on the graph alone, so the order of the document
//! decides nothing. An alias that leads to itself without a struct on the way has no Rust form.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Api, SchemaId, Shape, Type};

/// What is known about recursion.
pub(super) struct Recursion {
    /// The number of the cycle (strongly connected component) of each schema.
    component: Vec<usize>,
    /// The aliases that lead to themselves.
    endless: Vec<bool>,
    /// The number of the cycle of choices and aliases that each schema is in.
    choice: Vec<usize>,
}

impl Recursion {
    /// Whether a field of `holder` with the type `held` lies on a cycle.
    pub(super) fn is_boxed(&self, holder: SchemaId, held: SchemaId) -> bool {
        self.component.get(holder.0).is_some_and(|one| self.component.get(held.0) == Some(one))
    }

    /// Whether a member of a choice leads back to it with no value in between.
    pub(super) fn is_circular(&self, choice: SchemaId, member: SchemaId) -> bool {
        self.choice.get(choice.0).is_some_and(|one| self.choice.get(member.0) == Some(one))
    }

    /// Whether an alias leads to itself.
    pub(super) fn is_endless(&self, alias: SchemaId) -> bool {
        self.endless.get(alias.0).copied().unwrap_or(false)
    }
}

/// Finds all cycles.
pub(super) fn find(api: &Api, found: &mut Diagnostics) -> Recursion {
    let direct = |shape: &Shape| match shape {
        Shape::Object(object) => object.fields.iter().flat_map(|one| held(&one.ty)).collect(),
        Shape::Alias(ty) => held(ty),
        Shape::Union(union) => union.members.iter().flat_map(|one| held(&one.ty)).collect(),
        Shape::EmptyObject | Shape::Enum(_) => Vec::new(),
    };
    let aliases = |shape: &Shape| match shape {
        Shape::Alias(ty) => named(ty),
        Shape::Object(_) | Shape::EmptyObject | Shape::Enum(_) | Shape::Union(_) => Vec::new(),
    };
    let choices = |shape: &Shape| match shape {
        Shape::Alias(ty) => is(ty).into_iter().collect(),
        Shape::Union(union) => union.members.iter().filter_map(|one| is(&one.ty)).collect(),
        Shape::Object(_) | Shape::EmptyObject | Shape::Enum(_) => Vec::new(),
    };
    let shapes = || api.schemas.iter().map(|schema| &schema.shape);
    let component = components(&shapes().map(direct).collect::<Vec<_>>());

    let edges: Vec<Vec<usize>> = shapes().map(aliases).collect();
    let alias_component = components(&edges);
    let endless = edges.iter().enumerate().map(|(at, targets)| {
        targets.iter().any(|target| alias_component.get(*target) == alias_component.get(at))
    });
    let endless: Vec<bool> = endless.collect();
    for (schema, endless) in api.schemas.iter().zip(&endless) {
        if *endless {
            let message = "this schema holds nothing but itself: the value stays untyped JSON";
            found.push(Diagnostic::gap(Code::Untyped, schema.span, message));
        }
    }
    let choice = components(&shapes().map(choices).collect::<Vec<_>>());
    Recursion { component, endless, choice }
}

/// The schema that a value is.
pub(super) fn is(ty: &Type) -> Option<usize> {
    match ty {
        Type::Schema(id) => Some(id.0),
        Type::Nullable(inner) => is(inner),
        Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Any
        | Type::FreeForm
        | Type::ProtobufAny
        | Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Number(_)
        | Type::Text(_) => None,
    }
}

/// The schemas that a value holds directly: what it is, or the items of a tuple.
pub(super) fn held(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Nullable(inner) => held(inner),
        Type::Tuple(items) => items.iter().flat_map(held).collect(),
        other => is(other).into_iter().collect(),
    }
}

/// The schemas that a type names, in a container or not.
pub(super) fn named(ty: &Type) -> Vec<usize> {
    ty.schemas().into_iter().map(|id| id.0).collect()
}

/// Strongly connected components by Tarjan's algorithm, with a stack of its own: a chain of a
/// hundred thousand schemas must not end the program. The number of a
/// component is that of one of its nodes.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut index = vec![UNSEEN; edges.len()];
    let mut low = vec![UNSEEN; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let (mut next, mut stack) = (0, Vec::new());
    for root in 0..edges.len() {
        if read(&index, root) != UNSEEN {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                write(&mut index, node, next);
                write(&mut low, node, next);
                next += 1;
                stack.push(node);
            }
            if let Some(target) = edges.get(node).and_then(|targets| targets.get(edge)).copied() {
                work.push((node, edge + 1));
                if read(&index, target) == UNSEEN {
                    work.push((target, 0));
                } else if read(&component, target) == UNSEEN {
                    let lowest = read(&low, node).min(read(&index, target));
                    write(&mut low, node, lowest);
                }
                continue;
            }
            if read(&low, node) == read(&index, node) {
                while let Some(member) = stack.pop() {
                    write(&mut component, member, node);
                    if member == node {
                        break;
                    }
                }
            }
            if let Some((parent, _)) = work.last() {
                let lowest = read(&low, *parent).min(read(&low, node));
                write(&mut low, *parent, lowest);
            }
        }
    }
    component
}

fn read(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or(usize::MAX)
}

fn write(list: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}
