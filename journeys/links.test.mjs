// Every page a person comes to by its links: none leads where its reader may not go, and none falls over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./house.mjs";

let house;
before(async () => {
  house = await start();
});
after(async () => {
  await house.stop();
});

// What only an end of a session, a file or another door leads to is not followed.
const LEFT_ALONE = /^\/(accounts\/sign-out|large|api\/|assets\/)/;
// Pages of one kind, whichever thing they are of and whatever they are narrowed to.
const kind = (path) => path.replace(/\d{6,}/g, "#").replace(/\?(.*)$/, (_, query) => `?${[...new URLSearchParams(query).keys()].sort()}`);

const plain = (href) => href.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replace(/#.*$/, "");

async function signedIn(person) {
  const page = await fetch(`${house.base}/accounts/sign-in`);
  const cookies = new Map();
  const keep = (answer) => answer.headers.getSetCookie().forEach((it) => cookies.set(it.split("=")[0], it.split(";")[0]));
  keep(page);
  const form = (await page.text()).match(new RegExp(`<form[^>]*action="([^"]+)"(?:(?!</form>).)*登录为${person}`, "s"));
  const fields = new URLSearchParams([...form[0].matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map((it) => [it[1], it[2]]));
  const cookie = () => [...cookies.values()].join("; ");
  keep(await fetch(`${house.base}${form[1]}`, { method: "POST", redirect: "manual", headers: { cookie: cookie(), "content-type": "application/x-www-form-urlencoded" }, body: fields }));
  return cookie();
}

async function wander(cookie) {
  const [seen, queue, faults] = [new Set(), [["/", ""]], []];
  while (queue.length > 0) {
    const [path, from] = queue.shift();
    if (LEFT_ALONE.test(path) || seen.has(kind(path))) continue;
    seen.add(kind(path));
    const answer = await fetch(`${house.base}${path}`, { headers: { cookie } });
    const html = (answer.headers.get("content-type") ?? "").includes("html") ? await answer.text() : "";
    if (answer.status >= 400) faults.push(`${answer.status} ${path}, which ${from} leads to`);
    for (const [, href] of html.matchAll(/<a[^>]*\shref="(\/[^"]*)/g)) queue.push([plain(href), path]);
  }
  return { pages: seen.size, faults };
}

test("no link leads where its reader may not go", async () => {
  const people = [...(await (await fetch(`${house.base}/accounts/sign-in`)).text()).matchAll(/登录为([^<"]+)/g)].map((it) => it[1]);
  assert.ok(people.length >= 20, people.join());
  const all = [];
  for (const person of ["", ...new Set(people)]) {
    const { pages, faults } = await wander(person === "" ? "" : await signedIn(person));
    assert.ok(pages >= 10, `${person} saw ${pages} pages only`);
    all.push(...faults.map((it) => `${person || "somebody without an account"}: ${it}`));
  }
  assert.deepEqual(all, []);
});
