//! Whose partners give: "Ukraine's Western allies pledged", "partners of Moldova announced".

use super::{Part, Reader};
use crate::lexicon::{Label, PartyKind};
use crate::mentions::Mention;

/// So many tokens behind whose partners they are these are named: "Ukraine's closest Western allies".
const NAMED: usize = 5;

/// So many tokens behind partners the verb stands of what they do.
const ACT: usize = 5;

impl Reader<'_> {
    /// Who is named as the one beside whom a group of partners stands that gives something receives.
    pub(super) fn is_backed(&self, mention: &Mention) -> Option<Part> {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let behind = end..end + NAMED;
        let of = self.before(start).filter(|at| self.sentence.is(Label::Of, *at));
        let group = |other: &&Mention| {
            let code = self.document.actor_code(&other.value);
            code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::Group)
        };
        let partners = if self.is_possessive(mention) {
            self.sentence.mentions_in(&behind).find(group)
        } else {
            let ends = |other: &&Mention| Some(other.tokens.end) == of;
            self.sentence.mentions.iter().filter(group).find(ends)
        };
        let acts = |partners: &Mention| {
            let from = partners.tokens.end.max(end);
            self.sentence.has_any(&[Label::Give, Label::Announce], &(from..from + ACT))
        };
        partners
            .filter(|partners| self.is_attacked(mention) || acts(partners))
            .map(|_| Part::Receives(3, "recipient.backed"))
    }
}
