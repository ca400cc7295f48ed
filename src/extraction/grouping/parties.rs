//! Who gives and receives in a telling, by its own grammar or by what the document says before it.

use super::compare::codes;
use super::{Group, Grouper, Telling};
use crate::extraction::days::begins_with_time;
use crate::extraction::document::Document;
use crate::extraction::parties::{self, Party, VENTURE};
use crate::lexicon::{Label, PartyKind, Role};
use crate::mentions::{CueMention, MoneyCurrency, Sentence, Value};
use crate::model::{Currency, Status};
use crate::text::SegmentKind;

/// The rule for who acts along with a giver.
pub(super) const ALONG: &str = "donor.along";

/// So many sentences on, others receive from those who were told of.
const CARRIED: usize = 2;

/// So many sentences on, the same receiver gets another package.
const FURTHER: usize = 4;

/// By these rules grammar alone says that a state gives.
const GRAMMAR: [&str; 2] = ["donor.subject", "donor.by"];

/// Money in which others tell their sums too.
const QUOTED: [Currency; 2] = [Currency::USD, Currency::EUR];

impl Grouper<'_> {
    pub(super) fn donors(&self, telling: &Telling) -> Vec<String> {
        let main = self.document.main_recipient.as_deref();
        let firm = telling.parties.firm_donors(2);
        // "The money will buy shells in cooperation with Estonia": with whom is not told; "together with
        // Estonia, we will send shells": who speaks gives too.
        let sum = telling.amount.as_ref().map(|amount| amount.span);
        let told = sum.or_else(|| telling.items.first().map(|item| item.span));
        let behind = |party: &Party| told.is_some_and(|told| told.end <= party.span.start);
        let sentence = &self.document.sentences[telling.sentence];
        let open = |party: &Party| {
            let pronoun = || self.pronoun_giver(sentence);
            let opens = pronoun().is_some_and(|word| party.tokens.end <= word.tokens.start);
            behind(party) || telling.first_person || opens
        };
        let along = |party: &&Party| party.rule == ALONG && open(party);
        if !firm.is_empty() && firm.iter().all(along) {
            return Vec::new();
        }
        let others =
            |code: &str| telling.parties.recipients.iter().any(|p| p.code != code && p.score >= 2);
        let firm = codes(
            firm.iter()
                .filter(|party| {
                    let code = party.code.as_str();
                    let attacked = self.document.lexicon.is_attacked(code);
                    let gives = self.document.main_donor.as_deref() == Some(code)
                        || GRAMMAR.contains(&party.rule) && self.document.only_gives(code);
                    (Some(code) != main || others(code)) && (!attacked || gives)
                })
                .map(|party| party.code.as_str()),
        );
        // Money that goes by a giver's own route is that giver's, whoever speaks of it; so are "the 38th
        // package under drawdown authority" and "a drawdown package that includes radars".
        let firm = self.alliance(firm);
        let own = telling.amount.is_some()
            || firm == ["COALITION"]
            || firm.is_empty() && (telling.sequence.is_some() || names_contents(telling));
        match owner_of_route(self.document, telling) {
            Some(owner) if own => vec![owner.to_owned()],
            _ => firm,
        }
    }

    /// "Allies announced": in an article on an alliance its allies give as a whole.
    fn alliance(&self, donors: Vec<String>) -> Vec<String> {
        let count = |code: &str| self.document.givers.get(code).copied().unwrap_or(0);
        let of_nato = count("NATO") * 2 > count("COALITION") && count("NATO") > 0;
        if !of_nato || !donors.iter().any(|code| code == "COALITION") {
            return donors;
        }
        let named = donors.iter().map(|code| if code == "COALITION" { "NATO" } else { code });
        codes(named)
    }

    /// "kroner" are those of the one who gives, also where only the text around says who that is.
    pub(super) fn settle_currency(&self, telling: &mut Telling, donors: &[String]) {
        let [donor] = donors else { return };
        let sentence = &self.document.sentences[telling.sentence];
        let Some(amount) = telling.amount.as_mut() else { return };
        let place = sentence.mentions.iter().position(|mention| mention.span == amount.span);
        let Some(place) = place else { return };
        if let Value::Money(money) = &sentence.mentions[place].value
            && matches!(money.currency, MoneyCurrency::Group(_))
            && let Some(currency) =
                self.document.currency(&money.currency, telling.sentence, place, Some(donor))
        {
            amount.value.currency = currency;
        }
    }

    /// Without grammar: the giver told last, else the one that the sentence names, else the one
    /// that the document names most.
    pub(super) fn default_donors(&self, telling: &Telling, recipients: &[String]) -> Vec<String> {
        let free = |code: &&str| !recipients.iter().any(|recipient| recipient == code);
        let receiver = self.document.main_recipient.as_deref();
        let gives = |code: &&str| {
            free(code) && receiver != Some(*code) && !self.document.lexicon.is_attacked(code)
        };
        let main = self.document.main_donor.as_deref().filter(free);
        let count = |code: &str| self.document.givers.get(code).copied().unwrap_or(0);
        // Who is named in passing gives nothing beside one whom the whole article is about.
        let stands = |party: &&Party| {
            let opens = party.tokens.start <= 1;
            opens || main.is_none_or(|main| count(&party.code) * 4 > count(main))
        };
        let opens = |code: &str| {
            let mut donors = telling.parties.donors.iter();
            donors.any(|party| party.code == code && party.tokens.start <= 1)
        };
        let weak = telling
            .parties
            .donors
            .iter()
            .filter(stands)
            .filter(|party| ![ALONG, VENTURE].contains(&party.rule));
        let weak = weak.map(|party| party.code.as_str());
        let weak = weak.into_iter().find(gives);
        if let Some(giver) = self.giver_of_entry(telling).filter(|code| free(&code.as_str())) {
            return vec![giver];
        }
        let mut pronoun = self.meant_by_pronoun(telling);
        pronoun.retain(|code| free(&code.as_str()));
        // News of others told in passing does not keep the floor.
        let refers = telling.refers_back
            || self.document.sentences[telling.sentence].is(Label::It, 0)
            || telling.amount.is_none();
        // A sum in the currency of the giver told last, and not of the article's, is that giver's.
        let coin = telling.amount.as_ref().map(|amount| amount.value.currency);
        let own = |code: &str| coin.is_some() && self.document.lexicon.own_currency(code) == coin;
        let keeps = |donors: &Vec<String>| {
            let pays = donors.iter().any(|donor| own(donor)) && main.is_none_or(|main| !own(main));
            refers || pays || main.is_none_or(|main| donors.iter().any(|donor| donor == main))
        };
        // "Norway's share will cost 7 billion kroner": who opens the sentence pays in its own money.
        let sentence = &self.document.sentences[telling.sentence];
        let payer = sentence.mentions.first().filter(|actor| actor.tokens.start <= 1);
        let payer = payer.and_then(|actor| self.document.actor_code(&actor.value));
        let payer = payer.filter(|code| gives(code) && own(code)).map(str::to_owned);
        // "C$680 million goes to a fund for American arms": no money of the article's giver, but of one other.
        let mut coiners =
            self.document.givers.keys().filter(|code| gives(&code.as_str()) && own(code));
        let coiner = coiners.next().filter(|_| main.is_none_or(|main| !own(main))).cloned();
        let quoted = coin.is_some_and(|coin| QUOTED.contains(&coin));
        let coiner = coiner.filter(|_| coiners.next().is_none() && !quoted);
        // "Washington has noticed": a paragraph that names nobody else speaks of the article's giver.
        let block = |index: usize| self.document.sentences[index].segment.block;
        let near = |group: &&Group| {
            telling.refers_back || block(group.last_sentence) == block(telling.sentence)
        };
        let focus = self
            .focus
            .map(|index| &self.groups[index])
            .filter(near)
            .map(|group| group.donors.clone())
            .filter(|donors| !donors.is_empty() && keeps(donors));
        match (weak, main) {
            (Some(weak), Some(main)) if weak == main => vec![main.to_owned()],
            (_, Some(main)) if telling.first_person || self.names_government(telling) => {
                vec![main.to_owned()]
            }
            _ if payer.is_some() => payer.into_iter().collect(),
            _ if !pronoun.is_empty() => pronoun,
            // "Saudi Arabia responded with $1 billion": who opens the sentence acts in it.
            (Some(weak), _) if opens(weak) => vec![weak.to_owned()],
            _ if focus.is_some() => focus.unwrap_or_default(),
            _ if coiner.is_some() => coiner.into_iter().collect(),
            (Some(weak), _) => vec![weak.to_owned()],
            (None, Some(main)) => vec![main.to_owned()],
            (None, None) => vec![],
        }
    }

    /// In a live blog, the first giver that the entry names before this: "More from Canada. C$220m is
    /// meant for drones."
    fn giver_of_entry(&self, telling: &Telling) -> Option<String> {
        let document = self.document;
        let sentences = &document.sentences[..telling.sentence];
        let start = sentences.iter().rposition(|s| begins_with_time(document.article, s))?;
        let named = sentences[start..].iter().flat_map(|sentence| &sentence.mentions);
        let mut codes = named.filter_map(|mention| document.actor_code(&mention.value));
        let gives = |code: &&str| {
            document.lexicon.can_give(code)
                && document.lexicon.party_kind(code) == PartyKind::State
                && !document.enemies.contains(*code)
                && !document.lexicon.is_attacked(code)
        };
        codes.find(gives).filter(|_| document.is_live).map(str::to_owned)
    }

    /// "the Government gave materiel": whose it is goes without saying in the giver's own country.
    pub(super) fn names_government(&self, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let mut offices =
            sentence.cues_in(&sentence.all()).filter(|cue| cue.label == Label::Office);
        offices.any(|cue| {
            let start = cue.tokens.start;
            start.checked_sub(1).is_some_and(|at| sentence.is(Label::Definite, at))
                && sentence.mention_at(start).is_none()
        })
    }

    /// Names those whom a pronoun or an office that gives stands for, or who gave right before.
    pub(super) fn name_giver(&self, telling: &mut Telling) {
        self.name_returned(telling);
        let donors = self.donors(telling);
        let own = self.own_state(telling);
        // "We will announce radars, and HIMARS coming from other countries"
        if own.is_some() && self.is_unnamed(&donors) {
            telling.parties.donors.clear();
        } else if !donors.is_empty() {
            return;
        }
        let sentence = &self.document.sentences[telling.sentence];
        let meant = |word: &CueMention, codes: Vec<String>, score, rule| {
            let (span, tokens) = (sentence.span_of(&word.tokens), word.tokens.clone());
            let party = |code| Party { code, span, tokens: tokens.clone(), score, rule };
            codes.into_iter().map(party).collect::<Vec<Party>>()
        };
        let main = || self.document.main_donor.iter().cloned().collect();
        let named = if let Some(speaker) = self.speaker(telling) {
            vec![speaker]
        } else if let Some((own, code)) = own {
            meant(own, vec![code], 3, "donor.speaker")
        } else if let Some(pronoun) = self.pronoun_giver(sentence) {
            meant(pronoun, self.meant_by_pronoun(telling), 4, "donor.pronoun")
        } else if let Some(opening) = self.opening_actor(telling) {
            vec![Party { score: 4, rule: "donor.pronoun", ..opening.clone() }]
        } else if let Some(office) = self.office_giver(telling) {
            let own = self.state_of_office(telling, office).map_or_else(main, |code| vec![code]);
            meant(office, own, 3, "donor.government")
        } else {
            self.givers_before(telling)
        };
        telling.parties.donors.retain(|party| named.iter().all(|other| other.code != party.code));
        telling.parties.donors.extend(named);
    }

    /// "Spain will give Kenya 20 howitzers. Moldova will receive 33 radars": who is told right before
    /// gives to another receiver too.
    fn givers_before(&self, telling: &Telling) -> Vec<Party> {
        let sentence = &self.document.sentences[telling.sentence];
        let firm: Vec<&Party> =
            telling.parties.recipients.iter().filter(|party| party.score >= 3).collect();
        let named =
            telling.items.iter().any(|item| item.quantity.is_some() || item.role != Role::Vague);
        let all = sentence.all();
        let told = [Label::Receive, Label::PackageNoun, Label::Give];
        // "Four mortars will go to Fiji", "Separately, Jane Doe announced 12 mortars for Fiji"
        let told = sentence.has_any(&told, &all)
            || sentence.has(Label::Arrive, &all) && sentence.has(Label::Will, &all)
            || telling.is_separate;
        let others = [Label::Buy, Label::Trade, Label::Sale, Label::Request];
        // "Parliament is to vote on the transfer of 35 mortars": the next gift of who gave right before.
        let planned = telling.status.status == Status::Proposed
            && telling.has_package_noun
            && !telling.refers_back
            && !telling.goes_on;
        let silent = self.is_silent_on_giver(telling, sentence);
        let receives = named
            && (!firm.is_empty() || telling.opens_another || planned || silent)
            && telling.parties.donors.iter().all(|party| party.score < 2)
            && (told || silent)
            && !sentence.has_any(&others, &all)
            && !names_source(sentence);
        if !receives || self.opens_with_another(telling) {
            return Vec::new();
        }
        let new = |code: &String| firm.iter().all(|party| party.code != *code);
        let same_receiver = telling.opens_another || telling.is_separate || planned || silent;
        // "Norway gave helmets in June. Fiji will get two helicopters", behind the article's own giver's news.
        let past = |status: Status| status == Status::Past;
        let aside = |group: &&Group| past(group.status().status) && !past(telling.status.status);
        let focus = self.focus.map(|index| &self.groups[index]);
        let other = same_receiver || focus.as_ref().is_some_and(aside);
        let reach = match (other, silent) {
            (_, true) => 1,
            (true, _) => FURTHER,
            _ => CARRIED,
        };
        let fits = |group: &&Group| {
            group.donor_is_explicit
                && (group.last_sentence..=group.last_sentence + reach).contains(&telling.sentence)
                && group.donors.iter().all(new)
                && (same_receiver || group.recipients.iter().all(new))
        };
        // "A second package contains 20 mortars", behind what was recalled: of whom the news was told.
        let news = |group: &&Group| fits(group) && group.status().status != Status::Past;
        let group = focus.filter(|group| fits(group) && !aside(group));
        let group = group.or_else(|| self.groups.iter().rfind(news).filter(|_| other));
        let givers = |codes: &[String], parties: &[Party]| -> Vec<Party> {
            let given =
                parties.iter().filter(|party| party.score >= 3 && codes.contains(&party.code));
            let end = sentence.tokens.len();
            let carried = |party: &Party| Party {
                tokens: end..end,
                score: 3,
                rule: if planned { "donor.plans" } else { "donor.carried" },
                ..party.clone()
            };
            given.map(carried).collect()
        };
        if let Some(group) = group {
            return givers(&group.donors, &group.tellings[0].parties.donors);
        }
        // "Greece announced aid for Lebanon and Somalia. Lebanon will get 31 mortars"
        let from = telling.sentence.saturating_sub(CARRIED);
        let general = |before: &&Sentence| {
            before.segment.kind == SegmentKind::Sentence
                && before.items.iter().all(|item| item.quantity.is_none())
        };
        let before = self.document.sentences[from..telling.sentence].iter().rev().filter(general);
        let mut found = before.map(|told| parties::in_range(self.document, told, &told.all()));
        let same = found.find(|found| {
            let knows = |code: &str| found.recipients.iter().any(|party| party.code == code);
            let named = telling.parties.recipients.iter().filter(|party| party.score >= 2);
            !found.recipients.is_empty() && named.into_iter().all(|party| knows(&party.code))
        });
        same.map_or_else(Vec::new, |found| {
            let donors = codes(found.firm_donors(3).iter().map(|party| party.code.as_str()));
            givers(&donors, &found.donors)
        })
    }

    /// "Berlin has made such arrangements too: Prague gets tanks": who opens a sentence and receives nothing in
    /// it is another giver than the one told before.
    fn opens_with_another(&self, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let actor = sentence.mentions.first().filter(|mention| mention.tokens.start <= 1);
        let Some(code) = actor.and_then(|actor| self.document.actor_code(&actor.value)) else {
            return false;
        };
        let told = parties::in_range(self.document, sentence, &sentence.all()).recipients;
        told.iter().chain(&telling.parties.recipients).all(|party| party.code != code)
    }
}

/// "from Poland", "by its neighbour": who is named as the source. "by the prime minister" is an office's act.
fn names_source(sentence: &Sentence) -> bool {
    let all = sentence.all();
    let mut sources =
        sentence.cues_in(&all).filter(|cue| matches!(cue.label, Label::From | Label::By));
    sources.any(|cue| {
        let behind = cue.tokens.end..cue.tokens.end + 3;
        cue.label == Label::From || !sentence.has(Label::Office, &behind)
    })
}

/// "a drawdown package that includes radars": what a package holds.
pub(super) fn names_contents(telling: &Telling) -> bool {
    telling.has_package_noun && !telling.items.is_empty()
}

/// The one giver whose route the telling names: who is under USAI is the United States.
pub(super) fn owner_of_route<'d>(document: &'d Document<'_>, telling: &Telling) -> Option<&'d str> {
    let route = &telling.mechanism.as_ref()?.value;
    let mechanisms = document.lexicon.mechanisms();
    let owner = mechanisms.iter().find(|mechanism| mechanism.id == *route)?.donor.as_deref()?;
    let named = document.lexicon.actor_name(owner).is_some();
    let kind = document.lexicon.party_kind(owner);
    (named && kind != PartyKind::Group).then_some(owner)
}

/// "It is paid for by Germany jointly with Norway": who pays the sum of what one of them promised.
pub(super) fn pays_along(group: &Group, telling: &Telling, donors: &[String]) -> bool {
    telling.parties.donors.iter().any(|party| party.rule == ALONG)
        && group.amount().is_none()
        && group.donors.iter().all(|code| donors.contains(code))
}
