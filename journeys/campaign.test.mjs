// The main job in a real browser: a manager's application seen, a county's recommendation, an assessor's sheet on a
// phone, the city's ranking and the list the public reads.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, PHONE, logInAs, open } from "./browser.mjs";
import { start } from "./house.mjs";
import { accessible } from "./accessible.mjs";

let house;
before(async () => {
  house = await start();
});
after(async () => {
  await house.stop();
});

async function campaignOf(page) {
  await page.goto("/campaigns");
  await page.getByRole("link", { name: /美好家园/ }).first().click();
  await page.waitForURL(/campaigns\/\d+$/);
  return page.url();
}

// covers: LA-018, LA-019
test("a county officer recommends within the quota and is told when it is used up", async () => {
  const { browser, page } = await open(house.base);
  await logInAs(page, "程立新");
  await campaignOf(page);
  await accessible(page, "campaign");
  assert.match(await page.textContent("main"), /3 \/ 4/);
  await page.getByRole("link", { name: "申报与推荐" }).click();
  await accessible(page, "applications");
  const rows = page.locator("tbody tr", { hasText: "县区已通过" });
  const waiting = rows.filter({ hasNotText: "县区推荐" }).first();
  await waiting.getByRole("link").click();
  await accessible(page, "application");
  await page.getByRole("button", { name: "推荐", exact: true }).click();
  assert.match(await page.title(), /^错误：/);
  await page.getByLabel("研究确定日期").fill("2024-08-14");
  await page.getByLabel("会议与结论").fill("局长办公会研究同意推荐");
  await page.getByRole("button", { name: "推荐", exact: true }).click();
  assert.match(await page.textContent("main"), /已推荐/);
  await page.getByRole("link", { name: "打印自荐表" }).click();
  await accessible(page, "annex 3");
  assert.match(await page.textContent("main"), /业主委员会（盖章）/);
  await browser.close();
});

// covers: LA-022
test("an assessor scores on a phone, and nobody else opens the sheet", async () => {
  const { browser, page } = await open(house.base, { viewport: PHONE });
  await logInAs(page, "孙博文");
  await page.goto("/campaigns/sheets");
  await accessible(page, "sheets");
  await page.locator(".tasks a").first().click();
  await page.waitForURL(/sheets\/\d+$/);
  const sheet = page.url();
  await accessible(page, "sheet");
  for (const mark of await page.locator("input[name^=mark-]").all()) await mark.fill("90");
  await page.locator("[name='mark-1.1']").fill("120");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  assert.match(await page.textContent("main"), /第1.1项的分数应在0到100之间/);
  await page.locator("[name='mark-1.1']").fill("88.5");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  assert.equal(await page.inputValue("[name='mark-1.1']"), "88.5");
  await page.getByText("评完了，锁定").click();
  await page.getByRole("button", { name: /^锁定/ }).click();
  assert.match(await page.textContent("main"), /已锁定/);
  await browser.close();
  const other = await open(house.base, { viewport: PHONE });
  await logInAs(other.page, "钱慧");
  const answer = await other.page.goto(sheet);
  assert.equal(answer.status(), 404);
  await other.browser.close();
});

test("the city sees the funnel and the ranking, and cannot post while sheets are open", async () => {
  const { browser, page, strays } = await open(house.base, { viewport: DESK });
  await logInAs(page, "方明远");
  await campaignOf(page);
  assert.match(await page.textContent("main"), /截止日9月15日是休息日，下一个工作日是9月18日/);
  await page.getByRole("link", { name: "测评与排名" }).click();
  await accessible(page, "ranking");
  await page.getByRole("button", { name: "发布入选名单公示" }).click();
  assert.match(await page.textContent("main"), /还有评分表没有锁定/);
  await page.goto("/campaigns");
  await accessible(page, "campaigns");
  assert.deepEqual(strays, []);
  await browser.close();
});
