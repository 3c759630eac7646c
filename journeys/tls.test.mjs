// The house speaks HTTPS itself with an office's own certificate, and says in one line what is wrong with a bad one.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "./house.mjs";

const binary = process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan";

function certificate(folder, name) {
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", certificate, "-keyout", key], { stdio: "ignore" });
  return { certificate, key };
}

function serve(folder, port, certificate, key) {
  return ["serve", "--listen", `127.0.0.1:${port}`, "--database", `sqlite:${join(folder, "house.db")}`, "--key-file", join(folder, "house.key"),
    "--files", join(folder, "files"), "--tls-cert", certificate, "--tls-key", key];
}

test("a house with a certificate answers over HTTPS, marks its cookies, and stops cleanly", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jiayuan-tls-"));
  const own = certificate(folder, "own");
  const port = await freePort();
  const house = spawn(binary, serve(folder, port, own.certificate, own.key), { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  house.stderr.on("data", (it) => (said += it));
  const ca = await readFile(own.certificate);
  const ask = (path) => new Promise((done) => {
    const asking = get({ host: "localhost", port, path, ca, family: 4 }, (answer) => { answer.resume(); done(answer); });
    asking.on("error", () => done(null));
  });
  let ready = null;
  for (let tries = 0; tries < 100 && ready?.statusCode !== 200; tries += 1) {
    ready = await ask("/readyz");
    if (!ready) await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(ready?.statusCode, 200);
  const page = await ask("/accounts/sign-in");
  assert.equal(page.headers["strict-transport-security"], "max-age=31536000");
  assert.match(said, new RegExp(`https://127.0.0.1:${port}/accounts/code`));
  const gone = new Promise((done) => house.once("exit", done));
  house.kill("SIGTERM");
  assert.equal(await gone, 0);
  await rm(folder, { recursive: true, force: true });
});

test("a key of another certificate is refused before the door opens", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jiayuan-tls-"));
  const [own, other] = [certificate(folder, "own"), certificate(folder, "other")];
  const answer = spawnSync(binary, serve(folder, await freePort(), own.certificate, other.key), { encoding: "utf8", timeout: 20000 });
  assert.equal(answer.status, 1);
  assert.match(answer.stderr, /不能使用/);
  const missing = spawnSync(binary, serve(folder, await freePort(), join(folder, "none.pem"), own.key), { encoding: "utf8", timeout: 20000 });
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /无法读取/);
  await rm(folder, { recursive: true, force: true });
});
