//! What stands before a phrase: the words that describe it, its calibre, its number.

use super::{Chunker, Phrase};
use crate::lexicon::{
    Label, Role,
    token::{Joint, Shape, TokenKind},
};
use crate::mentions::numbers::is_times;
use crate::mentions::{Mention, Value};
use crate::model::{Bounds, Qualifier};
use rust_decimal::Decimal;

/// Words that open a noun phrase.
pub(super) const DETERMINERS: [Label; 3] = [Label::Definite, Label::Indefinite, Label::New];

impl Chunker<'_> {
    /// Takes in the calibre, describing words and the quantity before the phrase.
    pub(super) fn widen(&self, phrase: &mut Phrase) {
        let sentence = self.sentence;
        let mut start = phrase.tokens.start;
        let calibre = self.calibre_before(start);
        if let Some(calibre) = calibre {
            start = calibre;
            phrase.described = true;
        }
        if self.is_measure(start) {
            // "277 1,000-pound bombs": here the unit weighs, and counts nothing.
            start -= 1;
            phrase.described = true;
        }
        let mut left = start;
        let mut words = 0;
        while left > 0 && words < 6 {
            if self.is_measure(left - 1) || self.is_alternative(left) {
                left -= 2;
            } else if let Some(first) = self.open_word(left) {
                left = first;
                start = start.min(first);
            } else if self.ends_receiver(left) {
                break;
            } else if self.is_describing(left - 1)
                // "large-calibre 155mm shells"
                || calibre.is_some() && self.describes_at(left - 1)
            {
                left -= 1;
            } else {
                break;
            }
            words += 1;
        }
        left = self.designation_start(left);
        let quoted = start.checked_sub(1).filter(|at| {
            *at > 0 && self.sentence.is_sign(self.text, *at, &["\"", "“", "„", "‘", "'", "«"])
        });
        let quantity = self
            .quantity_before(left)
            .or_else(|| quoted.and_then(|at| self.quantity_before(at)))
            .or_else(|| self.quantity_before(start))
            .or_else(|| self.quantity_before_origin(phrase, left))
            .or_else(|| self.shared_quantity(start))
            .or_else(|| self.shared_quantity(left))
            .or_else(|| self.quantity_before_words(left))
            .or_else(|| self.quantity_before_description(phrase, left))
            .or_else(|| self.quantity_behind_verb(start))
            .or_else(|| self.quantity_after(phrase.tokens.end, left))
            .or_else(|| self.quantity_of_which(phrase.tokens.end, left))
            .or_else(|| self.quantity_in_cell(left))
            .or_else(|| self.quantity_of_name(phrase, left))
            .or_else(|| self.quantity_of_the(left));
        if let Some((bounds, from, name_from)) = quantity {
            let (bounds, from) = self.some_of(from).unwrap_or((bounds, from));
            phrase.quantity = Some((bounds, from));
            phrase.tokens.start = name_from;
        } else if words <= 2 && (left == 0 || self.opens_list(left - 1))
            || words > 0 && left > 0 && sentence.is_any(&DETERMINERS, left - 1)
        {
            phrase.tokens.start = left;
        } else {
            phrase.tokens.start = start;
        }
    }

    /// "five vehicles, three of the M113 and two of the M577 type": so many of a model.
    fn quantity_of_the(&self, start: usize) -> Option<(Bounds, usize, usize)> {
        let of = start.checked_sub(2)?;
        let named = self.sentence.mention_at(start)?;
        let links = self.sentence.is(Label::Of, of) && self.sentence.is(Label::Definite, of + 1);
        let number = self.number_ending(of).filter(|_| links)?;
        match (&number.value, &named.value) {
            (Value::Number(bounds), Value::System(_)) => {
                Some((*bounds, number.tokens.start, start))
            }
            _ => None,
        }
    }

    /// "ten of the 18 tanks", "the first ten of a total of 18": the number before, of those that are
    /// counted from here on.
    fn some_of(&self, counted: usize) -> Option<(Bounds, usize)> {
        let sum = [Label::TotalWeak, Label::TotalBefore]
            .into_iter()
            .find_map(|label| self.sentence.ending_at(label, counted));
        let end = sum.map_or(counted, |cue| cue.tokens.start);
        let article = end.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at));
        let of = article.unwrap_or(end).checked_sub(1)?;
        if !self.sentence.is(Label::Of, of) {
            return None;
        }
        let part = self.number_ending(of)?;
        match part.value {
            Value::Number(bounds) => Some((bounds, part.tokens.start)),
            _ => None,
        }
    }

    /// A number right before a token, past words such as "additional" and "more": its bounds, its
    /// first token, and the token after it and those words.
    pub(super) fn quantity_before(&self, at: usize) -> Option<(Bounds, usize, usize)> {
        let mut end = at;
        while end > 0 && self.is_filler(end - 1) {
            end -= 1;
        }
        if end > 0 && self.is_times(end - 1) {
            end -= 1;
        }
        // "14 (fourteen) tanks"
        if end > 2 && self.sentence.is_sign(self.text, end - 1, &[")"]) {
            let inner = self.number_ending(end - 1);
            let bracket = inner.and_then(|mention| mention.tokens.start.checked_sub(1));
            let outer = bracket.and_then(|at| self.number_ending(at));
            if let (Some(inner), Some(outer)) = (inner, outer)
                && inner.value == outer.value
                && let Value::Number(bounds) = outer.value
            {
                return Some((bounds, outer.tokens.start, at));
            }
        }
        let before = end.checked_sub(1).and_then(|last| self.sentence.mention_at(last));
        if let Some(mention) = before.filter(|mention| mention.tokens.end == end)
            && let Value::Number(bounds) = mention.value
            && !self.ends_name(mention)
        {
            let whole = self.is_one_of(mention.tokens.start);
            let bounds = if whole { Bounds::of(Decimal::ONE, Qualifier::Exact) } else { bounds };
            return Some((bounds, mention.tokens.start, at));
        }
        // "190 or so guns"
        if let Some(cue) = self.sentence.ending_at(Label::About, end)
            && let Some(mention) =
                cue.tokens.start.checked_sub(1).and_then(|at| self.sentence.mention_at(at))
            && mention.tokens.end == cue.tokens.start
            && let Value::Number(bounds) = mention.value
        {
            let about = Bounds::of(bounds.figure(), Qualifier::About);
            return Some((about, mention.tokens.start, at));
        }
        // "a pair of": "pair" is a unit too, but here the whole counts.
        if let Some(cue) = self.sentence.ending_at(Label::Number, end)
            && cue.tokens.len() > 1
            && !self.is_number(cue.tokens.start)
            && let Some(value) = cue.value
        {
            return Some((Bounds::of(value, Qualifier::Exact), cue.tokens.start, at));
        }
        // "a $10 million patrol vessel"
        let end = before
            .filter(|mention| mention.tokens.end == end && matches!(mention.value, Value::Money(_)))
            .map_or(end, |sum| sum.tokens.start);
        // "a third Patriot": one more
        let ordinal = self.sentence.ending_at(Label::Ordinal, end).filter(|cue| {
            let before = cue.tokens.start.checked_sub(1);
            before.is_some_and(|at| self.sentence.is(Label::Indefinite, at))
        });
        let end = ordinal.map_or(end, |cue| cue.tokens.start);
        let article = end.checked_sub(1)?;
        // The letter in "CQ-A5" is no article.
        let single = self.sentence.tokens[article].token.joint == Joint::Space
            && self.sentence.is(Label::Indefinite, article)
            && self
                .sentence
                .cues_in(&(article..article + 1))
                .any(|cue| cue.label == Label::Indefinite && cue.tokens.len() == 1)
            && !self.sentence.is(Label::Vague, article);
        single.then(|| (Bounds::of(Decimal::ONE, Qualifier::Exact), article, at))
    }

    /// "the fifth of 21 boats": what is told of is one of them.
    fn is_one_of(&self, number: usize) -> bool {
        let definite = usize::from(number > 0 && self.sentence.is(Label::Definite, number - 1));
        let of = (number - definite).checked_sub(1).filter(|at| self.sentence.is(Label::Of, *at));
        of.is_some_and(|of| self.sentence.ending_at(Label::Ordinal, of).is_some())
    }

    /// "AN/MSQ-104": capital letters before a stroke belong to the name.
    fn designation_start(&self, start: usize) -> usize {
        let tight = |at: usize| self.sentence.tokens[at].token.joint != Joint::Space;
        let stroke = start.checked_sub(1).filter(|at| {
            self.sentence.is_sign(self.text, *at, &["/"]) && tight(*at) && tight(*at + 1)
        });
        let first = stroke.and_then(|at| at.checked_sub(1)).filter(|at| {
            self.sentence.tokens[*at].token.shape == Shape::Upper
                && self.sentence.mention_at(*at).is_none()
        });
        first.unwrap_or(start)
    }

    /// "gives the Ukrainian army radars": forces behind their state or an article are none of the name.
    pub(super) fn ends_receiver(&self, at: usize) -> bool {
        let forces = at.checked_sub(1).filter(|at| self.sentence.is(Label::Forces, *at));
        let before = forces.and_then(|at| at.checked_sub(1));
        before.is_some_and(|at| self.is_actor(at) || self.sentence.is(Label::Definite, at))
    }

    /// "short- and" before "medium-range systems": the first token of a word whose second half stands
    /// behind the next one.
    fn open_word(&self, at: usize) -> Option<usize> {
        let hyphen = at.checked_sub(2).filter(|_| self.sentence.is(Label::And, at - 1))?;
        let first = hyphen.checked_sub(1)?;
        let word = self.sentence.tokens[first].token;
        (word.kind == TokenKind::Word
            && self.sentence.is_sign(self.text, hyphen, &["-", "‑"])
            && self.sentence.tokens[hyphen].token.joint != Joint::Space)
            .then_some(first)
    }

    pub(super) fn number_ending(&self, end: usize) -> Option<&Mention> {
        let mention = self.sentence.mention_at(end.checked_sub(1)?)?;
        let number = matches!(mention.value, Value::Number(_)) && mention.tokens.end == end;
        number.then_some(mention)
    }

    /// "1,000-pound bombs", "an in-service ship": a joined word describes with the one before it.
    pub(super) fn is_measure(&self, at: usize) -> bool {
        let token = self.sentence.tokens[at].token;
        let Some(before) = at.checked_sub(1) else { return false };
        let first = self.sentence.tokens[before].token;
        let digits = first.kind == TokenKind::Number;
        let word = first.kind == TokenKind::Word
            && first.shape == Shape::Lower
            && self.sentence.mention_at(before).is_none()
            && self.sentence.mention_at(at).is_none();
        token.kind == TokenKind::Word
            && token.joint == Joint::Hyphen
            && first.joint == Joint::Space
            && (digits || word)
    }

    /// "metal/mine detectors": a word and a stroke tight before the one that begins here.
    fn is_alternative(&self, at: usize) -> bool {
        let Some(word) = at.checked_sub(2) else { return false };
        let tight = |at: usize| self.sentence.tokens[at].token.joint != Joint::Space;
        self.sentence.is_sign(self.text, at - 1, &["/"])
            && tight(at - 1)
            && tight(at)
            && self.sentence.tokens[word].token.kind == TokenKind::Word
            && self.describes_at(word)
    }

    /// Whether a number stands right before a token: "2,000 pairs of".
    fn is_number(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.sentence.mention_at(before));
        before.is_some_and(|mention| matches!(mention.value, Value::Number(_)))
    }

    /// The sign in "20 x Marder", "2× IRIS-T".
    pub(super) fn is_times(&self, at: usize) -> bool {
        let token = self.sentence.tokens[at].token;
        let number = at.checked_sub(1).map(|before| self.sentence.tokens[before].token.kind);
        number == Some(TokenKind::Number) && is_times(token.span.of(self.text))
    }

    /// "RB 99 missiles": digits behind capital letters that are no word of their own are a name.
    fn ends_name(&self, number: &Mention) -> bool {
        let Some(before) = number.tokens.start.checked_sub(1) else { return false };
        let token = self.sentence.tokens[before].token;
        token.kind == TokenKind::Word
            && token.shape == Shape::Upper
            && (2..=3).contains(&token.span.len())
            && self.sentence.mention_at(before).is_none()
            && self.sentence.is_silent(before)
    }

    /// "1,600 strike and air defence missiles": a number before a describing word that shares the
    /// noun behind "and".
    fn shared_quantity(&self, start: usize) -> Option<(Bounds, usize, usize)> {
        let and = start.checked_sub(1).filter(|at| self.sentence.is(Label::And, *at))?;
        let mut left = and;
        while left > 0 && and - left < 3 && self.describes_at(left - 1) {
            left -= 1;
        }
        let (bounds, from, _) = self.quantity_before(left).filter(|_| left < and)?;
        (bounds.figure() > Decimal::ONE).then_some((bounds, from, left))
    }

    /// A word that only describes: unknown, a modifier, or one of those for attacks.
    pub(super) fn describes_at(&self, at: usize) -> bool {
        let modifier = self.sentence.mention_at(at).is_some_and(|mention| match mention.value {
            Value::Materiel(number) => self.lexicon.materiel_at(number).role == Role::Modifier,
            _ => false,
        });
        modifier
            || self.is_describing(at)
            || self.sentence.is(Label::Attack, at) && self.sentence.mention_at(at).is_none()
    }

    /// "30 are Leopard 1s", "eight of them armoured carriers": the number of what was counted just
    /// before.
    pub(super) fn quantity_behind_verb(&self, start: usize) -> Option<(Bounds, usize, usize)> {
        let before = start.checked_sub(1)?;
        let number = if self.sentence.is(Label::Be, before) {
            // "eight of which are ambulances"
            let which = before.checked_sub(1)?;
            let of = which.checked_sub(1).filter(|of| {
                self.sentence.is(Label::Of, *of) && self.sentence.is(Label::Clause, which)
            });
            of.map_or(Some(which), |of| of.checked_sub(1))?
        } else if self.sentence.is(Label::It, before) {
            before.checked_sub(2).filter(|_| self.sentence.is(Label::Of, before - 1))?
        } else {
            return None;
        };
        let mention = self.sentence.mention_at(number)?;
        match mention.value {
            Value::Number(bounds) if mention.tokens.end == number + 1 => {
                Some((bounds, mention.tokens.start, start))
            }
            _ => None,
        }
    }

    pub(super) fn is_filler(&self, at: usize) -> bool {
        // "49 such tanks"
        let such = self.sentence.is(Label::Definite, at) && self.is_number(at);
        // "another tank" is one.
        (self.sentence.is(Label::New, at) && !self.sentence.is(Label::Indefinite, at) || such)
            && !self.sentence.is_any(&[Label::MoreThan, Label::AtLeast], at)
            && !matches!(
                self.sentence.mention_at(at),
                Some(Mention { value: Value::Number(_), .. })
            )
    }

    pub(super) fn opens_list(&self, before: usize) -> bool {
        self.sentence.is_any_sign(before)
            || self
                .sentence
                .is_any(&[Label::And, Label::Include, Label::ListIntro, Label::Of], before)
    }
}
