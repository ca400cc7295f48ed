//! Amounts in one currency and in the prices of one year: what is converted, and what is said.

use crate::support::{Place, shared};

const UAH: &str = "date,base,currency,rate\n2022-11-10,USD,UAH,36.5686\n";

fn entered(place: &Place) {
    for (date, amount) in [
        ("2022-11-10", "up to 400 million USD"),
        ("2022-11-13", "between 50 and 60 million GBP"),
        ("2022-11", "10 million USD"),
        ("2022-11-10", "3 million UAH"),
    ] {
        let command =
            format!("enter --donor US --recipient UA --date {date} --amount '{amount}' --quiet");
        place.run(&command).ends(0);
    }
    place.run("enter --donor US --recipient UA --amount '7 million USD' --quiet").ends(0);
}

#[test]
fn what_has_no_rate_keeps_its_currency_and_is_named_with_the_reason() {
    let place = Place::new();
    entered(&place);
    let ran = place.run("totals --in EUR").ends(0);
    assert!(ran.out.contains("not converted, no rate of UAH: 1 package, 3,000,000 UAH (P4)"));
    assert!(
        ran.out.contains("not converted, no date: 1 package, 7,000,000 USD (P5)"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("1 package: no rate on the day, the last one before it taken"));
    assert!(ran.out.contains("1 package dated to a month or year: at the mean of its days"));
    let rows = place.run("totals --in EUR --format csv").ends(0).out;
    assert!(rows.contains("\r\nUS,UAH,1,0,3000000,3000000,3000000\r\n"), "{rows}");
    // 400,000,000 / 0.9954, 50,000,000 / 0.87538, and 10,000,000 at the mean of November.
    assert!(rows.contains("\r\nUS,EUR,3,0,468"), "{rows}");
}

#[test]
fn the_days_for_which_a_table_has_no_rate_are_named_in_one_line() {
    let place = Place::new();
    entered(&place);
    place.file("uah.csv", UAH);
    place.run("rates import uah.csv --quiet").ends(0);
    for day in ["2023-05-02", "2023-01-16", "2024-02-01"] {
        place
            .run(&format!("enter --donor US --recipient UA --date {day} --amount '1 million USD'"));
    }
    let out = place.run("totals --in UAH --from 2023").ends(0).out;
    let expected = "not converted, no rate of UAH for 2023-01-16 and 2 further days up to 2024-02-01: \
                    3 packages, 3,000,000 USD (P7, P6, P8)";
    assert!(out.contains(expected), "{out}");
    let out = place.run("totals --in UAH --from 2024").ends(0).out;
    assert!(out.contains("not converted, no rate of UAH for 2024-02-01: 1 package"), "{out}");
}

#[test]
fn what_is_counted_is_the_same_in_any_money() {
    let place = Place::new();
    let enter = "enter --donor US --recipient UA --date 2022-11-10 --quiet";
    place.run(&format!("{enter} --item '4 Avenger' --amount '3 million UAH'")).ends(0);
    place.file("levels.csv", "currency,year,index\nEUR,2022,100\n");
    place.run("rates import levels.csv --quiet").ends(0);
    let plain = place.run("totals --by system").ends(0).out;
    assert!(plain.contains("AN/TWQ-1 Avenger") && plain.contains("Items unstated"), "{plain}");
    assert_eq!(place.run("totals --by system --in EUR --prices 2022").ends(0).out, plain);
}

#[test]
fn an_imported_table_fills_the_gap_and_stands_in_the_journal() {
    let place = Place::new();
    entered(&place);
    let before = place.run("totals --in EUR --format csv").ends(0).out;
    place.file("uah.csv", UAH);
    let ran = place.run("rates import uah.csv --source NBU").ends(0);
    assert!(ran.out.starts_with("1 rate of UAH\nRecorded as entry 6 ("), "{}", ran.out);
    let ran = place.run("rates import uah.csv").ends(0);
    assert_eq!(ran.out, "uah.csv: known already, nothing changed\n");
    let ran = place.run("totals --in EUR --rate 2022-11-10").ends(0);
    assert!(!ran.out.contains("not converted"), "{}", ran.out);
    assert!(ran.out.contains("; NBU)"), "{}", ran.out);
    place.run("verify").ends(0);
    place.run("verify --rebuild").ends(0);
    let after = place.run("totals --in EUR --format csv").ends(0).out;
    assert_ne!(before, after);
    let rows = place.run("list --in UAH --format csv").ends(0).out;
    assert!(rows.contains(",400000000,USD,up_to,,14627440000,UAH,up_to,"), "{rows}");
}

#[test]
fn sums_in_prices_of_other_years_are_never_added() {
    let place = Place::new();
    entered(&place);
    place.run("totals --in EUR --prices 2020").ends(1).says(
        "error: --prices 2020: the ledger has no levels of prices\nhint: aidledger rates \
               import FILE takes a table with the columns currency,year,index",
    );
    place.file("prices.csv", "currency,year,index\nEUR,2020,100\nEUR,2022,110\n");
    place.run("rates import prices.csv").ends(0);
    let ran = place.run("totals --in EUR --rate 2022-11-10 --prices 2020").ends(0);
    assert!(ran.out.contains("in prices of 2020 (prices.csv)"), "{}", ran.out);
    for said in [
        "not in this table, no date: 1 package, 7,032,349 EUR (P5)",
        "not in this table, no level of prices of its currency: 1 package, 3,000,000 UAH (P4)",
    ] {
        assert!(ran.out.contains(said), "{said} in {}", ran.out);
    }
    place.run("totals --in EUR --prices 1950").ends(2).says(
        "error: --prices: \"1950\": no level of prices of this year: expected one of EUR 2020 to 2022",
    );
}

#[test]
fn a_rate_that_is_not_understood_is_refused() {
    let place = Place::new();
    entered(&place);
    let ran = place.run("totals --in EUR --rate yesterday").ends(2);
    assert!(ran.err.starts_with("error: --rate: \"yesterday\": expected announced, today, or a"));
    place
        .run("totals --rate today")
        .ends(2)
        .says("error: --rate: expected --in and a currency with it");
    let ran = place.run("totals --in XAU").ends(1);
    assert!(
        ran.err.starts_with("error: --in: \"XAU\": no table has rates of this currency\nhint:")
    );
    place.file("bad.csv", "date,currency,rate\n2022-11-10,UAH,0\n");
    place
        .run("rates import bad.csv")
        .ends(1)
        .says("error: bad.csv: line 2: \"0\": expected a number above zero such as 36.5686");
}

#[test]
fn of_a_newer_table_of_the_bank_only_what_is_new_is_recorded() {
    let place = Place::new();
    place.file("old.csv", "Date,USD,GBP,\n2022-11-10,0.9954,0.5,\n");
    let ran = place.run("rates import old.csv").ends(0);
    assert!(ran.out.contains(" of GBP, 1 other known already\n"), "{}", ran.out);
    place.file("new.csv", "Date,USD,\n2030-01-02,1.25,\n2022-11-10,0.9954,\n");
    let ran = place.run("rates import new.csv").ends(0);
    assert!(ran.out.starts_with("1 rate of USD, 1 other known already\n"), "{}", ran.out);
    let ran = place.run("rates on --in USD -- 2030-01-05 EUR").ends(0);
    assert!(ran.out.contains("2030-01-02"), "{}", ran.out);
    place.file("same.csv", "Date,USD,\n2022-11-10,0.9954,\n");
    let ran = place.run("rates import same.csv").ends(0);
    assert_eq!(ran.out, "same.csv: all its rates ship already, nothing changed\n");
}

#[test]
fn the_rates_that_ship_are_those_of_the_bank() {
    let Some(table) = shared().map(|folder| folder.join("data/ecb/eurofxref-hist.zip")) else {
        println!("the_rates_that_ship: skipped, the bank's table is not at hand");
        return;
    };
    let mut archive = std::process::Command::new("python3");
    let script = "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); \
                  sys.stdout.buffer.write(z.read(z.namelist()[0]))";
    let Ok(unpacked) = archive.args(["-c", script]).arg(&table).output() else {
        println!("the_rates_that_ship: skipped, there is no python3");
        return;
    };
    let text = String::from_utf8(unpacked.stdout).unwrap();
    let read = aidledger::rates::read(&text).unwrap();
    let rates = aidledger::rates::Rates::shipped();
    for quote in read.rates.iter().step_by(97).chain(read.rates.iter().take(60)) {
        let found = rates.rate(quote.base, quote.currency, quote.day).unwrap();
        assert_eq!((found.value, found.day), (quote.rate, quote.day), "{quote:?}");
    }
    let days: usize = rates.coverage().iter().map(|row| row.days).sum();
    assert_eq!(days, read.rates.len());
}
