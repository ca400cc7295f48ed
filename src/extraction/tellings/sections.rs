//! Headings that name one state: what stands under them is told of it.

use super::Telling;
use crate::extraction::document::Document;
use crate::extraction::parties::Party;
use crate::lexicon::{Label, PartyKind};
use crate::mentions::Sentence;
use std::collections::BTreeMap;

/// Who a heading says gives or receives in the sentences under it.
pub(super) struct Section {
    party: Party,
    receives: bool,
}

impl Section {
    /// The one state that a heading names, whoever mostly receives apart: "Republic of Moldova" in an
    /// article on what a union gives, "Denmark's support for Ukraine" in one on several givers.
    pub(super) fn of(document: &Document<'_>, heading: &Sentence) -> Option<Section> {
        let main = document.main_recipient.as_deref();
        let others = || {
            let mentions = heading.mentions.iter();
            mentions.filter_map(|mention| {
                let code = document.actor_code(&mention.value)?;
                (Some(code) != main).then_some((mention, code))
            })
        };
        let (mention, code) = others().next().or_else(|| {
            let mut mentions = heading.mentions.iter();
            mentions.find_map(|mention| Some((mention, document.actor_code(&mention.value)?)))
        })?;
        // "The first convoy had reached Poland" is a caption, and no heading over what Poland does.
        // A line with a verb is a headline of its own story.
        let gift = [Label::AidNoun, Label::PackageNoun];
        let verbs = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Say];
        let alone = heading.tokens.len() <= mention.tokens.len() + 1;
        let leads = alone
            || mention.tokens.start <= 1
                && heading.has_any(&gift, &heading.all())
                && !heading.has_any(&verbs, &heading.all());
        let other = others().any(|(_, other)| other != code);
        if !leads || other || document.enemies.contains(code) {
            return None;
        }
        // A union that the article is about gives to the states that it lists.
        let giver = document.main_donor.as_deref().filter(|giver| *giver != code);
        let union = giver.is_some_and(|giver| {
            document.lexicon.party_kind(giver) == PartyKind::Union && document.route_of(giver)
        });
        // In a survey of one giver's gifts, or of one receiver's givers, the rest of the text says which.
        let count = |table: &BTreeMap<String, i32>| table.get(code).copied().unwrap_or_default();
        let (given, received) = (count(&document.givers), count(&document.receivers));
        let receives = giver.is_some() && (union || main == Some(code) || received > given);
        let gives = document.lexicon.can_give(code) && main != Some(code) && given > received;
        let party = Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score: 3,
            rule: if receives { "recipient.section" } else { "donor.section" },
        };
        (receives || gives).then_some(Section { party, receives })
    }

    /// Names the party to tellings whose own grammar names none.
    pub(super) fn label(&self, tellings: &mut [Telling]) {
        for telling in tellings {
            let parties = &mut telling.parties;
            let (own, other) = if self.receives {
                (&mut parties.recipients, &mut parties.donors)
            } else {
                (&mut parties.donors, &mut parties.recipients)
            };
            let open = own.iter().all(|known| known.score < 2)
                && other.iter().all(|known| known.code != self.party.code);
            if open {
                own.insert(0, self.party.clone());
            }
        }
    }
}
