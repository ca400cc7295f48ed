//! A ledger of a million packages with four million items: how long totals, an export and a list of
//! one month take, beside what the database and the CSV crate need themselves, and how much memory.
//!
//! `cargo bench --bench large` makes the ledger once, as `target/large-N-vVERSION.db`, and one of a tenth of its
//! packages, beside which its memory is held, and measures on them. Articles of 20,000 packages are recorded as any
//! are, and the rows that came of them stand again and again under other numbers. Such a ledger reads like one of so
//! many articles; its journal is that of the first ones. `LARGE=200000` takes fewer packages; `-- "csv sources"`
//! measures only the figures with these words in their names.
//!
//! A CSV export is held against two bounds. The CSV crate's own rate: the same records, read back into
//! memory as the bytes that they are, written to a file with `csv::Writer` and synced, which is what the
//! export does last. The database's own rate: the same rows taken by plain queries, each column looked
//! at, nothing made of them and nothing written, which is what it does first. Both are said as time of
//! the clock and time of the processor (`cpu`), of which only the second can be told on a busy machine.

use aidledger::ledger::{Access, Ledger, Policy, VERSION, sha256};
use aidledger::model::{
    Aid, Amount, Article, Bounds, CivilDate, Claim, Confidence, Currency, DocumentFormat, Evidence,
    Extraction, Item, Qualifier, Source, Span, Status,
};
use rusqlite::config::DbConfig;
use rust_decimal::Decimal;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NOW: &str = "2026-01-01T00:00:00Z";
const POLICY: Policy = Policy { accept_from: Confidence(500) };

/// How many packages one article tells.
const TOLD: u64 = 50;

/// So many packages are recorded; the rows of more are copies of theirs.
const RECORDED: u64 = 20_000;

/// The tables that reading looks at, by which column their rows are copied, and which of their columns
/// number packages, claims and entries.
const NUMBERED: [(&str, &str, [&str; 3]); 8] = [
    ("article", "number", ["", "", "number"]),
    ("claim", "number", ["", "number", "entry article"]),
    ("evidence", "claim", ["", "claim", ""]),
    (
        "package",
        "number",
        [
            "number merged_into maybe",
            "announced_from amount_from aid_from stage_from mechanism_from sequence_from around_from",
            "",
        ],
    ),
    ("telling", "package", ["package home placed maybe", "claim", "entry article"]),
    ("item", "package", ["package", "claim", ""]),
    ("folio", "package", ["package", "", ""]),
    ("decision", "package", ["package maybe", "claim", "entry"]),
];

/// The packages are spread over this many days, from 1996 on.
const DAYS: u64 = 30 * 365;

const DONORS: [&str; 24] = [
    "US", "DE", "GB", "FR", "PL", "NL", "NO", "SE", "DK", "FI", "CA", "IT", "ES", "CZ", "EE", "LV",
    "LT", "BE", "PT", "AU", "JP", "RO", "BG", "GR",
];

const RECIPIENTS: [&str; 8] = ["UA", "MD", "GE", "IL", "TW", "PH", "JO", "EG"];

const THINGS: [(&str, &str, &str); 8] = [
    ("himars", "M142 HIMARS", "mlrs"),
    ("fim-92", "FIM-92 Stinger", "manpads"),
    ("m777", "M777 howitzer", "howitzer-155-towed"),
    ("leopard-2a6", "Leopard 2A6", "tank"),
    ("javelin", "FGM-148 Javelin", "anti-armour"),
    ("bradley", "M2A2 Bradley", "ifv"),
    ("nasams", "NASAMS", "sam-medium"),
    ("m113", "M113 armoured personnel carrier", "apc"),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// One of so many places, drawn from a number.
fn pick(from: usize, drawn: u64) -> usize {
    usize::try_from(drawn % from as u64).unwrap_or_default()
}

/// A line of an article, and the claim that it tells.
fn told(number: u64, text: &mut String) -> Claim {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let start = CivilDate::day(1996, 1, 1);
    let day = start.and_then(|start| start.plus_days((number % DAYS).cast_signed()));
    let (donor, figure) =
        (DONORS[pick(DONORS.len(), mixed >> 5)], 100_000 * (1 + (mixed >> 17) % 9_999));
    let begin = text.len();
    let _ = write!(text, "On day {}: {donor} gives {figure} dollars, in it ", number % DAYS);
    let mut evidence = Vec::new();
    let mut prove = |field: &str, span: Span, text: &str| {
        let quote = span.of(text).to_owned();
        evidence.push(Evidence { field: field.to_owned(), span, quote, rule: "bench".to_owned() });
    };
    prove("amount", Span::new(begin, text.len() - 7), text);
    let mut items = Vec::new();
    for place in 0..4_u32 {
        let (system, name, class) = THINGS[(pick(THINGS.len(), mixed >> 40) + place as usize) % 8];
        let count = 1 + (mixed >> (8 * place)) % 500;
        let at = text.len();
        let _ = write!(text, "{count} {name}, ");
        let span = Span::new(at, text.len() - 2);
        prove(&format!("item:{place}"), span, text);
        items.push(Item {
            system: Some(system.to_owned()),
            name: name.to_owned(),
            text: name.to_owned(),
            class: Some(class.to_owned()),
            kinds: Vec::new(),
            quantity: Some(Bounds::of(count.into(), Qualifier::Exact)),
            unit: None,
            evidence: span,
        });
    }
    text.push('\n');
    let qualifiers = [Qualifier::Exact, Qualifier::UpTo, Qualifier::About, Qualifier::AtLeast];
    let bounds = Bounds::of(Decimal::from(figure), qualifiers[pick(4, mixed >> 50)]);
    Claim {
        donors: vec![donor.to_owned()],
        recipients: vec![RECIPIENTS[pick(RECIPIENTS.len(), mixed >> 33)].to_owned()],
        announced: day,
        amount: Some(Amount { bounds, currency: Currency::USD }),
        aid: Aid::Military,
        status: if number.is_multiple_of(5) { Status::Delivered } else { Status::Announced },
        mechanism: None,
        sequence: None,
        items,
        confidence: Confidence(900),
        continues: false,
        contracted: None,
        recalls: None,
        corrects: None,
        evidence,
    }
}

/// Records the ledger, unless it is there.
fn ledger(packages: u64) -> Result<PathBuf> {
    let name = format!("target/large-{packages}-v{VERSION}.db");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if path.is_file() {
        return Ok(path);
    }
    let part = path.with_extension("part");
    let _ = fs::remove_file(&part);
    let began = Instant::now();
    let mut ledger = Ledger::open(&part, Access::Create)?;
    let recorded = packages.min(RECORDED);
    for first in (0..recorded).step_by(usize::try_from(TOLD)?) {
        let mut text = String::new();
        let claims = (first..recorded.min(first + TOLD)).map(|number| told(number, &mut text));
        let claims = claims.collect();
        let article = Article {
            source: Source {
                url: Some(format!("https://mod.example/{first}")),
                ..Source::default()
            },
            format: DocumentFormat::Text,
            sha256: sha256(text.as_bytes()),
            title: Some(format!("Packages from {first} on")),
            title_span: None,
            publisher: Some("Ministry of Defence".to_owned()),
            published: None,
            language: Some("en".to_owned()),
            body: Span::new(0, text.len()),
            text: text.clone(),
        };
        let extraction = Extraction { claims, ..Extraction::default() };
        ledger.record(text.as_bytes(), &article, &extraction, POLICY, NOW)?;
    }
    drop(ledger);
    println!("recorded {recorded} packages in {:.0} s", began.elapsed().as_secs_f64());
    copy_rows(&part, packages)?;
    fs::rename(&part, &path)?;
    println!("{packages} packages in {:.0} s", began.elapsed().as_secs_f64());
    Ok(path)
}

/// Copies the rows of all packages under other numbers until there are so many packages.
fn copy_rows(ledger: &Path, packages: u64) -> Result<()> {
    let connection = rusqlite::Connection::open(ledger)?;
    for (pragma, value) in
        [("foreign_keys", "OFF"), ("ignore_check_constraints", "ON"), ("synchronous", "OFF")]
    {
        connection.pragma_update(None, pragma, value)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    let greatest = |sql: &str| {
        connection.query_row(sql, [], |row| row.get::<_, i64>(0).map(i64::unsigned_abs))
    };
    let recorded = greatest("SELECT max(number) FROM package")?;
    let claims = greatest("SELECT max(number) FROM claim")?;
    let entries = greatest("SELECT max(seq) FROM entry")?;
    for copy in 1..packages.div_ceil(recorded) {
        let last = recorded.min(packages - copy * recorded);
        connection.execute_batch("BEGIN")?;
        for (table, key, numbers) in NUMBERED {
            // What is not of packages is copied whole, also where fewer packages are missing.
            let is_of_packages = numbers[0].split(' ').any(|column| column == key);
            let all =
                if numbers[1].split(' ').any(|column| column == key) { claims } else { entries };
            let last = if is_of_packages { last } else { all };
            let shifts: Vec<(&str, u64)> = numbers
                .into_iter()
                .zip([recorded, claims, entries])
                .flat_map(|(columns, most)| columns.split(' ').map(move |name| (name, copy * most)))
                .collect();
            copy_table(
                &connection,
                table,
                &format!("{key} <= {last} ORDER BY {key}"),
                &shifts,
                copy,
            )?;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(())
}

/// Copies rows of a table, with the numbers in these columns greater by so much.
fn copy_table(
    connection: &rusqlite::Connection,
    table: &str,
    which: &str,
    shifts: &[(&str, u64)],
    copy: u64,
) -> Result<()> {
    let mut statement =
        connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = statement.query_map([table], |row| row.get::<_, String>(0))?;
    let columns = columns.collect::<rusqlite::Result<Vec<String>>>()?;
    let copied = |column: &String| match shifts.iter().find(|(name, _)| name == column) {
        Some((_, shift)) => format!("{column} + {shift}"),
        // These stand in a ledger once.
        None if (table, column.as_str()) == ("claim", "id") || column == "sha256" => {
            format!("printf('%08x', {copy}) || substr({column}, 9)")
        }
        None => column.clone(),
    };
    let values: Vec<String> = columns.iter().map(copied).collect();
    let (columns, values) = (columns.join(", "), values.join(", "));
    let sql = format!("INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {which}");
    Ok(connection.execute_batch(&sql)?)
}

/// How long something took by the clock, and for how long processors worked on it.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    cpu: Duration,
}

impl Took {
    /// Since a moment at which `cpu` had been used.
    fn since(began: Instant, cpu: Duration) -> Self {
        Self { wall: began.elapsed(), cpu: used().saturating_sub(cpu) }
    }
}

/// How long processors worked on this process and on what it ran to its end: in hundredths of a second.
fn used() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let (_, fields) = text.rsplit_once(") ").unwrap_or_default();
    let ticks = fields.split(' ').skip(11).take(4).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// Runs the program; how long it took, and the most memory that it had, in MiB.
fn run(ledger: &Path, arguments: &str) -> Result<(Took, u64)> {
    let (began, cpu) = (Instant::now(), used());
    let mut child = Command::new(env!("CARGO_BIN_EXE_aidledger"))
        .args(arguments.split(' '))
        .arg("--ledger")
        .arg(ledger)
        .stdout(Stdio::null())
        .spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut most = 0;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let found = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = found.map_or(most, |kib: u64| most.max(kib / 1024));
        std::thread::sleep(Duration::from_millis(2));
    }
    if !child.wait()?.success() {
        return Err(format!("{arguments}: the program failed").into());
    }
    Ok((Took::since(began, cpu), most))
}

/// The shortest of three runs.
fn best(ledger: &Path, arguments: &str) -> Result<Took> {
    best_of(|| Ok(run(ledger, arguments)?.0))
}

fn best_of(mut run: impl FnMut() -> Result<Took>) -> Result<Took> {
    let all = [run()?, run()?, run()?];
    let least = |part: fn(&Took) -> Duration| all.iter().map(part).min().unwrap_or_default();
    Ok(Took { wall: least(|took| took.wall), cpu: least(|took| took.cpu) })
}

/// The same sums by donor and month as the database alone makes them.
fn plain_sum(ledger: &Path) -> Result<Took> {
    let sql = "SELECT donors, substr(announced, 1, 7), currency, count(*),
                      sum(coalesce(amount_low, amount_high)), sum(amount_low), sum(amount_high)
                 FROM package
                WHERE standing = 'accepted' AND aid IN ('military', 'mixed')
                  AND stage IN ('announced', 'contracted', 'delivered')
                GROUP BY donors, substr(announced, 1, 7), currency";
    plain(ledger, &[sql])
}

/// How long the database takes to give all rows of these queries, each column looked at.
fn plain(ledger: &Path, queries: &[&str]) -> Result<Took> {
    let connection = rusqlite::Connection::open(ledger)?;
    connection.pragma_update(None, "cache_size", -16384)?;
    best_of(|| {
        let (began, cpu) = (Instant::now(), used());
        for sql in queries {
            let mut statement = connection.prepare(sql)?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column)?);
                }
                count += 1;
            }
            if count == 0 {
                return Err("the ledger holds no such rows".into());
            }
        }
        Ok(Took::since(began, cpu))
    })
}

const PACKAGES: &str = "SELECT number, donors, recipients, announced, amount_low, amount_high,
        qualifier, currency, aid, stage, mechanism, sequence, standing
   FROM package NOT INDEXED WHERE merged_into IS NULL ORDER BY number";
const ITEMS: &str = "SELECT package, system, name, class, low, high, qualifier, unit, text
   FROM item ORDER BY package, number";
const SOURCES: &str = "SELECT telling.package, article.sha256, article.title, article.publisher,
        article.published, article.url
   FROM telling JOIN claim ON claim.number = telling.claim
   JOIN article ON article.number = claim.article ORDER BY telling.package, telling.entry";
const EVIDENCE: &str = "SELECT telling.package, field, start_byte, end_byte, evidence.quote, rule
   FROM telling JOIN evidence ON evidence.claim = telling.claim
  ORDER BY telling.package, telling.entry, evidence.number";

/// What is exported as CSV, and the plain queries that give the same rows.
const EXPORTS: [(&str, &[&str]); 5] = [
    ("packages", &[PACKAGES, ITEMS, SOURCES]),
    ("items", &[PACKAGES, ITEMS]),
    ("tidy", &[PACKAGES, ITEMS]),
    ("sources", &[PACKAGES, SOURCES]),
    ("evidence", &[PACKAGES, EVIDENCE]),
];

/// In what else is exported.
const FORMATS: [&str; 8] =
    ["ndjson", "json", "markdown", "ledger", "iati", "parquet", "xlsx", "datapackage"];

/// How long the CSV crate takes to write the records of this file again.
fn plain_csv(file: &Path) -> Result<Took> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file)?;
    let records: Vec<csv::ByteRecord> =
        reader.byte_records().collect::<std::result::Result<_, _>>()?;
    let again = file.with_extension("again");
    best_of(|| {
        // To take away what was there is no part of writing, on either side.
        let _ = fs::remove_file(&again);
        let (began, cpu) = (Instant::now(), used());
        let out = File::create(&again)?;
        let mut writer = csv::Writer::from_writer(BufWriter::new(out));
        for record in &records {
            writer.write_byte_record(record)?;
        }
        writer.into_inner()?.into_inner()?.sync_all()?;
        Ok(Took::since(began, cpu))
    })
}

/// Exports a table as CSV and holds it against both bounds; of a tenth of the packages only the memory is looked
/// at.
fn csv_export(
    ledger: &Path,
    tenth: &Path,
    folder: &Path,
    what: &str,
    queries: &[&str],
) -> Result<()> {
    let file = folder.join(format!("{what}.csv"));
    let export = |of: &Path| run(of, &format!("export csv {what} --quiet -o {}", file.display()));
    let (_, few) = export(tenth)?;
    let mut most = 0;
    let ours = best_of(|| {
        let _ = fs::remove_file(&file);
        let (took, memory) = export(ledger)?;
        most = most.max(memory);
        Ok(took)
    })?;
    let (csv, database) = (plain_csv(&file)?, plain(ledger, queries)?);
    let megabytes = fs::metadata(&file)?.len() / 1_000_000;
    let share = |bound: Took| {
        let of = |bound: Duration, ours: Duration| bound.as_secs_f64() / ours.as_secs_f64() * 100.0;
        format!("{:.0} % (cpu {:.0} %)", of(bound.wall, ours.wall), of(bound.cpu, ours.cpu))
    };
    println!(
        "export csv {what}: {megabytes} MB in {:.2?}, cpu {:.2?}; {} of the csv crate's rate \
         ({:.2?}, cpu {:.2?}), {} of the database's ({:.2?}, cpu {:.2?}); memory {most} MiB, for a \
         tenth of the packages {few} MiB",
        ours.wall,
        ours.cpu,
        share(csv),
        csv.wall,
        csv.cpu,
        share(database),
        database.wall,
        database.cpu,
    );
    fs::remove_file(file)?;
    Ok(())
}

/// Totals beside the same sums as the database alone makes them.
fn totals(ledger: &Path) -> Result<()> {
    let (plain, ours) = (plain_sum(ledger)?, best(ledger, "totals --by donor,month")?);
    println!(
        "totals by donor and month: {:.2?}, cpu {:.2?}; plain SQL {:.2?}, cpu {:.2?}: {:.2} times, \
         cpu {:.2} times",
        ours.wall,
        ours.cpu,
        plain.wall,
        plain.cpu,
        ours.wall.as_secs_f64() / plain.wall.as_secs_f64(),
        ours.cpu.as_secs_f64() / plain.cpu.as_secs_f64(),
    );
    Ok(())
}

/// Exports in a format that is held against no bound.
fn export(ledger: &Path, tenth: &Path, folder: &Path, format: &str) -> Result<()> {
    let export = |of: &Path, name: &str| {
        let file = folder.join(format!("{name}.{format}"));
        run(of, &format!("export {format} --quiet -o {}", file.display()))
    };
    let ((_, few), (took, most)) = (export(tenth, "tenth")?, export(ledger, "all")?);
    println!(
        "export {format}: {:.1?}, cpu {:.1?}; memory {most} MiB, for a tenth of the packages {few} MiB",
        took.wall, took.cpu,
    );
    Ok(())
}

fn main() -> Result<()> {
    let packages = std::env::var("LARGE").ok().and_then(|text| text.parse().ok());
    let packages = packages.unwrap_or(1_000_000);
    let (tenth, ledger) = (ledger(packages / 10)?, ledger(packages)?);
    // Cargo hands on what follows `--`, behind an option of its own.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word));
    if is_wanted("totals") {
        totals(&ledger)?;
    }
    if is_wanted("list") {
        let month = best(&ledger, "list --from 2020-03 --to 2020-03")?;
        println!("list of one month: {:.1?}, cpu {:.1?}", month.wall, month.cpu);
    }
    let folder = tempfile::tempdir_in(ledger.parent().unwrap_or(Path::new(".")))?;
    for (what, queries) in EXPORTS {
        if is_wanted(&format!("export csv {what}")) {
            csv_export(&ledger, &tenth, folder.path(), what, queries)?;
        }
    }
    for format in FORMATS {
        if is_wanted(&format!("export {format}")) {
            export(&ledger, &tenth, folder.path(), format)?;
        }
    }
    Ok(())
}
