//! What a sum is by the sums beside it: a share of the one before, one more of an enumeration, a
//! total's figure told again.

use super::{Reader, Sum, SumRole};
use crate::extraction::document::Document;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CORRECTION_REACH, DateExpression, Mention, Sentence, Value};
use crate::model::Qualifier;
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// What a sum alone was found to be, with the rule that said so.
pub(super) type Judged = (SumRole, &'static str);

/// How an act is told in its own words: a sum beside it is no mere figure of comparison.
const ACTS: [Label; 3] = [Label::Give, Label::Announce, Label::Receive];

/// The rule for a total that is told beside another one, mostly of somebody else.
pub const COMPARED: &str = "total.compared";

/// A sum of the headline may be off by one part in so many, as it is rounded.
const ROUNDED: u32 = 100;

/// The roles that a sum of the headline takes over from the same sum in the body.
const BODY_DECIDES: [SumRole; 4] = [
    SumRole::Other("sale"),
    SumRole::Other("loan"),
    SumRole::Other("own-industry"),
    SumRole::Other("private"),
];

impl Reader<'_> {
    /// "$750 million — sorry, $775 million", "400 billion, I mean 400 million": a slip that is put right.
    pub(super) fn is_taken_back(&self, places: &[usize], order: usize) -> bool {
        let end = self.tokens(places[order]).end;
        let close = |start: usize, next: usize| next.saturating_sub(start) <= CORRECTION_REACH;
        if let Some(next) = places.get(order + 1).map(|place| self.tokens(*place).start) {
            return close(end, next) && self.sentence.has(Label::Corrected, &(end..next));
        }
        let Some(next) = self.document.sentences.get(self.index + 1) else { return false };
        let is_sum = |mention: &&Mention| matches!(mention.value, Value::Money(_));
        let sum = next.mentions.iter().find(is_sum);
        end + 2 >= self.sentence.tokens.len()
            && sum.is_some_and(|sum| {
                let start = sum.tokens.start;
                close(0, start) && next.has(Label::Corrected, &(0..start.min(2)))
            })
    }

    /// What the sum is after a look at the sums told before it, of which `order` stand in its
    /// sentence.
    pub(super) fn beside(
        &self,
        sums: &[Sum],
        order: usize,
        territory: &Range<usize>,
        judged: Judged,
    ) -> Judged {
        let before = (order > 0).then(|| sums.last()).flatten();
        let before = before.or_else(|| sums.last().filter(|sum| self.goes_on_sharing(sum)));
        let judged = self.share_of(before, territory, judged);
        let (role, _) = judged;
        // "It's worth $750 million — sorry, 775": what puts a slip right is what the slip was to be.
        if role == SumRole::Other("no-aid")
            && before.is_some_and(|sum| sum.role == SumRole::Other("slip"))
        {
            return (SumRole::Package, "sum.corrected");
        }
        let own = &sums[sums.len() - order..];
        let package = own.iter().rev().find(|sum| sum.role != SumRole::Conversion);
        // "31 million to Ukraine, 12.75 million to Georgia": what goes on with an enumeration of
        // packages is one too.
        if matches!(role, SumRole::Other("no-aid" | "sale"))
            && package.is_some_and(|sum| sum.role == SumRole::Package)
            && self.sentence.mentions_in(territory).any(|m| matches!(m.value, Value::Actor(_)))
        {
            return (SumRole::Package, "sum.enumerated");
        }
        // "asking for $3.6 billion, $2.7 billion in funding": what goes on with a request is one.
        if let Some(before) = before
            && let SumRole::Other(reason @ ("request" | "appropriation")) = before.role
            && role == SumRole::Package
            && !self.acts(territory)
        {
            return (SumRole::Other(reason), "sum.enumerated");
        }
        // "provides $38 billion through 2028, $3.3 billion a year, and $500 million for air defence"
        if let Some(before) = before
            && before.role == SumRole::Other("frame")
            && before.sentence == self.index
            && role == SumRole::Package
            && self.is_enumerated(territory)
        {
            return (before.role, "sum.enumerated");
        }
        if self.goes_on_with_total(sums, order, territory, role) {
            return (SumRole::Total, COMPARED);
        }
        let told = |sum: &Sum| sum.role == SumRole::Total;
        if self.is_of_the_total(territory) && sums.iter().any(told) {
            return (SumRole::Total, "sum.share");
        }
        if let Some(reason) = self.is_listed_under(sums, territory, role) {
            return (SumRole::Other(reason), "sum.listed");
        }
        judged
    }

    /// Whether the stretch only goes on with an enumeration: it opens with a comma, a semicolon or
    /// "and", and no new clause.
    pub(super) fn is_enumerated(&self, territory: &Range<usize>) -> bool {
        let at = territory.start;
        (self.sentence.is(Label::And, at) || self.sentence.is_sign(self.text(), at, &[",", ";"]))
            && !self.sentence.has_any(&[Label::Give, Label::Announce], territory)
    }

    /// Whether a finite verb of giving, or of making it public, stands in the stretch.
    pub(super) fn acts(&self, territory: &Range<usize>) -> bool {
        self.sentence.cues_in(territory).any(|cue| {
            let finite = match cue.inflection {
                Inflection::Gerund => false,
                Inflection::Base => !cue
                    .tokens
                    .start
                    .checked_sub(1)
                    .is_some_and(|at| self.sentence.is(Label::To, at)),
                // "the assistance provided to Ukraine"
                _ => !cue.tokens.start.checked_sub(1).is_some_and(|at| {
                    self.sentence.is(Label::AidNoun, at) && !self.sentence.is(Label::Give, at)
                }),
            };
            finite && matches!(cue.label, Label::Give | Label::Announce)
        })
    }

    /// "military assistance stands at $710 million, and its support as a whole at $890 million",
    /// "Europe has given 132 billion; for America the figure is 114 billion", "Of that, $17.6
    /// billion": what goes on with a running total and tells no act of its own.
    fn goes_on_with_total(
        &self,
        sums: &[Sum],
        order: usize,
        territory: &Range<usize>,
        role: SumRole,
    ) -> bool {
        let mut told = sums.iter().rev().filter(|sum| sum.role != SumRole::Conversion);
        let Some(total) = told.next().filter(|sum| sum.role == SumRole::Total) else {
            return false;
        };
        if role == SumRole::Share {
            return order == 0 && total.sentence + 1 == self.index;
        }
        let open = matches!(role, SumRole::Package | SumRole::Other("no-aid" | "too-large"));
        let near = total.sentence + 1 >= self.index;
        if role == SumRole::Package
            && order == 0
            && near
            && (self.is_summed_up(total, territory) || self.opens_with_share())
        {
            return true;
        }
        // "has committed 144 billion and allocated 77 billion"
        let gapped = order > 0
            && self.sentence.is(Label::And, territory.start)
            && self
                .sentence
                .cues_in(&(territory.start + 1..territory.start + 2))
                .any(|cue| cue.label == Label::Give && cue.inflection == Inflection::Participle);
        if gapped && open {
            return true;
        }
        // "and 12 billion if other help is added in": the condition gives nothing.
        let condition = self.sentence.cues_in(territory).find(|cue| cue.is(Grade::OpensCondition));
        let end = condition.map_or(territory.end, |cue| cue.tokens.start);
        let territory = &(territory.start..end);
        let other = [Label::New, Label::PackageNoun, Label::Will, Label::Would, Label::Loan];
        let plain = !self.sentence.has_any(&ACTS, territory)
            && !self.sentence.has_any(&other, territory)
            && self.sentence.segment.kind != SegmentKind::Title;
        // In a sentence of its own the figure says of itself that it is one.
        let summed = order > 0
            || role == SumRole::Other("too-large")
            || self.sentence.has_any(&[Label::TotalWeak, Label::TotalBefore], territory);
        let compared = || {
            summed
                && self.sentence.mentions_in(territory).any(|mention| {
                    let code = self.document.actor_code(&mention.value);
                    code.is_some_and(|code| self.document.lexicon.can_give(code))
                })
        };
        open && near && plain && (order > 0 && self.is_enumerated(territory) || compared())
    }

    /// "Of that, 6.1 billion came through the Facility": a part of the total, by whichever route.
    fn opens_with_share(&self) -> bool {
        let other = [Label::New, Label::Will, Label::Announce, Label::PackageNoun];
        self.sentence.is(Label::Of, 0)
            && self.sentence.starting_at(Label::Share, 0).is_some()
            && !self.sentence.has_any(&other, &self.sentence.all())
    }

    /// "Lithuania's support amounts to 1 billion. It provided about 610 million in military assistance":
    /// a rounded sum of help, told in the past and of no day, of the giver of the total before it.
    fn is_summed_up(&self, total: &Sum, territory: &Range<usize>) -> bool {
        let is_sum = |mention: &&Mention| matches!(mention.value, Value::Money(_));
        let Some(sum) = self.sentence.mentions_in(territory).find(is_sum) else { return false };
        let own = &sum.tokens;
        let before = territory.start..own.start;
        let past = self
            .sentence
            .cues_in(&before)
            .any(|cue| cue.label == Label::Give && cue.inflection.is_past_form());
        let code = |mention: &Mention| self.document.actor_code(&mention.value);
        let told = &self.document.sentences[total.sentence].mentions;
        let other_giver = self
            .sentence
            .mentions_in(&before)
            .find_map(code)
            .is_some_and(|giver| !told.iter().any(|mention| code(mention) == Some(giver)));
        let dated = self.sentence.mentions_in(territory).any(|m| matches!(m.value, Value::Date(_)));
        let other = [Label::New, Label::PackageNoun, Label::Will, Label::Would];
        past && !dated
            && !other_giver
            && self.is_open(own)
            && self.sentence.has(Label::AidNoun, &(own.end..(own.end + 5).min(territory.end)))
            && !self.sentence.has_any(&other, territory)
            && !self.sentence.has(Label::Worth, &before)
    }

    /// "What the $95 billion bill holds:" and its list: each entry is of the kind that the words
    /// before the list name.
    fn is_listed_under(
        &self,
        sums: &[Sum],
        territory: &Range<usize>,
        role: SumRole,
    ) -> Option<&'static str> {
        let is_entry = |sentence: &Sentence| {
            matches!(sentence.segment.kind, SegmentKind::Bullet | SegmentKind::Row)
        };
        if role != SumRole::Package || !is_entry(self.sentence) || self.acts(territory) {
            return None;
        }
        let opening = (0..self.index).rev().find(|at| !is_entry(&self.document.sentences[*at]))?;
        let before = sums.iter().rev().find(|sum| sum.sentence == opening)?;
        match before.role {
            SumRole::Other(reason @ ("appropriation" | "request" | "frame" | "too-large")) => {
                Some(reason)
            }
            _ => None,
        }
    }
}

/// The figure of a running total that the headline or a plain sentence tells again: "the embassy speaks
/// of over $123 million".
pub(super) fn repeated_totals(document: &Document<'_>, sums: &mut [Sum]) {
    let figure = |sum: &Sum| match &document.sentences[sum.sentence].mentions[sum.mention].value {
        Value::Money(money) => Some((money.bounds.figure(), money.currency.clone())),
        _ => None,
    };
    let totals: Vec<_> =
        sums.iter().filter(|sum| sum.role == SumRole::Total).filter_map(figure).collect();
    for sum in sums.iter_mut().filter(|sum| sum.role == SumRole::Package) {
        let sentence = &document.sentences[sum.sentence];
        // "Nordic countries gave about 17 billion": a headline tells the total like an act.
        let rounded = match &sentence.mentions[sum.mention].value {
            Value::Money(money) => money.bounds.qualifier() != Qualifier::Exact,
            _ => false,
        };
        let title = rounded && sentence.segment.kind == SegmentKind::Title;
        let named = [Label::New, Label::PackageNoun, Label::Give];
        let named = if title { &named[..2] } else { &named[..] };
        // "and 40 million again in May 2023": an act of a day of its own.
        let day = |mention: &Mention| match mention.value {
            Value::Date(DateExpression::Full(date)) => date.month_number().is_some(),
            _ => false,
        };
        let dated = !title && sentence.mentions_in(&sum.territory).any(day);
        if !sentence.has_any(named, &sum.territory)
            && !dated
            && figure(sum).is_some_and(|figure| totals.contains(&figure))
        {
            (sum.role, sum.rule) = (SumRole::Total, "total.repeated");
        }
    }
}

/// "Armenia to pay 2,000 crore", over a text in which the same sum is a contract's: where the body
/// does not speak of giving, it says what the sum of a headline is.
pub(super) fn headlines(document: &Document<'_>, sums: &mut [Sum]) {
    let figure = |sum: &Sum| match &document.sentences[sum.sentence].mentions[sum.mention].value {
        Value::Money(money) => Some((money.bounds.figure(), money.currency.clone())),
        _ => None,
    };
    let kind = |sentence: &Sentence, kind| sentence.segment.kind == kind;
    let is_title = |sum: &Sum| kind(&document.sentences[sum.sentence], SegmentKind::Title);
    let mut lead =
        document.sentences.iter().filter(|told| kind(told, SegmentKind::Sentence)).take(2);
    let gives = lead.any(|told| told.has_any(&[Label::Give, Label::AidNoun], &told.all()));
    // "Poland has handed Ukraine weapons worth PLN 9 billion": what the body tells since the war began.
    let since = |sum: &Sum| {
        let told = &document.sentences[sum.sentence];
        sum.role == SumRole::Total && told.has(Label::Since, &told.all())
    };
    let decides = |sum: &Sum| since(sum) || !gives && BODY_DECIDES.contains(&sum.role);
    for place in 0..sums.len() {
        if !is_title(&sums[place]) || sums[place].role != SumRole::Package {
            continue;
        }
        let same = sums.iter().filter(|sum| !is_title(sum) && figure(sum) == figure(&sums[place]));
        let mut told = same;
        let Some(first) = told.next().filter(|sum| decides(sum)) else { continue };
        let judged = (first.role, first.rule);
        if told.all(|sum| sum.role == judged.0) {
            (sums[place].role, sums[place].rule) = judged;
        }
    }
}

/// The value of a package told again in another currency: "€750 million", and behind it "5.6 billion
/// kroner (€750 million)". What the body tells first stays; a headline gives way to the body.
pub(super) fn told_in_other_currency(document: &Document<'_>, sums: &mut [Sum]) {
    let value = |sum: &Sum| match &document.sentences[sum.sentence].mentions[sum.mention].value {
        Value::Money(money) => Some((money.bounds.figure(), money.currency.clone())),
        _ => None,
    };
    let is_title = |sum: &Sum| {
        sum.sentence == 0 || document.sentences[sum.sentence].segment.kind == SegmentKind::Title
    };
    let pairs: Vec<(usize, usize)> = (1..sums.len())
        .filter(|place| {
            sums[*place].role == SumRole::Conversion
                && sums[place - 1].role == SumRole::Package
                && sums[place - 1].sentence == sums[*place].sentence
        })
        .map(|place| (place - 1, place))
        .collect();
    for (first, bracket) in pairs {
        if is_title(&sums[first]) {
            continue;
        }
        // "$74m", above "110 million Australian dollars ($73.5m)"
        let rounds = |place: usize| {
            let figures = value(&sums[place]).zip(value(&sums[bracket]));
            is_title(&sums[place])
                && figures.is_some_and(|((title, one), (told, two))| {
                    one == two && (title - told).abs() * Decimal::from(ROUNDED) <= told
                })
        };
        let same = |place: &usize| {
            sums[*place].role == SumRole::Package
                && *place != first
                && (value(&sums[*place]) == value(&sums[bracket]) || rounds(*place))
        };
        let again: Vec<usize> = (0..sums.len()).filter(same).collect();
        let body_told = again.iter().any(|place| *place < first && !is_title(&sums[*place]));
        let repeats = if body_told { vec![first] } else { again };
        for place in repeats {
            (sums[place].role, sums[place].rule) = (SumRole::Conversion, "sum.conversion-of-told");
        }
    }
}
