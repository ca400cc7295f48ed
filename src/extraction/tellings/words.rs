//! What single words of a telling's sentence say of it: its times, its sum, whether they point back
//! or set it apart, and what the sentence before a list says of the entries.

use super::lists::opens_list;
use super::{Proven, Reader, Telling, status};
use crate::extraction::days::{self, Day};
use crate::extraction::parties::{Parties, Party};
use crate::extraction::sums::Sum;
use crate::lexicon::{Grade, Inflection, Label, PartyKind, Role};
use crate::mentions::{CueMention, ItemMention, Mention, MoneyCurrency, Sentence, Value};
use crate::model::{Amount, CivilDate, Currency, Status};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// Within so many tokens from its beginning a time opens a sentence.
const OPENING: usize = 4;

impl Telling {
    /// Whether it tells a sum or things.
    pub fn tells_things(&self) -> bool {
        self.amount.is_some() || !self.items.is_empty()
    }

    /// Makes it one that only recalls, unless it does by itself.
    pub(super) fn recall(&mut self, rule: &'static str) {
        if self.status.status != Status::Past {
            self.status = status::Reading { status: Status::Past, span: None, rule };
        }
    }
}

/// Words with which an act is none, or no news.
const NO_NEWS: [Label; 10] = [
    Label::Not,
    Label::Request,
    Label::Wish,
    Label::Will,
    Label::Would,
    Label::Lose,
    Label::Attack,
    Label::Trade,
    Label::SaleStrong,
    Label::Since,
];

impl Reader<'_> {
    /// "we", "our", or the giver's own office without its state.
    pub(super) fn is_first_person(&self) -> bool {
        let all = self.sentence.all();
        let acts = |at: &usize| self.sentence.is(Label::We, *at) && !self.describes_before(*at);
        all.clone().any(|at| acts(&at)) || self.own_office_gives()
    }

    /// "the guns we have sent helped": a pronoun right behind a thing only says which one is meant.
    fn describes_before(&self, pronoun: usize) -> bool {
        pronoun
            .checked_sub(1)
            .and_then(|at| self.sentence.mention_at(at))
            .is_some_and(|thing| matches!(thing.value, Value::System(_) | Value::Materiel(_)))
    }

    /// Whether a verb of the act speaks of giving, or of a plan to give.
    fn speaks_of_giving(&self) -> bool {
        self.sentence.has_any(
            &[
                Label::Give,
                Label::Announce,
                Label::Receive,
                Label::Arrive,
                Label::Expect,
                Label::Withdraw,
            ],
            &self.act,
        )
    }

    /// Whether a verb of giving stands beside a word for a package, or beside general words of which
    /// the things are told next.
    pub(super) fn names_gift(&self, parties: &Parties, status: Status) -> bool {
        self.sentence.has(Label::PackageNoun, &self.act) && self.speaks_of_giving()
            || self.gives_in_general(parties)
            || self.gives_vaguely(parties)
            || self.hands_over_arms(parties, status)
    }

    /// "On Monday the army received military equipment donated by Canada", as what a text opens with: an act
    /// with its day, giver and receiver, of arms of which nothing else is told.
    pub(super) fn hands_over_arms(&self, parties: &Parties, status: Status) -> bool {
        let all = self.sentence.all();
        let acts = [Label::Give, Label::Receive, Label::Arrive];
        let done = self.sentence.cues_in(&self.act).any(|cue| {
            let past = cue.inflection.is_past_form();
            acts.contains(&cue.label) && past
        });
        let general = |item: &ItemMention| {
            item.role == Role::Vague && self.sentence.has(Label::Military, &item.tokens)
        };
        let vague = self.sentence.items.iter().all(|item| item.role == Role::Vague);
        let firm = |party: &&Party| party.score >= 3;
        let several = |party: &&Party| {
            let kind = self.document.lexicon.party_kind(&party.code);
            kind == PartyKind::Group && status != Status::Delivered
        };
        let giver = parties.donors.iter().find(firm).filter(|party| !several(party));
        let receiver = parties.recipients.iter().find(firm);
        let both = giver.zip(receiver).is_some_and(|(one, two)| one.code != two.code);
        let day = |day: &Day| day.date.is_some_and(CivilDate::is_day) && !day.is_earlier;
        done && both
            && vague
            && self.sentence.items.iter().any(general)
            && self.is_lead()
            && !self.sentence.has_any(&NO_NEWS, &all)
            && self.days(false).iter().any(day)
    }

    /// "Germany handed over the following:", in an article on one receiver.
    pub(super) fn opens_list_of_gifts(&self) -> bool {
        self.opens_list
            && !self.is_title()
            && self.document.main_recipient.is_some()
            && self.sentence.has(Label::Give, &self.sentence.all())
    }

    /// Whether it is the first sentence of the body.
    fn is_lead(&self) -> bool {
        let body = |sentence: &Sentence| sentence.segment.kind == SegmentKind::Sentence;
        self.document.sentences.iter().position(body) == Some(self.index)
    }

    /// "will send more weapons to Ukraine, the ministry said": news of arms of which nothing else is told.
    fn gives_vaguely(&self, parties: &Parties) -> bool {
        let all = self.sentence.all();
        let other =
            [Label::Not, Label::Request, Label::Wish, Label::Would, Label::Have, Label::Had];
        let vague = |item: &ItemMention| item.role == Role::Vague && item.quantity.is_none();
        let said = self.is_title() || self.sentence.has_any(&[Label::Say, Label::Announce], &all);
        self.sentence.has(Label::Give, &self.act)
            && self.sentence.has(Label::Will, &self.act)
            && self.sentence.has(Label::New, &self.act)
            && said
            && !self.sentence.has_any(&other, &all)
            && self.sentence.items.iter().any(vague)
            && self.sentence.items.iter().all(vague)
            && parties.recipients.iter().any(|party| party.score >= 3)
            && parties.donors.iter().any(|party| party.score >= 4)
    }

    /// "handed military equipment to the Philippines": a whole act of which the things are told next.
    fn gives_in_general(&self, parties: &Parties) -> bool {
        let items = &self.sentence.items;
        let general =
            |item: &ItemMention| item.role == Role::Vague && self.act.contains(&item.tokens.start);
        let verbs = [Label::Give, Label::Receive, Label::Arrive];
        let receives = parties.recipients.iter().any(|party| party.score >= 2);
        let lists = [Label::Include, Label::ListIntro, Label::Share];
        let next = self.document.sentences.get(self.index + 1);
        let told = next.is_some_and(|next| {
            // "60 rifles will be supplied as well"
            let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
            let goes_on = next.has(Label::Give, &next.all()) && !next.mentions.iter().any(actor);
            let things = next.items.iter().any(|item| item.role != Role::Vague);
            let lists = next.has_any(&lists, &next.all());
            lists && (things || opens_list(self.document, self.index + 1)) || goes_on && things
        });
        told && self.sentence.has_any(&verbs, &self.act)
            && items.iter().any(general)
            && receives
            && !parties.firm_donors(3).is_empty()
    }

    /// The times told of the act; the one that opens the sentence holds for all acts in it.
    pub(super) fn days(&self, future: bool) -> Vec<Day> {
        let act = self.act.start..self.act.end.min(self.before_what_was_done());
        let own = days::in_range(self.document, self.sentence, &act, future);
        let entry = self.document.entries.get(self.index).copied().flatten();
        let dates = |day: &Day| day.date.is_some() && !day.is_span;
        if let Some(entry) =
            entry.filter(|entry| !own.iter().any(|day| dates(day) && day.span != entry.span))
        {
            return vec![entry];
        }
        let opening = 0..OPENING.min(self.act.start);
        if !own.is_empty() || self.opens_list {
            return own;
        }
        days::in_range(self.document, self.sentence, &opening, future)
    }

    /// "adopted in December 2021 (€7 million) and May 2023 (€40 million)": the day right before its
    /// bracket is that of the sum. "the 40 million adopted in May and the 7 million adopted in June": each
    /// of several, in a stretch of its own, has the day told there.
    pub(super) fn keep_own_day(
        &self,
        telling: &mut Telling,
        sum: &Range<usize>,
        stretch: Option<&Range<usize>>,
    ) {
        let bracket = sum.start.checked_sub(1);
        let bracket = bracket.filter(|at| self.sentence.is_sign(self.text(), *at, &["("]));
        let mut days = self.sentence.mentions_in(&self.act);
        let own =
            days.find(|day| Some(day.tokens.end) == bracket && matches!(day.value, Value::Date(_)));
        let dates =
            |day: &Day| day.dates_act && stretch.is_some_and(|stretch| stretch.contains(&day.at));
        // "1.2 billion, which used up the funds of April 2024": the clause behind it has times of its own.
        let within = |day: &Day| {
            let of_clause =
                |stretch: &Range<usize>| self.sentence.has(Label::Clause, &(stretch.start..day.at));
            let inside = |stretch: &&Range<usize>| stretch.contains(&day.at);
            !day.is_span && stretch.filter(inside).is_some_and(|stretch| !of_clause(stretch))
        };
        if let Some(own) = own {
            telling.days.retain(|day| day.span == own.span);
        } else if telling.days.iter().any(dates) {
            telling.days.retain(dates);
        } else if telling.days.iter().any(within) {
            telling.days.retain(within);
        }
    }

    /// "followed on 5 August with a joint $500 million: $275m by Sweden, $135m by Norway": the one day before
    /// the colon dates each of them.
    pub(super) fn take_day_before_colon(&self, telling: &mut Telling, at: usize) {
        let colon = (0..at).rev().find(|at| self.sentence.is_sign(self.text(), *at, &[":"]));
        let Some(colon) = colon.filter(|_| telling.days.is_empty()) else { return };
        let days = days::in_range(self.document, self.sentence, &(0..colon), false);
        let mut days = days.into_iter().filter(|day| day.date.is_some() && !day.is_span);
        let (day, other) = (days.next(), days.next());
        telling.days.extend(day.filter(|_| other.is_none()));
    }

    /// The headline, or a heading at the very beginning where no headline is known.
    pub(super) fn is_title(&self) -> bool {
        let kind = self.sentence.segment.kind;
        kind == SegmentKind::Title
            || kind == SegmentKind::Heading
                && self.index == 0
                && self.document.article.title_span.is_none()
    }

    /// "the package", "this aid", "it": before anything new is named.
    pub(super) fn refers_back(&self) -> bool {
        let noun = self
            .sentence
            .cues_in(&self.sentence.all())
            .find(|cue| matches!(cue.label, Label::PackageNoun | Label::AidNoun));
        noun.is_some_and(|cue| {
            let mut before = cue.tokens.start.saturating_sub(3)..cue.tokens.start;
            // "the transfer of 35 mortars" says itself which one is meant.
            let end = cue.tokens.end;
            let counted = self.sentence.is(Label::Of, end)
                && self.sentence.items.iter().any(|item| {
                    item.quantity.is_some() && (end + 1..end + 3).contains(&item.tokens.start)
                })
                && !self.sentence.is(Label::Definite, end + 1);
            if counted {
                return false;
            }
            // "its aid", of whoever gives it, is all of it.
            let whole = cue.label == Label::AidNoun;
            // "said that aid of 3 million was planned"
            let said = |at: usize| at > 0 && self.sentence.is(Label::Say, at - 1);
            let known = self.sentence.cues_in(&before).any(|cue| {
                let at = cue.tokens.start;
                cue.label == Label::Definite
                    && !(whole && cue.is(Grade::Possessive))
                    && !(self.sentence.is(Label::Clause, at) && said(at))
            });
            // "its largest gift" is told for the first time.
            known && !before.any(|at| self.sentence.is(Label::Superlative, at))
        })
    }

    /// "In a separate step, Ottawa is donating": such words open the act, and it has a verb of giving.
    pub(super) fn is_separate(&self) -> bool {
        let opening = self.act.start..(self.act.start + 4).min(self.act.end);
        self.sentence.has(Label::Separate, &opening)
            && (self.sentence.has(Label::Give, &self.act) || self.announces_things())
            && !self.sentence.has(Label::Include, &self.act)
    }

    /// "announced 12 mortars": counted things right behind the verb.
    pub(super) fn announces_things(&self) -> bool {
        let counted = |at: usize| {
            let mut items = self.sentence.items.iter();
            let near = at..at + OPENING;
            items.any(|item| near.contains(&item.tokens.start) && item.quantity.is_some())
        };
        let mut verbs = self.sentence.cues_in(&self.act).filter(|cue| cue.label == Label::Announce);
        verbs.any(|verb| counted(verb.tokens.end))
    }

    /// "In a separate decision", "A second package, with 35 mortars", "also announced a second package":
    /// words that open it, or stand right behind a verb, name another package than those told before.
    pub(super) fn opens_another(&self) -> bool {
        let opening = self.act.start..(self.act.start + OPENING).min(self.act.end);
        let opens = |at: usize| {
            let before = at.saturating_sub(1).max(self.act.start)..at;
            opening.contains(&at) || self.sentence.has_any(&[Label::Announce, Label::Give], &before)
        };
        let mut cues = self.sentence.cues_in(&self.act);
        let apart = cues.any(|cue| cue.is(Grade::Apart) && opens(cue.tokens.start));
        let acts = self.speaks_of_giving() || self.sentence.has(Label::PackageNoun, &self.act);
        apart && acts
    }

    pub(super) fn amount(&self, sum: &Sum, telling: &Telling) -> Option<Proven<Amount>> {
        let mention = &self.sentence.mentions[sum.mention];
        let Value::Money(money) = &mention.value else { return None };
        let currency = self.currency(&money.currency, sum, &telling.parties)?;
        let amount = Amount { bounds: money.bounds, currency };
        (money.bounds.figure() > Decimal::ZERO).then_some(Proven {
            value: amount,
            span: mention.span,
            rule: mention.rule,
        })
    }

    /// "includes 70 vehicles, shells and $10 million in humanitarian aid": the sum is one more of the things.
    pub(super) fn is_listed_behind(&self, sum: &Sum, items: &[ItemMention]) -> bool {
        let end = self.sentence.mentions[sum.mention].tokens.start;
        let include = self.sentence.first(Label::Include, &(0..end));
        include.is_some_and(|include| {
            let told = include.tokens.end..end;
            items.iter().any(|item| told.contains(&item.tokens.start))
        })
    }

    /// The ISO currency of a sum: a group's name goes by the giver, a bare figure by its neighbour.
    pub(super) fn currency(
        &self,
        currency: &MoneyCurrency,
        sum: &Sum,
        parties: &Parties,
    ) -> Option<Currency> {
        // "to help Ukraine produce drones": who receives does not say in which dollars.
        let receives = |code: &str| parties.recipients.iter().any(|party| party.code == code);
        let firm = parties.firm_donors(2).into_iter().map(|party| party.code.as_str());
        let donor = firm.into_iter().find(|code| !receives(code));
        let donor = donor.or(self.document.main_donor.as_deref());
        self.document.currency(currency, self.index, sum.mention, donor)
    }

    /// "has sent", "have also been receiving", "has already announced": every verb of giving in the act
    /// tells what is done, and no day of its own says that this is the news.
    pub(super) fn is_done(&self, days: &[Day]) -> bool {
        let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Include];
        let mut told = self
            .sentence
            .cues_in(&self.act)
            .filter(|cue| verbs.contains(&cue.label) && !self.is_part_of_cue(cue))
            .peekable();
        let perfect = |cue: &CueMention| {
            let start = cue.tokens.start;
            let near = start.saturating_sub(4).max(self.act.start)..start;
            let done = [Inflection::Participle, Inflection::Past, Inflection::Gerund];
            done.contains(&cue.inflection) && self.sentence.has(Label::Have, &near)
        };
        // "We have delivered all the 120 carriers we promised"
        let relative = |cue: &CueMention| {
            let subject = cue.tokens.start.checked_sub(1);
            cue.inflection.is_past_form()
                && subject.is_some_and(|at| self.sentence.is_any(&[Label::We, Label::It], at))
                && self.sentence.has(Label::Have, &(self.act.start..cue.tokens.start))
        };
        let given = told.peek().is_some_and(|first| perfect(first))
            && told.all(|cue| perfect(cue) || relative(cue))
            && !self.sentence.has_any(&[Label::Will, Label::Would, Label::Expect], &self.act);
        // "has already announced that it is donating eight tanks"
        let resolved = || {
            self.sentence.cues_in(&self.act).any(|cue| {
                let near = cue.tokens.start.saturating_sub(3)..cue.tokens.start;
                cue.label == Label::Announce
                    && perfect(cue)
                    && self.sentence.has(Label::TotalAfter, &near)
            })
        };
        // "..., which are to arrive in the coming weeks"
        let old = |day: &Day| day.is_span || day.is_earlier || !given && day.is_later;
        (given || resolved()) && days.iter().all(old)
    }
}
