//! The change as a picture: a dot for each level and group, as large as there are changes.

use std::fmt::Write as _;

use super::super::words::{levels, number};
use crate::diff::{Change, Group, Level};

/// The measures of the picture, in its own units.
const LEFT: usize = 120;
const TOP: usize = 34;
const COLUMN: usize = 74;
const ROW: usize = 44;

/// The radius of the largest dot and of the smallest.
const LARGEST: f64 = 19.0;
const SMALLEST: f64 = 4.0;

/// Draws levels from left to right and groups from top to bottom.
pub(super) fn picture(changes: &[Change]) -> String {
    let levels: Vec<Level> = levels(changes).into_iter().map(|(level, _)| level).collect();
    let groups: Vec<(usize, Group)> = Group::all()
        .enumerate()
        .filter(|(_, group)| changes.iter().any(|change| change.id.group() == *group))
        .collect();
    if levels.is_empty() {
        return String::new();
    }
    let count = |level, group| {
        let here = |change: &&Change| change.level() == level && change.id.group() == group;
        changes.iter().filter(here).count()
    };
    let cells: Vec<(usize, usize, usize)> = groups
        .iter()
        .enumerate()
        .flat_map(|(row, (_, group))| {
            let counts = levels.iter().enumerate();
            counts.map(move |(column, level)| (row, column, count(*level, *group)))
        })
        .collect();
    let most = cells.iter().map(|(_, _, count)| *count).max().unwrap_or(1);

    let (width, height) = (LEFT + COLUMN * levels.len(), TOP + ROW * groups.len());
    let described: Vec<String> = cells
        .iter()
        .filter(|(_, _, count)| *count > 0)
        .filter_map(|(row, column, count)| {
            let (_, group) = groups.get(*row)?;
            Some(format!("{} {} {}", number(*count), levels.get(*column)?, group.name()))
        })
        .collect();
    let mut svg = format!(
        "<figure class=\"picture\"><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"picture-title picture-desc\">\n\
         <title id=\"picture-title\">Changes by level and group</title>\n\
         <desc id=\"picture-desc\">{}</desc>\n",
        described.join(", ")
    );
    for (column, level) in levels.iter().enumerate() {
        let x = LEFT + COLUMN * column + COLUMN / 2;
        let _ = writeln!(
            svg,
            "<a href=\"#level-{level}\"><text class=\"{level}\" x=\"{x}\" y=\"16\" text-anchor=\"middle\">{level}</text></a>"
        );
    }
    for (row, (_, group)) in groups.iter().enumerate() {
        let y = TOP + ROW * row + ROW / 2;
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{width}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT - 14,
            y + 5,
            group.name()
        );
    }
    for (row, column, count) in cells.into_iter().filter(|(_, _, count)| *count > 0) {
        let (Some(level), Some((at, group))) = (levels.get(column), groups.get(row)) else {
            continue;
        };
        let (x, y) = (LEFT + COLUMN * column + COLUMN / 2, TOP + ROW * row + ROW / 2);
        let radius = radius(count, most);
        // Large enough to hold its number, or beside it.
        let (label, anchor) =
            if radius >= 13.0 { (x, "middle") } else { (x + 7 + whole(radius), "start") };
        let inside = if radius >= 13.0 { " class=\"inside\"" } else { "" };
        let number = number(count);
        let _ = writeln!(
            svg,
            "<a href=\"#level-{level}\" class=\"{level}\" data-level=\"{level}\" data-group=\"{at}\"><title>{number} {level}, {}</title>\
             <circle cx=\"{x}\" cy=\"{y}\" r=\"{radius:.1}\"/><text{inside} x=\"{label}\" y=\"{}\" text-anchor=\"{anchor}\">{number}</text></a>",
            group.name(),
            y + 5
        );
    }
    svg.push_str("</svg></figure>\n");
    svg
}

/// The radius of a dot. Counts differ by a factor of a thousand, so it grows with their logarithm.
fn radius(count: usize, most: usize) -> f64 {
    let log = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX)).ln_1p();
    SMALLEST + (LARGEST - SMALLEST) * log(count) / log(most.max(10))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a radius is between the smallest and the largest"
)]
fn whole(radius: f64) -> usize {
    radius.round() as usize
}
