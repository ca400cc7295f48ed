//! How likely a claim is to be right in donor, amount, currency and status: a weighted sum of features
//! that are written down here, fitted on annotated articles (CONTRIBUTING.md tells how).

use super::document::{Document, SHORT_ARTICLE};
use super::grouping::Group;
use crate::lexicon::Label;
use crate::mentions::Sentence;
use crate::model::{Aid, Confidence, Evidence, Qualifier};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The features and their weights in thousandths of log-odds, as `tests/fit_confidence.py` wrote them.
const WEIGHTS: &str = include_str!("confidence.tsv");

/// The fields whose rules are features: by which rule a field was read says most of how sure it is.
const FIELDS: [&str; 6] = ["donor", "recipient", "amount", "status", "announced", "mechanism"];

/// From so many states on that take no part, it is doubtful who gives.
const SEVERAL_STRANGERS: usize = 2;

/// A sentence of fewer tokens says little else.
const SHORT_SENTENCE: usize = 15;

/// The verbs of which several in a sentence may tell of several acts.
const ACTS: [Label; 4] = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];

/// Counts from here on are one feature.
const MANY: usize = 5;

/// Log-odds to probability: `TABLE[i]` thousandths at `(i - 30) / 5`; a table, so that every machine
/// gives the same figure.
const STEPS: i32 = 200;

/// Judges the group at `index` of a document's `groups`, whose fields `evidence` proves.
pub fn judge(
    document: &Document<'_>,
    groups: &[Group],
    index: usize,
    evidence: &[Evidence],
) -> Confidence {
    let weights = weights();
    let logit: i32 = features(document, groups, index, evidence)
        .iter()
        .filter_map(|feature| weights.get(feature.as_str()))
        .sum();
    Confidence(probability(logit))
}

fn weights() -> &'static FxHashMap<&'static str, i32> {
    static PARSED: OnceLock<FxHashMap<&'static str, i32>> = OnceLock::new();
    PARSED.get_or_init(|| {
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
            .collect()
    })
}

/// The features of a group that hold, by name.
pub fn features(
    document: &Document<'_>,
    groups: &[Group],
    index: usize,
    evidence: &[Evidence],
) -> Vec<String> {
    let group = &groups[index];
    let mut features = vec!["always".to_owned()];
    let named = of_group(document, group).into_iter().chain(of_sentence(document, group));
    features.extend(named.filter(|(_, holds)| *holds).map(|(name, _)| name.to_owned()));
    for field in FIELDS {
        let before = features.len();
        let own = evidence.iter().filter(|proof| proof.field == field);
        features.extend(own.map(|proof| format!("{field}: {}", proof.rule)));
        if features.len() == before {
            features.push(format!("{field}: none"));
        }
        features[before..].sort();
        features.dedup();
    }
    features.push(format!("how: {}", group.status().rule));
    let qualifier = group.amount().map(|(_, amount)| amount.bounds.qualifier());
    let same_donors =
        groups.iter().filter(|other| other.donors == group.donors).count().saturating_sub(1);
    let counted = |name: &str, count: usize| format!("{name}: {}", count.min(MANY));
    features.extend([
        format!("qualifier: {}", qualifier.map_or("none", Qualifier::as_str)),
        format!("stage: {}", group.status().status.as_str()),
        counted("packages", groups.len()),
        counted("of-same-donors", same_donors),
        counted("donors", group.donors.len()),
        counted("items", group.items.len()),
        counted("tellings", group.tellings.len()),
    ]);
    features
}

/// What holds of the group and its place in the document.
fn of_group(document: &Document<'_>, group: &Group) -> Vec<(&'static str, bool)> {
    let scores = |parties: &[super::parties::Party], least: i32| {
        parties.iter().any(|party| party.score >= least)
    };
    let donor = |least| group.tellings.iter().any(|t| scores(&t.parties.donors, least));
    let own_donor = group.tellings.iter().any(|telling| {
        let mut firm = telling.parties.donors.iter().filter(|party| party.score >= 3);
        firm.any(|party| group.donors.contains(&party.code))
    });
    let receiver = |least| group.tellings.iter().any(|t| scores(&t.parties.recipients, least));
    let main = |own: &[String], main: Option<&String>| main.is_some_and(|code| own.contains(code));
    vec![
        ("donor-explicit", group.donor_is_explicit),
        ("donor-by-verb", donor(4)),
        ("donor-by-grammar", own_donor),
        ("receiver-by-grammar", receiver(3)),
        ("in-headline", group.in_title),
        ("long-article", document.sentences.len() > SHORT_ARTICLE),
        ("counted", group.items.iter().any(|item| item.quantity.is_some())),
        ("dated", group.tellings.iter().any(|telling| !telling.days.is_empty())),
        ("main-donor", main(&group.donors, document.main_donor.as_ref())),
        ("main-receiver", main(&group.recipients, document.main_recipient.as_ref())),
        ("release", document.is_release),
        ("live", document.is_live),
        ("other-topic", document.other_topic.is_some()),
        ("votes-money", document.votes_money),
    ]
}

/// What holds of the sentence that tells the sum, or else of the first that tells the group.
fn of_sentence(document: &Document<'_>, group: &Group) -> Vec<(&'static str, bool)> {
    let telling = group.amount().map_or(&group.tellings[0], |(telling, _)| telling);
    let sentence = &document.sentences[telling.sentence];
    let has = |labels: &[Label]| sentence.has_any(labels, &sentence.all());
    let is_sum = |mention: &&crate::mentions::Mention| {
        matches!(mention.value, crate::mentions::Value::Money(_))
    };
    vec![
        ("several-sums", sentence.mentions.iter().filter(is_sum).count() > 1),
        ("early", telling.sentence <= 4),
        ("strangers", strangers(document, group, sentence) >= SEVERAL_STRANGERS),
        ("short-sentence", sentence.tokens.len() < SHORT_SENTENCE),
        (
            "several-verbs",
            sentence.cues.iter().filter(|cue| ACTS.contains(&cue.label)).count() >= 3,
        ),
        ("military", telling.aid == Aid::Military),
        ("first-person", telling.first_person),
        ("refers-back", telling.refers_back),
        ("inventory", telling.is_inventory),
        ("giving-verb", telling.has_giving_verb),
        ("names-military-aid", telling.names_military_aid),
        ("package-noun", has(&[Label::PackageNoun])),
        ("new", has(&[Label::New])),
        ("announces", has(&[Label::Announce])),
        ("wishes", has(&[Label::Request, Label::Wish])),
        ("would", has(&[Label::Would])),
        ("will", has(&[Label::Will])),
        ("denies", has(&[Label::Not])),
        ("perfect", has(&[Label::Have, Label::Had])),
        ("sums-up", has(&[Label::TotalAfter, Label::TotalWeak, Label::Since])),
        ("earlier", has(&[Label::Earlier, Label::EarlierAfter])),
        ("expects", has(&[Label::Expect, Label::Unnamed])),
    ]
}

/// How many states the sentence names that neither give nor receive.
fn strangers(document: &Document<'_>, group: &Group, sentence: &Sentence) -> usize {
    let named = sentence.mentions.iter().filter_map(|mention| document.actor_code(&mention.value));
    let takes_part =
        |code: &str| group.donors.iter().chain(&group.recipients).any(|own| own == code);
    named.filter(|code| !takes_part(code)).collect::<BTreeSet<_>>().len()
}

/// The logistic function in thousandths of log-odds, in steps of [`STEPS`], between 2 and 998.
fn probability(logit: i32) -> u16 {
    const TABLE: [u16; 61] = [
        2, 3, 4, 4, 5, 7, 8, 10, 12, 15, 18, 22, 27, 32, 39, 47, 57, 69, 83, 100, 119, 142, 168,
        198, 231, 269, 310, 354, 401, 450, 500, 550, 599, 646, 690, 731, 769, 802, 832, 858, 881,
        900, 917, 931, 943, 953, 961, 968, 973, 978, 982, 985, 988, 990, 992, 993, 995, 996, 996,
        997, 998,
    ];
    let place = (logit + 30 * STEPS + STEPS / 2).div_euclid(STEPS).clamp(0, 60);
    TABLE[usize::try_from(place).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_odds_are_one_half_and_more_evidence_is_never_less_sure() {
        assert_eq!(probability(0), 500);
        assert!(
            (-8000..8000).step_by(100).all(|logit| probability(logit) <= probability(logit + 100))
        );
    }
}
