//! Whether an article says that it corrects an earlier text, and which sum it takes back: "An earlier version
//! of this article said 400 million".

use super::Writer;
use crate::extraction::grouping::Group;
use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, Sentence, Value};
use crate::model::{Amount, Correction, Evidence, Status};
use crate::text::SegmentKind;

/// Within so many tokens before a sum stands what denies it: "and not 400 million".
const DENIED: usize = 3;

impl Writer<'_> {
    /// What of an earlier text a package's telling corrects. Of several packages it is the one whose sum
    /// the notice repeats.
    pub(super) fn corrects(
        &self,
        groups: &[Group],
        group: &Group,
        (amount, evidence): (Option<Amount>, &mut Vec<Evidence>),
    ) -> Option<Correction> {
        let is_news = |group: &&Group| group.status().status != Status::Past;
        if !is_news(&group) {
            return None;
        }
        let told = self.document.sentences.iter().enumerate();
        let (mut wrong, mut repeats, mut words) = (Vec::new(), false, None);
        for (index, sentence) in told {
            let Some(notice) = self.notice(sentence) else { continue };
            let sums = self.sums_in(index, group);
            let is_aside = sentence.segment.kind == SegmentKind::Meta;
            if is_aside && sums.is_empty() && !says_how_many(sentence) {
                continue;
            }
            words = words.or(Some(sentence.span_of(&notice.tokens)));
            repeats |= sums.iter().any(|(sum, _)| Some(*sum) == amount);
            let others = sums
                .into_iter()
                .filter(|(sum, denied)| is_aside || *denied && Some(*sum) != amount);
            wrong.extend(others.map(|(sum, _)| sum).filter(|sum| Some(*sum) != amount));
        }
        if groups.iter().filter(is_news).count() > 1 && !repeats {
            return None;
        }
        evidence.push(self.evidence("corrects", words?, "notice.correction"));
        wrong.dedup();
        let currency = |sum: &Amount| amount.is_some_and(|own| own.currency == sum.currency);
        let taken = wrong.first().copied().filter(|sum| wrong.len() == 1 && currency(sum));
        Some(Correction { amount: taken })
    }

    /// The words by which a sentence corrects; a word alone does where it heads the sentence.
    fn notice<'s>(&self, sentence: &'s Sentence) -> Option<&'s CueMention> {
        let heads = |cue: &CueMention| {
            let end = cue.tokens.end;
            cue.tokens.start <= 1
                && sentence.is_sign(&self.document.article.text, end, &[":", "-", "–", "—", ")"])
        };
        let is_said =
            |cue: &&CueMention| cue.is(Grade::Notice) || cue.is(Grade::HeadsNotice) && heads(cue);
        sentence.cues.iter().find(is_said)
    }

    /// The sums of a sentence, and whether each is denied.
    fn sums_in(&self, index: usize, group: &Group) -> Vec<(Amount, bool)> {
        let sentence = &self.document.sentences[index];
        let donor = group.donors.first().map(String::as_str);
        let sum = |(place, mention): (usize, &crate::mentions::Mention)| {
            let Value::Money(money) = &mention.value else { return None };
            let currency = self.document.currency(&money.currency, index, place, donor)?;
            let start = mention.tokens.start;
            let denied = sentence.has(Label::Not, &(start.saturating_sub(DENIED)..start));
            Some((Amount { bounds: money.bounds, currency }, denied))
        };
        sentence.mentions.iter().enumerate().filter_map(sum).collect()
    }
}

/// "gave the number of tanks as four", "misstated the amount"
fn says_how_many(sentence: &Sentence) -> bool {
    let number = |value: &Value| matches!(value, Value::Number(_) | Value::Date(_));
    !sentence.items.is_empty()
        || sentence.has(Label::AidNoun, &sentence.all())
        || sentence.mentions.iter().any(|told| number(&told.value))
}
