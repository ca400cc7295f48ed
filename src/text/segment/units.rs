//! Lines become paragraphs, list entries and rows.

use super::layout::Layout;
use super::lines::{Line, Shape};
use super::marks::{self, Mark};
use super::speakers;
use crate::model::Span;

/// A paragraph, an entry of a list, or a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its text, without the mark of a list.
    pub(super) span: Span,
    pub(super) form: Form,
    pub(super) lines: usize,
    pub(super) indent: usize,
    /// Whether a blank line or a rule, or nothing, stands before it.
    pub(super) gap_before: bool,
    /// Whether a blank line or a rule, or nothing, stands after it.
    pub(super) gap_after: bool,
    /// Whether it is a further paragraph of the entry before it.
    pub(super) goes_on: bool,
}

/// What a unit is by the shape of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Paragraph,
    Entry,
    Row,
}

struct Builder<'t> {
    text: &'t str,
    layout: Layout,
    units: Vec<Unit>,
    /// The last line of the unit that may still grow.
    open: Option<Line>,
    gap: bool,
    number: Option<u32>,
    /// The units whose mark is a number.
    numbered: Vec<usize>,
}

/// Gathers lines into units.
pub(super) fn units(text: &str, lines: &[Line], layout: Layout) -> Vec<Unit> {
    let mut builder = Builder {
        text,
        layout,
        units: Vec::new(),
        open: None,
        gap: true,
        number: None,
        numbered: Vec::new(),
    };
    for line in lines {
        builder.add(line);
    }
    builder.close_gap();
    number_paragraphs(text, &mut builder.units, &builder.numbered);
    builder.units
}

/// The longest label of a line, in bytes and words.
const LABEL: (usize, usize) = (40, 4);

/// "Norway: 7 billion kroner for air defence": a line that opens with a name and a colon. Right below another it
/// begins anew, whether or not a wrapper could have cut there.
fn is_labelled(line: &str) -> bool {
    let Some((label, rest)) = line.split_once(": ") else { return false };
    label.len() <= LABEL.0
        && label.split_whitespace().count() <= LABEL.1
        && label.starts_with(char::is_uppercase)
        && !label.contains(['.', ',', ';', '!', '?', '"', '(', '“'])
        && !rest.trim().is_empty()
}

/// So many words a numbered paragraph has at least.
const NUMBERED: usize = 8;

/// "1. On 11 January, the Ambassador exchanged notes." and, a blank line below, "2. Under this cooperation, two
/// boats will be provided.": foreign ministries number the paragraphs of their releases. Such a one is no entry of
/// a list, unless a colon opens it.
fn number_paragraphs(text: &str, units: &mut [Unit], numbered: &[usize]) {
    let mut opened = false;
    for (place, unit) in units.iter_mut().enumerate() {
        let content = unit.span.of(text).trim_end();
        if numbered.binary_search(&place).is_err() {
            opened = content.ends_with(':');
        } else if !opened
            && unit.gap_before
            && unit.gap_after
            && content.ends_with('.')
            && content.split_whitespace().count() >= NUMBERED
        {
            unit.form = Form::Paragraph;
        }
    }
}

impl Builder<'_> {
    fn add(&mut self, line: &Line) {
        match line.shape {
            Shape::Blank => self.close_gap(),
            Shape::Rule => {
                self.close_gap();
                self.number = None;
            }
            Shape::Row => {
                self.push(line, line.span, Form::Row);
                self.open = None;
            }
            Shape::Text => self.add_text(line),
        }
    }

    fn add_text(&mut self, line: &Line) {
        let content = line.span.of(self.text);
        if let Some(mark) = marks::mark(content).filter(|mark| self.begins_entry(line, *mark)) {
            let span = Span::new(line.span.start + mark.length, line.span.end);
            self.push(line, span, Form::Entry);
            self.number = mark.number;
            if mark.number.is_some() {
                self.numbered.push(self.units.len() - 1);
            }
        } else if self.goes_on(line) {
            if let Some(unit) = self.units.last_mut() {
                unit.span.end = line.span.end;
                unit.lines += 1;
            }
        } else {
            let deeper = self.gap
                && self
                    .units
                    .last()
                    .is_some_and(|unit| unit.form == Form::Entry && line.indent >= unit.indent + 2);
            self.push(line, line.span, if deeper { Form::Entry } else { Form::Paragraph });
            if let Some(unit) = self.units.last_mut() {
                unit.goes_on = deeper;
                if deeper {
                    // Further paragraphs are measured against the entry's mark.
                    unit.indent = line.indent - 2;
                }
            }
        }
        self.open = Some(*line);
        self.gap = false;
    }

    /// Whether a marked line begins an entry, or is running text that a wrapper cut there.
    fn begins_entry(&self, line: &Line, mark: Mark) -> bool {
        let (Some(before), Some(unit)) = (self.open, self.units.last()) else { return true };
        if !mark.doubtful || before.span.of(self.text).ends_with([':', ';']) {
            return true;
        }
        if unit.form == Form::Entry {
            let next = self.number.map(|number| number + 1);
            return mark.number.is_none() || mark.number == next || mark.number == Some(1);
        }
        self.layout == Layout::Lines || !self.layout.joins(self.text, &before, line)
    }

    fn goes_on(&self, line: &Line) -> bool {
        let (Some(before), Some(unit)) = (self.open, self.units.last()) else { return false };
        let content = line.span.of(self.text);
        if speakers::label(content).is_some()
            || is_labelled(content) && is_labelled(before.span.of(self.text))
        {
            return false;
        }
        let entry = unit.form == Form::Entry && !unit.goes_on;
        if entry && line.indent > unit.indent {
            return true;
        }
        // An entry may be short: that it ends early does not say that the line below goes on.
        let begins = entry && self.layout.begins(self.text, &before, line);
        !begins && self.layout.joins(self.text, &before, line)
    }

    fn push(&mut self, line: &Line, span: Span, form: Form) {
        self.units.push(Unit {
            span,
            form,
            lines: 1,
            indent: line.indent,
            gap_before: self.gap,
            gap_after: false,
            goes_on: false,
        });
        self.gap = false;
    }

    fn close_gap(&mut self) {
        if let Some(unit) = self.units.last_mut() {
            unit.gap_after = true;
        }
        self.gap = true;
        self.open = None;
    }
}
