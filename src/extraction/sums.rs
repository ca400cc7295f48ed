//! What each sum of money in the text is: a package's value, a running total, a share, the same sum
//! in another currency, or money that is no aid at all; with the name of the rule that says so.

use super::document::Document;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{CueMention, DateExpression, Mention, Money, MoneyCurrency, Sentence, Value};
use crate::model::Aid;
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// What a sum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumRole {
    /// The value of a package.
    Package,
    /// A cumulative figure.
    Total,
    /// A part of the sum told before it.
    Share,
    /// The sum told before it, in another currency.
    Conversion,
    /// Something else, for this reason.
    Other(&'static str),
}

/// A sum of money in its sentence.
#[derive(Debug, Clone)]
pub struct Sum {
    /// The sentence, by number.
    pub sentence: usize,
    /// The mention, by number in the sentence.
    pub mention: usize,
    /// The tokens of the sentence that speak of this sum and no other.
    pub territory: Range<usize>,
    /// What it is.
    pub role: SumRole,
    /// What it pays for.
    pub aid: Aid,
    /// The rule that said so.
    pub rule: &'static str,
}

/// Classifies every sum of the document, in order.
pub fn classify_all(document: &Document<'_>) -> Vec<Sum> {
    let mut sums = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let reader = Reader { document, sentence, index };
        let places: Vec<usize> = sentence
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, mention)| matches!(mention.value, Value::Money(_)))
            .map(|(place, _)| place)
            .collect();
        for (order, place) in places.iter().enumerate() {
            let territory = reader.territory(&places, order);
            let (mut role, mut rule) = reader.role(&places, order, &territory);
            let before: Option<&Sum> = (order > 0).then(|| sums.last()).flatten();
            if let (Some(before), SumRole::Package | SumRole::Share) = (before, role)
                && (role == SumRole::Share
                    || before.rule == "sum.share" && reader.is_enumerated(&territory))
            {
                // A share of a running total is one itself.
                (role, rule) = (before.role, "sum.share");
                if before.role == SumRole::Package {
                    role = SumRole::Share;
                }
            }
            // "31 million to Ukraine, 12.75 million to Georgia": what goes on with an enumeration
            // of packages is one too.
            if let Some(before) = before
                && role == SumRole::Other("no-aid")
                && before.role == SumRole::Package
                && sentence.mentions_in(&territory).any(|m| matches!(m.value, Value::Actor(_)))
            {
                (role, rule) = (SumRole::Package, "sum.enumerated");
            }
            let aid = reader.aid(*place, &territory);
            sums.push(Sum { sentence: index, mention: *place, territory, role, aid, rule });
        }
    }
    sums
}

/// Up to this many sentences an article has one subject, and bare sums in it are of that subject.
const SHORT_ARTICLE: usize = 30;

/// How far from a sum, in tokens, a word for civil help still says what the sum is for.
const CIVIL_REACH: usize = 9;

/// No government's package is worth less than this many units of any currency.
const LEAST_SUM: u32 = 10_000;

/// No package in dollars, euros or pounds is worth more; greater sums are budgets, totals, slips.
const GREATEST_SUM: u64 = 50_000_000_000;

/// From this sum on, money that "has been given" is a running total even without further signs.
const LARGE_SUM: u64 = 10_000_000_000;

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
    index: usize,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        &self.document.article.text
    }

    fn money(&self, place: usize) -> Option<(&Mention, &Money)> {
        let mention = self.sentence.mentions.get(place)?;
        match &mention.value {
            Value::Money(money) => Some((mention, money)),
            _ => None,
        }
    }

    fn tokens(&self, place: usize) -> Range<usize> {
        self.sentence.mentions[place].tokens.clone()
    }

    /// The stretch of the sentence that speaks of one sum: up to the boundaries towards its
    /// neighbours.
    fn territory(&self, places: &[usize], order: usize) -> Range<usize> {
        let own = self.tokens(places[order]);
        let left = match order.checked_sub(1).map(|before| self.tokens(places[before])) {
            Some(previous) => self.boundary(&(previous.end..own.start)),
            None => self.clause_start(own.start),
        };
        let right = match places.get(order + 1).map(|next| self.tokens(*next)) {
            Some(next) => self.boundary(&(own.end..next.start)),
            None => self.clause_end(own.end),
        };
        left.min(own.start)..right.max(own.end)
    }

    /// Where the stretch between two sums parts: at a clause, else at the last comma or "and".
    fn boundary(&self, between: &Range<usize>) -> usize {
        let opens = |at: &usize| {
            self.sentence.is_sign(self.text(), *at, &[";", ":", "—", "–", "(", "•"])
                || self.sentence.starting_at(Label::Clause, *at).is_some()
                || self.sentence.starting_at(Label::Share, *at).is_some()
                || self.sentence.starting_at(Label::TotalBefore, *at).is_some()
        };
        if let Some(at) = between.clone().find(opens) {
            return at;
        }
        let parts = |at: &usize| {
            self.sentence.is_sign(self.text(), *at, &[","])
                || self.sentence.starting_at(Label::And, *at).is_some()
        };
        between.clone().rev().find(parts).unwrap_or(between.end)
    }

    /// The first token of the clause before a sum: after a semicolon, colon or dash.
    fn clause_start(&self, at: usize) -> usize {
        let hard = |at: &usize| self.sentence.is_sign(self.text(), *at, &[";", ":"]);
        (0..at).rev().find(hard).map_or(0, |found| found + 1)
    }

    fn clause_end(&self, at: usize) -> usize {
        let hard = |at: &usize| self.sentence.is_sign(self.text(), *at, &[";"]);
        (at..self.sentence.tokens.len()).find(hard).unwrap_or(self.sentence.tokens.len())
    }

    fn role(
        &self,
        places: &[usize],
        order: usize,
        territory: &Range<usize>,
    ) -> (SumRole, &'static str) {
        if self.sentence.segment.kind == SegmentKind::Meta {
            return (SumRole::Other("not-article-text"), "sum.meta");
        }
        let own = self.tokens(places[order]);
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        if self.is_conversion(places, order) {
            return (SumRole::Conversion, "sum.conversion");
        }
        if self.near_after(Label::UnitPrice, &after, 4)
            || self.near_before(Label::UnitPrice, &before, 5)
        {
            return (SumRole::Other("unit-price"), "sum.unit-price");
        }
        if let Some(rule) = self.total_rule(&own, territory) {
            return (SumRole::Total, rule);
        }
        let follows = order > 0 || self.previous_has_sum();
        let share = self.near_before(Label::Share, &before, 6)
            || self.sentence.starting_at(Label::Share, after.start).is_some() && order > 0;
        if share && follows {
            return (SumRole::Share, "sum.share");
        }
        if let Some((reason, rule)) = self.other_money(&own, territory) {
            return (SumRole::Other(reason), rule);
        }
        let small = |money: &Money| money.bounds.figure() < Decimal::from(LEAST_SUM);
        if self.money(places[order]).is_some_and(|(_, money)| small(money)) {
            return (SumRole::Other("too-small"), "sum.too-small");
        }
        if self.is_too_large(places[order]) {
            return (SumRole::Other("too-large"), "sum.too-large");
        }
        if self.is_requested(&own, territory) {
            return (SumRole::Other("request"), "sum.request");
        }
        if self.names_company(territory) {
            return (SumRole::Other("company"), "sum.company");
        }
        if !self.speaks_of_aid(territory) {
            return (SumRole::Other("no-aid"), "sum.no-aid-word");
        }
        (SumRole::Package, "sum.package")
    }

    /// Whether the sentence before tells a sum, of which this one may be a share.
    fn previous_has_sum(&self) -> bool {
        let index = self.index.checked_sub(1);
        index.and_then(|index| self.document.sentences.get(index)).is_some_and(|previous| {
            previous.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
        })
    }

    /// Whether the stretch only goes on with an enumeration: it opens with a comma, a semicolon or
    /// "and", and no new clause.
    fn is_enumerated(&self, territory: &Range<usize>) -> bool {
        let at = territory.start;
        (self.sentence.is(Label::And, at) || self.sentence.is_sign(self.text(), at, &[",", ";"]))
            && !self.sentence.has_any(&[Label::Give, Label::Announce], territory)
    }

    /// A sum in brackets or apposition right after a sum in another currency.
    fn is_conversion(&self, places: &[usize], order: usize) -> bool {
        let Some((mention, money)) = self.money(places[order]) else { return false };
        let Some((_, previous)) = order.checked_sub(1).and_then(|o| self.money(places[o])) else {
            return false;
        };
        if previous.currency == money.currency {
            return false;
        }
        let gap = self.tokens(places[order - 1]).end..mention.tokens.start;
        let opens = |at: usize| self.sentence.is_sign(self.text(), at, &["(", "[", "/", "="]);
        let bracket = gap.clone().find(|at| opens(*at));
        if money.currency == MoneyCurrency::Missing {
            return gap.len() <= 3
                && !gap.is_empty()
                && gap.clone().all(|at| self.sentence.is(Label::Conversion, at))
                && !gap.clone().any(|at| {
                    self.sentence.is_any(&[Label::About, Label::MoreThan], at) && gap.len() == 1
                });
        }
        // "(€1.16bn; $1.25bn)": a further currency in the same brackets.
        let goes_on =
            gap.len() == 1 && self.sentence.is_sign(self.text(), gap.start, &[";", ",", "/"]);
        if goes_on && order > 1 && self.is_conversion(places, order - 1) {
            return true;
        }
        if let Some(bracket) = bracket {
            let closed =
                (bracket..gap.end).any(|at| self.sentence.is_sign(self.text(), at, &[")", "]"]));
            return !closed;
        }
        let filler = |at: usize| {
            self.sentence.is_any(&[Label::Conversion, Label::Indefinite, Label::Definite], at)
                || self.sentence.is_sign(self.text(), at, &[",", "–", "—", "-"])
        };
        gap.len() <= 5
            && gap.clone().all(filler)
            && (!gap.is_empty() || self.sentence.is(Label::Conversion, mention.tokens.start))
            && self.similar(previous, money)
    }

    /// Whether two sums may be one value in two currencies: nothing odd in their proportion alone
    /// rules it out, so only a plain "and" does.
    fn similar(&self, one: &Money, two: &Money) -> bool {
        one.bounds.figure() > Decimal::ZERO && two.bounds.figure() > Decimal::ZERO
    }

    fn total_rule(&self, own: &Range<usize>, territory: &Range<usize>) -> Option<&'static str> {
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        let to = before.end.checked_sub(1).filter(|at| self.sentence.is(Label::To, *at));
        let reach = if to.is_some() { 24 } else { 9 };
        if self.near_before(Label::TotalBefore, &before, reach)
            || self.sentence.is(Label::TotalBefore, own.start)
        {
            return Some("total.brings-to");
        }
        if to.is_some() && self.raises_aid(&before) {
            return Some("total.raises-to");
        }
        let span = self.span_of_time(territory, &after);
        let perfect = self.perfect(territory);
        let weak = self.near_before(Label::TotalWeak, &before, 7)
            || self.sentence.is(Label::TotalWeak, own.start)
            || self.near_after(Label::TotalWeak, &after, 12);
        let late = self.sentence.has(Label::TotalAfter, &after)
            || self.sentence.has(Label::TotalAfter, &before);
        let is_new = self.is_new(own, &after);
        if late && !is_new && (perfect || weak || span || self.is_open(own)) {
            return Some("total.so-far");
        }
        if span && !is_new && (perfect || weak || self.is_open(own)) {
            return Some("total.since");
        }
        if perfect && !is_new && self.is_open(own) && !self.sentence.has(Label::PackageNoun, &after)
        {
            return Some("total.perfect");
        }
        let large = self.sentence.mention_at(own.start).is_some_and(|mention| {
            matches!(&mention.value, Value::Money(money) if money.bounds.figure() >= Decimal::from(LARGE_SUM))
        });
        if perfect && (weak || large) && !is_new {
            return Some("total.perfect");
        }
        if self.is_of_a_year(own, territory)
            && (perfect || self.sentence.has(Label::Give, territory))
        {
            return Some("total.year");
        }
        let acts = self.sentence.has_any(&[Label::Give, Label::Announce], territory);
        if self.sentence.is(Label::TotalWeak, own.start) && !is_new && !acts {
            return Some("total.exceeds");
        }
        if span && !is_new && !acts {
            return Some("total.since");
        }
        if late && !is_new && !acts {
            return Some("total.so-far");
        }
        None
    }

    /// "takes Australia's contribution to $790 million".
    fn raises_aid(&self, before: &Range<usize>) -> bool {
        let noun = |range: &Range<usize>| {
            self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun, Label::TotalWeak], range)
        };
        self.sentence
            .cues_in(before)
            .any(|cue| cue.label == Label::Raise && noun(&(cue.tokens.end..before.end)))
    }

    /// "has provided £2.3 billion this year", "in 2022 the UK gave £2.3 billion": a sum over a year.
    fn is_of_a_year(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = territory.start..territory.end.min(own.end + 8);
        let year = self.sentence.mentions_in(&near).any(|mention| match mention.value {
            Value::Date(DateExpression::Full(date)) => date.month_number().is_none(),
            _ => false,
        });
        year && !self.sentence.has_any(&[Label::PackageNoun, Label::New, Label::Since], territory)
    }

    /// "since August 2021", "over the past year" after a sum or before it.
    fn span_of_time(&self, territory: &Range<usize>, after: &Range<usize>) -> bool {
        // "the twenty-third drawdown since August 2021, valued at": the span belongs to the count.
        let counted = |cue: &CueMention| {
            self.sentence
                .mentions_in(&(cue.tokens.start.saturating_sub(4)..cue.tokens.start))
                .any(|m| matches!(m.value, Value::Ordinal(_)))
                || (cue.tokens.start.saturating_sub(6)..cue.tokens.start)
                    .any(|at| self.sentence.is_any(&[Label::Ordinal, Label::OrdinalEnding], at))
        };
        self.sentence.cues_in(territory).any(|cue| {
            cue.label == Label::Since
                && !counted(cue)
                && (cue.tokens.start >= after.start || cue.tokens.start < territory.start + 8)
        })
    }

    /// "has provided", "have been authorized".
    fn perfect(&self, territory: &Range<usize>) -> bool {
        self.sentence.cues_in(territory).any(|cue| {
            cue.label == Label::Have && {
                let reach = cue.tokens.end..(cue.tokens.end + 5).min(territory.end);
                self.sentence.cues_in(&reach).any(|verb| {
                    matches!(
                        verb.label,
                        Label::Give | Label::Announce | Label::Arrive | Label::Receive
                    ) && matches!(verb.inflection, Inflection::Participle | Inflection::Past)
                })
            }
        })
    }

    /// "more than", "over", "about", "nearly": how running totals are told.
    fn is_open(&self, own: &Range<usize>) -> bool {
        use crate::model::Qualifier;
        let value = self.sentence.mention_at(own.start).map(|mention| &mention.value);
        matches!(value, Some(Value::Money(money)) if !matches!(money.bounds.qualifier(), Qualifier::Exact | Qualifier::UpTo | Qualifier::Range))
    }

    /// "a new $400 million package", "another $350m", "a package of $3bn".
    fn is_new(&self, own: &Range<usize>, after: &Range<usize>) -> bool {
        let from = own.start.saturating_sub(4);
        let new = (from..own.start).any(|at| {
            self.sentence.is(Label::New, at)
                && !self.sentence.is_any(&[Label::MoreThan, Label::TotalAfter], at)
        });
        let article =
            own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Indefinite, at));
        let package = (after.start..(after.start + 5).min(after.end))
            .any(|at| self.sentence.is(Label::PackageNoun, at));
        let package_of = (from..own.start).any(|at| self.sentence.is(Label::PackageNoun, at))
            && (from..own.start).any(|at| self.sentence.is(Label::Indefinite, at));
        new || article && package || package_of
    }

    fn near_before(&self, label: Label, before: &Range<usize>, reach: usize) -> bool {
        let from = before.start.max(before.end.saturating_sub(reach));
        self.sentence.cues.iter().any(|cue| {
            cue.label == label
                && cue.tokens.end > from
                && cue.tokens.end <= before.end
                && cue.tokens.start >= before.start
        })
    }

    fn near_after(&self, label: Label, after: &Range<usize>, reach: usize) -> bool {
        self.sentence.has(label, &(after.start..after.end.min(after.start + reach)))
    }

    fn near(
        &self,
        label: Label,
        own: &Range<usize>,
        territory: &Range<usize>,
        reach: usize,
    ) -> bool {
        self.near_before(label, &(territory.start..own.start), reach)
            || self.near_after(label, &(own.end..territory.end), reach)
    }

    /// Money that a rule names as something else than aid.
    fn other_money(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<(&'static str, &'static str)> {
        let gives = self.gives(territory);
        let aid =
            self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun, Label::Give], territory);
        if !aid && (self.sentence.has(Label::Sale, territory) || self.document.is_sale) {
            return Some(("sale", "sum.sale"));
        }
        let package = self.sentence.has(Label::PackageNoun, territory);
        if self.document.votes_money && !package {
            return Some(("appropriation", "sum.appropriation"));
        }
        let for_year = self.sentence.is(Label::For, own.end)
            && self.sentence.mentions_in(&(own.end..own.end + 2)).any(|m| matches!(m.value, Value::Date(DateExpression::Full(date)) if date.month_number().is_none()));
        if for_year {
            return Some(("frame", "sum.frame"));
        }
        let checks: [(Label, usize, bool, (&'static str, &'static str)); 8] = [
            (Label::Remaining, 6, false, ("remaining-authority", "sum.remaining")),
            (Label::Appropriation, 9, false, ("appropriation", "sum.appropriation")),
            (Label::Frame, 7, false, ("frame", "sum.frame")),
            (Label::Loan, 8, false, ("loan", "sum.loan")),
            (Label::Sale, 7, true, ("sale", "sum.sale")),
            (Label::Private, 10, true, ("private", "sum.private")),
            (Label::Domestic, 10, true, ("own-industry", "sum.own-industry")),
            (Label::OtherMoney, 5, true, ("other-money", "sum.other-money")),
        ];
        checks.into_iter().find_map(|(label, reach, unless_given, answer)| {
            (self.near(label, own, territory, reach) && !(unless_given && gives)).then_some(answer)
        })
    }

    /// Whether the stretch says that somebody gives something to somebody.
    fn gives(&self, territory: &Range<usize>) -> bool {
        let verb = self.sentence.has(Label::Give, territory);
        let noun = self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun], territory);
        let parties = super::parties::in_range(self.document, self.sentence, territory);
        verb && noun && parties.recipients.iter().any(|party| party.score >= 2)
    }

    fn is_too_large(&self, place: usize) -> bool {
        self.money(place).is_some_and(|(_, money)| {
            let great = match &money.currency {
                MoneyCurrency::Known(currency) => {
                    matches!(currency.as_str(), "USD" | "EUR" | "GBP")
                }
                MoneyCurrency::Group(group) => group == "*dollar",
                MoneyCurrency::Missing => false,
            };
            great && money.bounds.figure() >= Decimal::from(GREATEST_SUM)
        })
    }

    /// Money that is asked for: a verb of asking governs the sum, or the sentences right before
    /// speak of a request to a parliament and this one announces nothing.
    fn is_requested(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let acts = self.sentence.has(Label::Announce, territory);
        let before = territory.start..own.start;
        if self.near_before(Label::Request, &before, 6)
            && !acts
            && !self.sentence.has(Label::Give, &before)
        {
            return true;
        }
        let voter = self.sentence.cues_in(&before).any(|cue| {
            let told = cue.tokens.start.checked_sub(1).is_some_and(|at| {
                self.sentence.is_any(&[Label::Say, Label::To, Label::Announce], at)
            });
            cue.label == Label::Parliament && !told && cue.tokens.start + 14 > own.start
        });
        if voter && !self.sentence.has(Label::PackageNoun, territory) {
            return true;
        }
        let from = self.index.saturating_sub(4);
        let asked = self.document.sentences[from..self.index]
            .iter()
            .any(|sentence| sentence.has(Label::Appropriation, &sentence.all()));
        let parties = super::parties::in_range(self.document, self.sentence, territory);
        let package = self.sentence.has(Label::PackageNoun, territory);
        asked && !acts && !package && !parties.donors.iter().any(|party| party.score >= 3)
    }

    /// Whether the sum goes to a company: "set aside for projects at Nammo".
    fn names_company(&self, territory: &Range<usize>) -> bool {
        let company = self.sentence.mentions_in(territory).find(|mention| {
            self.document.actor_code(&mention.value).is_some_and(|code| {
                !Document::is_party(code) && !matches!(code, "MEDIA" | "PLACE" | "BLOC")
            })
        });
        let before = company.and_then(|company| company.tokens.start.checked_sub(1));
        before.is_some_and(|at| self.sentence.is_any(&[Label::To, Label::In, Label::With], at))
    }

    /// Whether any word in reach says that the sum is aid.
    fn speaks_of_aid(&self, territory: &Range<usize>) -> bool {
        let labels = [
            Label::Give,
            Label::Announce,
            Label::AidNoun,
            Label::PackageNoun,
            Label::Receive,
            Label::Military,
            Label::Arrive,
        ];
        self.sentence.has_any(&labels, territory)
            || self.document.is_military
                && self.sentence.has(Label::Worth, territory)
                && self.names_party(territory)
            || self
                .sentence
                .has_any(&[Label::Give, Label::Announce, Label::PackageNoun], &self.sentence.all())
            || self
                .sentence
                .mentions_in(territory)
                .any(|m| matches!(m.value, Value::Mechanism(_) | Value::System(_)))
    }

    fn names_party(&self, territory: &Range<usize>) -> bool {
        let party = |mention: &Mention| {
            self.document.actor_code(&mention.value).is_some_and(Document::is_party)
        };
        self.sentence.mentions_in(territory).any(party)
            || self.sentence.has(Label::Definite, territory)
    }

    /// What kind of help the sum pays for, from the words nearest to it.
    fn aid(&self, place: usize, territory: &Range<usize>) -> Aid {
        let own = self.tokens(place);
        let military = self.nearest(territory, &own, |at| self.is_military(at));
        let financial = self
            .nearest(territory, &own, |at| self.sentence.is(Label::Financial, at))
            .filter(|distance| *distance <= CIVIL_REACH);
        let humanitarian = self.nearest(territory, &own, |at| {
            self.sentence.is_any(&[Label::Humanitarian, Label::Civil], at)
        });
        let humanitarian = humanitarian.filter(|distance| *distance <= CIVIL_REACH);
        if self.sentence.has(Label::Mixed, territory) {
            return Aid::Mixed;
        }
        let least = [
            (military, Aid::Military),
            (humanitarian, Aid::Humanitarian),
            (financial, Aid::Financial),
        ]
        .into_iter()
        .filter_map(|(distance, aid)| distance.map(|distance| (distance, aid)))
        .min_by_key(|(distance, _)| *distance);
        match least {
            Some((_, aid)) => aid,
            None => self.aid_of_sentence(),
        }
    }

    /// Without a word beside the sum: the kind that the sentence speaks of, else its neighbours.
    fn aid_of_sentence(&self) -> Aid {
        let all = self.sentence.all();
        if all.clone().any(|at| self.is_military(at)) {
            return Aid::Military;
        }
        if self.sentence.has(Label::Humanitarian, &all) {
            return Aid::Humanitarian;
        }
        if self.sentence.has(Label::Financial, &all) {
            return Aid::Financial;
        }
        let near =
            self.index.saturating_sub(2)..(self.index + 2).min(self.document.sentences.len());
        let military = self.document.sentences[near].iter().any(|sentence| {
            sentence.has(Label::Military, &sentence.all()) || !sentence.items.is_empty()
        });
        let short = self.document.sentences.len() <= SHORT_ARTICLE;
        if self.document.is_military && (military || short) {
            Aid::Military
        } else {
            Aid::Financial
        }
    }

    fn is_military(&self, at: usize) -> bool {
        self.sentence.is(Label::Military, at)
            || matches!(
                self.sentence.mention_at(at).map(|m| &m.value),
                Some(Value::System(_) | Value::Mechanism(_))
            )
            || matches!(self.sentence.mention_at(at).map(|m| &m.value), Some(Value::Materiel(number)) if self.document.lexicon.materiel_at(*number).role == Role::Item)
    }

    /// Distance in tokens to the nearest such word; words before the sum count as a little farther,
    /// since what a sum is for mostly stands behind it.
    fn nearest(
        &self,
        territory: &Range<usize>,
        own: &Range<usize>,
        is: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let after = (own.end..territory.end).find(|at| is(*at)).map(|at| at - own.end);
        let before =
            (territory.start..own.start).rev().find(|at| is(*at)).map(|at| own.start - at + 2);
        match (before, after) {
            (Some(before), Some(after)) => Some(before.min(after)),
            (before, after) => before.or(after),
        }
    }
}
