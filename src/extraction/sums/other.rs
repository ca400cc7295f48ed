//! Money that is no aid: requests, budgets, frames, sales, loans, companies, other bodies.

use super::Reader;
use super::bought::is_passed_on;
use crate::extraction::orders::orders_what_was_promised;
use crate::extraction::{parties, recalls, rolls};
use crate::lexicon::{Grade, Label, PartyKind};
use crate::mentions::{Mention, Value};
use std::ops::Range;

/// What a sum is instead of aid, and the rule that says so.
type Other = (&'static str, &'static str);

const APPROPRIATION: Other = ("appropriation", "sum.appropriation");
const FRAME: Other = ("frame", "sum.frame");
const LOAN: Other = ("loan", "sum.loan");
const PRIVATE: Other = ("private", "sum.private");
const SALE: Other = ("sale", "sum.sale");

/// Nouns of what is given.
pub(super) const AID: [Label; 2] = [Label::AidNoun, Label::PackageNoun];

impl Reader<'_> {
    /// Money that a rule names as something else than aid.
    pub(super) fn other_money(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<Other> {
        if self.values_what_is_given(own) {
            return None;
        }
        self.by_topic(own, territory)
            .or_else(|| self.by_use(own, territory))
            .or_else(|| self.is_whole_of_route(own).then_some(FRAME))
            .or_else(|| self.is_source_of_money(own).then_some(FRAME))
            .or_else(|| self.by_next_word(own))
            .or_else(|| self.is_for_years(own, territory).then_some(FRAME))
            .or_else(|| self.by_word_near(own, territory))
    }

    pub(super) fn has_route(&self, territory: &Range<usize>) -> bool {
        let mut mentions = self.sentence.mentions_in(territory);
        mentions.any(|mention| matches!(mention.value, Value::Mechanism(_)))
    }

    /// What the article or the sentence is about, where nothing says that the sum is aid.
    fn by_topic(&self, own: &Range<usize>, territory: &Range<usize>) -> Option<Other> {
        if self.document.is_of_trade {
            return Some(SALE);
        }
        let (gives, route) = (self.gives(territory), self.has_route(territory));
        let bought = self.is_for_purchase(territory)
            || self.values_what_was_bought(own)
            || self.announces_worth(own, territory)
            || self.prices_package(own)
            || is_passed_on(self.document, self.index)
            || self.joins_purchase(own, territory);
        let aid = route
            || gives
            || bought
            || parties::buys_for_another(self.document, self.sentence, territory)
            || self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun, Label::Give], territory);
        if self.sentence.has(Label::SaleStrong, territory) && !route {
            return Some(SALE);
        }
        let topic = self.document.other_topic;
        if topic == Some(Label::Loan) && !self.tells_of_arms(territory) {
            return Some(LOAN);
        }
        if !aid && topic == Some(Label::Lose) || self.is_lost(own, territory) && !gives {
            return Some(("losses", "sum.losses"));
        }
        let package = self.sentence.has(Label::PackageNoun, territory);
        let named = gives
            || bought
            || route
            || package
            || self.sentence.has(Label::AidNoun, territory)
            || self.sentence.has(Label::Give, territory) && self.names_giver(territory)
            || self.is_given_by_pronoun(own)
            || self.announces_contract(territory);
        let aid = aid || self.announces_contract(territory);
        if !aid && self.sentence.has(Label::Sale, territory) || !named && topic == Some(Label::Sale)
        {
            return Some(SALE);
        }
        // "Volunteers from Lithuania collected 2.5 million": whoever gives is named first.
        let opens = self.sentence.starting_at(Label::Private, 0).is_some();
        if opens || !gives && topic == Some(Label::Private) {
            return Some(PRIVATE);
        }
        (self.document.votes_money && !package && !self.was_given(territory))
            .then_some(APPROPRIATION)
    }

    /// What whoever pays buys or does for itself.
    fn by_use(&self, own: &Range<usize>, territory: &Range<usize>) -> Option<Other> {
        let route = self.has_route(territory);
        let package = self.sentence.has(Label::PackageNoun, territory);
        let buys = !route
            && self.sentence.has(Label::Trade, territory)
            && !self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun], territory)
            && parties::in_range(self.document, self.sentence, territory).recipients.is_empty();
        let helps = self.sentence.mentions_in(territory).any(|mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.is_attacked(code))
        });
        // "will provide 75 million to procure vests"
        let given = self.sentence.is(Label::To, own.end)
            && self.sentence.ending_at(Label::Give, own.start).is_some()
            || self.is_set_aside(own)
            || self.is_entry_of_acts(territory)
            || self.is_supplied(own, territory)
            || self.announces_worth(own, territory)
            || is_passed_on(self.document, self.index);
        if buys && !helps && !given && !self.values_what_was_bought(own)
            || !route && !package && self.buys_for_itself(own, territory)
        {
            return Some(("purchase", "sum.purchase"));
        }
        let aid = [Label::AidNoun, Label::PackageNoun, Label::Give];
        // "two training planes" are things.
        let named = |at: usize| self.sentence.items.iter().any(|item| item.tokens.contains(&at));
        let mut uses = self.sentence.cues_in(territory).filter(|cue| cue.label == Label::OwnUse);
        let trains =
            uses.any(|cue| !named(cue.tokens.start)) && !self.sentence.has_any(&aid, territory);
        trains.then_some(("own-use", "sum.own-use"))
    }

    /// "Contracts for the $2.98 billion package announced in August have been signed": what was given before
    /// is ordered now.
    fn is_ordered(&self, own: &Range<usize>) -> bool {
        let announced = recalls::beside(self.document, self.sentence, None);
        orders_what_was_promised(self.sentence) && announced.is_some_and(|day| own.end <= day.at)
    }

    /// A word for other money near the sum.
    fn by_word_near(&self, own: &Range<usize>, territory: &Range<usize>) -> Option<Other> {
        let (gives, route) = (self.gives(territory), self.has_route(territory));
        let announced = self.sentence.has(Label::Announce, territory);
        let checks: [(Label, usize, bool, Other); 8] = [
            (Label::Remaining, 6, false, ("remaining-authority", "sum.remaining")),
            (Label::Appropriation, 9, false, APPROPRIATION),
            (Label::Frame, 7, false, FRAME),
            (Label::Loan, 8, false, LOAN),
            (Label::Sale, 7, true, SALE),
            (Label::Private, 10, true, PRIVATE),
            (Label::Domestic, 10, true, ("own-industry", "sum.own-industry")),
            (Label::OtherMoney, 5, true, ("other-money", "sum.other-money")),
        ];
        checks.into_iter().find_map(|(label, reach, unless_given, answer)| {
            let is_aid = match label {
                Label::Sale => {
                    route
                        || self.is_ordered(own)
                        || self.is_for_purchase(territory)
                        || self.values_what_was_bought(own)
                        || self.is_given_to_buy(own, territory)
                        || self.announces_contract(territory)
                        || self.is_supplied(own, territory)
                        || self.announces_worth(own, territory)
                        || self.prices_package(own)
                        || self.joins_purchase(own, territory)
                        || is_passed_on(self.document, self.index)
                        || parties::buys_for_another(self.document, self.sentence, territory)
                }
                // "under its OSA framework that will include a ¥1.6 billion grant"
                Label::Frame => {
                    route && self.is_new(own, &(own.end..territory.end))
                        || route && announced && self.frames_aid(territory)
                        || self.is_named_like_a_frame(own, territory)
                        || self.is_given_for_things(own, territory)
                        || self.sentence.ending_at(Label::Give, own.start).is_some()
                            && self.is_new(own, &(own.end..territory.end))
                }
                Label::Appropriation => route && announced || self.is_only_told(territory),
                // "a new package of donations": the people give no packages.
                Label::Private => {
                    let package = |at: usize| {
                        self.sentence.is(Label::PackageNoun, at)
                            && !self.sentence.is(Label::Private, at)
                    };
                    self.raises_support(territory) || territory.clone().any(package)
                }
                Label::Domestic => {
                    self.is_industry_of_receiver(own, territory)
                        || self.announces_worth(own, territory)
                }
                Label::OtherMoney => self.is_gift_of(own),
                Label::Remaining => {
                    self.describes_a_thing(own, territory) || self.remains_elsewhere(own)
                }
                _ => false,
            };
            // "the budget plan would include support worth €340 million"
            let budget = label == Label::Frame
                && (self.is_included_in(label, own, territory) || self.is_put_into_frame(own));
            let whole = if label == Label::Frame { self.with_conversion(own) } else { own.clone() };
            let told = budget || self.near(label, &whole, territory, reach);
            (told && !is_aid && !(unless_given && gives)).then_some(answer)
        })
    }

    /// "of which some $5 billion remains": a verb alone speaks of the sum right before it, and of no other.
    fn remains_elsewhere(&self, own: &Range<usize>) -> bool {
        let mut words = self.sentence.cues.iter().filter(|cue| cue.label == Label::Remaining);
        words.all(|cue| cue.is(Grade::OfSumBefore) && cue.tokens.start != own.end)
    }

    /// "of the annual $1.3 billion", "a $2.5 billion arms sales package": a word right beside the sum.
    fn by_next_word(&self, own: &Range<usize>) -> Option<Other> {
        let before = own.start.checked_sub(1);
        let frame = before.is_some_and(|at| self.sentence.is(Label::Frame, at));
        // "paid for with the UK's £3.5 billion fund": known money, out of which gifts are paid.
        let known = [Label::Definite, Label::Genitive];
        let fund = self.sentence.cues_in(&(own.end..own.end + 1)).any(|cue| cue.is(Grade::Fund))
            && before.is_some_and(|at| self.sentence.is_any(&known, at));
        let frame = frame || fund;
        // "on top of the sale of $440 million worth of weapons"
        let sold = own.start.checked_sub(2).is_some_and(|at| {
            self.sentence.is(Label::Of, at + 1)
                && self.sentence.is_any(&[Label::Sale, Label::SaleStrong], at)
        });
        let sale =
            sold && !self.prices_package(own) || self.sentence.is(Label::SaleStrong, own.end);
        // "since the $6.2 billion accounting error": the sum of something that nobody gives.
        let other = self.sentence.starting_at(Label::OtherMoney, own.end);
        let other = other.is_some_and(|cue| !self.sentence.is_any(&AID, cue.tokens.end));
        match (frame, sale, other) {
            (true, ..) => Some(FRAME),
            (_, true, _) => Some(SALE),
            _ => other.then_some(("other-money", "sum.other-money")),
        }
    }

    /// "a gift of $60 million for the wages of soldiers"
    fn is_gift_of(&self, own: &Range<usize>) -> bool {
        own.start.checked_sub(2).is_some_and(|at| {
            self.sentence.is(Label::PackageNoun, at) && self.sentence.is(Label::Of, at + 1)
        })
    }

    /// "will contribute €1 million to the joint purchase of shells for Ukraine": what is bought for
    /// another is given.
    fn is_for_purchase(&self, territory: &Range<usize>) -> bool {
        let parties = parties::in_range(self.document, self.sentence, territory);
        let links = [Label::In, Label::To, Label::For];
        self.sentence.cues_in(territory).any(|cue| {
            let (start, end) = (cue.tokens.start, cue.tokens.end);
            let opening = start.saturating_sub(4)..start;
            cue.is(Grade::Buys)
                && self.sentence.is(Label::Of, end)
                && opening.clone().any(|at| self.sentence.is_any(&links, at))
                && opening.clone().any(|at| self.sentence.is(Label::Definite, at))
                && (self.is_set_aside_for_receiver(start)
                    || parties.recipients.iter().any(|party| {
                        party.rule == "recipient.preposition" && party.tokens.start > end
                    }))
        })
    }

    /// "It will contribute 40 million": whoever was named before gives.
    fn is_given_by_pronoun(&self, own: &Range<usize>) -> bool {
        let verb = self.sentence.ending_at(Label::Give, own.start);
        verb.is_some_and(|verb| {
            let opening = verb.tokens.start.saturating_sub(3)..verb.tokens.start;
            self.sentence.has_any(&[Label::It, Label::We], &opening)
        })
    }

    /// "will donate 35 million euros to purchase mortars for Kyiv": the sum itself is given.
    fn is_given_to_buy(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let given = self.sentence.ending_at(Label::Give, own.start).is_some();
        let parties = parties::in_range(self.document, self.sentence, territory);
        given && parties.recipients.iter().any(|party| party.score >= 2)
    }

    /// Whether the stretch says that somebody gives something to somebody.
    pub(super) fn gives(&self, territory: &Range<usize>) -> bool {
        let bought_for_another = parties::buys_for_another(self.document, self.sentence, territory);
        let verb =
            bought_for_another || self.sentence.has_any(&[Label::Give, Label::Receive], territory);
        let noun = self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun], territory);
        let parties = parties::in_range(self.document, self.sentence, territory);
        // "will supply Ukraine with 650 missiles, under a contract worth £162 million"
        let counted = self
            .sentence
            .items
            .iter()
            .any(|item| item.quantity.is_some() && territory.contains(&item.tokens.start));
        verb && (noun || counted) && parties.recipients.iter().any(|party| party.score >= 2)
    }

    /// Whether no package is worth as much: greater sums are budgets, totals, slips.
    pub(super) fn is_too_large(&self, place: usize) -> bool {
        let Some((_, money)) = self.money(place) else { return false };
        let donor = self.document.main_donor.as_deref();
        let currency = self.document.currency(&money.currency, self.index, place, donor);
        let greatest = currency.and_then(|currency| self.document.lexicon.greatest_sum(currency));
        greatest.is_some_and(|greatest| money.bounds.figure() >= greatest)
    }

    /// Whether the sum goes to a company: "set aside for projects at Nammo".
    pub(super) fn names_company(&self, territory: &Range<usize>) -> bool {
        let company = self.sentence.mentions_in(territory).find(|mention| {
            self.document
                .actor_code(&mention.value)
                .is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::Other)
        });
        let before = company.and_then(|company| {
            (0..company.tokens.start).rev().find(|at| !self.sentence.is(Label::Definite, *at))
        });
        // "gives the Court 4 million"
        before.is_some_and(|at| {
            self.sentence.is_any(&[Label::To, Label::In, Label::With], at)
                || self.sentence.ending_at(Label::Give, at + 1).is_some()
        })
    }

    /// Whether any word in reach says that the sum is aid.
    pub(super) fn speaks_of_aid(&self, territory: &Range<usize>) -> bool {
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
            || self.document.is_military && self.names_giver(territory)
            || self.document.is_military && self.sentence.has(Label::Withdraw, territory)
            || self.document.is_military
                && self.sentence.has(Label::Worth, territory)
                && self.names_party(territory)
            || self.is_row_of_things(territory)
            || self.measures_package_before()
            || rolls::pledges_in_turn(self.document, self.index)
            || self
                .sentence
                .has_any(&[Label::Give, Label::Announce, Label::PackageNoun], &self.sentence.all())
            || self
                .sentence
                .mentions_in(territory)
                .any(|m| matches!(m.value, Value::Mechanism(_) | Value::System(_)))
    }

    /// "At 160 million euros it is the second-largest", right behind a package.
    fn measures_package_before(&self) -> bool {
        let before = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        let all = self.sentence.all();
        // "It has a price tag of 5.6 billion"
        let mut cues = self.sentence.cues_in(&all);
        let priced = self.sentence.is(Label::It, 0)
            && cues.any(|cue| cue.label == Label::Worth && cue.tokens.len() > 1);
        self.sentence.has(Label::It, &all)
            && (self.sentence.has(Label::Superlative, &all) || priced)
            && before.is_some_and(|told| told.has(Label::PackageNoun, &told.all()))
    }

    /// "the 75 billion kroner of the Nansen programme", "under the $2 billion Pacific Maritime Security
    /// Program": the whole of a route is no package.
    pub(super) fn is_whole_of_route(&self, own: &Range<usize>) -> bool {
        let definite =
            own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Definite, at));
        let route = self.sentence.mention_at(own.end);
        let route = route.filter(|route| matches!(route.value, Value::Mechanism(_)));
        let under = own.start.checked_sub(2).is_some_and(|at| self.sentence.is(Label::Clause, at));
        let nouns = [Label::PackageNoun, Label::AidNoun, Label::SequenceNoun];
        if under && route.is_some_and(|route| !self.sentence.is_any(&nouns, route.tokens.end)) {
            return definite;
        }
        definite
            && self.sentence.is(Label::Of, own.end)
            && self
                .sentence
                .mentions_in(&(own.end..own.end + 5))
                .any(|mention| matches!(mention.value, Value::Mechanism(_)))
    }

    /// Whether grammar shows a giver in the stretch.
    fn names_giver(&self, territory: &Range<usize>) -> bool {
        let parties = parties::in_range(self.document, self.sentence, territory);
        parties.donors.iter().any(|party| party.score >= 3)
    }

    pub(super) fn names_party(&self, territory: &Range<usize>) -> bool {
        let party = |mention: &Mention| {
            self.document
                .actor_code(&mention.value)
                .is_some_and(|code| self.document.lexicon.can_give(code))
        };
        self.sentence.mentions_in(territory).any(party)
            || self.sentence.has_any(&[Label::Definite, Label::It], territory)
    }
}
