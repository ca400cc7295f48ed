//! A body's lines, with what their shape tells.

use crate::model::Span;

/// Columns that a tab stands for.
const TAB: usize = 4;

/// The widest cell of a table whose cells stand on lines of their own, in columns.
const CELL: usize = 90;

/// A stroke between two cells.
const STROKE: &str = " / ";

/// So many words has a figure in such a cell at most: "more than 1,000".
const FIGURE: usize = 3;

/// So many dots between a name and its figure are no end of a sentence.
const LEADER: &str = "....";

/// A line without the blanks at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) span: Span,
    /// Columns of blanks before it.
    pub(super) indent: usize,
    /// Columns up to its end.
    pub(super) columns: usize,
    /// Columns of its first word.
    pub(super) first_word: usize,
    pub(super) shape: Shape,
}

/// What a line is by its characters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// A line of marks only, such as `***` or `###`.
    Rule,
    Text,
    /// Cells between tabs, bars or leading dots.
    Row,
}

impl Line {
    pub(super) fn is_text(self) -> bool {
        self.shape == Shape::Text
    }
}

/// Cuts `body` into lines.
pub(super) fn lines(text: &str, body: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = body.start;
    for raw in body.of(text).split_inclusive('\n') {
        lines.push(line(raw, start));
        start += raw.len();
    }
    confirm_rows(text, &mut lines);
    pair_cells(text, &lines)
}

/// A table whose cells stand on lines of their own, name and figure by turns, as rows.
fn pair_cells(text: &str, lines: &[Line]) -> Vec<Line> {
    let mut paired = Vec::with_capacity(lines.len());
    let mut rest = lines;
    while let Some(line) = rest.first() {
        let pairs = cells(text, rest);
        for pair in rest[..2 * pairs].chunks_exact(2) {
            let span = Span::new(pair[0].span.start, pair[1].span.end);
            paired.push(Line { span, shape: Shape::Row, ..pair[0] });
        }
        if pairs == 0 {
            paired.push(*line);
        }
        rest = &rest[(2 * pairs).max(1)..];
    }
    paired
}

/// How many pairs of a name and a figure or a single word begin the lines, where enough of them are
/// figures.
fn cells(text: &str, lines: &[Line]) -> usize {
    // No more are counted than matter.
    let words = |line: &Line| line.span.of(text).split_whitespace().take(FIGURE + 1).count();
    let is_figure = |line: &Line| {
        let content = line.span.of(text);
        content.ends_with(|c: char| c.is_ascii_digit()) && words(line) <= FIGURE
    };
    let pair = |pair: &&[Line]| {
        let named = pair[0].is_text()
            && !is_figure(&pair[0])
            && pair[0].columns <= CELL
            && pair[0].span.of(text).ends_with(|c: char| c.is_alphanumeric() || c == ')');
        let counted = pair[1].is_text() && (is_figure(&pair[1]) || words(&pair[1]) == 1);
        named && counted
    };
    let run: Vec<&[Line]> = lines.chunks_exact(2).take_while(pair).collect();
    let figures = run.iter().filter(|pair| is_figure(&pair[1])).count();
    if figures >= 2 && figures * 3 >= run.len() { run.len() } else { 0 }
}

/// Blanks and characters without width at a line's ends.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

fn line(raw: &str, start: usize) -> Line {
    let content = raw.trim_end_matches(is_blank);
    let trimmed = content.trim_start_matches(is_blank);
    let blanks = &content[..content.len() - trimmed.len()];
    let indent = blanks.chars().map(|c| if c == '\t' { TAB } else { 1 }).sum();
    let span = Span::new(start + blanks.len(), start + content.len());
    // A wrapper does not break at a blank that joins.
    let joins = |c: &char| !c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}');
    let first_word = trimmed.chars().take_while(joins).count();
    let columns = indent + trimmed.chars().count();
    let shape = if trimmed.is_empty() {
        Shape::Blank
    } else if !trimmed.contains(char::is_alphanumeric) {
        Shape::Rule
    } else if bars(trimmed) > 0 || has_leader(trimmed) {
        Shape::Row
    } else {
        Shape::Text
    };
    Line { span, indent, columns, first_word, shape }
}

/// Whether dots lead the eye from a name to its figure: `Drones ........ 1,100`.
fn has_leader(line: &str) -> bool {
    let mut parts = line.as_bytes().windows(LEADER.len());
    let Some(place) = parts.position(|part| part == LEADER.as_bytes()) else { return false };
    let figure = line[place..].trim_start_matches(['.', ' ']);
    let short = figure.len() <= 24 && figure.contains(|c: char| c.is_ascii_digit());
    line[..place].contains(char::is_alphabetic) && short
}

/// The number of cells' borders inside a line.
fn bars(line: &str) -> usize {
    // Few lines hold a border: the others are looked at but once.
    let may_hold =
        line.bytes().fold(false, |found, byte| found | matches!(byte, b'|' | b'\t' | b'/'));
    if line.len() > 4096 || !may_hold {
        return 0;
    }
    let inner = line.trim_matches('|');
    let edges = line.len() - inner.len();
    let tabs = line.split('\t').filter(|cell| !cell.trim().is_empty()).count() - 1;
    // "Howitzers / 24", as a border in a short line and nothing else in it.
    let stroke = line.matches(STROKE).count() == 1 && line.chars().count() <= CELL;
    edges + inner.matches('|').count() + tabs + usize::from(stroke)
}

/// A line with a single border is a row only beside another row.
fn confirm_rows(text: &str, lines: &mut [Line]) {
    let borders: Vec<usize> = lines
        .iter()
        .map(|line| if line.shape == Shape::Row { bars(line.span.of(text)) } else { 0 })
        .collect();
    for (index, line) in lines.iter_mut().enumerate() {
        let beside = |offset: isize| {
            let near = index.checked_add_signed(offset).and_then(|index| borders.get(index));
            near.is_some_and(|near| *near > 0)
        };
        let is_alone = borders[index] < 2 && !beside(-1) && !beside(1);
        if line.shape == Shape::Row && is_alone && !has_leader(line.span.of(text)) {
            line.shape = Shape::Text;
        }
    }
}
