//! From character numbers, in which saphyr counts, to byte offsets.

/// How many characters lie between two marks: few marks, and a short walk from each.
const STEP: usize = 64;

/// The byte offset of every 64th character of a text; none are needed when all are ASCII.
pub(super) struct Offsets<'text> {
    text: &'text str,
    marks: Vec<u32>,
}

impl<'text> Offsets<'text> {
    /// Walks through the text once.
    pub(super) fn new(text: &'text str) -> Self {
        if text.is_ascii() {
            return Self { text, marks: Vec::new() };
        }
        let starts = text.char_indices().step_by(STEP);
        Self { text, marks: starts.map(|(at, _)| to_u32(at)).collect() }
    }

    /// The byte at which a character starts; the end of the text for a number that is too large.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(self.text.len());
        }
        let (block, rest) = (character / STEP, character % STEP);
        let Some(mark) = self.marks.get(block) else {
            return self.text.len();
        };
        let (mark, next) = (*mark as usize, self.marks.get(block + 1));
        if next.is_some_and(|next| *next as usize == mark + STEP) {
            return mark + rest; // All characters of the block are ASCII.
        }
        let block = self.text.get(mark..).unwrap_or_default();
        block.char_indices().nth(rest).map_or(self.text.len(), |(at, _)| mark + at)
    }
}

/// An offset in a text that is below the bound on its size, so nothing is cut.
pub(super) fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
