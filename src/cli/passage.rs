//! A stretch of an article as people read it: found words marked, hostile characters replaced,
//! lines wrapped to the screen.

use super::screen::{Paint, Screen};
use crate::model::Span;
use crate::report::render::clean;

// They stand for the marks, and for blanks inside short marks, until the lines are wrapped; `clean`
// leaves none of them in a text.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
const BLANK: char = '\u{3}';

/// Marks up to this many bytes stay on one line.
const UNBROKEN: usize = 40;

/// The text under `span` with the marked spans set off, each line behind `indent` blanks.
pub(super) fn passage(
    text: &str,
    span: Span,
    marks: &[Span],
    indent: usize,
    screen: &Screen,
) -> String {
    let marked = with_marks(text, span, marks);
    let width = usize::from(screen.width.unwrap_or(100)).clamp(40, 120);
    let lines = wrap(&marked, width.saturating_sub(indent));
    let blank = " ".repeat(indent);
    paint_lines(&lines, &blank, screen.paint)
}

fn with_marks(text: &str, span: Span, marks: &[Span]) -> String {
    let mut out = String::new();
    let mut at = span.start;
    for mark in merged(marks, span) {
        out.push_str(&clean(Span::new(at, mark.start).of(text)));
        out.push(OPEN);
        let words = clean(mark.of(text));
        if mark.len() <= UNBROKEN {
            out.push_str(&words.replace(' ', &BLANK.to_string()));
        } else {
            out.push_str(&words);
        }
        out.push(CLOSE);
        at = mark.end;
    }
    out.push_str(&clean(Span::new(at, span.end).of(text)));
    out
}

/// The marks inside the span, those that overlap joined, in order.
fn merged(marks: &[Span], span: Span) -> Vec<Span> {
    let mut inside: Vec<Span> = marks
        .iter()
        .map(|mark| Span::new(mark.start.max(span.start), mark.end.min(span.end)))
        .filter(|mark| !mark.is_empty())
        .collect();
    inside.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for mark in inside {
        match merged.last_mut() {
            Some(last) if last.end > mark.start => last.end = last.end.max(mark.end),
            _ => merged.push(mark),
        }
    }
    merged
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if let Some(line) = lines.last_mut() {
            if used > 0 && used + 1 + length > width {
                lines.push(word.to_owned());
                used = length;
            } else {
                if used > 0 {
                    line.push(' ');
                }
                used += length + usize::from(used > 0);
                line.push_str(word);
            }
        }
    }
    lines
}

fn paint_lines(lines: &[String], blank: &str, paint: Paint) -> String {
    let (open, close) = paint.mark();
    let mut out = String::new();
    let mut is_open = false;
    for line in lines {
        out.push_str(blank);
        if is_open && paint.colour {
            out.push_str(open);
        }
        for character in line.chars() {
            match character {
                OPEN => {
                    is_open = true;
                    out.push_str(open);
                }
                CLOSE => {
                    is_open = false;
                    out.push_str(close);
                }
                BLANK => out.push(' '),
                _ => out.push(character),
            }
        }
        if is_open && paint.colour {
            out.push_str(close);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_overlap_are_one_and_lines_wrap_behind_their_indent() {
        let text = "The US gives $400 million to Ukraine";
        let marks = [Span::new(13, 25), Span::new(13, 17), Span::new(4, 6), Span::new(90, 99)];
        let marked = with_marks(text, Span::new(0, text.len()), &marks);
        let lines = wrap(&marked, 20);
        assert_eq!(
            paint_lines(&lines, "  ", Paint { colour: false }),
            "  The [US] gives\n  [$400 million] to\n  Ukraine\n"
        );
    }
}
