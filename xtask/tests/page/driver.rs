//! Chromium over `WebDriver` (W3C), whose few commands are JSON over plain HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The key of an element in an answer.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with a window, which ends with this value.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    folder: PathBuf,
}

impl Browser {
    /// A browser with a profile of its own, or nothing where none is installed.
    pub(crate) fn start() -> Option<Self> {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().ok()?;
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        // It goes on writing, and must not find the pipe closed.
        std::thread::spawn(move || lines.for_each(drop));

        let name = format!("page-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let mut browser = Self { driver, port: port.unwrap(), session: String::new(), folder };
        let profile = format!("--user-data-dir={}", browser.folder.join("profile").display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--window-size=1280,900",
            &profile,
        ];
        let options = json!({"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}});
        let answer = browser.call("POST", "/session", &json!({"capabilities": options}));
        browser.session = format!("/session/{}", answer["sessionId"].as_str().unwrap());
        Some(browser)
    }

    /// Where files can be written; it ends with the browser.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn open(&self, path: &Path) {
        self.ask("/url", &json!({"url": format!("file://{}", path.display())}));
    }

    /// What a script returns, or what its promise becomes.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.ask("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Waits until a script returns `true`.
    pub(crate) fn wait(&self, script: &str) {
        let start = Instant::now();
        while self.run(script) != true {
            assert!(start.elapsed() < PATIENCE, "never true: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn click(&self, selector: &str) {
        let element = self.find(selector);
        // The driver would scroll it to the edge, where something may lie above it.
        let script = "arguments[0].scrollIntoView({block: 'center'})";
        let arguments = json!([{(ELEMENT): element}]);
        self.ask("/execute/sync", &json!({"script": script, "args": arguments}));
        self.ask(&format!("/element/{element}/click"), &json!({}));
    }

    pub(crate) fn keys(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.ask(&format!("/element/{element}/value"), &json!({"text": text}));
    }

    /// Gives the page another size; a window cannot be as narrow as a telephone.
    pub(crate) fn resize(&self, width: u64, height: u64) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": size});
        self.ask("/goog/cdp/execute", &command);
    }

    fn find(&self, selector: &str) -> String {
        let answer = self.ask("/element", &json!({"using": "css selector", "value": selector}));
        answer[ELEMENT].as_str().unwrap().to_owned()
    }

    fn ask(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &format!("{}{path}", self.session), body)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.send(method, path, body).unwrap();
        assert!(status == 200, "{method} {path} {body}: {status} {answer}");
        answer["value"].clone()
    }

    /// One exchange of HTTP, with a connection of its own.
    fn send(&self, method: &str, path: &str, body: &Value) -> std::io::Result<(u16, Value)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let body = body.to_string();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes())?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let mut length = 0;
        while line.trim_end() != "" {
            line.clear();
            reader.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        Ok((status, serde_json::from_slice(&answer)?))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends Chromium; what is left after a failure must not hide it.
        if !self.session.is_empty() {
            let _ = self.send("DELETE", &self.session, &json!({}));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
