//! Where a place lies in a document, as a JSON Pointer: a name that edits elsewhere do not move.

use super::{Node, Value};
use crate::source::{FileId, Sources, Span};

/// The keys of all files of a document by their places, without the values.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    marks: Vec<Mark>,
    /// The marks as they stand in the files: by start, the outer one first.
    sorted: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Mark {
    /// From the start of the key to the end of the value.
    span: Span,
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
        outline.add(root);
        outline
    }

    /// Notes the places of another file.
    pub fn add(&mut self, root: &Node) {
        // A stack of its own, for the depth of a document is its author's choice.
        let mut open = vec![(root, None)];
        while let Some((node, parent)) = open.pop() {
            match &node.value {
                Value::Map(entries) => {
                    for entry in entries {
                        let step = Step::Key(entry.key_span);
                        let mark = self.mark(entry.key_span, entry.node.span.end, parent, step);
                        open.push((&entry.node, Some(mark)));
                    }
                }
                Value::List(nodes) => {
                    for (index, node) in (0..).zip(nodes) {
                        let mark = self.mark(node.span, node.span.end, parent, Step::Index(index));
                        open.push((node, Some(mark)));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }

    /// Makes places quick to find; to be called when all files were added.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        let place = |span: Span| (span.file, span.start, std::cmp::Reverse(span.end));
        let count = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        self.sorted = (0..count).collect();
        let marks = &self.marks;
        self.sorted.sort_by_key(|at| marks.get(*at as usize).map(|mark| place(mark.span)));
        self
    }

    /// The pointer to the innermost key or item that holds a place (RFC 6901 §6); in another file
    /// than the root document, its location stands before it.
    pub fn pointer(&self, span: Span, sources: &Sources) -> String {
        let start = (span.file, span.start);
        let behind = self.sorted.partition_point(|at| {
            self.marks
                .get(*at as usize)
                .is_some_and(|mark| (mark.span.file, mark.span.start) <= start)
        });
        // The last one that starts before the place holds it, or one around it does.
        let last = behind.checked_sub(1).and_then(|at| self.sorted.get(at)).copied();
        let mut mark = last.and_then(|at| self.marks.get(at as usize));
        let above = |mark: &Mark| mark.parent.and_then(|at| self.marks.get(at as usize));
        while let Some(one) = mark.filter(|one| !one.holds(span)) {
            mark = above(one);
        }
        let file = mark.map_or(span.file, |mark| self.top(mark).span.file);
        let mut steps = Vec::new();
        while let Some(one) = mark {
            steps.push(one.step.text(sources));
            mark = above(one);
        }
        let mut documents = sources.documents();
        let location = documents.find(|(_, other)| *other == file && file != FileId::default());
        steps.push(format!("{}#", location.map_or("", |(location, _)| location)));
        steps.reverse();
        steps.join("/")
    }

    /// The outermost key or item around a mark.
    fn top<'a>(&'a self, mark: &'a Mark) -> &'a Mark {
        let mut top = mark;
        while let Some(above) = top.parent.and_then(|at| self.marks.get(at as usize)) {
            top = above;
        }
        top
    }

    fn mark(&mut self, start: Span, end: u32, parent: Option<u32>, step: Step) -> u32 {
        let span = Span { end: end.max(start.start), ..start };
        self.marks.push(Mark { span, parent, step });
        u32::try_from(self.marks.len() - 1).unwrap_or(u32::MAX)
    }
}

impl Mark {
    fn holds(&self, place: Span) -> bool {
        let Span { file, start, end } = self.span;
        file == place.file && start <= place.start && place.start < end.max(start + 1)
    }
}

impl Step {
    fn text(&self, sources: &Sources) -> String {
        match self {
            Self::Index(index) => index.to_string(),
            Self::Key(Span { file, start, end }) => {
                let text = sources.get(*file).map_or("", |source| &source.text);
                let key = text.get(*start as usize..*end as usize).unwrap_or_default();
                key.trim_matches(['"', '\'']).replace('~', "~0").replace('/', "~1")
            }
        }
    }
}
