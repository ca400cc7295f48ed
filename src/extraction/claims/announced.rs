//! On which day a package was made public: the day told beside it, that of the event which the article is
//! about (`event`), or that of the article where the giver itself speaks; of a proposed one the day for
//! which it is expected (`expected`).

use super::Writer;
use crate::extraction::days::Day;
use crate::extraction::grouping::Group;
use crate::extraction::learned::status::WEIGHED;
use crate::extraction::orders::orders_what_was_promised;
use crate::extraction::recalls;
use crate::extraction::tellings::Telling;
use crate::lexicon::Label;
use crate::mentions::Sentence;
use crate::model::{CivilDate, Evidence, Status};

/// The verbs beside which a day is that of the news.
pub(super) const ACTS: &[Label] =
    &[Label::Announce, Label::Say, Label::Give, Label::Receive, Label::Arrive, Label::Handover];

/// How many tokens behind a time that names no day its date may stand.
const APPOSITION: usize = 9;

/// Up to this token a time opens its sentence.
const OPENING: usize = 3;

/// So many sentences behind the first one that tells a package any day may be its own.
const CLOSE: usize = 2;

/// How many sentences of an article may give notice of a delivery.
const NOTICE: usize = 5;

impl Writer<'_> {
    /// The day of announcement: the day told beside it, else the article's own day where the giver
    /// itself speaks.
    pub(super) fn announced(
        &self,
        group: &Group,
        status: Status,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
        if status == Status::Proposed {
            let Some(day) = self.expected_day(group) else { return self.day_of_intent(group) };
            evidence.push(self.evidence("announced", day.span, "date.expected"));
            return day.date;
        }
        if let Some(day) = self.told_day(group, status) {
            evidence.push(self.evidence("announced", day.span, day.rule));
            return day.date;
        }
        if status == Status::Past {
            let year = told_year(group)?;
            evidence.push(self.evidence("announced", year.span, "date.year-word"));
            return year.year;
        }
        let tells_sum = |telling: &&Telling| telling.amount.is_some() || group.amount().is_none();
        let undated = group
            .tellings
            .iter()
            .filter(tells_sum)
            .flat_map(|telling| telling.days.iter().map(|day| (telling.sentence, day)))
            .any(|(sentence, day)| {
                let sentence = &self.document.sentences[sentence];
                day.names_no_day() && !day.is_later && !day.is_span && !self.is_spent(sentence, day)
            });
        if undated {
            return None;
        }
        if let Some(day) = self.day_of_the_event(group) {
            evidence.push(self.evidence("announced", day.span, "date.of-the-event"));
            return day.date;
        }
        let own_word = group.tellings.iter().any(|telling| telling.first_person);
        let of_today = own_word || self.document.is_release || self.document.is_live;
        // That something has arrived is told on the day of the notice.
        let early = group.tellings.iter().any(|telling| telling.sentence <= NOTICE);
        let notice = status == Status::Delivered && (group.in_title || early);
        let dated = self.document.dateline.is_some();
        self.document.published().filter(|_| of_today || notice || dated)
    }

    /// "The Government proposes", in its own release: the day on which it makes its plan public.
    fn day_of_intent(&self, group: &Group) -> Option<CivilDate> {
        let told = group.status().rule == "status.expected" && self.document.is_release;
        let names_no_day = |telling: &Telling| telling.days.iter().any(Day::names_no_day);
        let undated = group.tellings.iter().any(names_no_day);
        let day = self.day_of_the_event(group).map_or(self.document.published(), |day| day.date);
        day.filter(|_| told && !undated)
    }

    /// "a pledge of 977 million for this year", "is being put up this year", "promised 42 vehicles, the
    /// first of them this year": the time for which something is given, or in which it comes.
    fn is_spent(&self, sentence: &Sentence, day: &Day) -> bool {
        if day.at > 0 && sentence.is(Label::For, day.at - 1) {
            return true;
        }
        // "is to spend 500 million on military help this year"
        if day.year.is_some() && !day.is_earlier && !day.dates_act && day.at > OPENING {
            return true;
        }
        let verb = sentence.cues_in(&(0..day.at)).rfind(|cue| ACTS.contains(&cue.label));
        verb.is_some_and(|verb| {
            let comma = |at| sentence.is_sign(&self.document.article.text, at, &[","]);
            let modal = verb.tokens.start.saturating_sub(3)..verb.tokens.start;
            !day.is_earlier
                && (sentence.has_any(&[Label::Will, Label::Is], &modal)
                    || (verb.tokens.end..day.at).any(comma))
        })
    }
}

impl Writer<'_> {
    /// The day that a telling tells.
    fn told_day<'g>(&self, group: &'g Group, status: Status) -> Option<&'g Day> {
        let past = status == Status::Past;
        let recalled = self.recalled_day(group).map(|day| day.span);
        let fits = |day: &Day| fits(day, status) && Some(day.span) != recalled;
        if past && is_without_known_day(group, fits) {
            return None;
        }
        let told = group.tellings.iter().filter(|telling| {
            (!telling.is_title || group.tellings.len() == 1)
                && (past || telling.status.status != Status::Past)
        });
        // "Yesterday the President kept a promise. Today he is announcing $275 million": what is told of today
        // outweighs a day that was told before it.
        let published = self.document.published();
        let own = |telling: &&Telling| {
            !past
                && telling.amount.is_some()
                && telling.days.iter().any(|day| fits(day) && day.date == published)
        };
        // "Bercy indicated this Thursday", far behind the news: the day of what is only said of it.
        let lead = group.tellings.iter().find(|telling| !telling.is_title);
        let lead = lead.map_or(0, |telling| telling.sentence + CLOSE);
        let mut told = told.clone().filter(own).chain(told);
        told.find_map(|telling| {
            let open = past || telling.first_person || telling.sentence <= lead;
            let fits = |day: &Day| fits(day) && (open || day.dates_act);
            if past && is_without_day(&self.document.sentences[telling.sentence], telling) {
                return None;
            }
            // "On Tuesday it signed the contract for the launchers that it promised in April"
            let sentence = &self.document.sentences[telling.sentence];
            if past
                && orders_what_was_promised(sentence)
                && let Some(promised) = recalls::beside(self.document, sentence, None)
            {
                return telling.days.iter().find(|day| day.span == promised.span);
            }
            let days: Vec<&Day> = telling.days.iter().filter(|day| fits(day)).collect();
            let act: Vec<&Day> =
                days.iter().copied().filter(|day| day.dates_act || day.opens_sentence()).collect();
            let day = nearest(telling, &act).or_else(|| nearest(telling, &days))?;
            // "In September, on the 10th", "in 2017: one in June"
            let finer = |other: &&Day| other.date.is_some_and(|date| is_within(date, day.date));
            let finer: Vec<&Day> = days.iter().copied().filter(finer).collect();
            Some(nearest(telling, &finer).unwrap_or(day))
        })
    }
}

/// "Last year Kyiv was given 14 helicopters": the year alone, where no other time is told.
fn told_year(group: &Group) -> Option<&Day> {
    let recalled = |telling: &&Telling| !telling.is_title && telling.status.status == Status::Past;
    let mut days = group.tellings.iter().filter(recalled).flat_map(|telling| &telling.days);
    let only = days.next()?;
    (days.next().is_none() && only.year.is_some() && !only.is_span).then_some(only)
}

/// "In January he named what was on its way: an aircraft, expected in March": no day of these was read as that of
/// the act, if the weights alone say that it is recalled.
fn is_without_known_day(group: &Group, fits: impl Fn(&Day) -> bool) -> bool {
    let days = group.tellings.iter().flat_map(|telling| &telling.days).filter(|day| fits(day));
    let mut dates: Vec<CivilDate> = days.filter_map(|day| day.date).collect();
    dates.dedup();
    group.status().rule == WEIGHED && dates.len() > 1
}

/// "Last week, the government approved five more, besides those delivered in 2022": what the sentence
/// opens with names no day, and others date something else.
fn is_without_day(sentence: &Sentence, telling: &Telling) -> bool {
    let opening = telling.days.iter().find(|day| Some(day.span) == telling.status.span);
    opening.is_some_and(|opening| {
        // "One year ago, at the end of August 2020" does.
        let beside = |day: &Day| {
            let between = opening.at..day.at;
            let verb = sentence.has_any(ACTS, &between);
            day.date.is_some() && between.len() <= APPOSITION && !verb
        };
        opening.date.is_none() && opening.opens_sentence() && !telling.days.iter().any(beside)
    })
}

/// Whether a day can be that of a package of this status.
fn fits(day: &Day, status: Status) -> bool {
    let Some(date) = day.date else { return false };
    let recent = date.is_day() && !day.is_earlier && !day.is_later;
    !day.is_span
        && match status {
            Status::Past => true,
            Status::Withdrawn => date.is_day() && !day.is_later,
            _ => recent,
        }
}

/// Whether a day lies in a month, or a month in a year.
fn is_within(fine: CivilDate, coarse: Option<CivilDate>) -> bool {
    coarse.is_some_and(|coarse| {
        let within = coarse.first_day() <= fine.first_day() && fine.last_day() <= coarse.last_day();
        let month = coarse.month_number().is_some();
        let finer = if month { fine.is_day() } else { fine.month_number().is_some() };
        finer && !coarse.is_day() && within
    })
}

/// Of several days the one that stands nearest to the sum, or to the first thing that is given.
fn nearest<'d>(telling: &Telling, days: &[&'d Day]) -> Option<&'d Day> {
    let sum = telling.amount.as_ref().map(|amount| amount.span);
    let told = sum.or_else(|| telling.items.first().map(|item| item.span));
    let distance = |day: &&&Day| {
        told.map_or(0, |span| {
            // What stands behind the sum mostly dates something else.
            let behind = day.span.start.saturating_sub(span.end);
            2 * behind + span.start.saturating_sub(day.span.end)
        })
    };
    days.iter().min_by_key(distance).copied()
}
