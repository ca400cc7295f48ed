//! Headings that name one state, and lines that only say that what follows is recalled: what stands
//! under them is told of it.

use super::Telling;
use crate::extraction::days::{Day, OLD};
use crate::extraction::document::Document;
use crate::extraction::entries;
use crate::extraction::parties::Party;
use crate::extraction::status::Reading;
use crate::lexicon::{Label, PartyKind};
use crate::mentions::{Mention, Sentence};
use crate::model::Status;
use crate::text::SegmentKind;
use std::collections::BTreeMap;

/// Who a heading says gives or receives in the sentences under it.
pub(super) struct Section {
    party: Party,
    receives: bool,
    /// The paragraph that it heads, where it stands in no line of its own.
    paragraph: Option<u32>,
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
        let alone = entries::lone(document, heading).is_some();
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
        let (gifts, receipts) = (count(&document.givers), count(&document.receivers));
        let receives = giver.is_some()
            && document.lexicon.can_receive(code)
            && (union || main == Some(code) || receipts > gifts);
        let listed = alone && gifts >= receipts && entries::make_survey(document);
        let donates = gifts > receipts || listed;
        let can_give = document.lexicon.can_give(code) && main != Some(code) && donates;
        let party = Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score: 3,
            rule: match (receives, listed) {
                (true, _) => "recipient.section",
                (_, true) => "donor.survey",
                _ => "donor.section",
            },
        };
        let inside = heading.segment.kind != SegmentKind::Heading;
        let paragraph = inside.then_some(heading.segment.block);
        (receives || can_give).then_some(Section { party, receives, paragraph })
    }

    /// Whether a sentence stands under it.
    pub(super) fn holds(&self, sentence: &Sentence) -> bool {
        self.paragraph.is_none_or(|block| block == sentence.segment.block)
    }

    /// Whether what stands under it comes from the state that it names.
    pub(super) fn is_giver(&self) -> bool {
        !self.receives
    }

    /// Names the party to the tellings from this one on whose own grammar names none.
    pub(super) fn label(&self, tellings: &mut [Telling], from: usize) {
        let (told, own) = tellings.split_at_mut(from);
        // "Sweden, which was not among them, will send 50 vehicles. The package carries a price of":
        // what points back is told of who gave right before.
        let other = told.last().is_some_and(|last| {
            let mut firm = last.parties.donors.iter().filter(|party| party.score >= 3);
            own.first().is_some_and(|first| first.sentence == last.sentence + 1)
                && firm.any(|party| party.code != self.party.code)
        });
        for telling in own.iter_mut().filter(|telling| !(other && telling.refers_back)) {
            let parties = &mut telling.parties;
            let (own, other) = if self.receives {
                (&mut parties.recipients, &mut parties.donors)
            } else {
                (&mut parties.donors, &mut parties.recipients)
            };
            let open = own.iter().all(|known| known.score < 2)
                && other.iter().all(|known| known.code != self.party.code);
            // "Riga's contribution consists of" under "Latvia": grammar names the same one, less firmly.
            let same = own.iter().position(|known| known.code == self.party.code);
            let weak = same.filter(|at| own.len() == 1 && own[*at].score < self.party.score);
            if open || weak.is_some() {
                own.retain(|known| known.code != self.party.code);
                own.insert(0, self.party.clone());
            }
        }
    }
}

/// "Czech military aid to Ukraine" over a table of days, things and sums: the one state that the headline names as
/// giver gives what rows name that no giver stands in.
pub(super) fn label_rows(document: &Document<'_>, tellings: &mut [Telling]) {
    let Some(title) = document.sentences.iter().find(|s| s.segment.kind == SegmentKind::Title)
    else {
        return;
    };
    let gifts = [Label::AidNoun, Label::PackageNoun, Label::Give, Label::Gift];
    let main = document.main_recipient.as_deref();
    let can_give = |mention: &&Mention| {
        document.actor_code(&mention.value).is_some_and(|code| {
            document.lexicon.can_give(code)
                && Some(code) != main
                && !document.enemies.contains(code)
        })
    };
    let mut states = title.mentions.iter().filter(can_give);
    let (Some(giver), None) = (states.next(), states.next()) else { return };
    let code = document.actor_code(&giver.value).filter(|_| title.has_any(&gifts, &title.all()));
    let Some(code) = code else { return };
    for telling in tellings.iter_mut().filter(|told| told.parties.firm_donors(2).is_empty()) {
        if telling.parties.recipients.iter().any(|party| party.code == code) {
            continue;
        }
        telling.parties.donors = vec![Party {
            code: code.to_owned(),
            span: giver.span,
            tokens: giver.tokens.clone(),
            score: 3,
            rule: "donor.section",
        }];
    }
}

/// How many words a line has at most that only says that what follows is recalled.
const LINE: usize = 4;

/// "Background:", "For reference": acts of other days under it are recalled.
pub(super) struct Background {
    reading: Reading,
    /// The last sentence under it that recalled an act.
    last: Option<usize>,
    /// The paragraph that its words open, where they stand in no line of their own.
    paragraph: Option<u32>,
}

impl Background {
    /// Of a line that says nothing else, or of the words before the colon of a paragraph: "Looking back:".
    pub(super) fn of(document: &Document<'_>, sentence: &Sentence) -> Option<Self> {
        let cue = sentence.starting_at(Label::Earlier, 0)?;
        let span = Some(sentence.span_of(&cue.tokens));
        let reading = Reading { status: Status::Past, span, rule: "status.background" };
        let colon = sentence.is_sign(&document.article.text, cue.tokens.end, &[":"]);
        let paragraph = (sentence.tokens.len() > LINE).then_some(sentence.segment.block);
        (paragraph.is_none() || colon).then_some(Self { reading, last: None, paragraph })
    }

    /// "What came before: Germany gave": such a label makes all that its sentence tells recalled.
    pub(super) fn recall(document: &Document<'_>, sentence: &Sentence, tellings: &mut [Telling]) {
        let cue = sentence.starting_at(Label::Earlier, 0);
        let text = &document.article.text;
        let Some(cue) = cue.filter(|cue| sentence.is_sign(text, cue.tokens.end, &[":"])) else {
            return;
        };
        let span = Some(sentence.span_of(&cue.tokens));
        for telling in tellings {
            if matches!(telling.status.status, Status::Announced | Status::Delivered) {
                telling.status = Reading { status: Status::Past, span, rule: "status.background" };
            }
        }
    }

    /// Labels what has an earlier day of its own, and what goes on with it: "This included".
    pub(super) fn label(&mut self, document: &Document<'_>, tellings: &mut [Telling]) {
        for telling in tellings {
            let sentence = &document.sentences[telling.sentence];
            let old = |day: &Day| {
                let age = day.date.zip(document.published());
                let age = age.map(|(day, published)| published.days_since(day.last_day()));
                day.is_earlier || age.is_some_and(|age| age >= OLD)
            };
            let points_back = sentence.is_any(&[Label::It, Label::Definite], 0);
            let goes_on = self.last.is_some_and(|last| last + 1 >= telling.sentence) && points_back;
            let dated = telling.days.iter().any(|day| !day.is_span && old(day));
            let told = matches!(telling.status.status, Status::Announced | Status::Delivered);
            let recent = telling.days.iter().any(|day| day.date.is_some() && !old(day));
            let below = match self.paragraph {
                // What stands behind such a paragraph goes on with it, up to news of its own.
                Some(block) => sentence.segment.block >= block && !recent,
                None => dated || goes_on,
            };
            if told && below {
                telling.status = self.reading;
                self.last = Some(telling.sentence);
            }
        }
    }
}
