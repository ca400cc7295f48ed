//! Sums over acts that are told in words of their own: of former packages, of a year by itself, of what
//! several paid into one fund.

use super::Reader;
use crate::lexicon::{Grade, Label, PartyKind, Role, token::has_plural_ending};
use crate::mentions::{DateExpression, ItemMention, Mention, Value};
use std::ops::Range;

/// So many tokens behind "previous" stands what came before: "earlier Danish military packages".
const NOUN: usize = 4;

/// So many tokens at most stand before a sum that is told of a year and of nothing else.
const SHORT: usize = 9;

/// How many sentences back the help is named of which a year is told.
const CONTEXT: usize = 2;

impl Reader<'_> {
    /// The rule by which a sum adds up what others or earlier ones gave.
    pub(super) fn former_rule(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<&'static str> {
        let before = territory.start..own.start;
        let rules = [
            (self.sums_up_former(own, &before), "total.former"),
            (self.adds_to_former(&before, territory), "total.with-former"),
            (self.is_their_value(own, &before), "total.their-value"),
            (self.is_told_of_a_year(own, &before), "total.year-alone"),
            (self.is_pooled(own, territory), "total.pooled"),
            (self.was_given_until(&before), "total.until"),
            (self.is_share_of_economy(own, territory), "total.of-economy"),
            (self.answers_how_much(territory), "total.answer"),
        ];
        rules.into_iter().find(|(holds, _)| *holds).map(|(_, rule)| rule)
    }

    /// "Previous deliveries were estimated at 240 million", "The thirteen before it had a value of", "With
    /// the earlier packages, Finland's support is worth".
    fn sums_up_former(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        let Some(noun) = before.clone().find_map(|at| self.former(at, before)) else {
            return false;
        };
        let behind = noun..own.start;
        let values = [Label::Worth, Label::TotalWeak, Label::TotalBefore];
        let link = own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Be, at));
        let other = [Label::New, Label::Will, Label::Would, Label::Include];
        // "earlier support was a field hospital worth 1.2 billion": the value of the thing.
        let named = |item: &ItemMention| item.role != Role::Vague;
        let mut things = self.sentence.items.iter().filter(|item| named(item));
        let things = things.any(|item| behind.contains(&item.tokens.start));
        !things
            && (link || self.sentence.has_any(&values, &(noun..own.start + 1)))
            && !self.acts(&behind)
            && !self.sentence.has_any(&other, &behind)
    }

    /// "Together with earlier support, 89 million have now been earmarked", "Including previous donations, Estonia
    /// has given": what was given before is counted in.
    fn adds_to_former(&self, before: &Range<usize>, territory: &Range<usize>) -> bool {
        let opening = before.start..(before.start + NOUN).min(before.end);
        let counted_in = [Label::With, Label::Include, Label::TotalAfter, Label::TotalBefore];
        let former = opening.clone().find_map(|at| {
            let counts = at > before.start
                && self.sentence.has_any(&counted_in, &(at.saturating_sub(2)..at));
            self.former(at, before).filter(|_| counts)
        });
        let other = [Label::New, Label::Will, Label::Would];
        former.is_some_and(|noun| {
            let clause = noun..before.end;
            let comma = clause.clone().any(|at| self.sentence.is_sign(self.text(), at, &[","]));
            comma && self.perfect(territory) && !self.sentence.has_any(&other, &clause)
        })
    }

    /// Behind which token the words for several former acts end, where they begin at a token.
    fn former(&self, at: usize, before: &Range<usize>) -> Option<usize> {
        let opens = |at: usize| {
            at <= before.start + 3
                || self.sentence.is_any(&[Label::With, Label::Clause], at - 1)
                || self.sentence.is_any_sign(at - 1)
        };
        let past = self.sentence.cues_in(&(at..at + 1)).any(|cue| {
            cue.label == Label::Earlier && cue.tokens.len() == 1 && cue.tokens.start == at
        });
        if past && opens(at) {
            return (at + 1..(at + 1 + NOUN).min(before.end)).find_map(|noun| {
                let plural = self.is_plural(noun);
                let several = self.sentence.is(Label::PackageNoun, noun) && plural
                    || self.sentence.is(Label::AidNoun, noun);
                several.then_some(noun + 1)
            });
        }
        // "the thirteen before it", "the 23 packages before this one"
        let pronoun = self.sentence.is_any(&[Label::It, Label::Definite], at);
        let until =
            at.checked_sub(1).filter(|at| pronoun && self.sentence.is(Label::Until, *at))?;
        (until.saturating_sub(3)..until).any(|at| self.counts_several(at)).then_some(at + 1)
    }

    /// "11 packages worth 175 million", "14 packages of aid, worth some 100 million": more than are given at once.
    pub(super) fn counts_packages_worth(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        let worth = self.sentence.ending_at(Label::Worth, own.start);
        let end = worth.map_or(own.start, |worth| worth.tokens.start);
        worth.is_some()
            && before.clone().any(|at| {
                let noun = (at + 1..(at + NOUN).min(end)).find(|at| self.is_package(*at));
                // "25 packages, with the latest amounting to 100 million"
                let one = [Label::With, Label::New, Label::Share, Label::Include];
                self.counts_many(at, &(at + 1..at + 1))
                    && noun.is_some_and(|noun| {
                        self.is_plural(noun) && !self.sentence.has_any(&one, &(noun..end))
                    })
            })
    }

    fn is_package(&self, at: usize) -> bool {
        self.sentence.is(Label::PackageNoun, at)
    }

    fn is_plural(&self, at: usize) -> bool {
        has_plural_ending(self.sentence.tokens[at].token.span.of(self.text()))
    }

    /// "There were 44 packages. Their value: 15 billion": what is worth the sum was counted right before.
    fn is_their_value(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        let whose = self.sentence.cues_in(&(0..1)).any(|cue| cue.is(Grade::Possessive));
        let opens = whose
            && self.sentence.has(Label::Worth, &(1..4.min(own.start)))
            && own.start <= SHORT
            && before.end == own.start;
        let previous = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        opens
            && previous.is_some_and(|previous| {
                let several = |mention: &Mention| match &mention.value {
                    Value::Number(bounds) => bounds.figure() > rust_decimal::Decimal::ONE,
                    _ => false,
                };
                previous.mentions.iter().filter(|mention| several(mention)).any(|mention| {
                    let near = mention.tokens.end..mention.tokens.end + NOUN;
                    previous.cues_in(&near).any(|cue| {
                        let last = cue.tokens.end - 1;
                        let word = previous.tokens[last].token.span.of(self.text());
                        cue.label == Label::PackageNoun && has_plural_ending(word)
                    })
                })
            })
    }

    /// "Last year it was 2.1 billion", "The year before, the figure was 48.4 billion": nothing but the year, of
    /// help for which a sum was told before.
    fn is_told_of_a_year(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        let year = |mention: &Mention| match mention.value {
            Value::Date(DateExpression::Full(date)) => date.month_number().is_none(),
            _ => false,
        };
        let years =
            self.sentence.has(Label::Year, before) || self.sentence.mentions_in(before).any(year);
        let last = own.start.wrapping_sub(1);
        let is = self.sentence.is(Label::Be, last)
            && (self.sentence.is(Label::It, last.wrapping_sub(1))
                || self.sentence.ending_at(Label::TotalWeak, own.start).is_some());
        let help = self.sentence.has(Label::AidNoun, before)
            && self.sentence.ending_at(Label::Worth, own.start).is_some();
        let other = [Label::PackageNoun, Label::New, Label::Give, Label::Will];
        years
            && before.len() <= SHORT
            && (is && self.speaks_of_sums_of_help() || help)
            && !self.sentence.has_any(&other, before)
    }

    /// Whether help is told with a sum shortly before, and no budget.
    fn speaks_of_sums_of_help(&self) -> bool {
        let from = self.index.saturating_sub(CONTEXT);
        let help = [Label::Give, Label::AidNoun, Label::PackageNoun, Label::Accord];
        self.document.sentences[from..self.index].iter().any(|told| {
            let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
            told.mentions.iter().any(sum)
                && told.has_any(&help, &told.all())
                && !told.has(Label::Domestic, &told.all())
        })
    }

    /// "The coalition has mustered around 1.5 billion", "pledges of 2.75 billion have been received": what
    /// several paid or promised into one fund.
    fn is_pooled(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let takes = [Label::Receive, Label::Raise];
        let of = own.start.checked_sub(1).filter(|at| self.sentence.is(Label::Of, *at));
        let pledges = of
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| self.sentence.is(Label::PackageNoun, at) && self.is_plural(at));
        let private = self.sentence.mentions_in(territory).any(|mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| !self.document.lexicon.can_give(code))
        });
        if pledges && !private && self.sentence.has_any(&takes, territory) {
            return true;
        }
        let verb = self.sentence.cues_in(&before).find(|cue| {
            takes.contains(&cue.label)
                && cue.inflection.is_past_form()
                && cue.tokens.end + 2 >= own.start
        });
        verb.is_some_and(|verb| {
            let subject = before.start..verb.tokens.start;
            let group = |mention: &Mention| {
                let code = self.document.actor_code(&mention.value);
                code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::Group)
            };
            let several = self.sentence.has_any(&[Label::Group, Label::Venture], &subject)
                || self.sentence.mentions_in(&subject).any(group);
            let near = own.end..(own.end + NOUN).min(self.sentence.tokens.len());
            let one = |at: usize| self.sentence.is(Label::PackageNoun, at) && !self.is_plural(at);
            several && !self.sentence.has(Label::New, &subject) && !near.into_iter().any(one)
        })
    }

    /// "has given weapons worth 370 million, or 1% of its gross domestic product": the economy is what all
    /// that was given is measured by.
    fn is_share_of_economy(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = own.end..(own.end + SHORT).min(self.sentence.tokens.len());
        self.perfect(territory)
            && !self.sentence.has_any(&[Label::PackageNoun, Label::New, Label::Will], territory)
            && self.sentence.cues_in(&near).any(|cue| cue.is(Grade::OfEconomy))
    }

    /// "How much has Canada given? More than $600 million this year": what answers a question for all that
    /// was given.
    fn answers_how_much(&self, territory: &Range<usize>) -> bool {
        let previous = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        let other = [Label::Give, Label::Announce, Label::PackageNoun, Label::New, Label::Will];
        previous.is_some_and(|asked| {
            let all = asked.all();
            let question =
                all.end.checked_sub(1).is_some_and(|last| asked.is_sign(self.text(), last, &["?"]));
            let perfect = asked.cues_in(&all).any(|cue| {
                cue.label == Label::Give
                    && cue.inflection.is_past_form()
                    && asked.has(Label::Have, &(0..cue.tokens.start))
            });
            question && perfect && asked.items.iter().all(|item| item.role == Role::Vague)
        }) && !self.sentence.has_any(&other, territory)
    }

    /// "received arms and equipment worth 38 billion": arms of no kind and number, right before the sum.
    pub(super) fn is_worth_of_arms(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(NOUN)..own.start;
        let mut items = self.sentence.items.iter();
        items.any(|item| {
            item.role == Role::Vague
                && item.quantity.is_none()
                && near.contains(&(item.tokens.end - 1))
        })
    }

    /// "Until the change of power, the country had donated equipment worth 671 million".
    fn was_given_until(&self, before: &Range<usize>) -> bool {
        self.perfect(before)
            && self.sentence.is(Label::Until, before.start)
            && !self.sentence.has_any(&[Label::PackageNoun, Label::New], before)
    }
}
