//! How far a package had come, by all that is told of it together: tenses, days, place, its neighbours. A
//! weighted sum for each status of features that are written down here, fitted on annotated articles. What the
//! rules found is none of them: they were written on those same articles, and so would be believed too much. It
//! stands until the weights speak clearly for another status.

use super::{ALWAYS, Reason, Weights, claims_of, count_range, reading, weightiest};
use crate::extraction::days::Day;
use crate::extraction::document::Document;
use crate::extraction::grouping::{Group, Grouped};
use crate::extraction::status::Reading;
use crate::extraction::tellings::Telling;
use crate::lexicon::{Label, Lexicon};
use crate::mentions::{CueMention, Sentence};
use crate::model::{Article, Claim, Status};
use std::collections::BTreeSet;

static WEIGHTS: Weights = Weights::of(include_str!("status.tsv"));

/// By so much, in thousandths of log-odds, a status must outweigh that of the rules.
const CLEARLY: i32 = 2000;

/// By so much a plan or an end must: on articles that were not in the fit the weights take news for plans as often as
/// not, and of all that they took for withdrawn hardly one was.
const SURELY: i32 = 3000;

/// So many sentences at least make an article. The weights were fitted on whole ones, and of what stands alone,
/// "Kyiv may get jets", its own words say more than they do.
const FEWEST: usize = 6;

/// The rule by which a status is named that the weights gave.
pub const WEIGHED: &str = "status.weighed";

/// The verbs by whose tenses it is told how far a package had come.
const VERBS: [Label; 8] = [
    Label::Announce,
    Label::Arrive,
    Label::Buy,
    Label::Expect,
    Label::Give,
    Label::Receive,
    Label::Say,
    Label::Withdraw,
];

/// The words that make a tense, and so many tokens before a verb they stand.
const TENSES: [Label; 9] = [
    Label::Be,
    Label::Expect,
    Label::Had,
    Label::Have,
    Label::Is,
    Label::Not,
    Label::To,
    Label::Will,
    Label::Would,
];
const TENSE: usize = 4;

/// The words that place an act in time, or say who vouches for it.
const TIMES: [Label; 9] = [
    Label::Ago,
    Label::Earlier,
    Label::EarlierAfter,
    Label::Handover,
    Label::New,
    Label::Since,
    Label::TotalAfter,
    Label::Unnamed,
    Label::Visit,
];

/// Which of all those, in the sentences around what is told, say something of it.
const AROUND: [Label; 8] = [
    Label::Earlier,
    Label::EarlierAfter,
    Label::Expect,
    Label::Had,
    Label::Handover,
    Label::TotalAfter,
    Label::Unnamed,
    Label::Would,
];
const ACTS: [Label; 4] = [Label::Announce, Label::Arrive, Label::Give, Label::Receive];

/// Gives the packages another status of which the weights clearly say so.
pub fn weigh(document: &Document<'_>, mut grouped: Grouped) -> Grouped {
    let found: Vec<Option<Status>> =
        cases(document, &grouped.groups).map(|case| case.outweighing(&case.features())).collect();
    for (group, found) in grouped.groups.iter_mut().zip(found) {
        if let Some(status) = found {
            group.settled = Some(Reading { status, span: None, rule: WEIGHED });
        }
    }
    grouped
}

/// How far the weights speak for the status that a package has.
pub fn support(document: &Document<'_>, groups: &[Group], index: usize) -> &'static str {
    let case = Case { document, groups, index };
    let features = case.features();
    let odds = |status| features.iter().map(|feature| weight(status, feature)).sum::<i32>();
    let own = case.by_rules();
    let others = Status::ALL.iter().copied().filter(|status| *status != own);
    let lead = odds(own) - others.map(odds).max().unwrap_or(0);
    match lead {
        ..=0 => "against",
        1..=CLEARLY => "weak",
        _ => "clear",
    }
}

/// Of each claim of an article, the status that the rules gave it and, the weightiest first, the reasons for
/// which it has another.
pub fn reasons(lexicon: &Lexicon, article: &Article) -> Vec<Option<(Status, Vec<Reason>)>> {
    by_rules(lexicon, article, |document, groups| {
        let why = |case: Case<'_>| {
            let features = case.features();
            let (rules, status) = (case.by_rules(), case.outweighing(&features)?);
            let reasons = features.into_iter().filter_map(|feature| {
                let weight = weight(status, &feature) - weight(rules, &feature);
                (weight != 0).then_some(Reason { feature, weight })
            });
            Some((rules, weightiest(reasons.collect())))
        };
        cases(document, groups).map(why).collect()
    })
}

/// The claims of an article with the status that the rules give them, and the features of each.
pub fn features(lexicon: &Lexicon, article: &Article) -> Vec<(Claim, Vec<String>)> {
    by_rules(lexicon, article, |document, groups| {
        let claims = claims_of(document, groups);
        claims.into_iter().zip(cases(document, groups).map(|case| case.features())).collect()
    })
}

fn by_rules<T>(
    lexicon: &Lexicon,
    article: &Article,
    read: impl Fn(&Document<'_>, &[Group]) -> T,
) -> T {
    reading(lexicon, article, |document| {
        read(document, &crate::extraction::sifted(document).1.groups)
    })
}

fn cases<'a>(document: &'a Document<'a>, groups: &'a [Group]) -> impl Iterator<Item = Case<'a>> {
    (0..groups.len()).map(move |index| Case { document, groups, index })
}

fn weight(status: Status, feature: &str) -> i32 {
    WEIGHTS.of_feature(&format!("{status}: {feature}"))
}

/// One group among those of its document.
struct Case<'a> {
    document: &'a Document<'a>,
    groups: &'a [Group],
    index: usize,
}

impl<'a> Case<'a> {
    fn group(&self) -> &'a Group {
        &self.groups[self.index]
    }

    fn by_rules(&self) -> Status {
        self.group().status().status
    }

    /// The status that clearly outweighs that of the rules.
    fn outweighing(&self, features: &[String]) -> Option<Status> {
        if self.document.sentences.len() < FEWEST {
            return None;
        }
        let odds = |status| features.iter().map(|feature| weight(status, feature)).sum::<i32>();
        let rules = odds(self.by_rules());
        let best = Status::ALL.iter().copied().max_by_key(|status| odds(*status))?;
        let is_rare = matches!(best, Status::Proposed | Status::Withdrawn);
        let least = if is_rare { SURELY } else { CLEARLY };
        (odds(best) > rules + least).then_some(best)
    }

    /// The features that hold, by name.
    fn features(&self) -> Vec<String> {
        let mut features = BTreeSet::from([ALWAYS.to_owned()]);
        features.extend(self.package());
        features.extend(self.told());
        features.extend(self.around());
        features.extend(self.others());
        features.into_iter().collect()
    }

    fn body(&self) -> impl Iterator<Item = &'a Telling> {
        self.group().tellings.iter().filter(|telling| !telling.is_title)
    }

    /// The first place that tells it.
    fn first(&self) -> &'a Telling {
        self.body().next().unwrap_or(&self.group().tellings[0])
    }

    /// The first place that gives the sum.
    fn priced(&self) -> Option<&'a Telling> {
        self.body().find(|telling| telling.amount.is_some())
    }

    /// What the package holds, and where in what kind of article it stands.
    fn package(&self) -> Vec<String> {
        let (group, document) = (self.group(), self.document);
        let lead = self.priced().unwrap_or(self.first());
        let main = document.main_donor.as_ref();
        vec![
            format!("a sum: {}", self.priced().is_some()),
            format!("things: {}", count_range(group.items.len())),
            format!("tellings: {}", count_range(group.tellings.len())),
            format!("packages before it: {}", count_range(self.index)),
            format!("sentences before it: {}", count_range(self.first().sentence)),
            format!("sentences before the lead: {}", count_range(lead.sentence)),
            format!("in the headline: {}", group.in_title),
            format!("a release: {}", document.is_release),
            format!("live: {}", document.is_live),
            format!("of the main donor: {}", main.is_some_and(|main| group.donors.contains(main))),
        ]
    }

    /// Words and days of the telling that leads, and of all.
    fn told(&self) -> Vec<String> {
        let lead = self.priced().unwrap_or(self.first());
        let tellings = self.group().tellings.iter();
        let all = tellings.flat_map(|telling| {
            let sentence = self.sentence(telling);
            let verbs = sentence.cues.iter().filter(|cue| VERBS.contains(&cue.label));
            let verbs = verbs.map(|verb| format!("any: {}", tense(sentence, verb)));
            let told = self.says(telling).into_iter().map(|told| format!("any: {told}"));
            told.chain(verbs)
        });
        let own = self.says(lead).into_iter().map(|told| format!("lead: {told}"));
        own.chain(all).collect()
    }

    fn says(&self, telling: &Telling) -> Vec<String> {
        let known = [&VERBS[..], &TENSES, &TIMES];
        let cues = self.sentence(telling).cues.iter();
        let cues = cues.filter(|cue| known.iter().any(|labels| labels.contains(&cue.label)));
        let mut told: Vec<String> = cues.map(|cue| format!("{:?}", cue.label)).collect();
        for day in &telling.days {
            told.push(format!("day {}", self.age(day)));
            if day.dates_act || day.opens_sentence() {
                told.push(format!("day of the act {}", self.age(day)));
            }
        }
        if telling.days.is_empty() {
            told.push("no day".to_owned());
        }
        told
    }

    fn sentence(&self, telling: &Telling) -> &'a Sentence {
        &self.document.sentences[telling.sentence]
    }

    /// How long before the article a day lies.
    fn age(&self, day: &Day) -> &'static str {
        let Some(date) = day.date.filter(|_| !day.is_span && !day.is_later) else {
            return match (day.is_span, day.is_later, day.is_earlier) {
                (true, ..) => "of a span",
                (_, true, _) => "to come",
                (.., true) => "unknown, earlier",
                _ => "unknown",
            };
        };
        if !date.is_day() {
            return if day.is_earlier { "of an earlier month" } else { "of a month" };
        }
        match self.document.published().map(|published| published.days_since(date)) {
            None => "in an article without date",
            Some(..0) => "ahead",
            Some(0) => "same",
            Some(1..=2) => "before",
            Some(3..=7) => "of the week",
            Some(8..=31) => "of the month",
            Some(_) => "older",
        }
    }

    /// What the sentences beside it speak of.
    fn around(&self) -> Vec<String> {
        let sentences = self.document.sentences;
        let last = self.body().map(|telling| telling.sentence).max().unwrap_or(0);
        let sides = [("before", self.first().sentence.checked_sub(1)), ("behind", Some(last + 1))];
        let mut features = Vec::new();
        for (side, place) in sides {
            let Some(sentence) = place.and_then(|place| sentences.get(place)) else { continue };
            for cue in &sentence.cues {
                if AROUND.contains(&cue.label) {
                    features.push(format!("{side}: {:?}", cue.label));
                }
                if ACTS.contains(&cue.label) {
                    features.push(format!("{side}: {}", tense(sentence, cue)));
                }
            }
        }
        if sentences.iter().any(|sentence| sentence.has(Label::Handover, &sentence.all())) {
            features.push("a handover in the article".to_owned());
        }
        features
    }

    /// How far the other packages of the article had come.
    fn others(&self) -> Vec<String> {
        let own = self.group();
        let others = self.groups.iter().enumerate().filter(|(index, _)| *index != self.index);
        let told = others.map(|(index, other)| {
            let side = if index < self.index { "before" } else { "behind" };
            let same = other.donors.iter().any(|code| own.donors.contains(code));
            let donor = if same { "same" } else { "another" };
            format!("{side}: {} of the {donor} donor", other.status().status)
        });
        told.collect()
    }
}

/// A verb with its form and the words that make its tense: "Give Participle, Have, Be".
fn tense(sentence: &Sentence, verb: &CueMention) -> String {
    let start = verb.tokens.start;
    let near = start.saturating_sub(TENSE)..start;
    let made = TENSES.iter().filter(|label| sentence.has(**label, &near));
    let made: Vec<String> = made.map(|label| format!(", {label:?}")).collect();
    format!("{:?} {:?}{}", verb.label, verb.inflection, made.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANDED: &str = "TITLE: Albania handed Moldova mortars, spare parts and winter clothing\n\
        DATE: 2024-05-14\n\nThe General Staff in Chisinau said so.\n\nAlbania transferred: 12 mortars of the \
        previously provided type, 2 thousand spare parts, 5 thousand units of winter clothing.\n\nThe army \
        is glad of them. It needs more. The winter is long. Nobody knows its end.\n";

    const PLAIN: &str = "TITLE: Portugal to give Ukraine drones\nDATE: 2024-05-14\n\nPortugal will give Ukraine \
        200 drones, the defence minister announced on Tuesday.\n";

    fn article(page: &str) -> Article {
        crate::text::read(page.as_bytes(), &crate::text::Hint::default()).unwrap()
    }

    #[test]
    fn a_status_that_clearly_outweighs_that_of_the_rules_takes_its_place_with_its_reasons() {
        let (lexicon, article) = (Lexicon::builtin(), article(HANDED));
        let claims = crate::extraction::read_claims(lexicon, &article).claims;
        assert_eq!(claims[0].status, Status::Delivered);
        let (rules, reasons) = reasons(lexicon, &article).remove(0).unwrap();
        assert_eq!(rules, Status::Past);
        assert!(reasons.iter().map(|reason| reason.weight).sum::<i32>() > 0);
        assert_eq!(features(lexicon, &article)[0].0.status, rules);
    }

    #[test]
    fn a_sentence_that_stands_alone_is_read_by_the_rules() {
        let alone = article("DATE: 2024-05-14\n\nAlbania may deliver 12 howitzers to Moldova.\n");
        let claims = crate::extraction::read_claims(Lexicon::builtin(), &alone).claims;
        assert_eq!(claims[0].status, Status::Proposed);
    }

    #[test]
    fn where_the_weights_say_what_the_rules_do_nothing_is_told_of_them() {
        let (lexicon, article) = (Lexicon::builtin(), article(PLAIN));
        let claims = crate::extraction::read_claims(lexicon, &article).claims;
        assert_eq!(claims[0].status, Status::Announced);
        assert_eq!(reasons(lexicon, &article), [None]);
    }
}
