//! What the rules need to know of the whole document while they read one sentence.

pub(super) use super::arms::names_forces;
pub use super::arms::{AID_CLASS, is_arms, is_soldiers, is_weapon_class, names_aid};
use super::arms::{gives_to_forces, lists_arms_given};
use super::counts::best_pair;
use super::days::Day;
use super::parties::{self, Judged, Party};
use super::routes::{ANY_DONOR, owners_of_routes, receivers_of_routes};
use super::tellings::survey::Survey;
use super::topic::{buys_for_somebody, is_of_trade, is_release, other_topic, signs_of_arms};
use super::{chronicle, days, rolls, spoken};
use crate::lexicon::{Grade, Label, Lexicon, PartyKind};
use crate::mentions::{CueMention, DateExpression, Mention, Sentence, Value};
use crate::model::{Article, CivilDate, Span};
use crate::text::SegmentKind;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How many sentences may tell the day of an article that has no date.
const DATED_LEAD: usize = 6;

/// How many days a dateline may be older than its publication.
const DATELINE_AGE: i64 = 3;

/// So many sentences at the beginning of a text say that it is told live.
const LIVE_LEAD: usize = 4;

/// So many sentences at the beginning of a text say who speaks in it.
const SPEAKERS: usize = 3;

/// So many tokens behind a state its office may stand: "Latvia's defence minister".
const OFFICE: usize = 3;

/// Up to this many sentences an article has one subject.
pub const SHORT_ARTICLE: usize = 30;

#[allow(clippy::struct_excessive_bools)] // each is a finding of its own, read by other rules
/// An article with its sentences and what stands out in it as a whole.
pub struct Document<'a> {
    /// What the program knows.
    pub lexicon: &'a Lexicon,
    /// The article.
    pub article: &'a Article,
    /// Its sentences with their mentions.
    pub sentences: &'a [Sentence],
    /// The actor that most often gives.
    pub main_donor: Option<String>,
    /// The actor that most often receives.
    pub main_recipient: Option<String>,
    /// How often actors receive, by code.
    pub receivers: BTreeMap<String, i32>,
    /// How often actors give, by code.
    pub givers: BTreeMap<String, i32>,
    /// Codes of those who are at war with a receiver that the text names.
    pub enemies: BTreeSet<String>,
    /// The first full day that the beginning of the text tells.
    pub news_day: Option<CivilDate>,
    /// The day of the entry in which each sentence stands, in an article whose entries are headed by their days.
    pub entries: Vec<Option<Day>>,
    /// The day in the dateline, where it lies right before that of publication.
    pub dateline: Option<CivilDate>,
    /// The day on which a report says that its news was made public: what it quotes was said then.
    pub spoken: Option<CivilDate>,
    /// Whether the text is a release of those who give: its first lines say so.
    pub is_release: bool,
    /// Whether it is told hour by hour, in entries with a time of day: all of them are of one day.
    pub is_live: bool,
    /// What the headline and the first sentences tell of instead of aid, where they do: a sale, a
    /// loan, wishes, losses.
    pub other_topic: Option<Label>,
    /// Whether it tells of trade alone, and of no gift.
    pub is_of_trade: bool,
    /// Whether states with figures in turn are those to whom the main giver gives: it has a route of its own.
    pub goes_to_each: bool,
    /// Whether the beginning of the text tells of money that a parliament votes or is asked for.
    pub votes_money: bool,
    /// Whether some sentence surely speaks of military aid: its name, a mechanism, or a weapon that
    /// is given.
    pub speaks_of_aid: bool,
    /// Whether the text speaks of military help at all.
    pub is_military: bool,
    /// Of whom each sentence speaks in a survey of receivers, once it is asked for.
    pub(super) survey: OnceCell<Survey>,
    /// The parts that the actors of a sentence play, by its span: filled by [`parties::in_range`].
    pub judged: RefCell<BTreeMap<Span, Rc<[Judged]>>>,
}

impl<'a> Document<'a> {
    /// Reads the whole document once for its main actors.
    pub fn new(lexicon: &'a Lexicon, article: &'a Article, sentences: &'a [Sentence]) -> Self {
        let entries = chronicle::days_of_entries(article, sentences);
        let mut document = Self {
            lexicon,
            article,
            sentences,
            main_donor: None,
            main_recipient: None,
            receivers: BTreeMap::new(),
            givers: BTreeMap::new(),
            enemies: BTreeSet::new(),
            news_day: first_day(sentences).filter(|_| entries.iter().all(Option::is_none)),
            entries,
            dateline: day_of_dateline(article, sentences),
            spoken: None,
            is_release: false,
            is_live: is_told_live(article, sentences),
            other_topic: None,
            is_of_trade: is_of_trade(lexicon, sentences),
            goes_to_each: false,
            votes_money: false,
            speaks_of_aid: false,
            is_military: false,
            survey: OnceCell::new(),
            judged: RefCell::default(),
        };
        // Who the enemy is depends on who receives, which is first counted without that knowledge.
        let mut told = document.count_parties();
        document.enemies = document.enemies_of_receivers();
        if !document.enemies.is_empty() {
            document.judged.borrow_mut().clear();
            told = document.count_parties();
        }
        let receiver_is_told = told || document.receivers.keys().any(|c| lexicon.is_attacked(c));
        let military = signs_of_arms(sentences);
        document.is_release = is_release(lexicon, article, sentences);
        let own = document.is_release || document.is_live || document.dateline.is_some();
        document.spoken = spoken::day_of_words(&document).filter(|_| !own);
        document.speaks_of_aid =
            sentences.iter().any(|s| names_aid(lexicon, s) || gives_to_forces(lexicon, s))
                || lists_arms_given(lexicon, sentences);
        let short = sentences.len() <= SHORT_ARTICLE;
        document.is_military = document.speaks_of_aid && (military >= 2 || short);
        let lead: Vec<&Sentence> =
            sentences.iter().filter(|s| s.segment.kind != SegmentKind::Meta).take(4).collect();
        let count = |labels: &[Label]| -> usize {
            lead.iter().flat_map(|s| &s.cues).filter(|cue| labels.contains(&cue.label)).count()
        };
        let sold = lead.iter().take(2).any(|s| s.has(Label::SaleStrong, &s.all()));
        document.other_topic = if sold {
            Some(Label::Sale)
        } else {
            // "Norway signs contract", and behind it for whom.
            let bought = lead.iter().take(2).any(|sentence| buys_for_somebody(sentence));
            let topic = (1..=2).find_map(|count| other_topic(lead.get(..count)?));
            topic.filter(|topic| *topic != Label::Sale || !bought)
        };
        let priced = sentences
            .iter()
            .flat_map(|sentence| &sentence.mentions)
            .any(|mention| matches!(mention.value, Value::Money(_)));
        document.votes_money =
            priced && count(&[Label::Appropriation]) >= 2 && count(&[Label::Parliament]) >= 1;
        // Who is attacked is mostly the receiver; a transit country is named in the same way.
        let mut receivers = document.receivers.clone();
        for (code, count) in &mut receivers {
            if lexicon.is_attacked(code) {
                *count = *count * 3 / 2;
            }
        }
        (document.main_donor, document.main_recipient) = best_pair(&document.givers, &receivers);
        document.goes_to_each = rolls::goes_to_each(&document);
        if document.goes_to_each {
            document.judged.borrow_mut().clear();
            document.count_parties();
        }
        // "The US and Ukraine have agreed on": who is attacked and alone told of as giving receives.
        if document.main_recipient.is_none()
            && document.main_donor.as_deref().is_some_and(|code| lexicon.is_attacked(code))
            && document.most_named(document.main_donor.as_deref()).is_some()
        {
            document.main_recipient = document.main_donor.take();
        }
        let gifts = document.may_tell_of_gifts(&lead);
        if !receiver_is_told
            && gifts
            && short
            && let Some(donor) = document.main_donor.clone()
        {
            document.main_recipient = document.named_as_receiver(&donor);
        }
        if document.main_donor.is_none() {
            let receiver = document.main_recipient.clone();
            document.main_donor = document.most_named(receiver.as_deref());
        }
        document.judge_anew();
        document
    }

    /// Forgets what was judged where it depends on who receives, which is known now: what only passes through a
    /// state, who speaks, who asks, and what a venture is for.
    fn judge_anew(&self) {
        let asks = [
            Label::Arrive,
            Label::Venture,
            Label::Say,
            Label::Announce,
            Label::Request,
            Label::Wish,
            Label::Source,
        ];
        let is_open = |span: &Span| {
            let at = self.sentences.partition_point(|told| told.segment.span.start < span.start);
            self.sentences.get(at).is_none_or(|told| told.has_any(&asks, &told.all()))
        };
        self.judged.borrow_mut().retain(|span, _| !is_open(span));
    }

    /// Whether the text tells that an actor gives, and never that it receives.
    pub fn only_gives(&self, code: &str) -> bool {
        self.givers.contains_key(code) && !self.receivers.contains_key(code)
    }

    /// Whether no sentence of the lead that names a state speaks of trade, wishes or own use: "Soldiers
    /// rely on such arms" says nothing of who gives.
    fn may_tell_of_gifts(&self, lead: &[&Sentence]) -> bool {
        let others = [Label::Buy, Label::Trade, Label::Request, Label::OwnUse, Label::Lose];
        let actor = |mention: &Mention| self.actor_code(&mention.value).is_some();
        lead.iter().all(|sentence| {
            !sentence.has_any(&others, &sentence.all()) || !sentence.mentions.iter().any(actor)
        })
    }

    /// Whether the news is that something is held back; elsewhere a refusal is told beside a gift.
    pub fn tells_withdrawal(&self) -> bool {
        let told = self.sentences.iter().filter(|s| s.segment.kind != SegmentKind::Meta);
        let mut lead = told.take(if self.is_live { usize::MAX } else { 3 });
        lead.any(|sentence| sentence.has(Label::Withdraw, &sentence.all()))
    }

    /// Counts how often actors give and receive; headline and first sentences count twice, and of two receivers
    /// that are counted alike the one that the headline or the first sentence names is first. Says
    /// whether grammar somewhere tells who receives.
    fn count_parties(&mut self) -> bool {
        let mut told = false;
        self.givers.clear();
        self.receivers.clear();
        let body = |sentence: &Sentence| sentence.segment.kind == SegmentKind::Sentence;
        let first = self.sentences.iter().position(body);
        for (index, sentence) in self.sentences.iter().enumerate() {
            if sentence.segment.kind == SegmentKind::Meta {
                continue;
            }
            let title = sentence.segment.kind == SegmentKind::Title;
            let lead = i32::from(title || Some(index) == first);
            let weight = if title || index < 6 { 2 } else { 1 };
            let found = parties::in_range(self, sentence, &sentence.all());
            let count = |table: &mut BTreeMap<String, i32>, parties: &[Party], lead: i32| {
                for party in parties {
                    let firm = lead * i32::from(party.score >= 2);
                    let count = party.score.min(4) * weight + firm;
                    *table.entry(party.code.clone()).or_default() += count;
                }
            };
            count(&mut self.givers, &found.donors, 0);
            // "sold the Mi-35s to Serbia": who buys receives no gift.
            let all = sentence.all();
            let gifts = [Label::Give, Label::AidNoun, Label::PackageNoun, Label::Announce];
            if !sentence.has(Label::Trade, &all) || sentence.has_any(&gifts, &all) {
                count(&mut self.receivers, &found.recipients, lead);
            }
            told |= found.recipients.iter().any(|party| party.score >= 3);
            // Who alone can use a route gives where it is named: "a presidential drawdown".
            for owner in owners_of_routes(self.lexicon, sentence) {
                let group = self.lexicon.party_kind(owner) == PartyKind::Group;
                let factor = if group || owner == ANY_DONOR { 2 } else { 4 };
                *self.givers.entry(owner.to_owned()).or_default() += factor * weight;
            }
            for receiver in receivers_of_routes(self.lexicon, sentence) {
                *self.receivers.entry(receiver.to_owned()).or_default() += 4 * weight;
            }
        }
        self.count_speakers();
        told
    }

    /// "the Norwegian defence minister", "Remarks by Minister Anne Beathe Tvinnereim" as headline, at the
    /// beginning of a text in which "we" give: whose office is named, or who speaks, does so for the giver.
    fn count_speakers(&mut self) {
        let own = |sentence: &&Sentence| {
            let all = sentence.all();
            sentence.has(Label::We, &all) && sentence.has_any(&[Label::Give, Label::Announce], &all)
        };
        let spoken = self.sentences.iter().filter(own).count();
        let mut speaks = false;
        let told = self.sentences.iter().filter(|s| s.segment.kind != SegmentKind::Meta);
        for sentence in told.take(SPEAKERS) {
            for mention in &sentence.mentions {
                let end = mention.tokens.end;
                // "Latvia's defence minister"
                let office = (end..end + OFFICE)
                    .take_while(|at| !sentence.is_sign(&self.article.text, *at, &[",", ".", ":"]))
                    .any(|at| sentence.starting_at(Label::Office, at).is_some());
                let own = office || parties::heads_as_speaker(self.lexicon, sentence, mention);
                let own = own && spoken > 1 || parties::is_given_the_floor(self, sentence, mention);
                if let Some(code) = self.actor_code(&mention.value).filter(|_| own)
                    && self.lexicon.can_give(code)
                    && !self.lexicon.is_attacked(code)
                    && !self.receivers.contains_key(code)
                {
                    let weight = i32::try_from(spoken).unwrap_or(i32::MAX).clamp(2, 10) * 2;
                    *self.givers.entry(code.to_owned()).or_default() += weight;
                    speaks = true;
                }
            }
        }
        // A coalition of which a minister speaks is not who says "we".
        self.givers.retain(|code, _| !(speaks && code == "COALITION"));
    }

    /// Who is at war with a receiver that the text names oftener than all others taken as such; one
    /// that is named in passing makes nobody an enemy.
    fn enemies_of_receivers(&self) -> BTreeSet<String> {
        let weight = |code: &String| {
            let count = self.receivers.get(code).copied().unwrap_or(0);
            if self.lexicon.is_attacked(code) { count * 3 / 2 } else { count }
        };
        let most = self.receivers.keys().map(weight).max().unwrap_or(0);
        let main: Vec<&String> =
            self.receivers.keys().filter(|code| weight(code) * 2 > most).collect();
        let named = self.sentences.iter().flat_map(|sentence| &sentence.mentions);
        named
            .filter_map(|mention| self.actor_code(&mention.value))
            .filter(|code| main.iter().any(|receiver| self.lexicon.is_enemy(code, receiver)))
            .map(str::to_owned)
            .collect()
    }

    /// Whether the text names a route of this giver's own: the European Peace Facility.
    pub fn route_of(&self, giver: &str) -> bool {
        self.sentences
            .iter()
            .any(|sentence| owners_of_routes(self.lexicon, sentence).any(|owner| owner == giver))
    }

    /// The day from which the text counts: that of its dateline, or of publication, or where none is
    /// known the first full day that the text tells.
    pub fn published(&self) -> Option<CivilDate> {
        self.dateline.or(self.article.published).or(self.news_day)
    }

    /// The code of the actor of a mention.
    pub fn actor_code(&self, value: &Value) -> Option<&'a str> {
        match value {
            Value::Actor(number) => Some(self.lexicon.actor_at(*number).code.as_str()),
            _ => None,
        }
    }
}

/// Whether entries have their time of day, or the headline says so: "as it happened", "Closing summary". A
/// single word does where it ends the headline: "tanks for Kyiv – live".
fn is_told_live(article: &Article, sentences: &[Sentence]) -> bool {
    let timed = sentences.iter().filter(|s| days::begins_with_time(article, s)).count();
    let headed = sentences.iter().take(LIVE_LEAD).any(|sentence| {
        let ends = |cue: &CueMention| cue.tokens.end == sentence.tokens.len();
        let says = |cue: &CueMention| cue.is(Grade::Live) && (cue.tokens.len() > 1 || ends(cue));
        sentence.segment.kind != SegmentKind::Sentence && sentence.cues.iter().any(says)
    });
    timed >= 3 || headed
}

/// The first day with its year among the first sentences.
fn first_day(sentences: &[Sentence]) -> Option<CivilDate> {
    let lead = sentences.iter().take(DATED_LEAD).flat_map(|sentence| &sentence.mentions);
    lead.filter_map(|mention| match mention.value {
        Value::Date(DateExpression::Full(date)) => Some(date),
        _ => None,
    })
    .find(|date| date.is_day())
}

/// The day that stands before the first words of the text: "KYIV, May 14 (Agency) -".
fn day_of_dateline(article: &Article, sentences: &[Sentence]) -> Option<CivilDate> {
    let published = article.published?;
    let before_text = |pair: &&[Sentence]| {
        let (line, next) = (pair[0].segment, pair[1].segment);
        let between = article.text.get(line.span.end..next.span.start);
        line.kind == SegmentKind::Meta
            && next.kind == SegmentKind::Sentence
            && between.is_some_and(|between| !between.contains('\n'))
    };
    let line = &sentences.windows(2).take(DATED_LEAD).find(before_text)?[0];
    let days = line.mentions.iter().filter_map(|mention| match mention.value {
        Value::Date(expression) => days::settle(expression, Some(published), None, false),
        _ => None,
    });
    days.into_iter()
        .find(|day| day.is_day() && (0..=DATELINE_AGE).contains(&published.days_since(*day)))
}
