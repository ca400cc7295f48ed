//! Answers: what a question asks of its giver and receiver is told of them in the answer.

use super::acts::VERBS;
use super::sections::Section;
use super::{Reader, Telling, parties};
use crate::extraction::parties::Party;
use crate::mentions::Sentence;
use crate::text::SegmentKind;

/// The rules for who gives and receives because the question names them.
pub(in crate::extraction) const GIVER: &str = "donor.question";
const RECEIVER: &str = "recipient.question";

impl Reader<'_> {
    /// The question right before the sentence, where it asks what is given.
    pub(super) fn question(&self) -> Option<&Sentence> {
        let before = self.document.sentences.get(self.index.checked_sub(1)?)?;
        let asks = before.segment.span.of(self.text()).trim_end().ends_with('?');
        let told = !matches!(before.segment.kind, SegmentKind::Meta | SegmentKind::Title);
        (asks && told && before.has_any(&VERBS, &before.all())).then_some(before)
    }

    /// Whether a heading or a question says that what stands under it without a verb is given.
    pub(super) fn is_headed(&self, section: Option<&Section>) -> bool {
        section.is_some_and(Section::is_giver) || self.question().is_some()
    }

    /// "What is Spain giving Ukraine? 58 drones and 28 mortars": names the question's parties to what
    /// names none.
    pub(super) fn answer_question(&self, tellings: &mut [Telling]) {
        let Some(question) = self.question() else { return };
        let asked = parties::in_range(self.document, question, &question.all());
        let end = self.sentence.tokens.len();
        let named = |own: &mut Vec<Party>, asked: &[Party], rule| {
            if own.iter().any(|party| party.score >= 2) {
                return;
            }
            let firm = asked.iter().filter(|party| party.score >= 3);
            let party = |party: &Party| Party { tokens: end..end, score: 3, rule, ..party.clone() };
            let firm: Vec<Party> = firm.map(party).collect();
            own.retain(|party| firm.iter().all(|other| other.code != party.code));
            own.splice(0..0, firm);
        };
        for telling in tellings {
            let gives = |party: &Party, own: &[Party]| own.iter().all(|p| p.code != party.code);
            let parties = &mut telling.parties;
            let receivers: Vec<Party> = asked.recipients.clone();
            let donors: Vec<Party> = asked
                .donors
                .iter()
                .filter(|party| gives(party, &parties.recipients))
                .cloned()
                .collect();
            named(&mut parties.donors, &donors, GIVER);
            named(&mut parties.recipients, &receivers, RECEIVER);
        }
    }
}
