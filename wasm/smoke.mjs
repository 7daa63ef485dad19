// Calls from WebAssembly in Node.js, whose `fetch` they use, against a server in the same process.
//
//     node smoke.mjs <folder with what wasm-bindgen made>

import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const calls = createRequire(import.meta.url)(resolve(process.argv[2], "oasmith_wasm.js"));
const keys = generateKeyPairSync("ed25519");
const clientId = "curious-lynx-54321@acme.conductor.one/pcc";

const seen = []; // The requests since the last test began, as "GET /path".
let closed = 0; // How many answers the client did not take to their end.
let tokens = 0;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => answer(request, response, Buffer.concat(chunks).toString()));
  response.on("close", () => (closed += response.writableFinished ? 0 : 1));
});

function json(response, status, value, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

function answer(request, response, body) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  seen.push(`${request.method} ${request.url}`);
  const before = seen.length - 1;
  switch (pathname) {
    case "/busy": // Twice no, then yes.
      if (before === 0) return json(response, 503, {});
      if (before === 1) return json(response, 429, {}, { "retry-after": "1" });
      return json(response, 200, { tries: before + 1 });
    case "/missing":
      return json(response, 404, { message: "there is none" });
    case "/echo":
      assert.equal(request.headers["content-type"], "application/json");
      assert.equal(request.headers["x-text"], "a b");
      assert.match(request.headers["idempotency-key"], /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      // A key makes the call one that may be repeated.
      return before === 0 ? json(response, 500, {}) : json(response, 200, JSON.parse(body));
    case "/slow":
      return; // Never.
    case "/slow-once":
      return before === 0 ? undefined : json(response, 200, { tries: before + 1 });
    case "/moved":
      response.writeHead(307, { location: "/echoed?moved=1" });
      return response.end();
    case "/echoed":
      return json(response, 200, { query: searchParams.get("moved") });
    case "/elsewhere":
      response.writeHead(302, { location: "http://127.0.0.1:1/stolen" });
      return response.end();
    case "/token":
      assert.equal(request.headers.authorization, `Basic ${btoa("smoke:secret")}`);
      assert.equal(new URLSearchParams(body).get("grant_type"), "client_credentials");
      tokens += 1;
      return json(response, 200, { access_token: `t${tokens}`, token_type: "Bearer", expires_in: 2 });
    case "/who":
      return json(response, 200, request.headers.authorization);
    case "/pages": {
      const page = Number(searchParams.get("token") ?? 1);
      return json(response, 200, { item: page, next: page < 3 ? `${page + 1}` : "" });
    }
    case "/file":
      response.writeHead(200, { "content-type": "application/octet-stream" });
      response.write("one ");
      return setTimeout(() => response.end("two"), 50);
    case "/cut":
      response.writeHead(200, { "content-length": "100" });
      response.write("one");
      return setTimeout(() => response.destroy(), 50);
    case "/stalled":
      response.writeHead(200);
      return response.write("one");
    case "/auth/v1/token":
      return json(response, ...signedIn(new URLSearchParams(body)));
    default:
      assert.equal(request.headers.authorization, "Bearer c1-token");
      return json(response, 200, { connectorOwnerUser: { user: { displayName: "Zoë" } } });
  }
}

/** What C1 says to an assertion: whether the key of the account signed it, for now. */
function signedIn(form) {
  const [header, claims, signature] = form.get("client_assertion").split(".");
  const key = createPublicKey(keys.privateKey);
  const good = verify(null, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
  const { exp } = JSON.parse(Buffer.from(claims, "base64url"));
  const now = Date.now() / 1000;
  return good && exp > now && exp < now + 600
    ? [200, { access_token: "c1-token", token_type: "Bearer", expires_in: 600 }]
    : [401, { error: "invalid_client" }];
}

async function test(name, expected, call) {
  seen.length = 0;
  const begun = performance.now();
  const result = await call();
  const took = Math.round(performance.now() - begun);
  console.log(`${name}: ${result} (${took} ms, ${seen.length} requests)`);
  if (expected instanceof RegExp) assert.match(result, expected);
  else assert.equal(result, expected);
  return { took, requests: [...seen] };
}

/** Time for the server to see that a connection ended. */
const soon = () => new Promise((done) => setTimeout(done, 100));

await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}`;
const jwk = keys.privateKey.export({ format: "jwk" });
const secret = `secret-token:conductorone.com:v1:${Buffer.from(JSON.stringify(jwk)).toString("base64url")}`;

const busy = await test("retries", '{"tries":3}', () => calls.read(url, "/busy"));
assert.ok(busy.took >= 1000, "Retry-After is waited");
await test("an error of the API", "Api 404 Not Found: there is none", () => calls.read(url, "/missing"));
await test("a body and an idempotency key", '{"number":7,"text":"ü"}', () => calls.write(url));
const hurry = await test("a time limit", "Timeout Some(200ms)", () => calls.hurry(url, "/slow"));
assert.ok(hurry.took >= 200 && hurry.took < 2000);
await soon();
assert.equal(closed, 1, "a call whose time is over is aborted");
await test("a time limit of attempts", '{"tries":2}', () => calls.attempts(url, "/slow-once"));
await test("a redirect", '{"query":"1"}', () => calls.read(url, "/moved"));
const away = await test("a redirect elsewhere", /^Transport Redirect\(OtherOrigin/, () => calls.read(url, "/elsewhere"));
assert.equal(away.requests.length, 1);
await test("tokens", '"Bearer t1" "Bearer t1" "Bearer t2"', () => calls.sign_in(url));
assert.equal(tokens, 2);
await test("pages", "1 2 3", () => calls.list(url));
await test("a download", "one two end", () => calls.download(url, "/file", 9));
await test("a cut", /^one Transport Receive/, () => calls.download(url, "/cut", 9));
await test("a stream that stalls", "one Timeout Some(300ms)", () => calls.download(url, "/stalled", 9));
await soon();
closed = 0;
await test("a download that is dropped", "one", () => calls.download(url, "/stalled", 1));
await soon();
assert.equal(closed, 1, "a download that is dropped is aborted");
// A port that was free a moment ago.
const other = createServer();
await new Promise((done) => other.listen(0, "127.0.0.1", done));
const nobody = `http://127.0.0.1:${other.address().port}`;
await new Promise((done) => other.close(done));
await test("no server", /^Transport Send: fetch failed: connect ECONNREFUSED/, () => calls.read(nobody, "/busy"));
await test("the generated crate", "Zoë", () => calls.generated(url, clientId, secret));

// What a browser does otherwise than Node.js, by a `fetch` that answers as one would.
const { fetch } = globalThis;
let sent;
globalThis.fetch = async (request) => {
  sent = request;
  return Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
};
await test("a redirect in a browser", "Transport Redirect(Hidden): ", () => calls.read(url, "/moved"));
assert.equal(sent.redirect, "manual");
assert.equal(sent.credentials, "omit");
assert.equal(sent.cache, "no-store");
assert.equal(sent.referrerPolicy, "no-referrer");
assert.equal(sent.headers.get("user-agent"), null);
assert.equal(sent.headers.get("accept"), "application/json");
globalThis.fetch = async (request) => {
  throw new TypeError(`NetworkError of ${request.url}`);
};
await test("a failure that names the address", "Transport Send: the browser tells no reason", () => calls.read(url, "/moved"));
globalThis.fetch = undefined;
await test("a place without fetch", "Transport Other: there is no function `fetch`", () => calls.read(url, "/moved"));
globalThis.fetch = fetch;

server.closeAllConnections();
server.close();
console.log("WebAssembly: all as expected");
