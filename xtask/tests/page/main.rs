//! The page of a review in a browser: it filters, follows links, loads nothing, and is readable without
//! scripts.
//!
//! Chromium is driven over `WebDriver` ([`driver`]). Where it is not installed the test says so and
//! passes, unless `CI` is `true`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod driver;

use std::path::{Path, PathBuf};

use driver::Browser;
use serde_json::{Value, json};

/// The titles of the entries that can be seen.
const VISIBLE: &str = "return [...document.querySelectorAll('article')] \
    .filter((node) => node.getClientRects().length > 0) \
    .map((node) => node.querySelector('h3').textContent)";

/// A file of the goldens that `generator/tests/review` writes.
fn golden(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    root.join("generator/tests/review/goldens").join(name)
}

fn visible(browser: &Browser) -> Vec<String> {
    let Value::Array(titles) = browser.run(VISIBLE) else { panic!("no list") };
    titles.iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}

/// Empties all fields, which are empty once the event is over.
fn show_all(browser: &Browser) {
    browser.click("button[type=reset]");
    browser.wait("return /^\\d+ entries$/.test(document.querySelector('#count').textContent)");
}

/// What is seen once a text is typed into a field, which is emptied afterwards.
fn typed(browser: &Browser, field: &str, text: &str) -> Vec<String> {
    browser.keys(field, text);
    let found = visible(browser);
    show_all(browser);
    found
}

#[test]
fn a_page_filters_and_follows_links() {
    let Some(browser) = Browser::start() else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "chromedriver is not installed");
        println!("skipped: chromedriver is not installed");
        return;
    };
    let review: Value =
        serde_json::from_str(&std::fs::read_to_string(golden("review.json")).unwrap()).unwrap();
    let all =
        review["changes"].as_array().unwrap().len() + review["waived"].as_array().unwrap().len();

    browser.open(&golden("review.html"));
    assert_eq!(visible(&browser).len(), all);
    nothing_of_a_document_acts(&browser);
    fields_filter(&browser, all);
    links_lead_somewhere(&browser, all);
    for width in [1280, 390] {
        browser.resize(width, 900);
        let wide = browser.run("return document.documentElement.scrollWidth");
        assert!(wide.as_u64().unwrap() <= width, "{wide} wide in a window of {width}");
    }
    readable_without_scripts(&browser, all);
}

fn nothing_of_a_document_acts(browser: &Browser) {
    assert_eq!(browser.run("return document.querySelectorAll('img, iframe, b b').length"), 0);
    assert_eq!(browser.run("return document.scripts.length"), 1);
    assert_eq!(browser.run("return performance.getEntriesByType('resource').length"), 0);
    // What would be loaded is refused, whoever asks for it.
    let refused = browser.run(
        "return new Promise((done) => { \
           document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective)); \
           new Image().src = 'http://127.0.0.1:9/'; })",
    );
    assert_eq!(refused, "img-src");
}

fn fields_filter(browser: &Browser, all: usize) {
    assert_eq!(typed(browser, "#text", "KEEPER"), ["models::Owner → models::Keeper"]);
    assert_eq!(typed(browser, "#text", "pub f64 field-added"), ["models::Pet::weight"]);
    assert_eq!(typed(browser, "#text", "nothing has this"), [""; 0]);
    assert_eq!(typed(browser, "#operation", "POST /pets"), ["pets::Pets::create_pet"]);
    // A part of a name does as well, in any case.
    assert_eq!(typed(browser, "#operation", "put /own"), ["models::Owner → models::Keeper"]);
    assert_eq!(visible(browser).len(), all, "all are shown again");

    browser.click("#filters button[data-level=adds]");
    assert!(!visible(browser).contains(&"models::Pet::weight".to_owned()));
    assert_eq!(browser.run("return document.querySelector('#level-adds').hidden"), true);
    browser.keys("#text", "pet::");
    let found = visible(browser).len();
    assert!(found < all);
    let count = browser.run("return document.querySelector('#count').textContent");
    assert_eq!(count, format!("{found} of {all} entries"));
    show_all(browser);

    // A dot of the picture shows its changes alone.
    browser.click("svg a[data-level=adds][data-group='0']");
    assert_eq!(visible(browser), ["pets::Pets::create_pet"]);
    show_all(browser);
}

fn links_lead_somewhere(browser: &Browser, all: usize) {
    let lost = browser.run(
        "return [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')) \
         .filter((href) => !document.getElementById(href.slice(1)))",
    );
    assert_eq!(lost, json!([]), "links without a target");

    browser.click("#level-build article a[href^='#u']");
    let users = "return document.querySelector('.set:target').textContent";
    assert!(browser.run(users).as_str().unwrap().contains("GET /pets/{id}/part/14"));
    let seen = "const at = document.querySelector('.set:target').getBoundingClientRect(); \
                return at.top >= 0 && at.bottom <= innerHeight";
    browser.wait(seen);

    // A link to an entry that is filtered away shows all, and its details.
    browser.keys("#text", "nothing has this");
    assert_eq!(visible(browser).len(), 0);
    browser.run("location.hash = document.querySelector('#level-adds article').id");
    browser.wait("return document.querySelector('article:target details').open");
    assert_eq!(visible(browser).len(), all);
}

/// The same page as a browser has it that runs no scripts.
fn readable_without_scripts(browser: &Browser, all: usize) {
    let page = std::fs::read_to_string(golden("review.html")).unwrap();
    let (before, rest) = page.rsplit_once("<script>").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    let path = browser.folder().join("without-scripts.html");
    std::fs::write(&path, format!("{before}{after}")).unwrap();
    browser.open(&path);
    assert_eq!(browser.run("return document.scripts.length"), 0);
    assert_eq!(visible(browser).len(), all);
    let filters = browser.run("return document.querySelector('#filters').getClientRects().length");
    assert_eq!(filters, 0, "what does not work is not shown");
    browser.click("nav a[href='#level-build']");
    assert!(browser.run("return location.hash") == "#level-build");
}
