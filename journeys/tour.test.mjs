// An assessor takes the sheets along, scores without a network, has the browser killed, and brings everything home.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { PHONE, keepsakes, logInAs, open } from "./browser.mjs";
import { start } from "./house.mjs";

let house;
before(async () => {
  house = await start();
});
after(async () => {
  await house.stop();
});

const light = (page, text) => page.waitForFunction((it) => document.getElementById("light").textContent.includes(it), text);

async function unlock(page, pin) {
  await page.getByLabel("本机密码").fill(pin);
  await page.getByRole("button", { name: "打开", exact: true }).click();
}

// covers: LA-022
test("what is scored without a network survives a killed browser and comes home once", async () => {
  const profile = await mkdtemp(join(tmpdir(), "jiayuan-phone-"));
  let { context, page } = await keepsakes(house.base, profile);
  await logInAs(page, "孙博文");
  await page.goto("/campaigns/sheets");
  await page.getByRole("link", { name: "离线评分" }).click();
  await accessible(page, "a new PIN");
  await page.getByLabel("设一个本机密码").fill("246810");
  await page.getByLabel("再输一遍").fill("246811");
  await page.getByRole("button", { name: "设定并带上评分表" }).click();
  assert.match(await page.textContent("#said"), /不一样/);
  await page.getByLabel("再输一遍").fill("246810");
  await page.getByRole("button", { name: "设定并带上评分表" }).click();
  await light(page, "全部已同步");
  await accessible(page, "the list");
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active.state === "activated");
  await context.setOffline(true);
  const name = await page.locator(".tasks button").first().textContent();
  await page.locator(".tasks button").first().click();
  await page.locator("[id='mark-1.1']").fill("91");
  await page.locator("[id='note-1.1']").fill("楼道干净");
  await page.locator("[id='mark-1.2']").fill("200");
  assert.match(await page.textContent("[id='fault-1.2']"), /应是0到100之间/);
  await page.locator("[id='photo-1.1']").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64") });
  await light(page, "待同步：1处评分、1张照片");
  await accessible(page, "a sheet without a network");
  // Nothing readable lies in the browser.
  const plain = await page.evaluate(async () => {
    const db = await new Promise((done) => { const it = indexedDB.open("jiayuan-tour", 1); it.onsuccess = () => done(it.result); });
    const all = await new Promise((done) => { const it = db.transaction("kept").objectStore("kept").getAll(); it.onsuccess = () => done(it.result); });
    const texts = all.map((it) => JSON.stringify(it) + new TextDecoder().decode(it.data ?? new Uint8Array()));
    return texts.filter((it) => it.includes("楼道干净") || it.includes("246810")).length;
  });
  assert.equal(plain, 0);
  await context.close();

  // The phone starts again, still without a network.
  ({ context, page } = await keepsakes(house.base, profile, { offline: true }));
  await page.goto("/campaigns/tour");
  await unlock(page, "000000");
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("本机密码不对"));
  await unlock(page, "246810");
  await light(page, "待同步：1处评分、1张照片");
  await page.locator(".tasks button").first().click();
  assert.equal(await page.locator("[id='mark-1.1']").inputValue(), "91");
  assert.equal(await page.locator("[id='mark-1.2']").inputValue(), "200");
  await page.locator("[id='mark-1.2']").fill("88");
  await light(page, "待同步：2处评分、1张照片");

  // The house takes the edits, but its answer is lost on the way: the phone sends them again.
  let cut = 0;
  await page.route("**/campaigns/tour/sheets/*", async (route) => {
    cut += 1;
    if (1 < cut) return route.continue();
    await route.fetch();
    return route.abort();
  });
  // The phone tries by itself as soon as there is a network.
  await context.setOffline(false);
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("没有网络"));
  await page.getByRole("button", { name: "同步", exact: true }).click();
  await light(page, "全部已同步");
  assert.ok(1 < cut);
  await page.getByRole("link", { name: "同步后到网上锁定" }).click();
  assert.equal((await page.textContent("h1")).trim(), name);
  assert.equal(await page.locator("[name='mark-1.1']").inputValue(), "91");
  assert.equal(await page.locator("[name='note-1.1']").inputValue(), "楼道干净");
  assert.equal(await page.locator("[name='mark-1.2']").inputValue(), "88");
  assert.equal(await page.locator(".photos img").count(), 1);
  await accessible(page, "the sheet at home");
  await context.close();
  await rm(profile, { recursive: true, force: true });
});

test("an address that browsers do not trust says what to do", async () => {
  const { browser, page } = await open(house.base.replace("127.0.0.1", "untrusted.test"), { viewport: PHONE, hosts: "MAP untrusted.test 127.0.0.1" });
  await page.goto("/campaigns/tour");
  await page.waitForFunction(() => document.getElementById("room").textContent.includes("--tls-cert"));
  await accessible(page, "an insecure address");
  await browser.close();
});
