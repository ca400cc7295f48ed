//! One act told with several times, each with a thing of its own: "the first battery had gone in
//! October, the second followed in April", "in April 2021, after a launch in 2005".

use super::shares::Share;
use super::{Reader, parties};
use crate::extraction::days::{self, Day};
use crate::lexicon::{Label, Role};
use crate::mentions::{ItemMention, Value};
use crate::model::{Bounds, CivilDate, Qualifier};
use rust_decimal::Decimal;
use std::ops::Range;

/// Verbs by which a thing changes hands.
const VERBS: [Label; 4] = [Label::Give, Label::Receive, Label::Arrive, Label::Announce];

/// Within so many tokens behind a link a thing begins a part: "a second batch of 20 howitzers".
const OPENING: usize = 6;

impl Reader<'_> {
    /// The parts of the act that are told with a thing and a day of their own, all of them done.
    pub(super) fn shares_by_time(&self) -> Vec<Share> {
        let ahead = [Label::Will, Label::Would, Label::Expect];
        if !self.sentence.has_any(&VERBS, &self.act) || self.sentence.has_any(&ahead, &self.act) {
            return Vec::new();
        }
        let links = self.act.clone().filter(|at| self.is_link(*at) && self.thing_opens(*at));
        let mut bounds: Vec<usize> = links.collect();
        bounds.push(self.act.end);
        let mut parts: Vec<(Range<usize>, Option<CivilDate>)> = Vec::new();
        let mut start = self.act.start;
        for end in bounds {
            let range = start..end;
            let holds = self.holds_thing(&range);
            let day = self.day_of(&range).filter(|_| holds);
            // "three tanks in March 2023, and five ambulances later that year"
            let told = |day: CivilDate| {
                let mut days = parts.iter().filter_map(|(_, known)| *known);
                days.any(|known| {
                    known != day
                        && day.first_day() <= known.first_day()
                        && known.last_day() <= day.last_day()
                })
            };
            let day = day.filter(|day| !(told(*day) && self.has_open_time(&range)));
            // "gave 20,000 rifles in March, and 815 rockets a little later"
            let open = holds && day.is_none() && self.has_open_time(&range);
            // "In May it gave 20 vehicles and 14 radars, and in June": what follows the day goes with it.
            let goes_on = holds && day.is_none() && !open && parts.len() == 1;
            if goes_on && self.opens_with_day(&parts[0].0) {
                parts[0].0.end = end;
                start = end;
            }
            // "We have also given 15 howitzers and, in July last year, 200 mortars": the time is of what
            // stands behind it alone.
            let aside = holds && day.is_none() && parts.is_empty() && self.opens_with_time(end);
            if let Some(day) = day.map(Some).or((aside || open).then_some(None)) {
                parts.push((range, day));
                start = end;
            }
        }
        let apart = |one: CivilDate, two: CivilDate| {
            one.last_day() < two.first_day() || two.last_day() < one.first_day()
        };
        let days: Vec<CivilDate> = parts.iter().filter_map(|(_, day)| *day).collect();
        let mut places = days.iter().enumerate();
        let distinct =
            places.all(|(place, one)| days[place + 1..].iter().all(|two| apart(*one, *two)));
        if parts.len() < 2 || !distinct || days.is_empty() {
            return Vec::new();
        }
        if let Some(last) = parts.last_mut() {
            last.0.end = self.act.end;
        }
        let whole = parties::in_range(self.document, self.sentence, &self.act);
        // "We have also given": what has no time was given before too, as what follows an act of long ago was.
        let old = |day: &CivilDate| {
            let published = self.document.published();
            published.is_some_and(|published| published.days_since(*day) >= days::OLD)
        };
        let all_old = days.iter().all(old);
        let recalled = |range: &Range<usize>, day: Option<CivilDate>| {
            let done = self.sentence.has(Label::Have, range);
            day.is_none() && (done || all_old && self.has_open_time(range))
        };
        let first = parts[0].0.start;
        let share = |(range, day): (Range<usize>, _)| {
            let (recalled, another) = (recalled(&range, day), range.start > first);
            Share::new(range, whole.clone()).of_before(recalled).beside(another)
        };
        parts.into_iter().map(share).collect()
    }

    /// The one day of a stretch on which something was done.
    fn day_of(&self, range: &Range<usize>) -> Option<CivilDate> {
        let published = self.document.published()?;
        let days = days::in_range(self.document, self.sentence, range, false);
        // "last year: nine carriers in February": the narrower of two times.
        let mut own = days.iter().filter(|day| !day.is_span && !day.is_later);
        let is_narrow = |day: &&Day| day.date.is_some_and(|date| date.month_number().is_some());
        let day = own.clone().find(is_narrow).or_else(|| own.next())?;
        // "the six howitzers delivered last year"
        let day = day.date.or(day.year)?;
        (day.first_day() <= published).then_some(day)
    }

    /// "nine guns in the autumn", "102 launchers afterwards": a time that is over, though no day of it is known.
    fn has_open_time(&self, range: &Range<usize>) -> bool {
        let days = days::in_range(self.document, self.sentence, range, false);
        let mut cues = self.sentence.cues_in(range);
        let closes = |end: usize| end >= range.end || self.sentence.is_any_sign(end);
        days.iter().any(|day| day.date.is_none() && day.is_earlier && !day.is_span)
            || cues.any(|cue| cue.label == Label::Afterwards && closes(cue.tokens.end))
    }

    /// "and, in July last year, 200 mortars": whether a time stands between commas right behind a link.
    fn opens_with_time(&self, link: usize) -> bool {
        let comma = |at: usize| self.sentence.is_sign(self.text(), at, &[","]);
        let end = self.past_time(link + 1);
        self.sentence.is(Label::And, link) && comma(link + 1) && end > link + 1 && comma(end - 1)
    }

    /// Whether a day stands before the first thing of a stretch.
    fn opens_with_day(&self, range: &Range<usize>) -> bool {
        let first = self.sentence.items.iter().find(|item| range.contains(&item.tokens.start));
        first.is_some_and(|item| self.day_of(&(range.start..item.tokens.start)).is_some())
    }

    /// "and in March of last year 14 radars", "and, last year, ten to Togo": where a time behind a link ends.
    pub(super) fn past_time(&self, at: usize) -> usize {
        let small = |at: usize| {
            self.sentence.is(Label::In, at) || self.sentence.is_sign(self.text(), at, &[","])
        };
        let mut time = at;
        while time < at + OPENING && small(time) {
            time += 1;
        }
        let date = self.sentence.mention_at(time);
        let date = date.filter(|it| it.tokens.start == time && matches!(it.value, Value::Date(_)));
        date.map_or(at, |date| {
            let end = date.tokens.end;
            end + usize::from(self.sentence.is_sign(self.text(), end, &[","]))
        })
    }

    /// Whether a thing, or the number or ordinal of one, begins right behind a link.
    fn thing_opens(&self, link: usize) -> bool {
        let start = self.past_time(link + 1);
        let near = start..start + OPENING;
        let items = self.sentence.items.iter();
        let shared = self.sentence.has(Label::Share, &(link..near.end));
        // "and a month later 155mm shells left"
        let timed = start > link + 1;
        let thing = items.filter(|item| item.role != Role::Vague).any(|item| {
            let named = timed || item.quantity.is_some() || item.system.is_some();
            named && near.contains(&item.tokens.start)
        });
        !shared && (thing || near.clone().any(|at| self.more_of_it(at)))
    }

    fn holds_thing(&self, range: &Range<usize>) -> bool {
        let mut items = self.sentence.items.iter().filter(|item| item.role != Role::Vague);
        items.any(|item| range.contains(&item.tokens.start))
            || range.clone().any(|at| self.more_of_it(at))
    }

    /// "the second", "three more": a number that stands for the thing named before it.
    fn more_of_it(&self, at: usize) -> bool {
        self.ordinal_thing(at).is_some()
            || parties::bare_count(self.document, self.sentence, at).is_some()
    }

    /// "the second one followed", "the second was presented": an ordinal that stands for one more of
    /// the thing named before it.
    pub(super) fn ordinal_thing(&self, at: usize) -> Option<ItemMention> {
        let mention = self.sentence.mention_at(at).filter(|mention| mention.tokens.start == at);
        let ordinal = mention.is_some_and(|mention| matches!(mention.value, Value::Ordinal(_)))
            || self.sentence.starting_at(Label::Ordinal, at).is_some();
        let article = [Label::Definite, Label::Indefinite];
        let before = at.checked_sub(1).filter(|at| self.sentence.is_any(&article, *at))?;
        let end = at + 1;
        let one = self.sentence.starting_at(Label::Number, end).map_or(end, |cue| cue.tokens.end);
        let verb = self.sentence.cues_in(&(one..one + 3)).any(|cue| {
            let told = cue.inflection.is_past_form();
            VERBS.contains(&cue.label) && told
        });
        let stands = verb || self.sentence.is_any(&[Label::In, Label::By], one);
        let mut items = self.sentence.items.iter().filter(|item| item.role != Role::Vague);
        let inside = self.is_inside_item(at);
        let named = items.rfind(|item| item.tokens.end <= before)?;
        (ordinal && stands && !inside).then(|| ItemMention {
            tokens: at..end,
            quantity: Some(Bounds::of(Decimal::ONE, Qualifier::Exact)),
            ..named.clone()
        })
    }
}
