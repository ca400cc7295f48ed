//! What is told of a package when it was announced long ago, and what joins tellings that share their words.

use super::ruling::ruled;
use super::*;
use crate::ledger::{Order, PackageDetail, Placed};
use crate::model::{Check, Correction, Filter, PackageId, Placement, Stage, Standing};

/// Tells of things without a sum, the article in words of its own.
fn give(ledger: &mut Ledger, text: &str, day: &str, change: impl FnOnce(&mut Claim)) -> Placement {
    let recorded = tell(ledger, text, day, |claim| {
        (claim.amount, claim.announced) = (None, day.parse().ok());
        change(claim);
    });
    recorded.placed[0].placement.clone()
}

fn detail(ledger: &Ledger, package: u64) -> PackageDetail {
    ledger.package(PackageId(package)).unwrap().unwrap()
}

/// Which package it may be; `None` where it is new.
fn maybe(placement: &Placement) -> Option<u64> {
    match placement {
        Placement::Doubtful { package, .. } => package.map(|package| package.0),
        Placement::New { .. } => None,
        Placement::Further { .. } => panic!("{placement:?}"),
    }
}

#[test]
fn what_is_handed_over_months_later_may_be_what_was_promised() {
    let mut ledger = Ledger::in_memory().unwrap();
    let tanks = |number| vec![item("leopard-2", number), item("marder", Some(40))];
    give(&mut ledger, "Promised", "2023-01-25", |claim| claim.items = tanks(Some(14)));
    let mut handed = |text: &str, day: &str, items: Vec<Item>| {
        let given = give(&mut ledger, text, day, |claim| {
            claim.items = items;
            claim.status = Status::Delivered;
        });
        maybe(&given)
    };
    let one = |system: &str, number| vec![item(system, number)];
    assert_eq!(handed("A part", "2023-09-01", one("leopard-2", Some(10))), Some(1));
    assert_eq!(handed("Some", "2024-03-01", one("marder", None)), Some(1));
    assert_eq!(handed("More than that", "2023-12-20", one("leopard-2", Some(18))), None);
    assert_eq!(handed("Other things", "2023-11-01", one("gepard", Some(3))), None);
    let beside = vec![item("marder", Some(4)), item("gepard", Some(3))];
    assert_eq!(handed("Other things beside", "2023-12-15", beside), None);
    assert_eq!(handed("Years later", "2026-06-01", one("leopard-2", Some(2))), None);
    assert_eq!(handed("Before", "2022-11-01", one("leopard-2", Some(4))), None);
}

#[test]
fn what_was_handed_over_counts_once_when_its_promise_is_read_later() {
    let mut ledger = Ledger::in_memory().unwrap();
    let handed = give(&mut ledger, "Arrived", "2023-09-01", |claim| {
        claim.items = vec![item("leopard-2", Some(10))];
        claim.status = Status::Delivered;
    });
    assert_eq!(maybe(&handed), None);
    give(&mut ledger, "Promised", "2023-01-25", |claim| {
        claim.items = vec![item("leopard-2", Some(14))];
    });
    assert_eq!(detail(&ledger, 1).maybe, Some(PackageId(2)));
    assert_eq!(detail(&ledger, 1).package.standing, Standing::Pending);
    ruled(&mut ledger, &Order::Merge(PackageId(2), vec![PackageId(1)]));
    let whole = detail(&ledger, 2);
    assert_eq!(whole.package.items[0].quantity.map(Bounds::figure), Some(Decimal::from(14)));
    let stages: Vec<(Stage, bool)> =
        whole.stages.iter().map(|reached| (reached.stage, reached.in_part)).collect();
    assert_eq!(stages, [(Stage::Announced, false), (Stage::Delivered, true)]);
}

#[test]
fn what_names_the_announcement_is_told_of_it_however_much_later() {
    for is_read_first in [true, false] {
        let mut ledger = Ledger::in_memory().unwrap();
        for is_end in [is_read_first, !is_read_first] {
            let day = if is_end { "2026-03-20" } else { "2022-11-04" };
            tell(&mut ledger, if is_end { "Arrived: $400" } else { "A: $400" }, day, |claim| {
                claim.announced = day.parse().ok();
                if is_end {
                    (claim.status, claim.recalls) = (Status::Delivered, "2022-11".parse().ok());
                }
            });
        }
        tell(&mut ledger, "Arrived too: $400", "2026-03-20", |claim| {
            claim.announced = "2026-03-20".parse().ok();
            (claim.status, claim.recalls) = (Status::Delivered, "2022-09".parse().ok());
        });
        assert_eq!(detail(&ledger, 1).tellings.len(), 2);
    }
}

#[test]
fn a_correction_of_what_a_handover_names_is_found_however_much_later() {
    // It comes some days after what it corrects, and bears its own day.
    for recalls in ["2022-10", "2022-10-30"] {
        for is_end_first in [true, false] {
            let mut ledger = Ledger::in_memory().unwrap();
            for is_end in [is_end_first, !is_end_first] {
                let day = if is_end { "2026-03-20" } else { "2022-11-04" };
                tell(&mut ledger, if is_end { "Arrived: $400" } else { "A: $400" }, day, |claim| {
                    claim.announced = day.parse().ok();
                    if is_end {
                        (claim.status, claim.recalls) = (Status::Delivered, recalls.parse().ok());
                    } else {
                        claim.corrects = Some(Correction { amount: None });
                    }
                });
            }
            assert_eq!(detail(&ledger, 1).tellings.len(), 2, "{recalls} {is_end_first}");
        }
    }
}

#[test]
fn an_equal_sum_handed_over_long_after_is_doubtful() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "Announced", "2022-11-10", |_| {});
    let handed = tell(&mut ledger, "Handed over", "2023-06-10", |claim| {
        claim.status = Status::Delivered;
    });
    assert_eq!(maybe(&handed.placed[0].placement), Some(1));
    let other = tell(&mut ledger, "Another sum", "2023-06-11", |claim| {
        (claim.amount, claim.status) = (Some(dollars(390)), Status::Delivered);
    });
    assert_eq!(maybe(&other.placed[0].placement), None);
}

#[test]
fn a_contract_for_what_was_promised_is_a_stage_of_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, "Promised", "2024-04-17", |claim| {
        claim.items = vec![item("nasams", Some(4))];
    });
    let contract = give(&mut ledger, "Signed", "2024-06-12", |claim| {
        (claim.status, claim.announced) = (Status::Past, "2024-04".parse().ok());
        claim.items = vec![item("nasams", Some(4))];
        claim.contracted = "2024-06-11".parse().ok();
    });
    assert!(matches!(contract, Placement::Further { package: PackageId(1), .. }), "{contract:?}");
    let package = detail(&ledger, 1);
    assert_eq!(package.package.stage, Stage::Contracted);
    let stages: Vec<(Stage, String)> =
        package.stages.iter().map(|reached| (reached.stage, reached.day.to_string())).collect();
    let expected = [(Stage::Announced, "2024-04-17"), (Stage::Contracted, "2024-06-11")];
    assert_eq!(stages, expected.map(|(stage, day)| (stage, day.to_owned())));
    assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
}

#[test]
fn the_same_number_of_a_month_that_is_named_is_the_same_package() {
    let recalled = |promised: i64, number: i64, month: &str| {
        let mut ledger = Ledger::in_memory().unwrap();
        give(&mut ledger, "Promised", "2024-04-17", |claim| {
            claim.items = vec![item("nasams", Some(promised)), item("gepard", None)];
        });
        let placement = give(&mut ledger, "Recalled", "2024-09-12", |claim| {
            (claim.status, claim.announced) = (Status::Past, month.parse().ok());
            claim.items = vec![item("nasams", Some(number))];
        });
        match placement {
            Placement::Further { .. } => "further",
            Placement::Doubtful { .. } => "doubtful",
            Placement::New { .. } => "new",
        }
    };
    assert_eq!(recalled(4, 4, "2024-04"), "further");
    assert_eq!(recalled(4, 3, "2024-04"), "doubtful");
    assert_eq!(recalled(1, 1, "2024-04"), "doubtful");
    assert_eq!(recalled(4, 4, "2024"), "doubtful");
    assert_eq!(recalled(4, 4, "2024-05"), "new");
}

const STORY: &str = "OSLO (Wire) - Norway will send Ukraine more air defence this winter, the government \
    said on Friday. \"The winter will be hard and the people of Ukraine need protection now\", the minister \
    said after talks in Kyiv. All of it comes from stocks of the air force, which will get new ones from \
    industry in two years. Norway gave its first batteries last year and trains crews at a base in the \
    south. Parliament was told of it on Thursday evening, and no party spoke against it.";

#[test]
fn copies_of_a_story_are_one_package_where_one_of_them_says_less() {
    let mut ledger = Ledger::in_memory().unwrap();
    let things = |claim: &mut Claim| claim.items = vec![item("nasams", Some(4))];
    give(&mut ledger, STORY, "2023-11-10", things);
    let cut = format!("Air defence for Kyiv. {}", &STORY[..STORY.find("Parliament").unwrap()]);
    let copy = give(&mut ledger, &cut, "2023-11-11", |_| {});
    let Placement::Further { reason, .. } = &copy else { panic!("{copy:?}") };
    assert!(reason.contains("in nearly the same text"), "{reason}");
    let other = give(&mut ledger, "Norway will send more", "2023-11-11", |_| {});
    assert_eq!(maybe(&other), Some(1));
}

#[test]
fn the_same_quote_joins_what_has_a_thing_in_common_and_nothing_else() {
    let quote = "He: «The winter will be hard and the people of Ukraine need protection now».";
    let told = |text: &str, items: &[&str]| {
        let mut ledger = Ledger::in_memory().unwrap();
        give(&mut ledger, STORY, "2023-11-10", |claim| {
            let items = ["nasams", "gepard", "patriot", "marder", "m777"];
            claim.items = items.map(|system| item(system, None)).into();
        });
        give(&mut ledger, text, "2023-11-11", |claim| {
            claim.items = items.iter().map(|system| item(system, None)).collect();
        })
    };
    let items = ["nasams", "hawk", "iris-t", "stinger"];
    let quoted = told(quote, &items);
    let Placement::Further { reason, .. } = &quoted else { panic!("{quoted:?}") };
    assert!(reason.contains("with the same quote"), "{reason}");
    assert_eq!(maybe(&told("Without it", &items)), Some(1));
    assert_eq!(maybe(&told(quote, &["m113"])), None);
}

#[test]
fn a_story_told_again_with_another_sum_may_correct_the_first() {
    let text = |sum: &str, rest: &str| {
        format!(
            "Sweden will donate military aid worth {sum} million crowns to Ukraine, its government said on \
             Wednesday in Stockholm{rest}."
        )
    };
    let tell = |ledger: &mut Ledger, text: &str, day: &str, sums: &[&str]| {
        let claims = sums.iter().map(|sum| {
            let mut one = claim(text, sum.parse().unwrap(), "2024-05-29");
            let span = |words: &str| {
                let start = text.find(words).unwrap();
                Span::new(start, start + words.len())
            };
            let proof = |field: &str, words: &str| {
                let (span, quote) = (span(words), words.to_owned());
                Evidence { field: field.to_owned(), span, quote, rule: "test".to_owned() }
            };
            let day = proof("announced", "Wednesday");
            one.evidence = vec![proof("donor", "Sweden"), proof("amount", sum), day];
            one.corrects = text.contains("(corrected)").then(crate::model::Correction::default);
            one
        });
        let extraction = with_claims(claims.collect());
        let article = article(text, day);
        let bytes = text.as_bytes();
        ledger.record(bytes, &article, &extraction, POLICY, NOW).unwrap().placed
    };
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, &text("133", ""), "2024-05-29", &["133"]);
    let text_of = text("138", " (corrects the sum)");
    let corrected = tell(&mut ledger, &text_of, "2024-05-30", &["138"]);
    let Placement::Doubtful { package: Some(PackageId(1)), reason } = &corrected[0].placement
    else {
        panic!("{corrected:?}")
    };
    assert!(reason.contains("in the same words, but other amounts"), "{reason}");
    // Where the text says that it corrects one, it does: so it tells the same publisher's package.
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, &text("133", ""), "2024-05-29", &["133"]);
    let revised = tell(&mut ledger, &text("138", " (corrected)"), "2024-05-30", &["138"]);
    assert!(matches!(revised[0].placement, Placement::Further { .. }), "{revised:?}");
    let package = ledger.packages(&Filter::default()).unwrap().remove(0);
    assert_eq!(package.amount, Some(dollars(138)));
    assert!(ledger.check(&[Check::Conflicts]).unwrap().is_empty());
    // Where one article tells both sums, neither corrects the other.
    let mut ledger = Ledger::in_memory().unwrap();
    let both = text("133 million crowns and 138", "");
    tell(&mut ledger, &both, "2024-05-29", &["133", "138"]);
    let copy = format!("{both} Copied.");
    let placed = tell(&mut ledger, &copy, "2024-05-30", &["133", "138"]);
    let further = |placed: &Placed| matches!(placed.placement, Placement::Further { .. });
    assert!(placed.iter().all(further), "{placed:?}");
}

#[test]
fn a_plan_with_the_same_number_is_that_of_the_announcement() {
    let planned = |number: i64| {
        let mut ledger = Ledger::in_memory().unwrap();
        give(&mut ledger, "Announced", "2024-02-12", |claim| {
            claim.items = vec![item("caesar", Some(12))];
        });
        give(&mut ledger, "Planned", "2024-02-01", |claim| {
            (claim.status, claim.announced) = (Status::Proposed, None);
            claim.items = vec![item("caesar", Some(number))];
        })
    };
    assert!(matches!(planned(12), Placement::Further { .. }));
    assert_eq!(maybe(&planned(6)), Some(1));
}

#[test]
fn the_same_number_of_things_with_another_sum_may_be_the_same_package() {
    let told = |number: i64, day: &str| {
        let mut ledger = Ledger::in_memory().unwrap();
        tell(&mut ledger, "Their money", "2023-06-26", |claim| {
            claim.announced = "2023-06-26".parse().ok();
            (claim.amount, claim.items) = (Some(dollars(110)), vec![item("m113", Some(28))]);
        });
        let other = tell(&mut ledger, "Another money", day, |claim| {
            claim.announced = day.parse().ok();
            (claim.amount, claim.items) = (Some(dollars(73)), vec![item("m113", Some(number))]);
        });
        maybe(&other.placed[0].placement)
    };
    assert_eq!(told(28, "2023-06-27"), Some(1));
    assert_eq!(told(14, "2023-06-27"), None);
    assert_eq!(told(28, "2023-07-27"), None);
}

#[test]
fn a_recall_that_rounds_and_names_only_the_month_is_of_its_package_in_either_order() {
    let announced = (2980, Qualifier::Exact, "2022-08-24", "2022-08-24", Status::Announced);
    let recalled =
        |millions, qualifier, month| (millions, qualifier, month, "2022-11-30", Status::Past);
    let joins = |tellings: [(i64, Qualifier, &str, &str, Status); 2]| {
        let mut ledger = Ledger::in_memory().unwrap();
        for (number, (millions, qualifier, day, published, status)) in tellings.iter().enumerate() {
            tell(&mut ledger, &format!("{number}:"), published, |claim| {
                let currency = "USD".parse().unwrap();
                let figure = Decimal::from(millions * 1_000_000);
                claim.amount = Some(Amount { bounds: Bounds::of(figure, *qualifier), currency });
                (claim.announced, claim.status) = (day.parse().ok(), *status);
            });
        }
        let packages = ledger.packages(&Filter::default()).unwrap();
        packages.iter().map(|package| package.sources.len()).collect::<Vec<_>>() == [2]
    };
    let august = recalled(3000, Qualifier::About, "2022-08");
    assert!(joins([announced, august]) && joins([august, announced]));
    for other in [
        recalled(3000, Qualifier::About, "2022-09"),
        recalled(3000, Qualifier::About, "2022"),
        recalled(3000, Qualifier::Exact, "2022-08"),
        recalled(2500, Qualifier::About, "2022-08"),
    ] {
        assert!(!joins([announced, other]) && !joins([other, announced]), "{other:?}");
    }
}
