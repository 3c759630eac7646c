// A resident's complaint without an account, from the phone to the rating; the company's answer at the desk; a whistle.
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

// The first community a company's manager sees, and its id.
async function homeOf(name) {
  const { browser, page } = await open(house.base, { viewport: DESK });
  await logInAs(page, name);
  await page.goto("/registry/communities");
  const link = page.locator("tbody a").first();
  const home = { name: await link.textContent(), id: (await link.getAttribute("href")).split("/").pop() };
  await browser.close();
  return home;
}

// covers: SC-057, SC-060
test("a resident reports on a phone, the company answers, the resident says whether it is solved", async () => {
  const home = await homeOf("陈思远");
  const resident = await open(house.base, { viewport: PHONE });
  const { page } = resident;
  await page.goto("/tickets/report");
  await accessible(page, "report, find");
  await page.getByLabel("小区名称").fill(home.name);
  await page.getByRole("button", { name: "查找" }).click();
  await page.goto(`/tickets/report?community=${home.id}`);
  await accessible(page, "report");
  await page.getByRole("button", { name: "提交" }).click();
  assert.match(await page.title(), /^错误：/);
  await accessible(page, "report, errors");
  await page.getByLabel("哪一类问题").selectOption({ label: "电梯故障" });
  await page.getByLabel("什么事，在哪里").fill("2单元电梯昨晚起停用，老人上不去");
  await page.getByLabel("手机号").fill("13900008888");
  await page.getByRole("button", { name: "提交" }).click();
  await page.waitForURL(/track\/[0-9A-Z]{10}/);
  await accessible(page, "track, fresh");
  const track = page.url().split("?")[0];
  assert.match(await page.textContent("main"), /已派给.+，会先联系您/);
  const number = (await page.textContent("h1")).match(/\S+-\d{6}/)[0];

  const desk = await open(house.base, { viewport: DESK });
  await logInAs(desk.page, "陈思远");
  await desk.page.getByRole("link", { name: "诉求", exact: true }).first().click();
  await desk.page.waitForURL(/tickets$/);
  await desk.page.goto("/tickets?stage=dispatched");
  await accessible(desk.page, "tickets");
  await desk.page.getByRole("link", { name: number }).click();
  await accessible(desk.page, "ticket");
  await desk.page.getByLabel("联系群众情况").fill("已电话联系，维保下午到");
  await desk.page.getByRole("button", { name: "接单" }).click();
  await desk.page.getByLabel("办理结果").fill("更换门机板，已恢复运行");
  await desk.page.getByRole("button", { name: "答复" }).click();
  assert.match(await desk.page.textContent("main"), /已答复，待评价/);
  await desk.browser.close();

  await page.goto(track);
  await accessible(page, "track, answered");
  await page.getByRole("button", { name: "已解决", exact: true }).click();
  await accessible(page, "track, second question");
  await page.getByRole("button", { name: "满意", exact: true }).click();
  assert.match(await page.textContent("main"), /已办结（群众确认）/);
  assert.deepEqual(resident.strays, []);
  await resident.browser.close();
});

// covers: SC-063
test("the branch whistles, the neighborhood reports in on a phone", async () => {
  const home = await homeOf("赵国栋");
  const resident = await open(house.base, { viewport: PHONE });
  await resident.page.goto(`/tickets/report?community=${home.id}`);
  await resident.page.getByLabel("哪一类问题").selectOption({ label: "占用消防通道" });
  await resident.page.getByLabel("什么事，在哪里").fill("北门消防通道被私家车堵死");
  await resident.page.getByLabel("手机号").fill("13900009999");
  await resident.page.getByRole("button", { name: "提交" }).click();
  await resident.page.waitForURL(/track\//);
  const number = (await resident.page.textContent("h1")).match(/\S+-\d{6}/)[0];
  await resident.browser.close();

  const branch = await open(house.base, { viewport: DESK });
  await logInAs(branch.page, "赵国栋");
  await branch.page.goto("/tickets?stage=dispatched");
  await branch.page.getByRole("link", { name: number }).click();
  await branch.page.getByLabel("吹哨理由").fill("多次劝阻无效，请社区协调交警");
  await branch.page.getByRole("button", { name: "吹哨到上一级" }).click();
  assert.match(await branch.page.textContent("main"), /第二级：社区/);
  await branch.browser.close();

  const worker = await open(house.base, { viewport: PHONE });
  await logInAs(worker.page, "李春梅");
  await worker.page.goto("/tickets");
  await accessible(worker.page, "tickets of a neighborhood");
  const waiting = worker.page.locator("li", { hasText: "多次劝阻无效" });
  await waiting.getByRole("button", { name: "报到" }).click();
  assert.match(await worker.page.textContent("main"), /已报到，可以直接办理和答复/);
  await worker.browser.close();
});

test("the county reads the three rates with what they are divided by", async () => {
  const { browser, page } = await open(house.base, { viewport: DESK });
  await logInAs(page, "程立新");
  await page.goto("/tickets/rates?month=2024-05");
  await accessible(page, "rates");
  assert.match(await page.textContent("main"), /\d+\.\d%（\d+\/\d+）/);
  await page.goto("/tickets/profile");
  await accessible(page, "deadlines");
  assert.match(await page.textContent("main"), /非文件数字/);
  await browser.close();
});

test("the county supervises several at once after a look, the company finds it in its messages, the county takes it back", async () => {
  const county = await open(house.base, { viewport: DESK });
  await logInAs(county.page, "程立新");
  await accessible(county.page, "a county's first page");
  await county.page.goto("/tickets?stage=accepted");
  const boxes = county.page.getByRole("checkbox", { name: /^勾选/ });
  const n = await boxes.count();
  assert.ok(2 <= n, "the demonstration has open cases");
  for (let i = 0; i < n; i += 1) await boxes.nth(i).check();
  await county.page.getByRole("button", { name: "先核对" }).click();
  await accessible(county.page, "a look at many");
  await county.page.getByLabel("督办要求").fill("三日内办结并回复");
  await county.page.getByRole("button", { name: `督办${n}件` }).click();
  await accessible(county.page, "many done");

  const company = await open(house.base, { viewport: PHONE });
  await logInAs(company.page, "陈思远");
  await company.page.goto("/messages");
  await accessible(company.page, "messages on a phone");
  const told = company.page.locator("li.new", { hasText: "督办：" }).first();
  await told.getByRole("button").click();
  assert.match(await company.page.textContent("main"), /三日内办结并回复/);
  await company.browser.close();

  await county.page.getByRole("button", { name: "整批撤销" }).click();
  assert.match(await county.page.textContent("main"), /整批已撤销/);
  for (const [path, name] of [["/tickets/templates", "templates"], ["/tickets/enforcements", "enforcement list"], ["/messages/settings", "reminders"]]) {
    await county.page.goto(path);
    await accessible(county.page, name);
  }
  await county.browser.close();
});

test("a bureau sees where complaints stand, and a department what it is asked for, on a desk and on a phone", async () => {
  for (const viewport of [DESK, PHONE]) {
    for (const [name, pages] of [
      ["程立新", ["/tickets/overview", "/tickets/rates", "/registry/departments", "/tickets/profile"]],
      ["周晓岚", ["/tickets/overview", "/tickets"]],
      ["高远", ["/tickets"]],
    ]) {
      const { browser, page } = await open(house.base, { viewport });
      await logInAs(page, name);
      await accessible(page, `first page of ${name}`);
      for (const to of pages) {
        const answer = await page.goto(to);
        assert.equal(answer.status(), 200, `${name} ${to}`);
        await accessible(page, `${to} of ${name}`);
      }
      await browser.close();
    }
  }
});

// covers: SC-060
test("a place is marked on the plan by the company and touched by a resident, with and without a script", async () => {
  const desk = await open(house.base, { viewport: PHONE });
  await logInAs(desk.page, "陈思远");
  await desk.page.goto("/registry/communities");
  const served = await desk.page.locator("tbody a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  let plan;
  for (const it of served) if (!plan && (await desk.page.request.get(`${it}/plan/picture`)).ok()) plan = `${it}/plan`;
  const home = { id: plan.split("/").at(-2) };
  await desk.page.goto(plan);
  await accessible(desk.page, "plan of a community");
  await desk.page.getByLabel("名称").fill("快递柜");
  await desk.page.getByAltText("在平面图上点一下位置").click({ position: { x: 160, y: 53 } });
  assert.match(await desk.page.textContent("main"), /标了13处/);
  const mark = desk.page.locator(".plan-mark", { hasText: "快递柜" }).locator(".plan-dot");
  assert.equal(await mark.getAttribute("cx"), "500");
  await desk.browser.close();

  const resident = await open(house.base, { viewport: PHONE });
  await resident.page.goto(`/tickets/report?community=${home.id}`);
  await accessible(resident.page, "report with a plan");
  await resident.page.getByLabel("什么事，在哪里").fill("柜门打不开，取不出件");
  // A tap beside every mark says so, and a mark takes it back.
  await resident.page.locator(".plan svg image").click({ position: { x: 3, y: 3 } });
  assert.equal(await resident.page.getByText("点的地方没有标注").isVisible(), true);
  await resident.page.getByRole("button", { name: "快递柜" }).click();
  assert.equal(await resident.page.getByText("点的地方没有标注").isVisible(), false);
  assert.equal(await resident.page.getByLabel("楼栋和位置").inputValue(), "快递柜");
  assert.equal(await resident.page.getByLabel("什么事，在哪里").inputValue(), "柜门打不开，取不出件");
  assert.deepEqual(resident.strays, []);
  await resident.browser.close();

  const plain = await open(house.base, { viewport: PHONE, javaScriptEnabled: false });
  await plain.page.goto(`/tickets/report?community=${home.id}`);
  await plain.page.getByLabel("什么事，在哪里").fill("东门的灯不亮");
  await plain.page.getByRole("button", { name: "东门" }).click();
  assert.equal(await plain.page.getByLabel("什么事，在哪里").inputValue(), "东门的灯不亮");
  assert.equal(await plain.page.getByLabel("楼栋和位置").inputValue(), "东门");
  await plain.browser.close();
});

// covers: SC-065, FX-057
test("whoever is helped at a desk takes a slip home, and an owner finds their own in one list", async () => {
  const desk = await open(house.base, { viewport: DESK });
  await logInAs(desk.page, "李春梅");
  await desk.page.goto("/tickets/new");
  await accessible(desk.page, "desk, find");
  await desk.page.locator(".choices a").first().click();
  await accessible(desk.page, "desk, form");
  await desk.page.getByLabel("类别").selectOption({ label: "污水外溢、下水堵塞" });
  await desk.page.getByLabel("内容").fill("下水道堵了两天，污水漫到路上");
  await desk.page.getByLabel("手机号").fill("13900007777");
  await desk.page.getByRole("button", { name: "登记", exact: true }).click();
  await desk.page.waitForURL(/slip\/[0-9A-Z]{10}/);
  await accessible(desk.page, "slip");
  const code = (await desk.page.locator(".code-big").textContent()).trim();
  // The workbench counts what its lists hold.
  await desk.page.goto("/tickets");
  for (const tile of await desk.page.getByRole("region", { name: "工作台" }).getByRole("link").evaluateAll((all) => all.map((it) => [it.getAttribute("href"), it.querySelector("strong").textContent]))) {
    if (tile[0].startsWith("#")) continue;
    await desk.page.goto(tile[0]);
    assert.equal(await desk.page.locator("tbody tr").count(), Number(tile[1]), tile[0]);
  }
  await desk.browser.close();

  const resident = await open(house.base, { viewport: PHONE });
  await resident.page.goto("/tickets/track");
  await resident.page.getByLabel("十位查询码").fill(code);
  await resident.page.getByRole("button", { name: "查看" }).click();
  assert.match(await resident.page.textContent("main"), /下水道堵了两天/);
  // Nothing said is told where it was to be written.
  await resident.page.getByRole("button", { name: "补充" }).click();
  await accessible(resident.page, "track, nothing added");
  assert.match(await resident.page.textContent("#add-error"), /请填写说明/);
  await resident.browser.close();

  const owner = await open(house.base, { viewport: PHONE });
  await logInAs(owner.page, "孙玉梅");
  await owner.page.goto("/tickets/mine");
  await owner.page.getByLabel("十位查询码").fill(code);
  await owner.page.getByRole("button", { name: "收进来" }).click();
  await owner.page.waitForURL("**/tickets/mine");
  assert.match(await owner.page.textContent("main"), /下水道堵了两天/);
  await accessible(owner.page, "mine");
  await owner.browser.close();
});
