//! How likely a claim is to be right in donor, amount, currency and status: a weighted sum of
//! features that are written down here, fitted on annotated articles (CONTRIBUTING.md tells how).

use super::document::{Document, SHORT_ARTICLE};
use super::grouping::Group;
use crate::lexicon::Label;
use crate::model::{Aid, Confidence, Qualifier, Status};

/// The features and their weights in thousandths of log-odds.
pub const WEIGHTS: &[(&str, i32)] = &[
    ("always", 311),
    ("has-sum", 0),
    ("donor-explicit", 339),
    ("donor-by-verb", -282),
    ("receiver-by-grammar", 0),
    ("no-receiver", 0),
    ("several-donors", 0),
    ("in-headline", 0),
    ("told-again", 0),
    ("only-package", 0),
    ("many-packages", 0),
    ("long-article", 0),
    ("open-figure", 0),
    ("several-sums", 0),
    ("early", 624),
    ("military", 0),
    ("proposed", 0),
    ("delivered", 150),
    ("withdrawn", 0),
    ("past", 0),
    ("package-noun", 0),
    ("new", 0),
    ("announces", 110),
    ("doubtful-words", -313),
    ("cumulative-words", 108),
    ("mechanism", 0),
    ("sequence", 0),
    ("counted", -58),
    ("dated", 125),
    ("first-person", 51),
    ("main-donor", 0),
    ("main-receiver", 0),
    ("release", 0),
    ("settled", 0),
];

/// Log-odds to probability: `TABLE[i]` thousandths at `(i - 30) / 5`; a table, so that every machine
/// gives the same figure.
const STEPS: i32 = 200;

/// Judges a group of the document, told beside `others` other groups.
pub fn judge(document: &Document<'_>, group: &Group, others: usize) -> Confidence {
    let logit: i32 = features(document, group, others)
        .iter()
        .zip(WEIGHTS)
        .map(|(holds, (_, weight))| if *holds { *weight } else { 0 })
        .sum();
    Confidence(probability(logit))
}

/// Which features hold, in the order of [`WEIGHTS`].
pub fn features(document: &Document<'_>, group: &Group, others: usize) -> Vec<bool> {
    let priced = group.amount();
    let telling = priced.as_ref().map_or(&group.tellings[0], |(telling, _)| *telling);
    let sentence = &document.sentences[telling.sentence];
    let all = sentence.all();
    let amount = priced.as_ref().map(|(_, amount)| amount);
    let status = group.status().status;
    let scores = |parties: &[super::parties::Party], least: i32| {
        parties.iter().any(|party| party.score >= least)
    };
    let donor = |least| group.tellings.iter().any(|t| scores(&t.parties.donors, least));
    let receiver = |least| group.tellings.iter().any(|t| scores(&t.parties.recipients, least));
    let open = amount.is_some_and(|amount| {
        matches!(
            amount.bounds.qualifier(),
            Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::About
        )
    });
    let sums = sentence
        .mentions
        .iter()
        .filter(|mention| matches!(mention.value, crate::mentions::Value::Money(_)))
        .count();
    vec![
        true,
        amount.is_some(),
        group.donor_is_explicit,
        donor(4),
        receiver(3),
        group.recipients.is_empty(),
        group.donors.len() > 1,
        group.in_title,
        group.tellings.len() > 1,
        others == 0,
        others > 2,
        document.sentences.len() > SHORT_ARTICLE,
        open,
        sums > 1,
        telling.sentence <= 4,
        telling.aid == Aid::Military,
        status == Status::Proposed,
        status == Status::Delivered,
        status == Status::Withdrawn,
        status == Status::Past,
        sentence.has(Label::PackageNoun, &all),
        sentence.has(Label::New, &all),
        sentence.has_any(&[Label::Announce, Label::Give], &all),
        sentence.has_any(&[Label::Request, Label::Wish, Label::Would, Label::Not], &all),
        sentence.has_any(&[Label::Have, Label::TotalAfter, Label::TotalWeak, Label::Since], &all),
        group.tellings.iter().any(|telling| telling.mechanism.is_some()),
        group.tellings.iter().any(|telling| telling.sequence.is_some()),
        group.items.iter().any(|item| item.quantity.is_some()),
        group.tellings.iter().any(|telling| !telling.days.is_empty()),
        telling.first_person,
        document.main_donor.as_ref().is_some_and(|main| group.donors.contains(main)),
        document.main_recipient.as_ref().is_some_and(|main| group.recipients.contains(main)),
        document.is_release,
        group.settled.is_some(),
    ]
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
