//! Spreadsheets as packages: Kiel's main table, anyone's by a map, and the comparison with the ledger.

use crate::support::{Place, shared};

const HEAD: &str = "ID,Countries,Announcement Date,Type of Aid General,Explanation,Original Currency,\
    Monetary Value as Given by Source,Items,No. of Units,Total ,Converted Value in EUR,Source of Aid 1,\
    \"Deliveries = Commitments (1=yes, 0=no)\",Total_value_dummy (1 is first row in the package)\n";

fn kiel(rows: &[&str]) -> String {
    format!("{HEAD}{}\n", rows.join("\n"))
}

#[test]
fn each_row_is_a_claim_and_those_of_one_package_become_one() {
    let place = Place::new();
    let rows = [
        "ATM1,Austria,3/1/2022,Military,x,EUR,\"17,000,000\",helmet,\"10,000\",\"17,000,000\",\"17,000,000\",https://a.example,1.0,1.0",
        "ATM1,Austria,3/1/2022,Military,x,EUR,\"17,000,000\",7-72 tanks,undisclosed,.,.,,1.0,0.0",
        "ATM2,Austria,until 12/20/2022,Military,x,EUR,Not given,.,.,No price,.,,0.0,1.0",
        "ATM3,Austria,5/1/2022,Military,x,EUR,\"-500,000\",.,.,\"-500,000\",.,,0.0,1.0",
        "ATM4,Ruritania,5/1/2022,Military,x,EUR,5,.,.,5,5,,0.0,1.0",
        ",,,,,,,,0,,,,0,0",
    ];
    place.file("kiel.csv", kiel(&rows));
    let ran = place.run("import kiel kiel.csv").ends(3);
    assert!(
        ran.out.starts_with("kiel.csv: 6 rows, 1 refused, 3 new packages, 1 further telling\n"),
        "{}",
        ran.out
    );
    assert_eq!(
        ran.err,
        "error: kiel.csv: row 6: donor \"Ruritania\": expected a state or organisation\n"
    );
    let rows = place.run("list --format csv").ends(0).out;
    let line = |start: &str| rows.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    assert!(line("P1,").starts_with("P1,2022-03-01,AT,UA,17000000,17000000,EUR,exact,"), "{rows}");
    assert!(line("P1,").contains("\"10,000 helmet; 7-72 tanks\""), "{rows}");
    assert!(line("P2,").starts_with("P2,2022,AT,UA,,,,,"), "{rows}");
    assert!(line("P3,").contains(",withdrawn,"), "{rows}");
    let evidence = place.run("export csv evidence").ends(0).out;
    for row in ["helmet", "7-72 tanks"] {
        let found =
            evidence.lines().any(|line| line.starts_with("P1,item:0,") && line.contains(row));
        assert!(found, "{row} in {evidence}");
    }
    let said = place.run("verify").ends(0).out;
    assert!(said.contains("1 article, 4 claims, 3 packages"), "{said}");
    place.run("verify --rebuild").ends(0);
    let ran = place.run("import kiel kiel.csv").ends(3);
    assert_eq!(ran.out, "kiel.csv: known, nothing changed\n");
    assert!(ran.err.contains("error: kiel.csv: row 6: donor \"Ruritania\""), "{}", ran.err);
}

/// The names of columns since release 21, of which scripts that read those releases tell.
const NEWER: &str = "activity_id,sub_activity_id,donor,announcement_date,aid_type_general,\
    aid_type_specific,measure,explanation,reporting_currency,source_reported_value,item,item_type,\
    item_numb,item_numb_deliv,tot_activity_value,tot_activity_value_EUR,tot_sub_activity_value,\
    tot_sub_activity_value_EUR,tot_sub_activity_value_EUR_redistr,link\n";

#[test]
fn newer_releases_bear_a_value_on_each_row_and_pledges_on_their_activity() {
    let place = Place::new();
    let rows = [
        "NO1,NO1a,Norway,2025-03-06,Military,x,Allocation,y,NOK,90,howitzer,z,4,4,90,8,60,5,6,",
        "NO1,NO1b,Norway,2025-03-06,Military ,x,Allocation,y,NOK,90,shell,z,100,.,.,.,0,0,2,https://a.example",
        "NO2,NO2a,Norway,2025-04-01,Military,x,Commitment,y,NOK,850,.,.,.,.,850,73,.,.,.,.",
        "TR1,TR1a,Turkiye,2025-04-01,Humanitarian ,x,Allocation,y,USD,1,.,.,.,.,1,1,1,1,1,.",
        "EU1,EU1a,EU (Commission and Council),2025-04-01,Financial,x,Allocation,y,EUR,1,.,.,.,.,1,1,1,1,1,.",
    ];
    place.file("kiel.csv", format!("{NEWER}{}\n", rows.join("\n")));
    let ran = place.run("import kiel kiel.csv").ends(0);
    assert!(ran.out.starts_with("kiel.csv: 5 rows, 5 new packages\n"), "{}", ran.out);
    let out = place.run("list --aid all --format csv").ends(0).out;
    for line in [
        "P1,2025-03-06,NO,UA,6,6,EUR,exact,",
        "P2,2025-03-06,NO,UA,2,2,EUR,exact,",
        "P3,2025-04-01,NO,UA,73,73,EUR,exact,",
        "P4,2025-04-01,TR,UA,1,1,EUR,",
        "P5,2025-04-01,EU,UA,1,1,EUR,",
    ] {
        assert!(out.lines().any(|row| row.starts_with(line)), "{line} in {out}");
    }
    let out = place.run("compare kiel kiel.csv --format csv").ends(0).out;
    assert!(out.contains("https://a.example"), "{out}");
}

/// The names of columns of the first releases and of those of 2024, of which scripts that read those releases tell.
const FIRST: &str = "ID,countries,Announcement Date,Type of Aid General,Type of Aid Specific,Explanation,\
    \"Value committed (own estimate, in USD)\",Converted Value in EUR,Source of Aid 1\n";
const OF_2024: &str = "ID,Countries,Announcement Date,Type of Aid General,Type of donation,Explanation,\
    Original Currency,Items,No. of Units,Converted Value in EUR,Allocated Total in EUR (redistributed)\n";

#[test]
fn the_columns_of_the_first_releases_and_of_those_of_2024_are_known() {
    let place = Place::new();
    let first = [
        "PLM1,Poland,3/1/2022,Military,x,y,\"1,600,000\",\"1,500,000\",https://a.example",
        "PLM2,Poland,4/1/2022,Military,x,y,\"700,000\",.,https://b.example",
    ];
    let of_2024 = [
        "PLM1,Poland,3/1/2022,Military,Allocation,x,PLN,shell,100,9,7",
        "PLM2,Poland,4/1/2024,Military,Commitment,x,PLN,.,.,40,.",
    ];
    place.file("first.csv", format!("{FIRST}{}\n", first.join("\n")));
    place.file("2024.csv", format!("{OF_2024}{}\n", of_2024.join("\n")));
    for (file, lines) in [
        (
            "first.csv",
            ["P1,2022-03-01,PL,UA,1500000,1500000,EUR,", "P2,2022-04-01,PL,UA,700000,700000,USD,"],
        ),
        ("2024.csv", ["P1,2022-03-01,PL,UA,7,7,EUR,", "P2,2024-04-01,PL,UA,40,40,EUR,"]),
    ] {
        place.run(&format!("import kiel {file} --ledger {file}.db")).ends(0);
        let out = place.run(&format!("list --format csv --ledger {file}.db")).ends(0).out;
        for line in lines {
            assert!(out.lines().any(|row| row.starts_with(line)), "{line} in {out}");
        }
        let out =
            place.run(&format!("compare kiel {file} --format csv --ledger {file}.db")).ends(0).out;
        assert_eq!(out.matches("\nmatched,").count(), 2, "{out}");
    }
}

#[test]
fn kiels_table_gives_kiels_figures() {
    let Some(table) = shared().map(|folder| folder.join("data/kiel/ust_2023-07_main.csv")) else {
        println!("kiels_table_gives_kiels_figures: skipped, the table is not at hand");
        return;
    };
    let place = Place::new();
    place.file("kiel.csv", std::fs::read(table).unwrap());
    place.run("import kiel kiel.csv").ends(0);
    place.run("import kiel kiel.csv --stated --ledger stated.db").ends(0);
    for money in ["", "--in EUR", "--in EUR --rate 2023-07 --ledger stated.db"] {
        let command = format!("totals {money} --aid military --donor US,DE,GB --format csv");
        let rows = place.run(&command).ends(0).out;
        for (donor, published) in [("US", 42.10), ("DE", 17.09), ("GB", 6.58)] {
            let row = rows.lines().find(|line| line.starts_with(&format!("{donor},EUR,"))).unwrap();
            let figure: f64 = row.split(',').nth(4).unwrap().parse().unwrap();
            let off = (figure / 1e9 / published - 1.0).abs();
            assert!(off < 0.005, "{money}: {donor}: {figure}, published {published} bn");
        }
    }
    for ledger in ["aidledger.db", "stated.db"] {
        let command = format!("compare kiel kiel.csv --aid all --format csv --ledger {ledger}");
        let out = place.run(&command).ends(0).out;
        let count = |finding: &str| out.lines().filter(|line| line.starts_with(finding)).count();
        // A row of which nothing is known but who gives is no pair.
        assert_eq!(count("differing,"), 0, "{out}");
        assert!(count("matched,") >= 1065 && count("only-here,") <= 3, "{out}");
    }
    let ran = place.run("compare kiel kiel.csv --donor EE,LV --format csv --ledger stated.db");
    assert!(!ran.ends(0).out.contains("only-here"));
}

#[test]
fn a_comparison_says_what_matches_differs_and_is_only_on_one_side() {
    let place = Place::new();
    for (date, amount) in [
        ("2022-03-02", "17 million EUR"),
        ("2022-06-01", "80 million EUR"),
        ("2023-01-01", "5 million EUR"),
    ] {
        let command =
            format!("enter --donor AT --recipient UA --date {date} --amount '{amount}' --quiet");
        place.run(&command).ends(0);
    }
    let rows = [
        "ATM1,Austria,3/1/2022,Military,x,EUR,.,.,.,\"17,000,000\",.,https://a.example,1.0,1.0",
        "ATM2,Austria,6/1/2022,Military,x,EUR,.,.,.,\"90,000,000\",.,,1.0,1.0",
        "ATM3,Austria,8/1/2022,Military,x,EUR,.,.,.,1,.,,1.0,1.0",
    ];
    place.file("kiel.csv", kiel(&rows));
    let out = place.run("compare kiel kiel.csv --format csv").ends(0).out;
    let found: Vec<&str> =
        out.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(found, ["matched", "differing", "only-there", "only-here"], "{out}");
    assert!(out.contains(",-10000000,"), "{out}");
    let page = place.run("compare kiel kiel.csv --format html").ends(0).out;
    assert!(page.contains("default-src 'none'") || page.contains("default-src &#39;none&#39;"));
    assert!(page.contains("<a href=\"https://a.example\">") && page.contains("<td>only-here</td>"));
    place
        .run("enter --donor AT --recipient MD --date 2022-06-02 --item '5 trucks' --quiet")
        .ends(0);
    let out = place.run("compare kiel kiel.csv").ends(0).out;
    assert!(out.contains("1 package: matched\n1 package: differing\n"), "{out}");
    assert!(
        out.contains("1 package: only-here\n1 package to others than those of theirs:"),
        "{out}"
    );
}

#[test]
fn a_cell_that_lists_items_gives_each_with_its_number() {
    let place = Place::new();
    place.file(
        "mine.csv",
        "Who,What,Many\nDK,19 Caesar howitzers; 100 Leopard 1A5; 155 mm shells; gizmos,\n\
         NO,NASAMS; Javelin,5\nEE,7-72 tanks,7\nFI,Patria 6x6,more than 3\n",
    );
    let ran =
        place.run("import csv mine.csv --map donor=Who,item=What,quantity=Many --set recipient=UA");
    let said = "row 3: item \"NASAMS; Javelin\": expected one, since quantity is one number";
    assert!(ran.ends(3).err.contains(said));
    let rows = place.run("export csv items --quiet").ends(0).out;
    let items: Vec<String> = rows
        .lines()
        .skip(1)
        .map(|row| {
            let fields: Vec<&str> = row.split(',').collect();
            format!("{} {} {}-{}", fields[2], fields[6], fields[8], fields[9])
        })
        .collect();
    assert_eq!(
        items,
        [
            "DK CAESAR howitzer 19-19",
            "DK Leopard 1A5 100-100",
            "DK 155 mm shells -",
            "DK gizmos -",
            "EE 7-72 tanks 7-7",
            "FI Patria 6x6 3-"
        ]
    );
}

#[test]
fn anyones_spreadsheet_is_read_by_a_map_and_refused_row_by_row() {
    let place = Place::new();
    place.file(
        "mine.csv",
        "No;Country;When;Worth;What;How many\n\
         1;Denmark;22/02/2024;about 1.7 billion DKK;155mm shell;15,000\n\
         1;Denmark;22/02/2024;;Leopard 1A5;10\n\
         2;Norway;2024-03-01;some money;;\n\
         3;Narnia;2024-03-01;5;;\n",
    );
    let map = "--map package=No,donor=Country,date=When,amount=Worth,item=What,quantity='How many' \
               --set recipient=UA --set currency=EUR --day-first";
    let ran = place.run(&format!("import csv mine.csv {map}")).ends(3);
    assert!(ran.out.starts_with("mine.csv: 4 rows, 2 refused, 1 new package\n"), "{}", ran.out);
    assert!(ran.err.contains("error: mine.csv: row 4: \"some money EUR\": expected an amount"));
    assert!(ran.err.contains("error: mine.csv: row 5: actor: \"Narnia\": expected a state"));
    let rows = place.run("list --format csv").ends(0).out;
    assert!(rows.contains("P1,2024-02-22,DK,UA,1700000000,1700000000,DKK,about,"), "{rows}");
    place.run("verify").ends(0);
    place.run("import csv mine.csv --map donor=Land").ends(2);
    let other = map.replace(",amount=Worth", "");
    let ran = place.run(&format!("import csv mine.csv {other}")).ends(1);
    let said = "error: mine.csv: recorded before, when its rows were read otherwise";
    assert!(ran.err.contains(said), "{}", ran.err);
    let ran = place.run(&format!("import csv mine.csv {map}")).ends(3);
    assert_eq!(ran.out, "mine.csv: known, nothing changed\n");
    assert!(ran.err.contains("error: mine.csv: row 5: actor: \"Narnia\""), "{}", ran.err);
    place.run("import csv mine.csv --map donor=Land --set recipient=UA").ends(1).says(
        "error: mine.csv: no heading with the columns that are expected: Land; found No, \
             Country, When, Worth, What, How many",
    );
    let ran = place.run(&format!("import csv mine.csv {}", map.replace(" --day-first", "")));
    let said = "row 2: date \"22/02/2024\": expected one such as 2022-03-20 or 3/20/2022, the month \
                first";
    assert!(ran.err.contains(said), "{}", ran.err);
}

#[test]
fn a_workbook_is_read_as_the_same_table() {
    use aidledger::report::render::Book;
    use aidledger::report::table::{Cell, Column, Kind, Table};
    let place = Place::new();
    let names =
        ["Countries", "Announcement Date", "Type of Aid General", "Original Currency", "Total"];
    let columns = names.map(|name| Column::named(name.to_owned(), Kind::Text));
    let mut table = Table::new(columns.to_vec());
    table.rows.push(vec![
        Cell::Text("Austria".to_owned()),
        Cell::Date("2022-03-01".parse().unwrap()),
        Cell::Text("Military".to_owned()),
        Cell::Text("EUR".to_owned()),
        Cell::Decimal(17_000_000.into()),
    ]);
    let mut bytes = Vec::new();
    let mut book = Book::new("x", None).unwrap();
    book.table("main", &table).unwrap();
    book.save(std::io::Cursor::new(&mut bytes)).unwrap();
    place.file("kiel.xlsx", bytes).run("import kiel kiel.xlsx").ends(0);
    let rows = place.run("list --format csv").ends(0).out;
    assert!(rows.contains("P1,2022-03-01,AT,UA,17000000,17000000,EUR,exact,"), "{rows}");
}

#[test]
fn a_spreadsheet_is_read_in_any_encoding_with_any_mark_between_cells_and_with_words_above_its_heading()
 {
    let place = Place::new();
    let text = "Gifts, by hand, from the press\n;;\nDonor;Date of\u{a0}gift;\"What was\ngiven\"\n\
        Türkiye;2024-03-01;Mörser\nNorway;2024-03-02;howitzer\n";
    let wide: Vec<u8> = std::iter::once('\u{feff}')
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin: Vec<u8> =
        text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let tabs = text.replace(';', "\t");
    let files =
        [("utf8", text.as_bytes()), ("utf16", &wide), ("latin", &latin), ("tabs", tabs.as_bytes())];
    for (name, bytes) in files {
        place.file(&format!("{name}.csv"), bytes);
        let map = "--map donor=donor --map 'date=Date of gift' --map 'item=What was given'";
        let ran = place
            .run(&format!("import csv {name}.csv {map} --set recipient=UA --ledger {name}.db"));
        assert!(ran.ends(0).out.contains("2 rows, 2 new packages"));
        let out = place.run(&format!("list --format csv --ledger {name}.db")).ends(0).out;
        assert!(out.contains("P1,2024-03-01,TR,UA") && out.contains("Mörser"), "{name}: {out}");
    }
    let ran =
        place.run("import csv utf8.csv --map donor=Donor,date=When --set recipient=UA").ends(1);
    assert!(
        ran.err.contains("expected: Donor, When; found Donor, Date of gift, What was given\n"),
        "{}",
        ran.err
    );
}

#[test]
fn numbers_of_a_spreadsheet_are_read_as_they_are_meant_or_refused() {
    let place = Place::new();
    let rows = [
        "Denmark;2 March 2024;1.700.000,50;sek;shell;15.000",
        "Denmark;March 2024;1,5 million;EUR;shell;1 000",
        "Denmark;2024-03-04;7.1bn;EUR;shell;n/a",
        "Denmark;2024-03-05;-;EUR;shell;0",
    ];
    place.file(
        "own.csv",
        format!("Donor;Date;Worth, in all;Money;What;Number\n{}\n", rows.join("\n")),
    );
    let map = "--map donor=Donor,date=Date --map 'amount=Worth, in all,currency=Money,item=What,quantity=Number' \
        --set recipient=UA";
    let ran = place.run(&format!("import csv own.csv {map} --decimal-comma")).ends(3);
    assert_eq!(
        ran.err,
        "error: own.csv: row 5: quantity \"0\": expected more than zero; what is not stated is none\n"
    );
    let out = place.run("list --format csv").ends(0).out;
    for line in [
        "P1,2024-03-02,DK,UA,1700000.5,1700000.5,SEK,exact,,,military,announced,false,accepted,\"15,000 shell\"",
        "P2,2024-03,DK,UA,1500000,1500000,EUR,exact,,,military,announced,false,accepted,\"1,000 shell\"",
        "P3,2024-03-04,DK,UA,7100000000,7100000000,EUR,exact,,,military,announced,false,accepted,shell",
    ] {
        assert!(out.contains(line), "{line} in {out}");
    }
    let ran = place.run(&format!("import csv own.csv {map} -n")).ends(3);
    assert!(ran.err.contains("row 2: \"1.700.000,50 SEK\": expected an amount"), "{}", ran.err);
    place.file("one.csv", "Donor,Worth\nDenmark,1.700\n");
    let command =
        "import csv one.csv --map donor=Donor,amount=Worth --set recipient=UA --set currency=EUR";
    assert_eq!(
        place.run(command).ends(1).err,
        "error: one.csv: row 2: \"1.700\": expected 1.7 or 1700: which of them is meant is not said (--decimal-comma)\n"
    );
    place.file("book.xlsx", "PK");
    let ran = place
        .run("import csv book.xlsx --map donor=Donor --set recipient=UA --decimal-comma")
        .ends(2);
    assert_eq!(ran.err, "error: --decimal-comma: book.xlsx: expected CSV\n");
}
