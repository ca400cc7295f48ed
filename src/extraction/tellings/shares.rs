//! One act that several receivers or givers share, each with a figure of its own: "gave Uruguay 11
//! tanks and Paraguay six howitzers", "14 from Britain and 31 from the United States".

use super::acts::VERBS;
use super::{Reader, Telling, parties};
use crate::extraction::parties::{GAPPED_GIVER, GAPPED_RECEIVER, Parties, Party, bare_count};
use crate::lexicon::{Grade, Label, Role};
use crate::mentions::{ItemMention, Value};
use std::collections::BTreeSet;
use std::ops::Range;

/// Small words between a link and a figure.
const SMALL: [Label; 7] = [
    Label::Definite,
    Label::Indefinite,
    Label::New,
    Label::About,
    Label::MoreThan,
    Label::UpTo,
    Label::AtLeast,
];

/// A share of an act: its stretch of the sentence, and who gives and receives in it.
pub(super) struct Share {
    pub(super) range: Range<usize>,
    parties: Parties,
    /// Whether it was given before, by what stands beside it.
    recalled: bool,
    /// Whether it is another gift than the one told right before.
    is_another: bool,
}

impl Share {
    pub(super) fn new(range: Range<usize>, parties: Parties) -> Self {
        Self { range, parties, recalled: false, is_another: false }
    }

    /// The share, told as given before.
    pub(super) fn of_before(self, recalled: bool) -> Self {
        Self { recalled, ..self }
    }

    /// The share, told as another gift than the one before.
    pub(super) fn beside(self, is_another: bool) -> Self {
        Self { is_another, ..self }
    }

    /// Gives its parties to all that is told in it.
    pub(super) fn settle(&self, tellings: &mut [Telling]) {
        for telling in tellings {
            telling.parties.clone_from(&self.parties);
        }
    }

    /// Gives its parties to what is told in it; behind the first thing only where nobody else gives or
    /// receives: "Belgium 200 million euros, while Norway's 1.6 billion kroner".
    pub(super) fn label(&self, tellings: &mut [Telling]) {
        for telling in tellings.iter_mut() {
            telling.opens_another |= self.is_another;
            if self.recalled {
                telling.recall("status.earlier");
                telling.days.retain(|day| self.range.contains(&day.at));
            }
        }
        let knows = |own: &[Party], party: &Party| {
            party.score < 2 || own.iter().any(|other| other.code == party.code)
        };
        // "and Sweden and Denmark 25 million each": one telling for each of the share's givers.
        let giver =
            |telling: &Telling| telling.parties.donors.first().map(|party| party.code.clone());
        let givers: BTreeSet<_> = tellings.iter().filter_map(giver).collect();
        let single = |telling: &Telling| telling.parties.donors.len() == 1;
        let parted = givers.len() > 1 && givers.len() == tellings.len();
        if parted && tellings.iter().all(single) {
            for telling in tellings {
                telling.parties.recipients.clone_from(&self.parties.recipients);
            }
            return;
        }
        for (place, telling) in tellings.iter_mut().enumerate() {
            let told = &telling.parties;
            let fits = told.donors.iter().all(|party| knows(&self.parties.donors, party))
                && told.recipients.iter().all(|party| knows(&self.parties.recipients, party));
            if place == 0 || fits {
                telling.parties.clone_from(&self.parties);
            }
        }
    }
}

/// Prepositions between what is given and who gives or receives it.
const BEHIND: [&str; 3] = ["recipient.preposition", "donor.from", "donor.by"];

impl Reader<'_> {
    /// The shares of the act; none where it is a whole.
    pub(super) fn shares(&self) -> Vec<Share> {
        let whole = parties::in_range(self.document, self.sentence, &self.act);
        let starts = self.gapped_starts();
        let figures = self.figures();
        let paired = self.paired(&figures, &whole);
        if !paired.is_empty() {
            return paired;
        }
        // "thanked Sweden for 14 guns and Spain for tanks": who is named so has things without a number.
        let items = self.sentence.items.iter().map(|item| item.tokens.start);
        let items = items.filter(|at| self.act.contains(at));
        let things: Vec<usize> = figures.iter().copied().chain(items).collect();
        let shares = self.shares_from(&starts, &things, &whole, |_| true);
        if shares.len() > 1 {
            return shares;
        }
        let counts = |party: &Party| BEHIND.contains(&party.rule);
        let opened = self.sentence.items.iter().map(|item| item.tokens.start);
        let opened = opened.filter(|at| {
            let links = at.saturating_sub(2)..*at;
            self.act.contains(at)
                && links.rev().any(|link| self.is_link(link) && self.opens_next(link, *at))
        });
        let opened: Vec<usize> = figures.iter().copied().chain(opened).collect();
        self.shares_from(&self.figure_starts(), &opened, &whole, counts)
    }

    /// "Canada and Norway will give four and eight howitzers respectively": each of those who give, or
    /// receive, has the figure in its place.
    fn paired(&self, figures: &[usize], whole: &Parties) -> Vec<Share> {
        let mut cues = self.sentence.cues_in(&self.act);
        if figures.len() < 2 || !cues.any(|cue| cue.is(Grade::Paired)) {
            return Vec::new();
        }
        let mut figures = figures.to_vec();
        figures.sort_unstable();
        figures.dedup();
        for side in [Side::Givers, Side::Receivers] {
            let mut own = side.of(whole).to_vec();
            own.sort_by_key(|party| party.tokens.start);
            if own.len() != figures.len() {
                continue;
            }
            let ends = figures[1..].iter().copied().chain([self.act.end]);
            let mut start = self.act.start;
            let ranges = ends.map(|end| std::mem::replace(&mut start, end)..end);
            let share = |(range, party)| Share::new(range, side.share(vec![party], whole));
            return ranges.zip(own).map(share).collect();
        }
        Vec::new()
    }

    /// Where an actor without a verb of its own begins its share.
    fn gapped_starts(&self) -> Vec<usize> {
        let own = parties::in_range(self.document, self.sentence, &self.act);
        let gapped = own
            .donors
            .iter()
            .chain(&own.recipients)
            .filter(|party| [GAPPED_GIVER, GAPPED_RECEIVER].contains(&party.rule));
        gapped.filter_map(|party| self.link_before(party.tokens.start)).collect()
    }

    /// The link before a token, past small words.
    fn link_before(&self, at: usize) -> Option<usize> {
        let from = at.saturating_sub(3).max(self.act.start);
        (from..at).rev().find(|at| self.is_link(*at))
    }

    pub(super) fn is_link(&self, at: usize) -> bool {
        self.sentence.is(Label::And, at)
            || self.sentence.starting_at(Label::Clause, at).is_some()
            || self.sentence.is_sign(self.text(), at, &[",", ";"])
    }

    /// Where a figure right behind a link begins a share: "to Laos and ten to Cambodia".
    fn figure_starts(&self) -> Vec<usize> {
        let figures = self.figures();
        let begins = |link: &usize| {
            let start = self.past_time(link + 1);
            let mut at = start;
            while at < start + 3
                && !figures.contains(&at)
                && (self.is_link(at) || self.sentence.is_any(&SMALL, at))
            {
                at += 1;
            }
            self.is_link(*link) && (figures.contains(&at) || self.opens_next(*link, at))
        };
        // "from France, Ukraine will get 76 vehicles": a subject with its verb stands before the figure.
        let clause = |link: &usize| {
            let actor = self.sentence.mention_at(link + 1);
            let actor = actor.or_else(|| self.sentence.mention_at(link + 2));
            let told = actor.is_some_and(|actor| {
                let behind = actor.tokens.end..actor.tokens.end + 4;
                self.document.actor_code(&actor.value).is_some()
                    && self.sentence.has_any(&VERBS, &behind)
            });
            self.is_link(*link) && told
        };
        // "From Slovenia came 35 vehicles, from Poland 230 tanks"
        let sourced = |link: &usize| {
            let from = self.sentence.is(Label::From, link + 1);
            let end = |at: usize| {
                let told = self.sentence.mention_at(at).filter(|told| told.tokens.start == at);
                told.map(|told| told.tokens.end)
            };
            let actor = end(link + 2).or_else(|| end(link + 3));
            self.is_link(*link) && from && actor.is_some_and(|end| figures.contains(&end))
        };
        let opens = |link: &usize| begins(link) || clause(link) || sourced(link);
        let mut starts: Vec<usize> = self.act.clone().filter(opens).collect();
        // "to Laos, and ten": of two links side by side the first one parts.
        let links = starts.clone();
        let inner = |at: usize| {
            let mut before = links.iter().filter(|link| **link < at);
            before.any(|link| at < self.past_time(link + 1))
        };
        starts.retain(|at| {
            at.checked_sub(1).is_none_or(|before| !links.contains(&before)) && !inner(*at)
        });
        starts
    }

    /// "radars to Manila, patrol boats to Dhaka": a thing behind the link after who receives the one before.
    fn opens_next(&self, link: usize, at: usize) -> bool {
        let thing = self.sentence.items.iter().any(|item| item.tokens.start == at);
        let receiver = self.sentence.mentions.iter().find(|told| told.tokens.end == link);
        // "to Nepal, two helicopters; to Mali, a boat": who receives stands first.
        let given = |end: usize| {
            let mut items = self.sentence.items.iter();
            items.any(|item| self.act.start <= item.tokens.start && item.tokens.end <= end)
        };
        thing
            && receiver.is_some_and(|told| {
                let to = told.tokens.start.checked_sub(1);
                self.document.actor_code(&told.value).is_some()
                    && to.is_some_and(|at| self.sentence.is(Label::To, at) && given(at))
            })
    }

    /// Where the sums, counted things and bare numbers of the act begin.
    fn figures(&self) -> Vec<usize> {
        let counted = self.sentence.items.iter().filter(|item| item.quantity.is_some());
        let money = self
            .sentence
            .mentions_in(&self.act)
            .filter(|mention| matches!(mention.value, Value::Money(_)));
        let bare = self
            .sentence
            .mentions_in(&self.act)
            .map(|mention| mention.tokens.start)
            .filter(|at| bare_count(self.document, self.sentence, *at).is_some());
        // "the first boat was given to Tonga, the second to Fiji"
        let pointed = |at: usize| at > 0 && self.sentence.is(Label::Definite, at - 1);
        let ordinals = self.sentence.cues_in(&self.act).filter(|cue| cue.label == Label::Ordinal);
        let ordinals = ordinals.map(|cue| cue.tokens.start).filter(|at| pointed(*at));
        let bare = bare.chain(ordinals);
        let starts = counted.map(|item| item.tokens.start);
        let mut starts: Vec<usize> =
            starts.chain(money.map(|mention| mention.tokens.start)).chain(bare).collect();
        starts.retain(|at| self.act.contains(at));
        starts
    }

    /// Parts the act at these places where in each part somebody else gives, or receives, something.
    fn shares_from(
        &self,
        starts: &[usize],
        things: &[usize],
        whole: &Parties,
        counts: impl Fn(&Party) -> bool,
    ) -> Vec<Share> {
        let mut bounds = vec![self.act.start];
        bounds.extend(starts);
        bounds.sort_unstable();
        bounds.dedup();
        bounds.push(self.act.end);
        for side in [Side::Receivers, Side::Givers] {
            let mut shares: Vec<(Range<usize>, Vec<Party>)> = Vec::new();
            let mut start = bounds[0];
            for pair in bounds.windows(2) {
                let range = start..pair[1];
                let first = things.iter().find(|at| range.contains(at)).copied();
                let own = parties::in_range(self.document, self.sentence, &range);
                let firm = side.of(&own).iter().map(|party| party.score).max().unwrap_or(0) - 1;
                let own: Vec<Party> = side
                    .of(&own)
                    .iter()
                    .filter(|party| party.score >= firm.max(2) && counts(party))
                    .cloned()
                    .collect();
                if first.is_some() && !own.is_empty() {
                    shares.push((range, own));
                    start = pair[1];
                }
            }
            if let Some(last) = shares.last_mut() {
                last.0.end = self.act.end;
            }
            let codes = |parties: &[Party]| -> Vec<String> {
                parties.iter().map(|party| party.code.clone()).collect()
            };
            let distinct = shares.iter().enumerate().all(|(place, (_, one))| {
                let others = shares[place + 1..].iter().flat_map(|(_, other)| codes(other));
                others.into_iter().all(|code| !codes(one).contains(&code))
            });
            if shares.len() > 1 && distinct {
                return shares
                    .into_iter()
                    .map(|(range, own)| Share::new(range, side.share(own, whole)))
                    .collect();
            }
        }
        Vec::new()
    }

    /// "and Denmark five": a bare number counts the thing that was counted before it, or else the one
    /// behind it: "Norway will send eight and Canada four tanks".
    pub(super) fn elliptic(&self) -> Option<ItemMention> {
        if let Some(thing) = self.act.clone().find_map(|at| self.ordinal_thing(at)) {
            return Some(thing);
        }
        let (at, bounds) = self.act.clone().find_map(|at| {
            let bounds = bare_count(self.document, self.sentence, at)?;
            // "another 12", "some 30"
            let small = |at: usize| self.sentence.is_any(&SMALL, at) && !self.is_link(at);
            let before = (0..at).rev().find(|at| !small(*at))?;
            let opens = [Label::Give, Label::Receive, Label::With, Label::EarlierAfter];
            let actor = self
                .sentence
                .mention_at(before)
                .is_some_and(|mention| matches!(mention.value, Value::Actor(_)));
            let opened = actor || self.sentence.is_any(&opens, before) || self.is_link(before);
            opened.then_some((at, bounds))
        })?;
        let counted = || self.sentence.items.iter().filter(|item| item.quantity.is_some());
        let before = counted().take_while(|item| item.tokens.start < at).last();
        // "The tanks travelled together with 18 more that Berlin has sent"
        let named = || {
            let items = self.sentence.items.iter().filter(|item| item.role != Role::Vague);
            items.take_while(|item| item.tokens.start < at).last()
        };
        let noun = before
            .or_else(|| counted().find(|item| item.tokens.start > at && item.role != Role::Vague))
            .or_else(named)
            // "51 million for firms, the other four for schools" counts money.
            .or_else(|| self.counted_before().filter(|_| !self.tells_sum_before(at)))?;
        Some(ItemMention { tokens: at..at + 1, quantity: Some(bounds), ..noun.clone() })
    }
}

impl Reader<'_> {
    fn tells_sum_before(&self, at: usize) -> bool {
        let before = 0..at;
        let mut mentions = self.sentence.mentions_in(&before);
        mentions.any(|mention| matches!(mention.value, Value::Money(_)))
    }
}

/// Which side of an act differs from share to share.
#[derive(Clone, Copy)]
enum Side {
    Givers,
    Receivers,
}

impl Side {
    fn of(self, parties: &Parties) -> &[Party] {
        match self {
            Self::Givers => &parties.donors,
            Self::Receivers => &parties.recipients,
        }
    }

    /// The parties of a share: its own on this side, those of the whole act on the other.
    fn share(self, own: Vec<Party>, whole: &Parties) -> Parties {
        let other = |parties: &[Party]| -> Vec<Party> {
            let free = parties.iter().filter(|party| own.iter().all(|one| one.code != party.code));
            free.cloned().collect()
        };
        match self {
            Self::Receivers => Parties { donors: other(&whole.donors), recipients: own },
            Self::Givers => Parties { recipients: other(&whole.recipients), donors: own },
        }
    }
}
