// The process dies while people write: what was acknowledged is there afterwards, and the audit chain still fits.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
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

// covers: SC-059
test("kill -9 while reports are being filed loses none that was acknowledged", { skip: process.env.JIAYUAN_JOURNEY_STORE === "postgres" && "the embedded store is what a county runs" }, async () => {
  let house = await start();
  const community = await communityOf(house.base);
  const acknowledged = [];
  let n = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    let running = true;
    const writers = Array.from({ length: WRITERS }, async () => {
      while (running) {
        n += 1;
        const key = `kill-${kill}-${n}-key`;
        try {
          const answer = await report(house.base, community, key, n);
          if (answer.status === 303 && answer.to.includes("fresh=yes")) acknowledged.push(answer.to.split("?")[0]);
          // The sender's daily bound ends a flood; that is a refusal, not a loss.
          if (answer.status === 409) break;
        } catch {
          break;
        }
      }
    });
    await new Promise((done) => setTimeout(done, 30 + kill * 17));
    await house.kill();
    running = false;
    await Promise.all(writers);
    house = await startIn(house.data);
  }
  assert.ok(acknowledged.length > 0, "nothing was acknowledged before the first kill");
  for (const track of acknowledged) {
    const page = await fetch(`${house.base}${track}`);
    assert.equal(page.status, 200, track);
  }
  const { data } = house;
  await new Promise((done) => setTimeout(done, 2500));
  await house.kill();
  const verified = execFileSync(process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan", ["verify", "--database", `sqlite:${data}/luan.db`, "--key-file", `${data}/jiayuan.key`], { stdio: "pipe" });
  assert.equal(String(verified), "");
  await rm(data, { recursive: true, force: true });
  console.log(`${acknowledged.length} acknowledged reports survived ${KILLS} kills`);
});

// The codes of every letter of the open vote, building by building, as the neighborhood prints them.
async function letters(base) {
  const { browser, page } = await open(base);
  await logInAs(page, "李春梅");
  await page.goto("/assemblies");
  await page.getByRole("link", { name: "使用维修资金更换3号楼电梯" }).click();
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
    house = await startIn(house.data);
  }
  assert.ok(receipts.length > 0, "nothing was acknowledged before the first kill");
  for (const receipt of receipts) {
    const page = await fetch(`${house.base}${receipt}`);
    assert.match(await page.text(), /这张票在日志里/, receipt);
  }
  // The log has been signed past the newest ballot, and says so.
  await new Promise((done) => setTimeout(done, 12000));
  const log = await (await fetch(`${house.base}/assemblies/posted/${decision}/log`)).text();
  const size = Number(log.match(/<strong>(\d+)<\/strong><span>条记录/)[1]);
  assert.ok(log.includes(`jiayuan/vote/${decision}\n${size}\n`), `${size} leaves, the newest not signed`);
  const { data } = house;
  await house.kill();
  await rm(data, { recursive: true, force: true });
  console.log(`${receipts.length} acknowledged ballots survived ${KILLS} kills`);
});
