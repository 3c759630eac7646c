// The process dies while people write: what was acknowledged is there afterwards, and the audit chain still fits.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { start, startIn } from "./house.mjs";
import { open, logInAs } from "./browser.mjs";

const KILLS = Number(process.env.JIAYUAN_KILLS ?? 3);
const WRITERS = 8;

async function communityOf(base) {
  const { browser, page } = await open(base);
  await logInAs(page, "陈思远");
  await page.goto("/registry/communities");
  const id = (await page.locator("tbody a").first().getAttribute("href")).split("/").pop();
  await browser.close();
  return id;
}

// One resident after another, each with a key of their own.
async function report(base, community, key, n) {
  const form = new FormData();
  const fields = { community, category: "lighting", body: `第${n}号写入：楼道灯坏了`, phone: "13900001111", _token: "", _key: key };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const answer = await fetch(`${base}/tickets/report`, { method: "POST", body: form, redirect: "manual" });
  return { status: answer.status, to: answer.headers.get("location") };
}

// The county's desk, which has no daily bound: who is signed in, and a community to file for.
async function desk(base) {
  const { browser, page, context } = await open(base);
  await logInAs(page, "程立新");
  await page.goto("/registry/communities");
  const community = (await page.locator("tbody a").first().getAttribute("href")).split("/").pop();
  await page.goto(`/tickets/new?community=${community}`);
  const token = await page.locator("main input[name=_token]").first().inputValue();
  const cookie = (await context.cookies()).map((it) => `${it.name}=${it.value}`).join("; ");
  await browser.close();
  return { community, token, cookie };
}

async function filed(base, { community, token, cookie }, key, said) {
  const body = new URLSearchParams({ community, category: "lighting", body: said, phone: "13900001111", _token: token, _key: key });
  const answer = await fetch(`${base}/tickets/new`, { method: "POST", body, headers: { cookie }, redirect: "manual" });
  return answer.status === 303 ? answer.headers.get("location").split("?")[0] : null;
}

// covers: SC-059
test("kill -9 while cases are being filed loses none that was acknowledged, and none is there twice when it is sent again", { skip: process.env.JIAYUAN_JOURNEY_STORE === "postgres" && "the embedded store is what a county runs" }, async () => {
  let house = await start();
  const who = await desk(house.base);
  const acknowledged = new Map();
  let [n, again] = [0, 0];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const unknown = [];
    let running = true;
    const writers = Array.from({ length: WRITERS }, async () => {
      while (running) {
        n += 1;
        const [key, said] = [`kill-${kill}-${n}-key`, `楼道灯坏了，写入${String(n).padStart(6, "0")}号`];
        try {
          const to = await filed(house.base, who, key, said);
          if (to) acknowledged.set(key, { to, said });
          else unknown.push([key, said]);
        } catch {
          // Nobody knows whether it was kept: it is sent again under the same key.
          unknown.push([key, said]);
          break;
        }
      }
    });
    await new Promise((done) => setTimeout(done, 60 + (kill * 37) % 400));
    await house.kill();
    running = false;
    await Promise.all(writers);
    house = await startIn(house.data);
    for (const [key, said] of unknown) {
      again += 1;
      const to = await filed(house.base, who, key, said);
      assert.ok(to, `${key} is not resolved by sending it again`);
      acknowledged.set(key, { to, said });
    }
  }
  assert.ok(acknowledged.size > KILLS, "nothing was acknowledged before the kills");
  const cases = new Set([...acknowledged.values()].map((it) => it.to));
  assert.equal(cases.size, acknowledged.size, "two keys led to one case");
  for (const { to, said } of acknowledged.values()) {
    const page = await fetch(`${house.base}${to}`, { headers: { cookie: who.cookie } });
    assert.ok((await page.text()).includes(said), to);
  }
  // What was sent twice is there once.
  for (const { said } of [...acknowledged.values()].slice(-40)) {
    const list = await (await fetch(`${house.base}/tickets?said=${encodeURIComponent(said.slice(-9, -1))}`, { headers: { cookie: who.cookie } })).text();
    assert.equal(list.split(said).length - 1, 1, said);
  }
  const { data } = house;
  await new Promise((done) => setTimeout(done, 2500));
  await house.kill();
  const verified = execFileSync(process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan", ["verify", "--database", `sqlite:${data}/luan.db`, "--key-file", `${data}/jiayuan.key`], { stdio: "pipe" });
  assert.equal(String(verified), "");
  await rm(data, { recursive: true, force: true });
  console.log(`${acknowledged.size} acknowledged cases survived ${KILLS} kills, ${again} of them sent again`);
});

// The codes of every letter of the open vote, building by building, as the neighborhood prints them.
async function letters(base) {
  const { browser, page } = await open(base);
  await logInAs(page, "李春梅");
  await page.goto("/assemblies");
  await page.getByRole("link", { name: "使用维修资金更换3幢电梯" }).click();
  await page.getByRole("link", { name: "送达与扫楼" }).click();
  const canvass = page.url();
  const codes = [];
  for (const building of await page.locator(".tabs a").evaluateAll((all) => all.map((it) => it.getAttribute("href")))) {
    await page.goto(building);
    await page.getByRole("button", { name: /的表决凭证$/ }).click();
    await page.waitForSelector(".letter");
    codes.push(...(await page.locator(".letter .code-big").allTextContents()));
  }
  await browser.close();
  return { decision: canvass.match(/decisions\/(\d+)/)[1], codes };
}

// covers: BJ-032
test("kill -9 while owners vote loses no ballot that was acknowledged", { skip: process.env.JIAYUAN_JOURNEY_STORE === "postgres" && "the embedded store is what a county runs" }, async () => {
  let house = await start();
  const { decision, codes } = await letters(house.base);
  const receipts = [];
  // The newest before each kill are those at risk; a log of thousands is not asked for each of its ballots.
  const atRisk = [];
  let n = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    let running = true;
    const voters = Array.from({ length: WRITERS }, async () => {
      while (running) {
        n += 1;
        const body = new URLSearchParams({ code: codes[n % codes.length], "item-1": ["yes", "no", "abstain"][n % 3], _token: "", _key: `vote-${kill}-${n}-key` });
        try {
          const answer = await fetch(`${house.base}/assemblies/vote/cast`, { method: "POST", body, redirect: "manual" });
          if (answer.status !== 200) continue;
          const links = (await answer.text()).matchAll(/\/assemblies\/posted\/\d+\/receipt\?n=\d+(?:&amp;|&#38;)hash=[0-9a-f]{64}/g);
          receipts.push(...[...links].map((it) => it[0].replace(/&amp;|&#38;/, "&")));
        } catch {
          break;
        }
      }
    });
    await new Promise((done) => setTimeout(done, 400 + kill * 37));
    await house.kill();
    running = false;
    await Promise.all(voters);
    atRisk.push(...receipts.slice(-12));
    house = await startIn(house.data);
  }
  assert.ok(receipts.length > 0, "nothing was acknowledged before the first kill");
  for (const receipt of atRisk) {
    const page = await fetch(`${house.base}${receipt}`);
    assert.match(await page.text(), /这张票在日志里/, receipt);
  }
  // The log has been signed past the newest ballot, and says so.
  let [size, signed] = [0, false];
  for (let tries = 0; tries < 40 && !signed; tries += 1) {
    await new Promise((done) => setTimeout(done, 300));
    const log = await (await fetch(`${house.base}/assemblies/posted/${decision}/log`)).text();
    size = Number(log.match(/<strong>(\d+)<\/strong><span>条记录/)[1]);
    signed = log.includes(`jiayuan/vote/${decision}\n${size}\n`);
  }
  assert.ok(signed, `${size} leaves, the newest not signed`);
  const { data } = house;
  await house.kill();
  await rm(data, { recursive: true, force: true });
  console.log(`${receipts.length} acknowledged ballots survived ${KILLS} kills`);
});

const MAY_MOUNT = process.getuid() === 0 && (() => {
  const probe = mkdtempSync(join(tmpdir(), "jiayuan-probe-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", probe], { stdio: "ignore" });
    execFileSync("umount", [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
})();

// Takes all the space there is.
function fill(path) {
  const file = openSync(path, "w");
  for (const size of [1 << 20, 1 << 12]) {
    const block = Buffer.alloc(size, 1);
    try {
      for (;;) if (writeSync(file, block) < size) break;
    } catch (fault) {
      if (fault.code !== "ENOSPC") throw fault;
    }
  }
  closeSync(file);
}

test("a full disk refuses writes in plain words, reads go on, and nothing acknowledged is lost", { skip: (process.env.JIAYUAN_JOURNEY_STORE === "postgres" && "the embedded store is what a county runs") || (!MAY_MOUNT && "a small disk can only be mounted by root") }, async () => {
  const disk = mkdtempSync(join(tmpdir(), "jiayuan-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=400m", "tmpfs", disk]);
  try {
    const house = await startIn(disk);
    const community = await communityOf(house.base);
    const acknowledged = [];
    const file = async (n) => {
      const answer = await report(house.base, community, `disk-${n}-key-key`, n);
      if (answer.status === 303 && answer.to.includes("fresh=yes")) acknowledged.push(answer.to.split("?")[0]);
      return answer.status;
    };
    assert.equal(await file(0), 303);
    // Small writes fit into what the log has already taken of the disk; a county's sheet does not.
    const { browser, page } = await open(house.base);
    await logInAs(page, "程立新");
    const sheet = Buffer.from("小区名称,所在社区,户数\n" + Array.from({ length: 120000 }, (_, n) => `盛满小区${n},城关镇三里社区,${n % 900 + 1}\n`).join(""));
    const upload = async () => {
      await page.goto("/registry/imports/new");
      const value = (name) => page.locator(`main form input[name="${name}"]`).first().getAttribute("value");
      const multipart = { _token: await value("_token"), _key: await value("_key"), register: "communities", file: { name: "台账.csv", mimeType: "text/csv", buffer: sheet } };
      const answer = await page.request.post("/registry/imports", { multipart, maxRedirects: 0, timeout: 60000 });
      return { status: answer.status(), text: await answer.text() };
    };
    fill(join(disk, "ballast"));
    for (let n = 0; n < 3; n += 1) {
      const refused = await upload();
      assert.equal(refused.status, 503, refused.text.slice(0, 400));
      assert.ok(refused.text.includes("暂时无法保存"));
    }
    for (let n = 1; n < 8; n += 1) assert.ok([303, 503].includes(await file(n)));
    for (const path of ["/tickets/report", "/campaigns/posted", acknowledged[0]]) {
      assert.equal((await fetch(`${house.base}${path}`)).status, 200, path);
    }
    rmSync(join(disk, "ballast"));
    let again = 0;
    for (let tries = 0; tries < 50 && again !== 303; tries += 1) {
      again = await file(100 + tries);
      if (again !== 303) await new Promise((done) => setTimeout(done, 100));
    }
    assert.equal(again, 303);
    assert.equal((await upload()).status, 303);
    await browser.close();
    for (const track of acknowledged) assert.equal((await fetch(`${house.base}${track}`)).status, 200, track);
    await new Promise((done) => setTimeout(done, 2500));
    await house.kill();
    const verified = execFileSync(process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan", ["verify", "--database", `sqlite:${disk}/luan.db`, "--key-file", `${disk}/jiayuan.key`], { stdio: "pipe" });
    assert.equal(String(verified), "");
  } finally {
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});

test("whoever looks after the house sweeps what nobody names, and hears of what is lost", async () => {
  const house = await start();
  const binary = process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan";
  const [key] = readdirSync(house.data).filter((it) => it.endsWith(".key"));
  const [database, files] = [`sqlite:${house.data}/luan.db`, `${house.data}/files`];
  const run = (...words) => spawnSync(binary, words, { encoding: "utf8" });
  const doctor = () => run("doctor", "--database", database, "--files", files, "--key-file", `${house.data}/${key}`);
  const sweep = (...more) => run("sweep", "--database", database, "--files", files, ...more);
  const well = doctor();
  assert.equal(well.status, 0, well.stderr);
  // One that nobody names and has lain there for two days, one that was kept just now.
  const [old, fresh] = ["ab", "cd"].map((it) => join(files, it, "0".repeat(62)));
  for (const it of [old, fresh]) {
    mkdirSync(dirname(it), { recursive: true });
    writeFileSync(it, "x");
  }
  const before = new Date(Date.now() - 48 * 3600 * 1000);
  utimesSync(old, before, before);
  const [named] = readdirSync(files).filter((it) => !["ab", "cd"].includes(it));
  const [picture] = readdirSync(join(files, named));
  const path = join(files, named, picture);
  utimesSync(path, before, before);
  assert.match(sweep().stderr, /没有记录的附件文件1个，1字节；确认后加 --yes 清理/);
  assert.ok(existsSync(old));
  assert.match(sweep("--yes").stderr, /已清理没有记录的附件文件1个，1字节/);
  // A database that is not there is not made, and nothing goes.
  const nowhere = `${house.data}/elsewhere.db`;
  const wrong = run("sweep", "--database", `sqlite:${nowhere}`, "--files", files, "--yes");
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /没有数据库文件/);
  assert.deepEqual([existsSync(nowhere), existsSync(path)], [false, true]);
  assert.deepEqual([old, fresh, path].map((it) => existsSync(it)), [false, true, true]);
  rmSync(path);
  const ill = doctor();
  assert.equal(ill.status, 1);
  assert.match(ill.stderr, /有\d+份附件的文件不在/);
  // A younger key: what was sealed before still opens after the next start, and what is new is sealed with it.
  const keys = run("new-key", "--key-file", `${house.data}/${key}`);
  assert.match(keys.stderr, /现有2个密钥/);
  await house.kill();
  const again = await startIn(house.data);
  const { browser, page } = await open(again.base);
  await logInAs(page, "程立新");
  await page.goto("/tickets?stage=closed");
  await page.locator("tbody a").first().click();
  await page.getByRole("button", { name: /显示完整/ }).click();
  assert.match(await page.textContent("main"), /1[3-9]\d{9}/);
  await browser.close();
  await again.stop();
});
