// The neighborhood prints a letter, its owner binds the home on a phone and comes back by the digits that were sent; two
// households judge their community, and one of them only once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

// The code of a letter for a door of the community the demonstration's people are at home in.
async function letter(unit) {
  const { browser, page } = await open(house.base, { viewport: DESK });
  await logInAs(page, "李春梅");
  await page.getByRole("link", { name: "业主来信", exact: true }).first().click();
  await accessible(page, "letters' places");
  await page.locator("main li a").first().click();
  await page.getByRole("button", { name: "生成并打印" }).click();
  assert.match(await page.textContent("main"), /请填写房号，一行一套/);
  await page.getByLabel("房号").fill(unit);
  await page.getByRole("button", { name: "生成并打印" }).click();
  await accessible(page, "printed letters");
  const code = await page.locator(".code-big").first().textContent();
  await browser.close();
  return code;
}

test("a letter binds a home, and the owner comes back by phone", async () => {
  const code = await letter("9-101");
  const { browser, page, strays } = await open(house.base, { viewport: PHONE });
  // As the camera opens it: the code stands behind the #, and is taken out of the address.
  await page.goto(`/owners/enter#${code.replaceAll("-", "")}`);
  await accessible(page, "enter");
  assert.ok(!page.url().includes("#"));
  await page.getByRole("button", { name: "打开来信" }).click();
  assert.match(await page.textContent("main"), /9-101/);
  await page.getByRole("button", { name: "这是我的房屋，绑定" }).click();
  await accessible(page, "bind with errors");
  assert.match(await page.textContent("main"), /请填写姓名/);
  await page.getByLabel("您的姓名").fill("钱小满");
  await page.getByLabel("您的手机号").fill("13800138099");
  await page.getByRole("button", { name: "这是我的房屋，绑定" }).click();
  await page.waitForURL("**/owners");
  await accessible(page, "homes");
  assert.match(await page.textContent("main"), /9-101/);
  await page.getByRole("button", { name: "退出" }).click();
  await page.goto("/accounts/sign-in");
  await page.getByRole("link", { name: "业主登录" }).click();
  await page.getByLabel("手机号").fill("13800138099");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await accessible(page, "digits");
  const lines = readFileSync(`${house.data}/messages.jsonl`, "utf8").trim().split("\n");
  const { phone, text } = JSON.parse(lines.at(-1));
  assert.equal(phone, "13800138099");
  await page.getByLabel("6位验证码").fill(text.match(/\d{6}/)[0]);
  await page.getByRole("button", { name: "登录" }).click();
  await page.waitForURL("**/owners");
  assert.match(await page.textContent("main"), /9-101/);
  assert.deepEqual(strays, []);
  await browser.close();
});

// The receipt and the page that checks it are kept on one's own disk and opened without a network; a touched receipt is told.
async function checksWithoutTheHouse(page) {
  const folder = await mkdtemp(join(tmpdir(), "receipt-"));
  const kept = async (name, file) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    await download.saveAs(join(folder, file));
    return join(folder, file);
  };
  const receipt = await kept("保存回执文件", "receipt.json");
  const checker = await kept("下载离线核验页", "check.html");
  const alone = await page.context().browser().newContext({ offline: true, viewport: PHONE });
  const disk = await alone.newPage();
  await disk.goto(`file://${checker}`);
  await disk.setInputFiles("#file", receipt);
  await disk.getByText("核对无误").first().waitFor();
  await disk.locator("#told .good").first().waitFor();
  const head = JSON.parse(await readFile(receipt, "utf8"));
  assert.ok((await disk.textContent("#told")).includes(`短码 ${head.short}`));
  assert.match(await disk.textContent("#told"), /签名有效/);
  const touched = join(folder, "touched.json");
  for (const change of [{ leaf: head.leaf.replace(/.$/, "x") }, { n: head.n - 1 }, { note: head.note.replace(/\n\d+\n/, "\n999\n") }]) {
    await writeFile(touched, JSON.stringify({ ...head, ...change }));
    await disk.setInputFiles("#file", touched);
    await disk.locator("#told .bad").first().waitFor();
  }
  await alone.close();
}

test("an owner votes on a phone for all she owns, from her own account, and keeps receipts that can be checked", async () => {
  const { browser, page, strays } = await open(house.base, { viewport: PHONE });
  await logInAs(page, "孙玉梅");
  // What is to be done stands on her first page.
  await page.getByRole("link", { name: /请投票：/ }).first().click();
  await accessible(page, "own votes");
  await page.getByRole("button", { name: "投票", exact: true }).click();
  await accessible(page, "ballot from the account");
  assert.match(await page.textContent("main"), /3幢204[\s\S]*3幢301/);
  await page.getByRole("button", { name: "下一步：核对" }).click();
  assert.match(await page.textContent("main"), /请选择/);
  await page.getByLabel("同意", { exact: true }).first().check();
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByRole("button", { name: "确认投票" }).click();
  await accessible(page, "receipts");
  assert.equal(await page.locator(".receipt").count(), 2);
  await page.getByRole("link", { name: "现在核验" }).first().click();
  assert.match(await page.textContent("main"), /这张票在日志里/);
  await checksWithoutTheHouse(page);
  await page.goto("/assemblies/mine");
  assert.match(await page.textContent("main"), /已投（网上/);
  await page.getByRole("button", { name: "查看我的票和回执" }).first().click();
  assert.match(await page.textContent("main"), /回执：第\d+条/);
  assert.deepEqual(strays, []);
  await browser.close();
});

test("households judge their community once each, and nobody sees how it goes", async () => {
  const { browser, page } = await open(house.base, { viewport: DESK });
  await logInAs(page, "李春梅");
  await page.getByRole("link", { name: "满意度调查", exact: true }).first().click();
  await page.getByLabel("小区", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("调查名称").fill("下半年物业服务满意度");
  await page.getByLabel("截止日期").fill("2024-08-30");
  await page.getByRole("button", { name: "开始" }).click();
  await page.waitForURL(/surveys\/\d+$/);
  await accessible(page, "survey");
  const address = `${new URL(page.url()).pathname}/answer`;
  const resident = await open(house.base, { viewport: PHONE });
  const answer = async (door, grade) => {
    await resident.page.goto(address);
    if (grade) await resident.page.getByLabel(grade, { exact: true }).check();
    await resident.page.getByLabel("您家的楼栋、单元和房号").fill(door);
    await resident.page.getByRole("button", { name: "提交评价" }).click();
    return resident.page.textContent("main");
  };
  assert.match(await answer("3-502", null), /请选择总体是否满意/);
  await accessible(resident.page, "answer with errors");
  assert.match(await answer("3-502", "非常满意"), /您的评价已收到/);
  assert.match(await answer("3栋502室", "很不满意"), /这一户已经评价过/);
  assert.match(await answer("3-503", "满意"), /您的评价已收到/);
  await page.reload();
  assert.match(await page.textContent("main"), /2户已评价/);
  assert.doesNotMatch(await page.textContent("main"), /满意率/);
  await resident.browser.close();
  await browser.close();
});
