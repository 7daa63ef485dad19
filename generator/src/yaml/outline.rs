//! Where a place lies in a document, as a JSON Pointer: a name that edits elsewhere do not move.

use super::{Node, Value};
use crate::source::{FileId, Source, Span};

/// The keys of a document by their places, without the values.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// In the order in which they stand.
    marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
struct Mark {
    start: u32,
    end: u32,
    parent: Option<u32>,
    step: Step,
}

#[derive(Clone, Debug)]
enum Step {
    Key(Span),
    Index(u32),
}

impl Outline {
    /// Notes the places of all keys and items.
    pub fn new(root: &Node) -> Self {
        let mut outline = Self::default();
        // A stack of its own, for the depth of a document is its author's choice.
        let mut open = vec![(root, None)];
        while let Some((node, parent)) = open.pop() {
            match &node.value {
                Value::Map(entries) => {
                    for entry in entries {
                        let step = Step::Key(entry.key_span);
                        let mark =
                            outline.mark(entry.key_span.start, entry.node.span, parent, step);
                        open.push((&entry.node, Some(mark)));
                    }
                }
                Value::List(nodes) => {
                    for (index, node) in (0..).zip(nodes) {
                        let mark =
                            outline.mark(node.span.start, node.span, parent, Step::Index(index));
                        open.push((node, Some(mark)));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        outline
    }

    /// The pointer to the innermost key or item that holds a place (RFC 6901 §6).
    pub fn pointer(&self, span: Span, source: &Source) -> String {
        let holds =
            |mark: &&Mark| mark.start <= span.start && span.start < mark.end.max(mark.start + 1);
        let innermost = self.marks.iter().filter(holds).min_by_key(|mark| mark.end - mark.start);
        let mut steps = Vec::new();
        let mut mark = innermost;
        while let Some(one) = mark {
            steps.push(one.step.text(source));
            mark = one.parent.and_then(|parent| self.marks.get(parent as usize));
        }
        steps.push("#".to_owned());
        steps.reverse();
        steps.join("/")
    }

    fn mark(&mut self, start: u32, value: Span, parent: Option<u32>, step: Step) -> u32 {
        self.marks.push(Mark { start, end: value.end.max(start), parent, step });
        u32::try_from(self.marks.len() - 1).unwrap_or(u32::MAX)
    }
}

impl Step {
    fn text(&self, source: &Source) -> String {
        match self {
            Self::Index(index) => index.to_string(),
            Self::Key(Span { file: FileId(_), start, end }) => {
                let key = source.text.get(*start as usize..*end as usize).unwrap_or_default();
                key.trim_matches(['"', '\'']).replace('~', "~0").replace('/', "~1")
            }
        }
    }
}
