//! A page and its parts.

/// What a page says.
pub(crate) struct Page {
    pub(crate) text: String,
    /// The first paragraph, in one line.
    pub(crate) meaning: String,
    /// The verdicts.
    pub(crate) rows: Vec<Row>,
    pub(crate) document: Vec<Fence>,
    pub(crate) rust: Vec<Fence>,
    pub(crate) advice: String,
}

/// Which data it is about, and the verdicts: the word first, then when it is another one.
pub(crate) struct Row {
    pub(crate) data: String,
    pub(crate) build: String,
    pub(crate) running: String,
}

/// The lines of a block; those of one side alone begin with `-` or `+`.
pub(crate) struct Fence(Vec<String>);

impl Fence {
    pub(crate) fn before(&self) -> String {
        self.side('+')
    }

    pub(crate) fn after(&self) -> String {
        self.side('-')
    }

    fn side(&self, other: char) -> String {
        let lines = self.0.iter().filter(|line| !line.starts_with(other));
        lines.flat_map(|line| [line.get(1..).unwrap_or_default(), "\n"]).collect()
    }
}

const SECTIONS: [&str; 3] = ["Document", "Rust", "What to do"];
const HEAD: [&str; 2] = ["|  | build | running |", "| --- | --- | --- |"];

impl Page {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.trim_end().split("\n## ");
        let head = parts.next().unwrap_or_default();
        let mut bodies = Vec::new();
        for name in SECTIONS {
            let part = parts.next().ok_or_else(|| format!("no section `{name}`"))?;
            let body = part.strip_prefix(name).ok_or_else(|| format!("no section `{name}`"))?;
            bodies.push(body.trim());
        }
        if let Some(more) = parts.next() {
            return Err(format!("a section more: {more}"));
        }
        let (document, rust) = (fences(bodies[0])?, fences(bodies[1])?);
        let mut head = head.split("\n\n").skip(1);
        let meaning = head.next().unwrap_or_default().replace('\n', " ");
        let table = head.next().unwrap_or_default();
        let mut lines = table.lines();
        if HEAD.iter().any(|line| lines.next() != Some(line)) {
            return Err("the table of verdicts has another head".to_owned());
        }
        let rows: Vec<Row> = lines.filter_map(Row::parse).collect();
        if rows.is_empty() {
            return Err("no verdicts".to_owned());
        }
        let advice = bodies[2].to_owned();
        Ok(Self { text: text.to_owned(), meaning, rows, document, rust, advice })
    }
}

impl Row {
    fn parse(line: &str) -> Option<Self> {
        let mut cells = line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
        Some(Self { data: cells.next()?, build: cells.next()?, running: cells.next()? })
    }
}

pub(crate) fn fences(text: &str) -> Result<Vec<Fence>, String> {
    let mut fences = Vec::new();
    let mut open: Option<Vec<String>> = None;
    for line in text.lines() {
        match (&mut open, line) {
            (None, "```diff") => open = Some(Vec::new()),
            (Some(_), "```") => fences.extend(open.take().map(Fence)),
            (Some(lines), _) => lines.push(line.to_owned()),
            (None, _) => {}
        }
    }
    let bad = fences
        .iter()
        .flat_map(|fence| &fence.0)
        .find(|line| !line.is_empty() && !line.starts_with([' ', '-', '+']));
    match bad {
        Some(line) => Err(format!("neither of one side nor of both: {line}")),
        None if open.is_some() || fences.is_empty() => Err("no block, or an open one".to_owned()),
        None => Ok(fences),
    }
}
