//! Where an article ends and what the page says below it begins.

use super::units::Unit;
use crate::text::cues::{line_cue, tail_cue};
use crate::text::words::Cue;

/// The longest line that is no paragraph of an article, in bytes.
const SHORT: usize = 120;
/// The longest tail that legal terms begin, in bytes; below more text they are its subject.
const LONGEST: usize = 3000;

/// The index of the first unit of the tail; the number of units where there is none.
pub(super) fn start(text: &str, units: &[Unit]) -> usize {
    let (Some(first), Some(last)) = (units.first(), units.last()) else { return 0 };
    let length = last.span.end - first.span.start;
    let half = first.span.start + length / 2;
    let late = |unit: &Unit| unit.span.start >= half.max(last.span.end.saturating_sub(LONGEST));
    let cues: Vec<Option<Cue>> =
        units.iter().map(|unit| late(unit).then(|| cue(unit.span.of(text))).flatten()).collect();
    // Legal terms in the second half end the article; so does an advertisement or a link below
    // which nothing but short lines and further cues stand.
    let strong = cues.iter().position(|cue| *cue == Some(Cue::TailStrong)).unwrap_or(units.len());
    let mut start = strong;
    for (index, unit) in units[..strong].iter().enumerate().rev() {
        let content = unit.span.of(text);
        let short = content.len() <= SHORT && !is_sentence(content);
        if cues[index].is_some() {
            start = index;
        } else if !short {
            break;
        }
    }
    start
}

/// A tail's cue in a unit; a link or a share button is as good as an advertisement.
fn cue(content: &str) -> Option<Cue> {
    tail_cue(content).or_else(|| {
        line_cue(content)
            .filter(|cue| matches!(cue, Cue::Related | Cue::Navigation))
            .map(|_| Cue::TailWeak)
    })
}

fn is_sentence(content: &str) -> bool {
    content.len() > 40 && content.ends_with(['.', '!', '?', '”', '"'])
}
