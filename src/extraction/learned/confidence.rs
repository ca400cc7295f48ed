//! How likely a claim is to be right in donor, amount, currency and status: a weighted sum of features
//! that are written down here, fitted on annotated articles (CONTRIBUTING.md tells how).

use super::{ALWAYS, Reason, Weights, reading, status, weightiest};
use crate::extraction::document::Document;
use crate::extraction::grouped;
use crate::extraction::grouping::Group;
use crate::extraction::tellings::Telling;
use crate::lexicon::{Label, Lexicon};
use crate::mentions::{Sentence, Value};
use crate::model::{Article, CivilDate, Claim, Confidence, Evidence, Status};

static WEIGHTS: Weights = Weights::of(include_str!("confidence.tsv"));

/// The verbs of acts.
const ACTS: [Label; 5] = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Buy];

/// The rules for a day that is not told of the act: that of the event which the article is about.
const ASSUMED: &str = "date.of-the-event";

/// From so many donors on their number says no more.
const MANY_DONORS: usize = 3;

/// Log-odds to probability: `TABLE[i]` thousandths at `(i - 30) / 5`; a table, so that every machine
/// gives the same figure.
const STEPS: i32 = 200;

/// One group among those of its document, with the fields that were written of it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    /// All its groups.
    pub groups: &'a [Group],
    /// Which of them is judged.
    pub index: usize,
    /// The day on which it was made public.
    pub announced: Option<CivilDate>,
    /// What proves its fields.
    pub evidence: &'a [Evidence],
}

/// Judges a claim.
pub fn judge(case: Case<'_>) -> Confidence {
    Confidence(probability(WEIGHTS.log_odds(&case.features())))
}

/// Why each claim of an article has its confidence, the weightiest reason first.
pub fn reasons(lexicon: &Lexicon, article: &Article, claims: &[Claim]) -> Vec<Vec<Reason>> {
    cases(lexicon, article, claims, |case| weightiest(WEIGHTS.reasons(case.features())))
}

/// The features of each claim of an article.
pub fn features(lexicon: &Lexicon, article: &Article, claims: &[Claim]) -> Vec<Vec<String>> {
    cases(lexicon, article, claims, |case| case.features())
}

fn cases<T>(
    lexicon: &Lexicon,
    article: &Article,
    claims: &[Claim],
    of: impl Fn(Case<'_>) -> T,
) -> Vec<T> {
    reading(lexicon, article, |document| {
        let groups = &grouped(document).1.groups;
        let case = |(index, claim): (usize, &Claim)| {
            let (announced, evidence) = (claim.announced, &*claim.evidence);
            of(Case { document, groups, index, announced, evidence })
        };
        claims.iter().take(groups.len()).enumerate().map(case).collect()
    })
}

impl Case<'_> {
    fn group(&self) -> &Group {
        &self.groups[self.index]
    }

    /// The telling that gives the sum, else the first.
    fn lead(&self) -> &Telling {
        let group = self.group();
        group.amount().map_or(&group.tellings[0], |(telling, _)| telling)
    }

    fn sentence(&self) -> &Sentence {
        &self.document.sentences[self.lead().sentence]
    }

    /// The features that hold, by name. What a claim says is weighed together with its stage: that a
    /// package without a day was announced is less sure than that it is recalled.
    pub fn features(&self) -> Vec<String> {
        let group = self.group();
        let stage = group.status().status;
        let donors = group.donors.len();
        let several = if donors > 1 { "several" } else { "one" };
        let teller = if self.document.is_release { "a release" } else { "a report" };
        let mut features = vec![
            ALWAYS.to_owned(),
            format!("{stage}: {}", self.contents()),
            format!("{stage}: {}", self.day()),
            format!("{stage}: by {several}"),
            format!("{stage}: in {teller}"),
            format!("donors: {}", donors.min(MANY_DONORS)),
            format!("age: {}", self.age()),
            format!("{stage}: weights {}", status::support(self.document, self.groups, self.index)),
        ];
        if stage == Status::Announced {
            features.push(format!("news: {}", self.news()));
        }
        for field in ["donor", "recipient", "status"] {
            let mut rules: Vec<String> = self.rules(field).map(str::to_owned).collect();
            rules.sort();
            rules.dedup();
            features.extend(rules);
            if field == "status" && group.status().rule == status::WEIGHED {
                features.push(status::WEIGHED.to_owned());
            } else if self.rules(field).next().is_none() {
                features.push(format!("{field}: none"));
            }
        }
        let held = self.held().into_iter().filter(|(_, holds)| *holds);
        features.extend(held.map(|(name, _)| name.to_owned()));
        features
    }

    /// The rules that read a field.
    fn rules(&self, field: &str) -> impl Iterator<Item = &str> {
        let own = self.evidence.iter().filter(move |proof| proof.field == field);
        own.map(|proof| proof.rule.as_str())
    }

    /// What is told to be given.
    fn contents(&self) -> &'static str {
        let items = &self.group().items;
        match (self.group().amount().is_some(), items.is_empty()) {
            (true, true) => "a sum",
            (true, false) => "a sum and things",
            _ if items.iter().any(|item| item.quantity.is_some()) => "counted things",
            _ => "things",
        }
    }

    /// Whether its day was told of it.
    fn day(&self) -> &'static str {
        match self.rules("announced").next() {
            None => "no day",
            Some(ASSUMED) => "day of the event",
            Some(_) => "day of its own",
        }
    }

    /// How long before the article it was made public.
    fn age(&self) -> &'static str {
        let Some(published) = self.document.article.published else {
            return "article without date";
        };
        let Some(announced) = self.announced else { return "no day" };
        match published.days_since(announced) {
            ..0 => "to come",
            0 => "same day",
            1..=2 => "days",
            3..=7 => "week",
            8..=31 => "month",
            _ => "older",
        }
    }

    /// How many packages the article announces.
    fn news(&self) -> &'static str {
        let announced = |group: &&Group| group.status().status == Status::Announced;
        match self.groups.iter().filter(announced).count() {
            0..=1 => "one package",
            2 => "two packages",
            3..=4 => "three packages",
            _ => "many packages",
        }
    }

    fn held(&self) -> [(&'static str, bool); 8] {
        let (group, lead, sentence) = (self.group(), self.lead(), self.sentence());
        let stage = group.status().status;
        let has = |labels: &[Label]| sentence.has_any(labels, &sentence.all());
        let text = sentence.segment.span.of(&self.document.article.text);
        let named = sentence.mentions.iter().any(|mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| group.donors.iter().any(|own| own == code))
        });
        let earlier = lead.days.iter().any(|day| day.is_earlier);
        let differs = |telling: &Telling| telling.status.status != group.tellings[0].status.status;
        [
            ("donor in another sentence", !named),
            ("donor far from verb", self.is_far()),
            ("tellings differ in status", group.tellings.iter().any(differs)),
            ("day in the past", earlier && stage != Status::Past),
            ("words for a share", has(&[Label::Share])),
            ("words for earlier", has(&[Label::Earlier, Label::EarlierAfter])),
            ("perfect", has(&[Label::Have, Label::Had])),
            ("brackets", text.contains('(')),
        ]
    }

    /// Whether many words part the donor from the verb nearest to what is given.
    fn is_far(&self) -> bool {
        const FAR: usize = 10;
        let (group, lead, sentence) = (self.group(), self.lead(), self.sentence());
        let is_sum = |mention: &&crate::mentions::Mention| {
            matches!(mention.value, Value::Money(_))
                && lead.amount.as_ref().is_some_and(|amount| amount.span == mention.span)
        };
        let sum = sentence.mentions.iter().find(is_sum).map(|sum| sum.tokens.start);
        let given = sum.or_else(|| lead.items.first().map(|item| item.tokens.start));
        let acts = sentence.cues.iter().filter(|cue| ACTS.contains(&cue.label));
        let verb = given.and_then(|at| acts.min_by_key(|cue| cue.tokens.start.abs_diff(at)));
        let own = lead.parties.donors.iter().filter(|party| group.donors.contains(&party.code));
        let donor = own.max_by_key(|party| party.score);
        verb.zip(donor).is_some_and(|(verb, donor)| {
            let (first, then) = if donor.tokens.start < verb.tokens.start {
                (&donor.tokens, &verb.tokens)
            } else {
                (&verb.tokens, &donor.tokens)
            };
            then.start.saturating_sub(first.end) >= FAR
        })
    }
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

    #[test]
    fn the_reasons_for_a_confidence_add_up_to_it() {
        let text =
            "Norway will give Ukraine 20 tanks worth 90 million kroner, Oslo said on Friday.";
        let lexicon = Lexicon::builtin();
        let article = crate::text::read(text.as_bytes(), &crate::text::Hint::default()).unwrap();
        let claims = crate::extraction::read_claims(lexicon, &article).claims;
        let reasons = reasons(lexicon, &article, &claims);
        assert_eq!((claims.len(), reasons.len()), (1, 1));
        let sum: i32 = reasons[0].iter().map(|reason| reason.weight).sum();
        assert_eq!(Confidence(probability(WEIGHTS.all()[ALWAYS] + sum)), claims[0].confidence);
    }
}
