// A case climbs by time alone: the house is stopped and started on later days, and nobody touches the case.
import { test } from "node:test";
import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startIn } from "./house.mjs";
import { open, logInAs, DESK, PHONE } from "./browser.mjs";

const EMBEDDED = process.env.JIAYUAN_JOURNEY_STORE === "postgres" && "each start makes a database of its own there";

// The clock looks a few times a minute.
async function until(page, words) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.reload();
    const text = await page.textContent("main");
    if (words.test(text)) return text;
    await new Promise((done) => setTimeout(done, 1000));
  }
  assert.fail(`never said ${words}: ${await page.textContent("main")}`);
}

// covers: SC-014, SC-015, SC-016
test("a case nobody works on climbs all three levels by time alone, and then the joint meeting has it", { skip: EMBEDDED }, async () => {
  const data = await mkdtemp(join(tmpdir(), "jiayuan-journey-"));
  let house = await startIn(data);
  const first = await open(house.base, { viewport: PHONE });
  await first.page.goto("/tickets/report?named=舒城 盛世花园");
  await first.page.locator("ul.tasks a").first().click();
  await first.page.getByLabel("哪一类问题").selectOption({ label: "公共照明、门禁损坏" });
  await first.page.getByLabel("什么事，在哪里").fill("三号楼前的路灯一直不亮");
  await first.page.getByLabel("手机号").fill("13900005555");
  await first.page.getByRole("button", { name: "提交", exact: true }).last().click();
  await first.page.waitForURL(/track\/[0-9A-Z]{10}/);
  const track = new URL(first.page.url()).pathname;
  assert.doesNotMatch(await first.page.textContent("main"), /已升级/);
  await first.browser.close();
  // Five working days for the answer; then three for each level that is called.
  for (const [day, words] of [
    ["2024-08-28", /已超期，已升级到第二级：社区/],
    ["2024-09-03", /已超期，已升级到第三级：乡镇（街道）及有关单位/],
    ["2024-09-07", /已超期，已升级到联席会议/],
  ]) {
    await house.kill();
    house = await startIn(data, "--today", day);
    const later = await open(house.base, { viewport: PHONE });
    await later.page.goto(track);
    await until(later.page, words);
    await later.browser.close();
  }
  // Each level was called once, and the meeting has it on its agenda.
  const reader = await open(house.base, { viewport: PHONE });
  await reader.page.goto(track);
  const line = await reader.page.textContent("ol.line");
  for (const level of ["第二级", "第三级", "联席会议"]) assert.equal(line.split(`自动吹哨至${level}`).length - 1, 1, line);
  await reader.browser.close();
  const office = await open(house.base, { viewport: DESK });
  await logInAs(office.page, "程立新");
  await office.page.goto("/tickets/meetings");
  assert.match(await office.page.textContent("main"), /公共照明、门禁损坏　盛世花园/);
  await office.browser.close();
  await house.stop();
});
