// An owner votes on a phone with a letter, keeps the receipt and checks it; the committee watches; two people type a sheet;
// an observer takes the record of an earlier vote and another program recounts it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
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

const ELEVATOR = "使用维修资金更换3幢电梯";

async function at(name, title, viewport = DESK) {
  const { browser, page } = await open(house.base, { viewport });
  await logInAs(page, name);
  await page.getByRole("link", { name: "业主自治", exact: true }).first().click();
  if (title) await page.getByRole("link", { name: title }).click();
  return { browser, page };
}

// The unit and the code of the first letter of a building whose owner has not voted.
async function letter() {
  const { browser, page } = await at("李春梅", ELEVATOR);
  await page.getByRole("link", { name: "送达与扫楼" }).click();
  await accessible(page, "canvass");
  const unit = await page.locator(".door-open strong").first().textContent();
  await page.getByRole("button", { name: /打印3幢的表决凭证/ }).click();
  await page.waitForSelector(".letter");
  await accessible(page, "letters");
  const code = await page.locator(".letter", { hasText: `表决凭证　${unit}` }).locator(".code-big").textContent();
  await browser.close();
  return { unit, code };
}

// covers: LA-037
test("an owner votes on a phone, keeps the receipt and finds the ballot in the log", async () => {
  const { unit, code } = await letter();
  const { browser, page, strays } = await open(house.base, { viewport: PHONE, javaScriptEnabled: false });
  await page.goto("/");
  await page.goto("/accounts/sign-in");
  await page.getByRole("link", { name: "业主投票" }).click();
  await page.getByLabel("表决码").fill("2222-2222-2222");
  await page.getByRole("button", { name: "打开表决票" }).click();
  assert.match(await page.textContent("main"), /没有这个表决码/);
  await page.getByLabel("表决码").fill(code.toLowerCase());
  await page.getByRole("button", { name: "打开表决票" }).click();
  assert.ok((await page.textContent("main")).includes(unit));
  await page.getByRole("button", { name: "下一步：核对" }).click();
  assert.match(await page.textContent("#error-summary"), /请选择：动用公共维修资金/);
  await page.getByLabel("同意", { exact: true }).check();
  await page.getByRole("button", { name: "下一步：核对" }).click();
  assert.match(await page.textContent(".answers"), /同意/);
  await page.getByRole("button", { name: "返回修改" }).click();
  assert.ok(await page.getByLabel("同意", { exact: true }).isChecked());
  await page.getByLabel("反对", { exact: true }).check();
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByRole("button", { name: "确认投票" }).click();
  assert.match(await page.textContent("h1"), /投票成功/);
  assert.ok(!(await page.textContent("main")).includes("反对"));
  const width = await page.evaluate("document.documentElement.scrollWidth").catch(() => 0);
  assert.ok(width <= PHONE.width, `${width}`);
  await page.getByRole("link", { name: "现在核验" }).first().click();
  assert.match(await page.textContent("main"), /这张票在日志里/);
  assert.deepEqual(strays, []);
  await browser.close();
});

test("every page of a vote can be read and used with a keyboard and a reader", async () => {
  const { browser, page } = await open(house.base, { viewport: PHONE });
  await page.goto("/assemblies/vote");
  await accessible(page, "vote, code");
  const usual = await page.getByRole("button", { name: "打开表决票" }).boundingBox();
  await page.getByRole("link", { name: "长辈版" }).click();
  assert.ok(page.url().endsWith("/assemblies/vote"));
  const larger = await page.getByRole("button", { name: "打开表决票" }).boundingBox();
  assert.ok(usual.height * 1.2 < larger.height, `${usual.height} ${larger.height}`);
  assert.ok((await page.evaluate("document.documentElement.scrollWidth")) <= PHONE.width);
  await accessible(page, "vote, code, large letters");
  // Scanned: the code stands behind the #, is taken into the field, and is gone from the address.
  const { code } = await letter();
  await page.goto(`/assemblies/vote#${code}`);
  await page.reload();
  assert.equal(await page.getByLabel("表决码").inputValue(), code);
  assert.ok(!page.url().includes(code));
  await page.getByRole("button", { name: "打开表决票" }).click();
  await accessible(page, "vote");
  await page.getByLabel("同意", { exact: true }).check();
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await accessible(page, "vote, checked");
  await page.getByRole("button", { name: "确认投票" }).click();
  // Kept as a picture too, which WeChat saves by a press.
  await page.locator("img.kept").first().waitFor();
  assert.equal(await page.locator("img.kept").first().evaluate((it) => it.naturalWidth), 720);
  await accessible(page, "receipt with its picture");
  await page.goto("/assemblies/posted");
  await page.getByLabel("小区名称").fill("盛世");
  await page.getByRole("button", { name: "查找" }).click();
  await accessible(page, "boards, found");
  // Several communities have that name: the office's own link leads to the right board.
  const office = await at("林正华");
  await office.page.locator("ul.tasks a").first().click();
  const board = await office.page.getByRole("link", { name: "公示页" }).getAttribute("href");
  await office.browser.close();
  await page.goto(board);
  await accessible(page, "board");
  await page.getByRole("link", { name: "2024年第一次业主大会会议" }).click();
  await accessible(page, "posted, provisional");
  assert.match(await page.textContent("main"), /当选/);
  await page.getByText("对结果有异议").click();
  await page.getByRole("button", { name: "提交异议" }).click();
  await accessible(page, "posted, errors");
  assert.match(await page.textContent("#error-summary"), /请写明异议的内容和理由/);
  await page.getByRole("link", { name: "查看日志和检查点" }).click();
  await accessible(page, "log");
  await browser.close();
  const desk = await at("林正华", "修订小区管理规约");
  await accessible(desk.page, "decision, draft");
  await desk.page.getByRole("link", { name: "修改" }).click();
  await accessible(desk.page, "decision form");
  await desk.page.goto("/assemblies");
  await accessible(desk.page, "decisions");
  await desk.page.locator("ul.tasks a").first().click();
  await accessible(desk.page, "home");
  await desk.page.getByRole("link", { name: "第1版" }).click();
  await accessible(desk.page, "roll");
  await desk.page.goBack();
  await desk.page.getByRole("link", { name: "人选联审" }).click();
  await accessible(desk.page, "candidates");
  await desk.page.goto("/assemblies/committees");
  await accessible(desk.page, "committees");
  await desk.page.locator("tbody a").first().click();
  await accessible(desk.page, "committee");
  assert.match(await desk.page.textContent("main"), /逾期未办/);
  await desk.page.getByRole("link", { name: "纠错和退出" }).click();
  await accessible(desk.page, "corrections");
  assert.match(await desk.page.textContent("main"), /逾期未改正/);
  await desk.browser.close();
});

test("two people type a sheet of paper without seeing what the other typed", async () => {
  const chair = await at("林正华", ELEVATOR);
  await chair.page.getByRole("link", { name: "送达与扫楼" }).click();
  await chair.page.getByRole("link", { name: /^3幢 / }).click();
  const unit = await chair.page.locator(".door:not(.door-done) strong").first().textContent();
  const before = await chair.page.textContent(".bars");
  // Sheets are printed in the order of the roll cut for this vote: four flats to a floor, and 3幢101 is the first.
  const [, building, floor, door] = unit.match(/^(\d)幢(\d)0(\d)$/).map(Number);
  const number = String((floor - 1) * 4 + door).padStart(4, "0");
  for (const [name, page] of [["林正华", chair.page], ["李春梅", null]]) {
    const who = page ? { page } : await at(name, ELEVATOR);
    await who.page.goto((await chair.page.url()).replace(/canvass.*|sheets.*/, "sheets"));
    await who.page.getByLabel("表决票编号").fill(number);
    await who.page.getByLabel("房号").fill(unit);
    await who.page.getByLabel("收到时间").fill("08:30");
    await who.page.getByLabel("同意", { exact: true }).check();
    await who.page.getByRole("button", { name: "录入" }).click();
    await who.page.waitForSelector(".flash");
    if (page) {
      assert.match(await page.textContent(".flash"), /第一遍已录入/);
      await accessible(page, "sheets");
    } else {
      assert.match(await who.page.textContent(".flash"), /两遍一致，已计为一票/);
      await who.browser.close();
    }
  }
  await chair.page.goto(chair.page.url().replace("sheets", "canvass"));
  assert.notEqual(await chair.page.textContent(".bars"), before);
  await chair.browser.close();
});

// covers: BJ-032
test("an observer takes the record of a finished vote, and another program recounts it", async () => {
  const { browser, page } = await at("石磊", "2023年业主大会会议");
  await accessible(page, "decision, final");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /下载全部票据/ }).click()]);
  const file = await download.path();
  assert.match(execFileSync("python3", ["tools/recount.py", file], { encoding: "utf-8" }), /重新计票与公示一致/);
  const binary = process.env.JIAYUAN_BINARY ?? "target/debug/jiayuan";
  assert.match(execFileSync(binary, ["verify-record", file], { encoding: "utf-8" }), /全部相符/);
  await browser.close();
});

// covers: LA-037
test("who votes in another's stead, who was visited, and who watches the log: to be read on a desk and on a phone", async () => {
  for (const viewport of [DESK, PHONE]) {
    const worker = await at("李春梅", ELEVATOR, viewport);
    const home = worker.page.url();
    await accessible(worker.page, "decision, open");
    await worker.page.getByRole("link", { name: "受托人和表决人" }).click();
    await accessible(worker.page, "mandates");
    await worker.page.getByRole("button", { name: "登记并打印凭证", exact: true }).last().click();
    await accessible(worker.page, "mandates, errors");
    await worker.page.goto(`${home}/canvass`);
    await worker.page.getByRole("link", { name: "入户登记" }).first().click();
    await accessible(worker.page, "visits");
    await worker.browser.close();
    const street = await open(house.base, { viewport });
    await logInAs(street.page, "周晓岚");
    await street.page.goto(`${home.replace("decisions", "posted")}/log`);
    await street.page.getByText("登记见证", { exact: true }).click();
    await street.page.getByLabel("名称").fill("街道");
    await street.page.getByRole("button", { name: "登记", exact: true }).click();
    await accessible(street.page, "log, errors");
    assert.match(await street.page.textContent("#error-summary"), /名称用3至60个字母/);
    assert.equal(await street.page.getByLabel("名称").inputValue(), "街道");
    await street.browser.close();
  }
});
