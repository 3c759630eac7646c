// The shortest way through the house as the people who use it most; runs on both stores.
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

test("a county officer makes a community and finds it again", async () => {
  const { browser, page, strays } = await open(house.base);
  await logInAs(page, "程立新");
  await page.getByRole("link", { name: "小区", exact: true }).first().click();
  assert.match(await page.textContent("main"), /共140个小区/);
  await page.getByRole("link", { name: "新建小区" }).click();
  await page.getByLabel("小区名称").fill("月亮湾");
  await page.getByRole("button", { name: "保存" }).click();
  assert.match(await page.title(), /^错误：/);
  assert.equal(await page.inputValue("#name"), "月亮湾");
  assert.equal(await page.evaluate(() => document.activeElement.id), "error-summary");
  await page.selectOption("#neighborhood", { index: 1 });
  await page.selectOption("#kind", "commodity");
  await page.selectOption("#service_mode", "market");
  await page.getByLabel("户数").fill("260");
  await page.getByRole("button", { name: "保存" }).dblclick();
  await page.waitForURL(/communities\/\d+$/);
  assert.match(await page.textContent("main"), /小区已建立/);
  await page.goto("/registry/communities?named=月亮湾");
  assert.match(await page.textContent("main"), /共1个小区/);
  assert.deepEqual(strays, []);
  await browser.close();
});

test("the pages of every role are accessible at the desk and on the phone", async () => {
  for (const [who, paths] of [
    ["方明远", ["/", "/registry/communities", "/registry/enterprises", "/registry/records"]],
    ["程立新", ["/", "/registry/communities/new", "/registry/imports/new", "/registry/records?kind=finding", "/registry/imports/new?register=survey", "/tickets/warnings", "/surveys"]],
    ["李春梅", ["/", "/accounts/me", "/accounts/me/second-factor"]],
    ["陈思远", ["/", "/registry/communities"]],
    ["马莉", ["/accounts/users", "/tickets/systems"]],
  ]) {
    const { browser, page } = await open(house.base);
    await logInAs(page, who);
    for (const viewport of [DESK, PHONE]) {
      await page.setViewportSize(viewport);
      for (const path of paths) {
        await page.goto(path);
        await accessible(page, `${who} ${path} ${viewport.width}`);
      }
    }
    await browser.close();
  }
});

test("the house works without JavaScript", async () => {
  const { browser, page } = await open(house.base, { viewport: PHONE, javaScriptEnabled: false });
  await logInAs(page, "李春梅");
  await page.goto("/registry/communities");
  await page.getByLabel("名称、街道社区、地址或编号").fill("花园");
  await page.getByRole("button", { name: "查询" }).click();
  assert.match(page.url(), /named=/);
  assert.match(await page.textContent("main"), /共\d+个小区/);
  await browser.close();
});
