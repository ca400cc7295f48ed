//! The rules' own words for what a cue of a language means; `lexicon/lang/` gives each its forms.

use crate::model::closed_set;

closed_set! {
    /// What a cue of a language means to the rules. The labels of verbs take five inflections, in
    /// the order of [`Inflection`].
    Label {
        /// To hand something to somebody: the subject gives.
        Give = "verb.give",
        /// To make a gift public or to decide on it: the subject gives or speaks for the giver.
        Announce = "verb.announce",
        /// To be given something: the subject receives.
        Receive = "verb.receive",
        /// To say.
        Say = "verb.say",
        /// To ask for something, to need it.
        Request = "verb.request",
        /// To plan, to weigh, to prepare: nothing is firm yet.
        Expect = "verb.expect",
        /// To hold back, to cancel, to refuse.
        Withdraw = "verb.withdraw",
        /// To reach the receiver.
        Arrive = "verb.arrive",
        /// To come or to be due, said of things: no act by itself, but what is told of "ten more".
        Come = "verb.come",
        /// To buy: a giver where a receiver is named.
        Buy = "verb.buy",
        /// To thank somebody for a gift.
        Thank = "verb.thank",
        /// Visits and travels: what stands behind "to" is a place.
        Visit = "visit",
        /// Words that head a giver's own release: "press release", "statement by".
        Release = "release",
        /// The handing over as an event: "ceremony", "keys".
        Handover = "handover",
        /// To have as contents.
        Include = "verb.include",
        /// To sell, to buy, to order from industry.
        Trade = "verb.trade",
        /// To use one's own forces: to deploy, to exercise, to train.
        OwnUse = "verb.own-use",
        /// To lose, to destroy, to capture, to shoot down.
        Lose = "verb.lose",
        /// Forms of "to be".
        Be = "be",
        /// "is", "are": what is told now, or still to be done.
        Is = "be.present",
        /// Forms of "to have", and "there is": what follows is told to be there.
        Have = "have",
        /// "had", before a participle: done before what is told.
        Had = "had",
        /// "will", "shall", "is to".
        Will = "will",
        /// "would", "could", "may", "might".
        Would = "would",
        /// "not", "no", "never".
        Not = "not",
        /// "to" and its like before a receiver.
        To = "to",
        /// "for".
        For = "for",
        /// "from", "out of".
        From = "from",
        /// "by", "on behalf of" before the one who acts.
        By = "by",
        /// "of".
        Of = "of",
        /// Behind the one to whom something belongs: "'s".
        Genitive = "genitive",
        /// "in", "at", "on", "near": place or time.
        In = "in",
        /// Verbs that give nothing with the noun or particle behind them: "give up", "send a signal".
        Idiom = "idiom",
        /// What a thing is for or only measured by, so that it is not given: "against", "to repair",
        /// "the number of".
        Against = "against",
        /// "with".
        With = "with",
        /// A word that opens a new clause: "which", "while", "bringing".
        Clause = "clause",
        /// "and", "or", "as well as", "plus".
        And = "and",
        /// "we", "our", "I", "my".
        We = "we",
        /// "the", "this", "its", "associated": something that was told before, or belongs to it.
        Definite = "definite",
        /// "it", "they": what was named before; with a value so many states: "the two countries".
        It = "it",
        /// "each": the sum holds for every giver named.
        Each = "each",
        /// "a", "an".
        Indefinite = "indefinite",
        /// "another", "additional", "new".
        New = "new",
        /// Words for a package as such: "package", "tranche", "shipment".
        PackageNoun = "noun.package",
        /// Words for a package that may bear an ordinal.
        SequenceNoun = "noun.sequence",
        /// "number", "No." before the number of a package.
        NumberSign = "number.sign",
        /// Those who vote money.
        Parliament = "money.parliament",
        /// Words for help as such: "aid", "assistance", "support".
        AidNoun = "noun.aid",
        /// Says that help is military.
        Military = "kind.military",
        /// Says that help is for budgets, economies, energy.
        Financial = "kind.financial",
        /// Says that help is for people.
        Humanitarian = "kind.humanitarian",
        /// Says that one sum is for military and other help.
        Mixed = "kind.mixed",
        /// Companies and industry: the adjective before it says where they are, and gives nothing.
        Industry = "noun.industry",
        /// Ministries and governments: "in" and a capital behind it name the giver.
        Office = "noun.office",
        /// Armed forces as receivers: "army", "armed forces".
        Forces = "noun.forces",
        /// Help for police or border guards; with a value, they themselves as receivers.
        Civil = "kind.civil",
        /// Before a sum over several packages: "bringing the total to".
        TotalBefore = "total.before",
        /// To have as armament: what stands behind it is mounted on what stands before it.
        Bear = "verb.bear",
        /// Says of a vehicle before it that it moves other things: "flights", "loaded with".
        Carriage = "carriage",
        /// To let somebody else give what was once bought: the subject is no giver.
        Permit = "permit",
        /// To bring a total to a height.
        Raise = "verb.raise",
        /// A whole year: money that "was given last year" is a sum over it.
        Year = "total.year",
        /// Words for a sum that need another sign of a cumulative one: "a total of".
        TotalWeak = "total.weak",
        /// After such a sum: "so far", "to date".
        TotalAfter = "total.after",
        /// Words that end in a preposition but name no receiver: "according to".
        Source = "source",
        /// Opens a line that tells where the news is from: "Source: the government, on Tuesday".
        SourceLine = "source.line",
        /// Beginning of a span of time: "since".
        Since = "since",
        /// A yearly or many-year frame, a ceiling, a budget.
        Frame = "money.frame",
        /// Money that a parliament votes or is asked for.
        Appropriation = "money.appropriation",
        /// Authority or money that is left.
        Remaining = "money.remaining",
        /// Only said of what is given for nothing: "donation", "aid", "free of charge".
        Gift = "sign.gift",
        /// Sales and contracts.
        Sale = "money.sale",
        /// Sales named as such: no gift, whatever verb stands beside them.
        SaleStrong = "money.sale-strong",
        /// Loans.
        Loan = "money.loan",
        /// The price of one piece.
        UnitPrice = "money.unit",
        /// To have a price: "cost".
        Cost = "verb.cost",
        /// What it costs the giver to replace the gift, and what it gets in exchange: "fills the gap".
        Replacement = "money.replacement",
        /// Money for the giver's own industry or forces.
        Domestic = "money.domestic",
        /// Gifts of private people, volunteers, collections.
        Private = "money.private",
        /// Damage, profits, fines and other money that is no help.
        OtherMoney = "money.other",
        /// A share of a sum: "of which", "including".
        Share = "share",
        /// Turns of speech whose words mean nothing on their own: "on the other hand", "press briefing".
        /// They keep their words from being cues, and "thus" from being a day.
        Aside = "aside",
        /// "sorry", "I mean": what was said right before is taken back; with a value, what an earlier text
        /// said.
        Corrected = "correction",
        /// Says that a sum repeats the one before in another currency.
        Conversion = "conversion",
        /// Says that something was told or given before: "earlier", "previously", "recalled".
        Earlier = "earlier",
        /// What stands behind it was given before: "on top of", "follows".
        EarlierAfter = "earlier.after",
        /// What it opens is an act of its own beside those told before: "separately", "in addition".
        Separate = "separate",
        /// "the largest": with "to date" it compares with what was given before, and counts nothing up.
        Superlative = "superlative",
        /// Says that a gift answers another one: "in return", "makes up for".
        Return = "return",
        /// To put somebody into a position to do something: "will help the army of Albania to equip".
        Enable = "verb.enable",
        /// To have no more use for a thing: who says so of what is given gives it.
        Spares = "owner.spares",
        /// To head a group or a fund: its head is no giver and no receiver by that.
        Lead = "verb.lead",
        /// What several states pay into: the name before "initiative" says whose idea it was.
        Venture = "noun.venture",
        /// Between ammunition and what fires it.
        FiredBy = "fired-by",
        /// Sources that are not named.
        Unnamed = "unnamed",
        /// Only hoped for or asked of others: "wish list", "calls on".
        Wish = "wish",
        /// Attacks and the enemy's weapons.
        Attack = "attack",
        /// An alliance or group without names: "allies and partners". No rule asks for it: the actor
        /// with such a name is in `actors.tsv`; here its words are kept out of the names of items.
        Group = "group",
        /// Number words, with their value.
        Number = "number",
        /// Powers of ten, with their value.
        Scale = "number.scale",
        /// One half, a quarter.
        Fraction = "number.fraction",
        /// "and a half", "½", behind a number or its power of ten.
        FractionMore = "number.fraction-more",
        /// Ordinal words, with their value.
        Ordinal = "number.ordinal",
        /// Endings of ordinals in digits: "41st".
        OrdinalEnding = "number.ordinal-ending",
        /// Quantities without a figure: "hundreds of", "several".
        Vague = "number.vague",
        /// "about".
        About = "qualifier.about",
        /// "up to".
        UpTo = "qualifier.up-to",
        /// "more than".
        MoreThan = "qualifier.more-than",
        /// "at least".
        AtLeast = "qualifier.at-least",
        /// "or more", behind a figure.
        OrMore = "qualifier.or-more",
        /// "between", "ranging from", before the low end of a range.
        Between = "qualifier.between",
        /// "worth of", "in", between a sum and what it is for.
        Worth = "worth",
        /// What numbers count that is no materiel: people, countries, kilometres. It keeps its
        /// words out of the names of items.
        Counted = "counted",
        /// What cannot be handed over, in the plural: services, losses, ideas. A word of a list that is
        /// known for no thing is none by it; in the name of a thing it may stand.
        Abstract = "noun.abstract",
        /// "percent".
        Percent = "percent",
        /// "mm", "calibre".
        Calibre = "calibre",
        /// "types of" and its like: a number before it counts kinds. It keeps its words out of the
        /// names of items.
        Kinds = "kinds",
        /// Months, with their number.
        Month = "date.month",
        /// Days of the week, 0 for Monday.
        Weekday = "date.weekday",
        /// "today", "yesterday", with the days to add.
        RelativeDay = "date.relative",
        /// A year in words behind a month, with the years to add to the article's own: "last year";
        /// without a value the year told before: "of that year".
        YearWord = "date.year-word",
        /// The article's own month or one before it, in words, with the months to add: "last month";
        /// without a value the month told before: "the same month".
        MonthWord = "date.month-word",
        /// "a day later", "on the same day": days counted from the day told before.
        ToldDay = "date.told",
        /// "the following year": years counted from the time told before.
        ToldYear = "date.told-year",
        /// "later", "before that", behind months and years that they count from the time told before, with 1
        /// or -1.
        Afterwards = "date.afterwards",
        /// The end of a span of time: "until".
        Until = "until",
        /// "last", "next" before a day of the week or a month, with -1 or 1.
        DateShift = "date.shift",
        /// "ago", "before", "earlier", behind the time that they count back.
        Ago = "date.ago",
        /// What completes a verb of giving that needs it: "available" behind "make".
        Complement = "verb.complement",
        /// Who is named behind it acts along: "jointly", "in cooperation" before "with", "joined".
        Joint = "joint",
        /// What states sign with each other: "agreement".
        Accord = "noun.accord",
        /// Units of time, with their days.
        TimeUnit = "date.unit",
        /// Times that name no day: "recently", "last week", "in the coming days"; -1 before the
        /// article, 1 after it, 0 either by the verb beside it, and without a value as likely
        /// today.
        Undated = "date.undated",
        /// After a hyphen: "-made", "-era": the adjective before it names an origin, no actor.
        Made = "made",
        /// Names what a sentence is about: "in the case of", "as for".
        Topic = "topic",
        /// Words before a list of contents: "namely", "as follows".
        ListIntro = "list.intro",
    }
}

/// The inflection of a verb, by its place in the lexicon's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inflection {
    /// "give"
    Base,
    /// "gives"
    Third,
    /// "gave"
    Past,
    /// "given"
    Participle,
    /// "giving"
    Gerund,
}

impl Inflection {
    /// "gave" or "given": many verbs have one form for both.
    pub const fn is_past_form(self) -> bool {
        matches!(self, Self::Past | Self::Participle)
    }

    /// The inflection that stands at this place of a line; further places are for "to be", as in "are
    /// given", "were given", "am given".
    pub const fn at(slot: u8) -> Self {
        match slot {
            1 => Self::Third,
            2 | 6 => Self::Past,
            3 => Self::Participle,
            4 => Self::Gerund,
            _ => Self::Base,
        }
    }
}
