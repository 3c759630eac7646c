import { open, logInAs, DESK, PHONE } from "./browser.mjs";
const base = process.argv[2]; const out = process.argv[3]; const shots = JSON.parse(process.argv[4]);
for (const [name, who, path, size] of shots) {
  const { browser, page } = await open(base, { viewport: size === "phone" ? PHONE : DESK });
  if (who) await logInAs(page, who);
  if (path) await page.goto(path);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: true });
  await browser.close();
}
