// A county office sets a real house up from nothing, by what the README says: no row is given by anybody but the people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessible } from "./accessible.mjs";
import { DESK, PHONE, open } from "./browser.mjs";
import { serveNew } from "./house.mjs";

let house;
before(async () => { house = await serveNew(); });
after(async () => house.stop());

const PASSWORD = "一句很长的话作为密码 2026";
const shots = process.env.JIAYUAN_SHOTS;
const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });

// Sets the password with a one-time code; whoever comes first gives a name too.
async function usesCode(page, code, first) {
  await page.goto("/accounts/code");
  await page.getByLabel("一次性代码").fill(code);
  if (first) {
    await page.getByLabel("登录名").fill(first);
    await page.getByLabel("姓名").fill(first);
  }
  await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await page.getByLabel("再输入一次").fill(PASSWORD);
  await page.getByRole("button", { name: "设置密码" }).click();
  await page.waitForLoadState();
}

async function signsIn(page, name) {
  await page.goto("/accounts/sign-in");
  await page.getByLabel("登录名").fill(name);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await page.waitForLoadState();
}

test("a county office opens a real house from nothing, and its first community stands", async () => {
  const admin = await open(house.base, { viewport: DESK });
  const security = await open(house.base, { viewport: DESK });
  try {
    await usesCode(admin.page, house.codes["系统管理员"], "周系统");
    await shot(admin.page, "real-1-code");
    await signsIn(admin.page, "周系统");
    await shot(admin.page, "real-2-home");
    await usesCode(security.page, house.codes["安全管理员"], "吴安全");
    await signsIn(security.page, "吴安全");
    await shot(security.page, "real-3-security");
    // The tree of places, from the file the template asks for.
    await admin.page.getByRole("link", { name: "区划", exact: true }).first().click();
    await shot(admin.page, "real-4-divisions-empty");
    await admin.page.getByRole("link", { name: "导入区划表" }).first().click();
    const tree = "区划代码,区划名称\n341500,六安市\n341523,舒城县\n341523100,城关镇\n341523100001,桃溪社区\n";
    await admin.page.getByLabel("区划表").setInputFiles({ name: "区划.csv", mimeType: "text/csv", buffer: Buffer.from(tree) });
    await admin.page.getByRole("button", { name: "上传并导入" }).click();
    await admin.page.getByText("新登记4个区划").waitFor();
    await shot(admin.page, "real-5-divisions");
    await admin.page.getByRole("link", { name: "六安市" }).click();
    await shot(admin.page, "real-6-city");
    await accessible(admin.page, "区划");
    // An account by one office, its post by the other.
    await admin.page.goto("/accounts/users");
    await admin.page.getByLabel("登录名").fill("程县局");
    await admin.page.getByLabel("姓名").fill("程县局");
    await admin.page.getByRole("button", { name: "建立账号" }).click();
    await admin.page.waitForLoadState();
    const user = admin.page.url();
    await shot(admin.page, "real-7-user");
    let page = await admin.page.content();
    let code = page.match(/一次性代码：<strong>([^<]+)</)?.[1];
    if (!code) {
      await admin.page.getByRole("button", { name: "发一次性代码" }).click();
      await admin.page.waitForLoadState();
      code = (await admin.page.content()).match(/一次性代码：<strong>([^<]+)</)?.[1];
    }
    assert.ok(code, "no code was shown");
    await security.page.goto(new URL(user).pathname);
    await security.page.getByLabel("职务").selectOption({ label: "县区物业主管部门" });
    await security.page.getByLabel("范围").selectOption({ label: "舒城县" });
    await security.page.getByLabel("单位名称").fill("舒城县城管局");
    await shot(security.page, "real-8-grant");
    await security.page.getByRole("button", { name: "授予" }).click();
    await security.page.getByText("舒城县城管局").first().waitFor();
    // The bureau begins to work.
    const bureau = await open(house.base, { viewport: DESK });
    try {
      await usesCode(bureau.page, code);
      await signsIn(bureau.page, "程县局");
      await shot(bureau.page, "real-9-bureau");
      await bureau.page.goto("/registry/communities/new");
      await bureau.page.getByLabel("小区名称").fill("桃溪新村");
      await bureau.page.getByLabel("所在社区").selectOption({ label: "城关镇 桃溪社区" });
      await bureau.page.getByLabel("小区类别").selectOption({ label: "商品房" });
      await bureau.page.getByLabel("物业服务方式").selectOption({ label: "市场化" });
      await bureau.page.getByLabel("户数").fill("320");
      await shot(bureau.page, "real-10-community");
      await bureau.page.locator("main form button.btn-primary").click();
      await bureau.page.getByRole("heading", { name: "桃溪新村" }).waitFor();
      await shot(bureau.page, "real-11-made");
      for (const path of ["/", "/registry/communities", "/registry/enterprises", "/registry/records", "/campaigns", "/tickets", "/assemblies", "/registry/divisions"]) {
        const answer = await bureau.page.goto(path);
        assert.ok(answer.status() < 400, `${path}: ${answer.status()}`);
        await shot(bureau.page, `real-b${path.replaceAll("/", "-")}`);
      }
    } finally {
      await bureau.browser.close();
    }
    // Somebody who lives there, without an account, on a phone.
    const resident = await open(house.base, { viewport: PHONE });
    try {
      for (const path of ["/", "/tickets/report"]) {
        const answer = await resident.page.goto(path);
        assert.ok(answer.status() < 400, `${path}: ${answer.status()}`);
        await shot(resident.page, `real-p${path.replaceAll("/", "-")}`);
      }
    } finally {
      await resident.browser.close();
    }
  } finally {
    await admin.browser.close();
    await security.browser.close();
  }
});
