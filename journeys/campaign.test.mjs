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
  // A photo attached at once leads away from nothing that was typed.
  await page.locator("[name='mark-1.2']").fill("86");
  await page.locator("[name='note-1.2']").fill("东门有围挡");
  const jpeg = await page.evaluate(() => Object.assign(document.createElement("canvas"), { width: 40, height: 40 }).toDataURL("image/jpeg").split(",")[1]);
  await page.setInputFiles("#photo-file", { name: "现场.jpg", mimeType: "image/jpeg", buffer: Buffer.from(jpeg, "base64") });
  await page.getByRole("button", { name: "附上照片" }).click();
  await page.getByText("照片已附上").waitFor();
  assert.equal(await page.inputValue("[name='mark-1.2']"), "86");
  assert.equal(await page.inputValue("[name='note-1.2']"), "东门有围挡");
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

// covers: LA-012, LA-013
test("a city opens a campaign for one county alone, after a look; that county nominates a community itself, its neighbour sees nothing", async () => {
  const { browser, page } = await open(house.base, { viewport: DESK });
  await logInAs(page, "方明远");
  await page.goto("/campaigns");
  await page.locator("select[name=pack]").selectOption("beijing-2023-beautiful-home");
  await page.getByRole("button", { name: "下一步" }).click();
  await page.waitForURL(/campaigns\/new/);
  await page.getByLabel("活动名称").fill("秋季美好家园创建");
  assert.equal(await page.getByLabel("舒城县", { exact: true }).isVisible(), false, "who is chosen is asked only where not all are meant");
  await page.getByLabel("系统内发给").selectOption("some");
  await accessible(page, "opening");
  await page.getByRole("button", { name: "预览" }).click();
  assert.match(await page.title(), /^错误：/);
  assert.match(await page.textContent("main"), /请至少选一个发给的单位|全部阶段都已过去/);
  await page.getByLabel("舒城县", { exact: true }).check();
  await page.getByLabel("发文机关").fill("六安市城市管理局");
  await page.getByLabel("发文日期").fill("2024-08-20");
  await page.getByLabel("通知标题").fill("关于开展秋季美好家园创建的通知");
  for (const [period, from, to] of [["create", "2024-08-20", "2024-09-30"], ["nominate", "", "2024-10-12"]]) {
    if (from) await page.fill(`[name=from-${period}]`, from);
    await page.fill(`[name=to-${period}]`, to);
  }
  await page.getByRole("button", { name: "预览" }).click();
  const preview = await page.textContent("main");
  assert.match(preview, /系统内发给舒城县（/);
  assert.match(preview, /8月20日至9月30日/);
  assert.match(preview, /10月12日前/);
  await accessible(page, "preview");
  await page.getByRole("button", { name: "返回修改" }).click();
  assert.equal(await page.getByLabel("舒城县", { exact: true }).isChecked(), true);
  await page.getByRole("button", { name: "预览" }).click();
  await page.getByRole("button", { name: "开展活动并发出通知" }).click();
  await page.waitForURL(/campaigns\/\d+/);
  const campaign = page.url();
  await browser.close();

  const county = await open(house.base, { viewport: PHONE });
  await logInAs(county.page, "程立新");
  await county.page.goto("/messages");
  await county.page.getByRole("button", { name: /秋季美好家园创建/ }).click();
  await county.page.getByRole("button", { name: /签收/ }).click();
  await county.page.getByRole("link", { name: "申报与推荐" }).click();
  await county.page.getByRole("link", { name: /^推荐申报/ }).click();
  await county.page.getByLabel(/小区名称/).fill("花园");
  await county.page.getByRole("button", { name: "查找" }).click();
  await accessible(county.page, "nominating");
  await county.page.getByRole("link", { name: /^选/ }).first().click();
  await county.page.getByRole("button", { name: "开始填写" }).click();
  await county.page.waitForURL(/campaigns\/applications\/\d+/);
  assert.match(await county.page.textContent("main"), /主管部门推荐/);
  await county.browser.close();

  const neighbour = await open(house.base);
  await logInAs(neighbour.page, "吴大川");
  await neighbour.page.goto("/campaigns");
  assert.doesNotMatch(await neighbour.page.textContent("main"), /秋季美好家园创建/);
  assert.equal((await neighbour.page.goto(campaign)).status(), 404);
  await neighbour.browser.close();
});
