//! Entries that a state heads as a label: "Poland: 14 tanks; Moldova – 20 vehicles", in lists, rows and
//! running text.

use super::lists::is_entry;
use super::rolled::GIVER as ROLLED;
use super::sections::Background;
use super::{Reader, Telling};
use crate::extraction::days::begins_with_time;
use crate::extraction::parties::Party;
use crate::lexicon::{ActorKind, Label, PartyKind};
use crate::mentions::{Mention, Value};
use crate::text::SegmentKind;

/// The rules for who gives or receives because an entry bears the name as its label, or in a survey
/// by country the heading over it, or the question before it, or its turn in a roll.
pub(in crate::extraction) const LABELS: [&str; 5] =
    ["donor.label", "recipient.label", "donor.survey", super::answers::GIVER, ROLLED];

/// What may stand between a label and what it heads.
const SIGNS: [&str; 5] = [":", "–", "—", "|", "-"];

/// A label stands within so many tokens from the beginning of its entry.
const OPENING: usize = 2;

impl Reader<'_> {
    /// The actor that stands before a colon or a dash at the beginning.
    pub(super) fn labelled(&self) -> Option<(&Mention, &str)> {
        self.label_from(0)
            .or_else(|| {
                // "New pledges: Estonia - nine howitzers; Latvia - six"
                let mut tokens = self.sentence.all();
                let colon = tokens.find(|at| self.sentence.is_sign(self.text(), *at, &[":"]))?;
                let more = |at: usize| self.sentence.is_sign(self.text(), at, &[";"]);
                let others =
                    tokens.filter(|at| more(*at)).any(|at| self.label_from(at + 1).is_some());
                self.label_from(colon + 1).filter(|_| others)
            })
            .or_else(|| self.label_in_brackets())
            .or_else(|| {
                // "14.22 Pentagon: new arms", in a live blog
                let timed = begins_with_time(self.document.article, self.sentence);
                self.label_from(1).filter(|_| self.document.is_live && timed)
            })
    }

    /// "There were pledges from Norway (12 mortars) and Sweden (14 radars)"
    fn label_in_brackets(&self) -> Option<(&Mention, &str)> {
        let mut actors = self.sentence.mentions.iter();
        let first = actors.find(|actor| self.counts_in_bracket(actor.tokens.end))?;
        let before = 0..first.tokens.start;
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::PackageNoun];
        self.label_from(first.tokens.start).filter(|_| self.sentence.has_any(&acts, &before))
    }

    /// The actor with which an entry ends, in brackets or behind a dash: "nine howitzers (Estonia)", "€5 million –
    /// Latvia".
    fn closing_label(&self) -> Option<(&Mention, &str)> {
        let mention = self.sentence.mentions.last().filter(|_| is_entry(self.sentence))?;
        let code = self.document.actor_code(&mention.value)?;
        let sign = |at: usize, sign: &str| self.sentence.is_sign(self.text(), at, &[sign]);
        let small = |at: usize| self.sentence.is(Label::Definite, at);
        let before = (0..mention.tokens.start).rev().find(|at| !small(*at))?;
        let end = mention.tokens.end;
        let over = end + 2 >= self.sentence.tokens.len();
        let closes = sign(before, "(") && sign(end, ")") && over;
        let dash = SIGNS.iter().any(|dash| sign(before, dash)) && self.stands_free(before);
        let gives = self.document.lexicon.can_give(code) && !self.document.enemies.contains(code);
        (gives && (closes || dash && over)).then_some((mention, code))
    }

    fn label_from(&self, start: usize) -> Option<(&Mention, &str)> {
        let mentions = &self.sentence.mentions;
        let first = mentions.iter().position(|mention| mention.tokens.start >= start)?;
        // "Netherlands, Denmark and Germany: at least 100 tanks": the last of those that are one label.
        let linked = |pair: &&[Mention]| self.shares_label(&pair[0], &pair[1]);
        let last = first + mentions[first..].windows(2).take_while(linked).count();
        let mention = &mentions[last];
        let code = self.document.actor_code(&mention.value)?;
        let end = mention.tokens.end;
        let row = self.sentence.segment.kind == SegmentKind::Row;
        let parted = self.sentence.is_sign(self.text(), end, &SIGNS) && self.stands_free(end)
            || row && self.sentence.is_any_sign(end)
            || self.counts_in_bracket(end);
        let gives = self.document.lexicon.can_give(code) && !self.document.enemies.contains(code);
        let opens = mentions[first].tokens.start <= start + OPENING;
        (opens && parted && gives && !self.is_dateline(mention)).then_some((mention, code))
    }

    /// Whether two states that could give stand beside each other with nothing but a comma or "and" between.
    fn shares_label(&self, one: &Mention, two: &Mention) -> bool {
        let gives = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.can_give(code))
        };
        let mut between = one.tokens.end..two.tokens.start;
        let links = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[",", "/", "&"])
                || self.sentence.is_any(&[Label::And, Label::Definite], at)
        };
        gives(one) && gives(two) && !between.is_empty() && between.all(links)
    }

    /// Those who stand before an actor in one label with it.
    fn beside_in_label(&self, last: &Mention) -> Vec<&Mention> {
        let mentions = &self.sentence.mentions;
        let end = mentions.iter().position(|mention| mention.tokens == last.tokens).unwrap_or(0);
        let linked = |pair: &&[Mention]| self.shares_label(&pair[0], &pair[1]);
        let count = mentions[..=end].windows(2).rev().take_while(linked).count();
        mentions[end - count..end].iter().collect()
    }

    /// "NEW DELHI: In a shot in the arm": where running text comes from.
    fn is_dateline(&self, mention: &Mention) -> bool {
        let capital = match mention.value {
            Value::Actor(number) => {
                self.document.lexicon.actor_at(number).kind == ActorKind::Capital
            }
            _ => false,
        };
        let name = mention.span.of(self.text());
        capital
            && mention.tokens.start == 0
            && self.sentence.segment.kind == SegmentKind::Sentence
            && !name.contains(char::is_lowercase)
    }

    /// A hyphen parts a label only between spaces: "Poland - 14 tanks", but "Poland-based".
    fn stands_free(&self, at: usize) -> bool {
        let span = self.sentence.span_of(&(at..at + 1));
        let space = |text: &str| text.is_empty() || text.starts_with(char::is_whitespace);
        let before = &self.text()[..span.start];
        span.of(self.text()) != "-"
            || space(&self.text()[span.end..]) && before.ends_with(char::is_whitespace)
    }

    /// "Turkey (with 78,000 drones), Spain (13 tanks)": a counted thing opens a bracket, and another
    /// bracket too.
    fn counts_in_bracket(&self, at: usize) -> bool {
        let opens = |at: usize| {
            let inside = at + 1 + usize::from(self.sentence.is(Label::With, at + 1));
            let mut items = self.sentence.items.iter();
            self.sentence.is_sign(self.text(), at, &["("])
                && items.any(|item| item.quantity.is_some() && item.tokens.start == inside)
        };
        opens(at) && self.sentence.all().filter(|at| opens(*at)).count() > 1
    }

    /// "Sweden: 51 tanks; Italy: 93 trucks": where entries with a label of their own begin.
    pub(super) fn labelled_acts(&self) -> Vec<usize> {
        let Some((first, _)) = self.labelled() else { return Vec::new() };
        let bracket = self.counts_in_bracket(first.tokens.end);
        let parted = |at: &usize| {
            self.sentence.is_sign(self.text(), *at, &[";"])
                || bracket
                    && (self.sentence.is_sign(self.text(), *at, &[","])
                        || self.sentence.is(Label::And, *at))
        };
        let labelled = |at: &usize| self.label_from(at + 1).is_some();
        self.sentence.all().filter(parted).filter(labelled).collect()
    }

    /// An actor before a colon at the beginning, "Moldova: ...": it receives where the sentence
    /// before the list names somebody else as giver, else it gives.
    pub(super) fn label(&self, tellings: &mut [Telling], lead: Option<&[String]>) {
        Background::recall(self.document, self.sentence, tellings);
        self.answer_question(tellings);
        if let Some((mention, code)) = self.closing_label() {
            for telling in tellings.iter_mut() {
                self.head(telling, mention, code, lead);
            }
        }
        let Some(first) = self.labelled() else { return };
        let starts = self.labelled_acts();
        let labels: Vec<_> = std::iter::once(first)
            .chain(starts.iter().filter_map(|start| self.label_from(start + 1)))
            .collect();
        for telling in tellings {
            let at = telling.amount.as_ref().map(|amount| amount.span.start);
            let at = telling.items.iter().map(|item| item.span.start).chain(at).min();
            let own = |label: &&(&Mention, &str)| at.is_none_or(|at| label.0.span.start < at);
            let Some((mention, code)) = labels.iter().rfind(own) else { continue };
            self.head(telling, mention, code, lead);
        }
    }

    fn head(&self, telling: &mut Telling, mention: &Mention, code: &str, lead: Option<&[String]>) {
        if telling.parties.donors.iter().any(|party| party.rule == ROLLED) {
            return;
        }
        let state = |donor: &String| self.document.lexicon.party_kind(donor) != PartyKind::Group;
        // "Western states pledged": those that are listed then are the ones that give.
        let given = lead.is_some_and(|donors| {
            donors.iter().any(state) && !donors.iter().any(|donor| donor == code)
        });
        // A union or an alliance that the article is about gives to the states that it lists.
        let main = self.document.main_donor.as_deref().filter(|main| *main != code);
        let listed = main.is_some_and(|main| {
            let kind = self.document.lexicon.party_kind(main);
            self.document.goes_to_each || kind == PartyKind::Union && self.document.route_of(main)
        });
        // "Bamako: weapons received as a gift from Russia"
        let from = telling.parties.donors.iter().filter(|party| party.code != code);
        let from = from.clone().any(|party| party.score >= 4);
        // "New Delhi: Slovenia will send tanks to Ukraine": where the news comes from.
        let mut to = telling.parties.recipients.iter().filter(|party| party.code != code);
        if from && to.any(|party| party.score >= 3) {
            return;
        }
        // "pledges from Norway (12 mortars)"
        let mut givers = telling.parties.donors.iter();
        let source = givers.any(|own| own.code == code && own.rule == "donor.from");
        let receives = !source
            && (given || listed || from || self.document.main_recipient.as_deref() == Some(code));
        let party = Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score: 5,
            rule: LABELS[usize::from(receives)],
        };
        let parties = &mut telling.parties;
        let (own, other) = if receives {
            (&mut parties.recipients, &mut parties.donors)
        } else {
            (&mut parties.donors, &mut parties.recipients)
        };
        own.retain(|known| known.code != code && !receives);
        other.retain(|known| known.code != code);
        for beside in self.beside_in_label(mention).into_iter().filter(|_| !receives) {
            let Some(code) = self.document.actor_code(&beside.value) else { continue };
            let (span, tokens) = (beside.span, beside.tokens.clone());
            own.retain(|known| known.code != code);
            own.insert(0, Party { code: code.to_owned(), span, tokens, ..party.clone() });
        }
        own.insert(0, party);
    }
}
