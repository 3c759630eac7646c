// A browser for the journeys: Debian's Chromium, desk or phone, and a log of every request that leaves the host.
import { chromium } from "playwright-core";

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function open(base, { viewport = DESK, javaScriptEnabled = true, hosts = "" } = {}) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: hosts ? [...ARGUMENTS, `--host-resolver-rules=${hosts}`] : ARGUMENTS });
  const context = await browser.newContext({ viewport, javaScriptEnabled, baseURL: base, locale: "zh-CN" });
  const page = await context.newPage();
  const strays = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) strays.push(request.url());
  });
  return { browser, context, page, strays };
}

// A phone whose storage outlives the browser.
export async function keepsakes(base, profile, { offline = false } = {}) {
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS, viewport: PHONE, baseURL: base, locale: "zh-CN", offline });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

// One click on the demonstration's log-in page.
export async function logInAs(page, name) {
  await page.goto("/accounts/sign-in");
  await page.getByRole("button", { name: `登录为${name}` }).click();
  await page.waitForURL("**/");
}
