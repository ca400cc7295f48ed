//! The description of a folder of CSV files: a Data Package of version 2.

use super::field_names;
use crate::report::table::{Column, Kind, Shown};
use serde_json::{Value, json};

/// A file of the package as it was written.
#[derive(Debug, Clone)]
pub struct Resource<'a> {
    /// Its name without the ending.
    pub name: &'a str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What the package says of itself.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// Number and hash of the last entry of the journal.
    pub head: (u64, &'a str),
    /// The licence by its identifier, where the user names one.
    pub licence: Option<&'a str>,
    /// Title and address of what it was made from.
    pub sources: Vec<(String, Option<String>)>,
    /// What counts, and what is not in it.
    pub notes: Vec<String>,
}

/// `datapackage.json`.
pub fn datapackage(resources: &[Resource], about: &About) -> Value {
    let sources: Vec<Value> = about
        .sources
        .iter()
        .map(|(title, path)| match path {
            Some(path) => json!({"title": title, "path": path}),
            None => json!({"title": title}),
        })
        .collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "aid-packages",
        "title": "Aid packages with the sentences that tell them",
        "description": about.notes.join("\n"),
        "version": about.head.0.to_string(),
        "journal": {"entry": about.head.0, "hash": about.head.1},
        "sources": sources,
        "resources": resources.iter().map(resource).collect::<Vec<_>>(),
    });
    if let Some(licence) = about.licence {
        package["licenses"] = json!([{"name": licence}]);
    }
    package
}

fn resource(resource: &Resource) -> Value {
    let columns = resource.columns.iter().filter(|column| column.shown != Shown::People);
    let fields: Vec<Value> = columns.flat_map(fields).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    });
    let has = |name: &str| resource.columns.iter().any(|column| column.name == name);
    if resource.name == "packages" {
        schema["primaryKey"] = json!(["id"]);
    } else if has("package") {
        schema["foreignKeys"] = json!([{
            "fields": ["package"],
            "reference": {"resource": "packages", "fields": ["id"]},
        }]);
    }
    json!({
        "name": resource.name,
        "type": "table",
        "path": format!("{}.csv", resource.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "hash": format!("sha256:{}", resource.sha256),
        "dialect": {"lineTerminator": "\r\n"},
        "schema": schema,
    })
}

fn fields(column: &Column) -> Vec<Value> {
    let names = field_names(column);
    let kinds: &[&str] = match column.kind {
        Kind::Amount | Kind::Quantity => &["number", "number", "string", "string"],
        Kind::Number => &["number"],
        Kind::Count => &["integer"],
        Kind::Flag => &["boolean"],
        Kind::Text | Kind::Date => &["string"],
    };
    let is_date = column.kind == Kind::Date;
    names
        .into_iter()
        .zip(kinds)
        .map(|(name, kind)| {
            let mut field = json!({"name": name, "type": kind});
            if is_date {
                field["description"] = json!("a day, a month or a year, as far as known");
                field["constraints"] = json!({"pattern": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"});
            }
            field
        })
        .collect()
}
