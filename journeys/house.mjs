// Starts the demonstration on a throw-away store and takes it away again.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import { execFileSync } from "node:child_process";

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

function database() {
  if (process.env.JIAYUAN_JOURNEY_STORE !== "postgres") return [];
  const cluster = process.env.JIAYUAN_TEST_POSTGRES;
  const name = `journey_${process.pid}_${Date.now()}`;
  execFileSync("psql", [cluster, "-q", "-c", `create database ${name}`]);
  return ["--database", cluster.replace(/\/[^/]*$/, `/${name}`)];
}

async function opened(base, process_) {
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return;
    if (tries > 300 || process_.exitCode !== null) throw new Error("the house did not start");
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function ended(process_, signal) {
  const gone = new Promise((done) => process_.once("exit", done));
  process_.kill(signal);
  await gone;
}

// The demonstration's first start takes seconds; JIAYUAN_JOURNEY_SEED names a folder in which the first house of a run is kept as
// it was then, for the others to begin from.
async function seeded(data) {
  const seed = process.env.JIAYUAN_JOURNEY_SEED;
  if (!seed || process.env.JIAYUAN_JOURNEY_STORE === "postgres") return;
  const kept = join(seed, "house");
  if (!existsSync(kept)) {
    const first = await startIn(join(seed, "first"));
    await first.halt();
    await rename(first.data, kept);
  }
  await cp(kept, data, { recursive: true });
}

export async function start() {
  const data = await mkdtemp(join(tmpdir(), "jiayuan-journey-"));
  await seeded(data);
  return startIn(data);
}

// The same on a folder that may already hold a house.
export async function startIn(data, ...more) {
  const port = await freePort();
  const binary = process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan";
  const process_ = spawn(binary, ["demo", "--data", data, "--listen", `127.0.0.1:${port}`, ...database(), ...more], { stdio: ["ignore", "inherit", "inherit"] });
  const base = `http://127.0.0.1:${port}`;
  await opened(base, process_);
  const halt = () => ended(process_, "SIGTERM");
  const stop = async () => {
    await halt();
    await rm(data, { recursive: true, force: true });
  };
  // As when the power fails: nothing is told, nothing is finished.
  const kill = () => ended(process_, "SIGKILL");
  return { base, data, stop, halt, kill };
}

// A real house on an empty store, with the one-time codes it shows on its console for its two first offices.
export async function serveNew(...more) {
  const data = await mkdtemp(join(tmpdir(), "jiayuan-real-"));
  const port = await freePort();
  const binary = process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan";
  const [database_] = database().slice(1);
  const options = ["--listen", `127.0.0.1:${port}`, "--database", database_ ?? `sqlite:${data}/house.db`, "--key-file", `${data}/house.key`, "--files", `${data}/files`];
  const process_ = spawn(binary, ["serve", ...options, ...more], { stdio: ["ignore", "ignore", "pipe"] });
  const codes = {};
  process_.stderr.on("data", (text) => {
    for (const [, code, office] of String(text).matchAll(/一次性代码 (\S+) 设置首位(\S+?)（/g)) codes[office] = code;
  });
  const base = `http://127.0.0.1:${port}`;
  await opened(base, process_);
  const stop = async () => {
    await ended(process_, "SIGTERM");
    await rm(data, { recursive: true, force: true });
  };
  return { base, data, codes, stop };
}
