//! Which tellings are one package, which are two, and which a person should see.

use super::ruling::ruled;
use super::*;
use crate::ledger::{Library, Order, Placed};
use crate::model::{CivilDate, Filter, PackageId, Placement, Stage, Standing};

/// What became of the last telling: a letter for its placement, and its package.
fn outcome(placed: &Placed) -> String {
    let letter = match placed.placement {
        Placement::New { .. } if placed.standing == Standing::Pending => "waits",
        Placement::New { .. } => "new",
        Placement::Further { .. } => "further",
        Placement::Doubtful { .. } => "doubtful",
    };
    format!("{letter} {}", placed.package.unwrap())
}

/// One telling of a story.
#[derive(Clone)]
struct Line {
    published: &'static str,
    announced: &'static str,
    millions: i64,
    status: Status,
    mechanism: Option<&'static str>,
    sequence: Option<u32>,
    items: &'static [&'static str],
}

/// An announcement of 400 million.
const LINE: Line = Line {
    published: "2022-11-11",
    announced: "",
    millions: 400,
    status: Status::Announced,
    mechanism: None,
    sequence: None,
    items: &[],
};

/// Tells a story line by line; 0 millions stands for no amount.
fn story(lines: &[Line]) -> (Ledger, Vec<String>) {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut outcomes = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let recorded = tell(&mut ledger, &format!("{number}:"), line.published, |claim| {
            claim.announced = line.announced.parse().ok();
            claim.amount = Some(dollars(line.millions)).filter(|_| line.millions > 0);
            claim.status = line.status;
            claim.mechanism = line.mechanism.map(str::to_owned);
            claim.sequence = line.sequence;
            claim.items = line.items.iter().map(|system| item(system, None)).collect();
        });
        outcomes.push(outcome(&recorded.placed[0]));
    }
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
    (ledger, outcomes)
}

fn outcomes(lines: &[Line]) -> Vec<String> {
    story(lines).1
}

#[test]
fn the_same_sum_a_week_later_is_another_package() {
    let april = |day| Line { millions: 800, announced: day, published: day, ..LINE };
    assert_eq!(outcomes(&[april("2022-04-13"), april("2022-04-21")]), ["new P1", "new P2"]);
    let days = ["2022-07-22", "2022-09-15", "2022-11-10", "2022-11-23", "2023-03-03", "2023-07-25"];
    let six: Vec<Line> =
        days.iter().map(|day| Line { announced: day, published: day, ..LINE }).collect();
    assert_eq!(outcomes(&six), ["new P1", "new P2", "new P3", "new P4", "new P5", "new P6"]);
}

#[test]
fn the_same_sum_within_days_is_the_same_package() {
    assert_eq!(
        outcomes(&[
            Line { announced: "2022-11-10", ..LINE },
            Line { published: "2022-11-12", ..LINE },
            Line { announced: "2022-11-11", published: "2022-11-20", ..LINE },
        ]),
        ["new P1", "further P1", "further P1"]
    );
}

#[test]
fn what_is_too_far_for_one_and_too_near_for_two_is_doubtful() {
    let lines = [
        Line { announced: "2022-11-10", ..LINE },
        Line { announced: "2022-11-15", published: "2022-11-16", ..LINE },
    ];
    let (ledger, found) = story(&lines);
    assert_eq!(found, ["new P1", "doubtful P2"]);
    let detail = ledger.package(PackageId(2)).unwrap().unwrap();
    assert_eq!(detail.package.standing, Standing::Pending);
    assert_eq!(detail.maybe, Some(PackageId(1)));
    assert_eq!(
        detail.pending_reason.as_deref(),
        Some(
            "may be P1: same donors and recipients, same amount, dates too vague or too far apart \
             to be sure (score 10)"
        )
    );
}

#[test]
fn another_mechanism_sequence_or_kind_of_aid_is_another_package() {
    let route = |mechanism| Line { mechanism: Some(mechanism), ..LINE };
    assert_eq!(outcomes(&[route("PDA"), route("USAI")]), ["new P1", "new P2"]);
    assert_eq!(
        outcomes(&[route("PDA"), LINE, route("PDA")]),
        ["new P1", "further P1", "further P1"]
    );
    let numbered = |sequence, millions, published| Line {
        sequence: Some(sequence),
        millions,
        published,
        mechanism: Some("PDA"),
        ..LINE
    };
    assert_eq!(
        outcomes(&[
            numbered(25, 400, "2022-11-11"),
            numbered(26, 400, "2022-11-11"),
            numbered(25, 0, "2023-11-11"),
            numbered(25, 300, "2022-11-12"),
        ]),
        ["new P1", "new P2", "further P1", "doubtful P3"]
    );
}

#[test]
fn a_recalled_package_joins_the_one_that_it_recalls_in_either_order() {
    let announced = Line { announced: "2022-11-10", ..LINE };
    let recalled = Line { published: "2022-12-20", status: Status::Past, ..LINE };
    let totals = |ledger: &Ledger| {
        let packages = ledger.packages(&Filter::default()).unwrap();
        packages.iter().map(|p| (p.announced, p.standing, p.sources.len())).collect::<Vec<_>>()
    };
    let (forward, found) = story(&[announced.clone(), recalled.clone()]);
    assert_eq!(found, ["new P1", "further P1"]);
    let (backward, found) = story(&[recalled, announced]);
    assert_eq!(found, ["waits P1", "further P1"]);
    assert_eq!(totals(&forward), totals(&backward));
    let day: CivilDate = "2022-11-10".parse().unwrap();
    assert_eq!(totals(&forward), [(Some(day), Standing::Accepted, 2)]);
}

#[test]
fn a_recalled_package_that_nothing_tells_waits() {
    let recalled = Line { status: Status::Past, ..LINE };
    let (ledger, found) = story(&[Line { published: "2022-05-01", ..LINE }, recalled]);
    assert_eq!(found, ["new P1", "waits P2"]);
    let reason = ledger.package(PackageId(2)).unwrap().unwrap().pending_reason.unwrap();
    assert_eq!(reason, "only recalled: no package of this amount in the 60 days before");
}

#[test]
fn a_recall_that_fits_two_packages_is_doubtful() {
    let lines = [
        Line { announced: "2022-11-10", published: "2022-11-10", ..LINE },
        Line { announced: "2022-11-23", published: "2022-11-23", ..LINE },
        Line { published: "2022-12-20", status: Status::Past, ..LINE },
    ];
    assert_eq!(outcomes(&lines), ["new P1", "new P2", "doubtful P3"]);
    let [first, second, recalled] = lines;
    let again = Line { published: "2022-12-21", ..recalled.clone() };
    let told = [first, second, recalled, again];
    assert_eq!(outcomes(&told), ["new P1", "new P2", "doubtful P3", "further P3"]);
}

#[test]
fn a_plan_and_its_announcement_are_one_package_that_changes_stage() {
    let plan = Line { published: "2022-11-02", status: Status::Proposed, ..LINE };
    let announced = Line { announced: "2022-11-10", ..LINE };
    for lines in [[plan.clone(), announced.clone()], [announced, plan.clone()]] {
        let (ledger, found) = story(&lines);
        assert_eq!(found, ["new P1", "further P1"]);
        let package = ledger.package(PackageId(1)).unwrap().unwrap().package;
        assert_eq!(package.stage, Stage::Announced);
        assert_eq!(package.announced, "2022-11-10".parse().ok());
    }
    let late = Line { announced: "2022-12-10", published: "2022-12-10", ..LINE };
    assert_eq!(outcomes(&[plan, late]), ["new P1", "new P2"]);
}

#[test]
fn a_handover_changes_the_stage_and_an_earlier_word_does_not_take_it_back() {
    let (ledger, found) = story(&[
        Line { announced: "2022-11-10", ..LINE },
        Line { published: "2022-12-24", status: Status::Delivered, ..LINE },
        Line { published: "2022-11-12", ..LINE },
    ]);
    assert_eq!(found, ["new P1", "further P1", "further P1"]);
    assert_eq!(ledger.package(PackageId(1)).unwrap().unwrap().package.stage, Stage::Delivered);
}

#[test]
fn without_an_amount_the_items_must_speak_for_it() {
    let items: &[&str] = &["hawk", "avenger", "stinger"];
    let told = Line { items, ..LINE };
    let unpriced = |items| Line { millions: 0, items, ..LINE };
    assert_eq!(outcomes(&[told.clone(), unpriced(&["hawk", "stinger"])]), ["new P1", "further P1"]);
    assert_eq!(outcomes(&[told.clone(), unpriced(&["leopard-2"])]), ["new P1", "new P2"]);
    assert_eq!(outcomes(&[told.clone(), unpriced(&[])]), ["new P1", "doubtful P2"]);
    let months_later = Line { published: "2023-02-11", ..unpriced(&["hawk", "stinger"]) };
    assert_eq!(outcomes(&[told, months_later]), ["new P1", "new P2"]);
}

#[test]
fn what_one_article_tells_apart_stays_apart() {
    let mut ledger = Ledger::in_memory().unwrap();
    let text = "$400 million for tanks, another $400 million for shells";
    let mut second = claim(text, 400, "");
    second.items = vec![item("shell", None)];
    let claims = with_claims(vec![claim(text, 400, ""), second]);
    let article = article(text, "2022-11-11");
    let recorded = ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW).unwrap();
    let found: Vec<String> = recorded.placed.iter().map(outcome).collect();
    assert_eq!(found, ["new P1", "new P2"]);
}

#[test]
fn other_parties_are_another_package_and_missing_ones_wait() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A", "2022-11-11", |_| {});
    let mut next = |text: &str, donors: &[&str], recipients: &[&str]| {
        let own = |actors: &[&str]| actors.iter().map(|&actor| actor.to_owned()).collect();
        let recorded = tell(&mut ledger, text, "2022-11-11", |claim| {
            (claim.donors, claim.recipients) = (own(donors), own(recipients));
        });
        outcome(&recorded.placed[0])
    };
    assert_eq!(next("B", &["US"], &["PL"]), "new P2");
    assert_eq!(next("C", &["US", "GB"], &["UA"]), "new P3");
    assert_eq!(next("D", &["GB", "US"], &["UA"]), "further P3");
    assert_eq!(next("E", &[], &["UA"]), "waits P4");
    assert_eq!(next("F", &["US"], &[]), "waits P5");
}

#[test]
fn a_recall_that_names_only_the_year_finds_the_package_in_either_order() {
    let announced = Line { announced: "2022-02-25", published: "2022-02-25", ..LINE };
    let recalled =
        Line { announced: "2022", published: "2023-06-01", status: Status::Past, ..LINE };
    assert_eq!(outcomes(&[announced.clone(), recalled.clone()]), ["new P1", "further P1"]);
    assert_eq!(outcomes(&[recalled.clone(), announced.clone()]), ["waits P1", "further P1"]);
    let before = Line { announced: "2021-12-25", published: "2021-12-25", ..LINE };
    let (ledger, found) = story(&[before, recalled]);
    assert_eq!(found, ["new P1", "waits P2"]);
    let reason = ledger.package(PackageId(2)).unwrap().unwrap().pending_reason.unwrap();
    assert_eq!(reason, "only recalled: no package of this amount near 2022");
}

/// A sheet of three rows: a package of two, and one of its own.
fn sheet(ledger: &mut Ledger) -> Recorded {
    let text = "first million\nsecond million\nthird million";
    let mut head = claim(text, 400, "2022-11-10");
    head.items = vec![item("javelin", Some(10))];
    let mut next = Claim { amount: None, continues: true, ..head.clone() };
    next.items = vec![item("javelin", Some(5)), item("hawk", None)];
    let other = claim(text, 50, "2022-12-20");
    let article = article(text, "");
    let rows = with_claims(vec![head, next, other]);
    ledger.record(text.as_bytes(), &article, &rows, POLICY, NOW).unwrap()
}

fn official(ledger: &mut Ledger) -> Recorded {
    tell(ledger, "The ministry:", "2022-11-11", |claim| {
        claim.announced = "2022-11-10".parse().ok();
        claim.mechanism = Some("PDA".to_owned());
        claim.items = vec![item("hawk", Some(8))];
    })
}

#[test]
fn a_row_that_goes_on_with_a_package_is_a_telling_of_it_wherever_it_goes() {
    let (mut early, mut late) = (Ledger::in_memory().unwrap(), Ledger::in_memory().unwrap());
    let outcomes: Vec<String> = sheet(&mut early).placed.iter().map(outcome).collect();
    assert_eq!(outcomes, ["new P1", "further P1", "new P2"]);
    official(&mut early);
    official(&mut late);
    sheet(&mut late);
    for ledger in [&early, &late] {
        let packages = ledger.packages(&Filter::default()).unwrap();
        assert_eq!(packages.len(), 2);
        let package = &packages[0];
        let mut items: Vec<String> = package
            .items
            .iter()
            .map(|item| format!("{} {:?}", item.name, item.quantity.map(Bounds::figure)))
            .collect();
        items.sort();
        assert_eq!(items, ["HAWK Some(8)", "JAVELIN Some(10)", "JAVELIN Some(5)"]);
        assert_eq!(
            (package.amount, package.mechanism.as_deref()),
            (Some(dollars(400)), Some("PDA"))
        );
        assert_eq!(ledger.tellings(package.id, &mut Library::default()).unwrap().len(), 3);
        assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
    }
}

/// An article of these words, which tells so many millions, or none.
fn in_words(ledger: &mut Ledger, words: &str, day: &str, millions: Option<i64>) -> Recorded {
    let article = article(words, day);
    let mut claim = claim(words, 1, day);
    claim.amount = millions.map(dollars);
    let span = Span::new(0, words.find('\n').unwrap_or(words.len()));
    let quote = span.of(words).to_owned();
    let (field, rule) = ("donor".to_owned(), "test".to_owned());
    claim.evidence.push(Evidence { field, span, quote, rule });
    ledger.record(words.as_bytes(), &article, &with_claims(vec![claim]), POLICY, NOW).unwrap()
}

#[test]
fn what_fits_two_alike_is_that_one_which_is_told_in_the_same_words() {
    let (one, other) = (
        "Washington made known that it gives arms worth 400 million dollars to Kyiv this very week",
        "Arms worth 400 million dollars go to Kyiv, said officials who asked not to be named at all",
    );
    for (copied, package) in [(one, 1), (other, 2)] {
        for later in ["\nFrom our office.", "\nBy an agency."] {
            let mut ledger = Ledger::in_memory().unwrap();
            in_words(&mut ledger, one, "2022-11-10", Some(400));
            in_words(&mut ledger, other, "2022-11-16", Some(400));
            ruled(&mut ledger, &Order::NotSame(vec![PackageId(1), PackageId(2)]));
            let text = format!("{copied}{later}");
            let told = in_words(&mut ledger, &text, "2022-11-13", Some(400));
            assert_eq!(told.placed[0].package, Some(PackageId(package)));
            let Placement::Further { reason, .. } = &told.placed[0].placement else { panic!() };
            assert!(reason.contains("in the same words"), "{reason}");
        }
    }
}

#[test]
fn a_copy_is_the_same_though_it_names_no_sum_and_a_few_common_words_are_no_copy() {
    let long =
        "Berlin said on that day that millions worth of further things of war go to Kyiv at once";
    for (words, expected) in [(long, 1), ("A million things go to Kyiv", 2)] {
        let mut ledger = Ledger::in_memory().unwrap();
        in_words(&mut ledger, &format!("{words}\nA."), "2022-11-10", Some(400));
        in_words(&mut ledger, &format!("{words}\nB."), "2022-11-11", None);
        assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), expected, "{words}");
    }
}

#[test]
fn what_is_handed_over_weeks_later_without_a_sum_may_be_what_was_announced_in_any_order() {
    let marders = |ledger: &mut Ledger, number: usize| {
        let (text, day, status, count) = [
            ("A:", "2023-01-09", Status::Announced, 40),
            ("B:", "2023-02-09", Status::Delivered, 20),
            ("C:", "2023-03-06", Status::Delivered, 40),
        ][number];
        tell(ledger, text, day, |claim| {
            claim.amount = claim.amount.filter(|_| status == Status::Announced);
            (claim.status, claim.announced) = (status, day.parse().ok());
            claim.items = vec![item("marder", Some(count))];
        });
    };
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut ledger = Ledger::in_memory().unwrap();
        for number in order {
            marders(&mut ledger, number);
        }
        let waiting = ledger.waiting(&Filter::default()).unwrap();
        let counts = ledger.packages(&Filter::default()).unwrap();
        let counts = counts.iter().filter(|one| one.standing == Standing::Accepted);
        assert_eq!((waiting.len(), counts.count()), (2, 1), "{order:?}");
        let whole = waiting[0].maybe.unwrap();
        let parts = waiting.iter().map(|one| one.package.id).collect();
        ruled(&mut ledger, &Order::Merge(whole, parts));
        let detail = ledger.package(whole).unwrap().unwrap();
        let stages: Vec<String> = detail
            .stages
            .iter()
            .map(|one| format!("{} {} {}", one.stage, one.day, one.in_part))
            .collect();
        let expected = [
            "announced 2023-01-09 false",
            "delivered 2023-02-09 true",
            "delivered 2023-03-06 false",
        ];
        assert_eq!(stages, expected, "{order:?}");
        let quantity = detail.package.items[0].quantity.map(Bounds::figure);
        assert_eq!(quantity, Some(Decimal::from(40)));
        assert!(detail.fields.iter().all(|field| !field.is_conflict()), "{order:?}");
    }
}
