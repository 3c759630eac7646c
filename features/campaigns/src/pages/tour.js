// Scoring without a network. Everything typed goes into the drawer at once; what is home is taken out of the list of
// edits only when the house says so. An edit that may have been sent is never changed again: a later one follows it.
import { Drawer, WrongPin, hex } from "./drawer.js";

const HERE = "/campaigns/tour";
const PIECE = 200;
const WIDEST_PHOTO = 1600;

const [light, said, room, heading] = ["light", "said", "room", "heading"].map((it) => document.getElementById(it));
let drawer;
// Something lies in the drawer that no PIN has opened yet.
let locked = false;
let tour = null;
const books = new Map();
let photos = [];
let syncing = false;
let writing = Promise.resolve();

class NeedSignIn extends Error {}

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((it) => it !== null));
  return made;
}

function tell(sentence) {
  said.replaceChildren();
  if (sentence) said.append(el("p", { class: "error-line" }, sentence));
}

const key = () => hex(crypto.getRandomValues(new Uint8Array(16)));

// --- What is on this phone -----------------------------------------------------------------------------------------

const blank = (sheet) => ({ n: sheet.taken, edits: [], values: {}, problem: "", disputed: 0 });
const itemsOf = (sheet) => sheet.groups.flatMap((it) => it.items);
const pending = () => [...books.values()].reduce((sum, it) => sum + it.edits.length, 0);
const same = (a, b) => a.mark === b.mark && a.note === b.note;

// One write after another, each of the newest state; answered when it lies in the drawer.
function keep(id) {
  writing = writing.then(() => drawer.write(`book:${id}`, books.get(id)));
  return writing;
}

async function load() {
  tour = await drawer.read("tour");
  for (const sheet of tour?.sheets ?? []) books.set(sheet.id, (await drawer.read(`book:${sheet.id}`)) ?? blank(sheet));
  photos = [];
  for (const name of await drawer.names("photo:")) photos.push(await drawer.read(name));
}

function change(sheet, item, value) {
  const book = books.get(sheet.id);
  const before = book.values[item.code] ?? { mark: "", note: "" };
  const fault = faultOf(item, value.mark);
  book.values[item.code] = fault ? { ...value, was: before.was ?? { mark: before.mark, note: before.note } } : value;
  const seen = before.was ?? before;
  if (!fault && !same(seen, value)) {
    const last = book.edits.findLast((it) => it.item === item.code);
    if (last && !last.sent) last.given = value;
    else book.edits.push({ n: (book.n += 1), item: item.code, seen: { mark: seen.mark, note: seen.note }, given: value, sent: false });
  }
  shine();
  return keep(sheet.id);
}

function faultOf(item, mark) {
  if (mark === "") return "";
  const [top, bottom] = item.most.split("/").map(Number);
  const fine = /^\d{1,4}(\.\d{1,4})?$/.test(mark) && Number(mark) <= top / (bottom || 1);
  return fine ? "" : `应是0到${item.most}之间的数，改好后才会同步`;
}

// --- To the house and back -----------------------------------------------------------------------------------------

async function ask(path, options = {}) {
  const answer = await fetch(path, { redirect: "manual", cache: "no-store", ...options });
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new NeedSignIn();
  const body = await answer.json().catch(() => ({}));
  return { ok: answer.ok, status: answer.status, body, sentence: body.errors?.[0]?.message ?? body.title ?? "暂时不能同步，请稍后再试" };
}

async function fetchTour() {
  const { device } = await drawer.lock();
  const answer = await ask(`${HERE}/sheets?device=${device}`);
  if (!answer.ok) throw new Error(answer.sentence);
  if (tour && tour.person !== answer.body.person && pending() + photos.length > 0) {
    throw new Error(`本机还有${tour.name}没有同步的评分，请由${tour.name}登录后先同步`);
  }
  return answer.body;
}

// The sheets as they stand at home, with what is still on this phone laid over them.
async function take(fresh) {
  const other = tour && tour.person !== fresh.person;
  const open = new Set(fresh.sheets.map((it) => it.id));
  for (const sheet of fresh.sheets) {
    const book = (!other && books.get(sheet.id)) || blank(sheet);
    book.edits = book.edits.filter((it) => sheet.taken < it.n);
    book.n = Math.max(book.n, sheet.taken);
    book.disputed = sheet.disputed;
    const wrong = Object.fromEntries(Object.entries(book.values).filter(([, it]) => it.was));
    book.values = Object.fromEntries(itemsOf(sheet).map((it) => [it.code, { mark: it.mark, note: it.note }]));
    for (const edit of book.edits) book.values[edit.item] = edit.given;
    for (const [code, it] of Object.entries(wrong)) book.values[code] = { ...it, was: book.values[code] };
    books.set(sheet.id, book);
    await keep(sheet.id);
  }
  // A sheet that was closed at home stays here only while this phone has something of it.
  const left = (tour?.sheets ?? []).filter((it) => !open.has(it.id));
  const needed = left.filter((it) => !other && (books.get(it.id).edits.length > 0 || photos.some((photo) => photo.sheet === it.id)));
  for (const sheet of left.filter((it) => !needed.includes(it))) {
    books.delete(sheet.id);
    await drawer.drop(`book:${sheet.id}`);
  }
  tour = { person: fresh.person, name: fresh.name, at: new Date().toISOString(), sheets: [...fresh.sheets, ...needed] };
  await drawer.write("tour", tour);
}

async function sendEdits(sheet, token) {
  const book = books.get(sheet.id);
  const { device } = await drawer.lock();
  while (book.edits.length > 0) {
    const piece = book.edits.slice(0, PIECE);
    for (const edit of piece) edit.sent = true;
    await keep(sheet.id);
    const edits = JSON.stringify(piece.map(({ n, item, seen, given }) => ({ n, item, seen, given })));
    const body = new URLSearchParams({ _token: token, _key: key(), device, edits });
    const answer = await ask(`${HERE}/sheets/${sheet.id}`, { method: "POST", body });
    if (!answer.ok) {
      book.problem = answer.sentence;
      return keep(sheet.id);
    }
    const before = book.edits.length;
    book.edits = book.edits.filter((it) => answer.body.taken < it.n);
    book.problem = "";
    await keep(sheet.id);
    if (book.edits.length === before) return undefined;
  }
  return undefined;
}

async function sendPhotos(token) {
  for (const photo of [...photos]) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ _token: token, _key: photo.id, item: photo.item })) body.set(name, value);
    body.set("file", new Blob([await drawer.readBytes(`bytes:${photo.id}`)], { type: "image/jpeg" }), photo.name);
    const answer = await ask(`${HERE}/sheets/${photo.sheet}/photos`, { method: "POST", body });
    if (!answer.ok) {
      books.get(photo.sheet).problem = `照片：${answer.sentence}`;
      continue;
    }
    photos = photos.filter((it) => it !== photo);
    await drawer.drop(`photo:${photo.id}`);
    await drawer.drop(`bytes:${photo.id}`);
  }
}

async function sync() {
  if (syncing) return;
  syncing = true;
  tell("");
  shine();
  try {
    const first = await fetchTour();
    for (const sheet of tour?.sheets ?? []) await sendEdits(sheet, first.token);
    await sendPhotos(first.token);
    await take(await fetchTour());
  } catch (problem) {
    const offline = problem instanceof TypeError;
    if (problem instanceof NeedSignIn) {
      said.replaceChildren(el("p", { class: "error-line" }, "登录已过期，评分仍在本机。", el("a", { href: "/accounts/sign-in" }, "登录后回到这里再同步")));
    } else tell(offline ? "现在没有网络，评分保存在本机，联网后再同步" : problem.message);
  } finally {
    syncing = false;
  }
  shine();
  if (!room.querySelector("[data-sheet]")) list();
}

// --- What is shown -------------------------------------------------------------------------------------------------

function shine() {
  const [edits, pictures] = [pending(), photos.length];
  const waiting = [edits ? `${edits}处评分` : "", pictures ? `${pictures}张照片` : ""].filter(Boolean).join("、");
  const state = syncing ? "busy" : waiting ? "waiting" : "home";
  light.dataset.state = state;
  const since = tour ? `（${new Date(tour.at).toLocaleString("zh-CN", { hour12: false })}）` : "";
  light.textContent = { busy: "正在同步……", waiting: `待同步：${waiting}。已保存在本机`, home: tour ? `全部已同步${since}` : locked ? "评分表加密保存在本机，请输入密码打开" : "还没有带上评分表" }[state];
}

function show(title, ...children) {
  heading.textContent = title;
  room.replaceChildren(...children);
  heading.focus();
}

function marked(sheet) {
  const given = (it) => books.get(sheet.id).values[it.code] ?? { mark: "" };
  return itemsOf(sheet).filter((it) => given(it).mark !== "" && !faultOf(it, given(it).mark)).length;
}

function list() {
  const line = (sheet) => {
    const book = books.get(sheet.id);
    const notes = [book.edits.length ? `待同步${book.edits.length}处` : "", book.disputed ? `${book.disputed}项与网上不一致，请联网选定` : "", book.problem].filter(Boolean).join("；");
    return el("li", {}, el("span", {}, el("button", { type: "button", class: "btn btn-link", click: () => open(sheet) }, sheet.name), el("br"), el("span", { class: "small" }, [sheet.place, notes].filter(Boolean).join("　"))),
      el("span", { class: "state state-open" }, `已评${marked(sheet)}/${itemsOf(sheet).length}项`));
  };
  const sheets = tour?.sheets ?? [];
  show("离线评分",
    el("div", { class: "acts" }, el("button", { type: "button", class: "btn btn-primary", click: sync }, sheets.length ? "同步" : "带上我的评分表")),
    sheets.length ? el("ul", { class: "tasks" }, ...sheets.map(line)) : el("p", { class: "nothing" }, "还没有评分表。联网时点“带上我的评分表”，到小区后没有网络也能评分。"),
    el("details", {}, el("summary", {}, "关于本机"), el("p", {}, "评分表和照片加密保存在这台手机的浏览器里，用本机密码打开。浏览器清理网站数据会把没有同步的评分一起清掉，请当天同步。"),
      el("button", { type: "button", class: "btn", click: forget }, "清除本机数据")));
}

async function forget() {
  const left = pending() + photos.length;
  const sure = left ? `本机还有${left}处没有同步，清除后不能恢复。确定清除？` : "确定清除本机的评分表和密码？网上的评分不受影响。";
  if (!window.confirm(sure)) return;
  await drawer.clear();
  window.location.reload();
}

function open(sheet) {
  const progress = el("progress", { max: itemsOf(sheet).length, value: marked(sheet), "aria-label": "已评项数" });
  const count = el("span", {}, "");
  const step = () => {
    progress.value = marked(sheet);
    count.textContent = `已评${marked(sheet)}/${itemsOf(sheet).length}项`;
    progress.title = count.textContent;
  };
  step();
  const groups = sheet.groups.map((group) => el("section", {}, el("h2", {}, group.title), ...group.items.map((it) => itemOf(sheet, it, step))));
  show(sheet.name,
    el("div", { class: "tour-bar", "data-sheet": sheet.id }, el("button", { type: "button", class: "btn", click: list }, "返回列表"), progress, count),
    el("p", { class: "lead" }, sheet.place), ...groups,
    el("div", { class: "acts" }, el("button", { type: "button", class: "btn btn-primary", click: sync }, "同步"), el("a", { class: "btn", href: `/campaigns/sheets/${sheet.id}` }, "同步后到网上锁定")));
}

function itemOf(sheet, item, step) {
  const value = () => books.get(sheet.id).values[item.code] ?? { mark: "", note: "" };
  const fault = el("p", { class: "field-error", id: `fault-${item.code}` }, faultOf(item, value().mark));
  const mark = el("input", { class: "form-control", id: `mark-${item.code}`, inputmode: "decimal", autocomplete: "off", maxlength: 20, value: value().mark, "aria-describedby": `fault-${item.code}` });
  const note = el("input", { class: "form-control", id: `note-${item.code}`, maxlength: 500, value: value().note, placeholder: "备注（选填）" });
  const noteChange = () => {
    fault.textContent = faultOf(item, mark.value.trim());
    change(sheet, item, { mark: mark.value.trim(), note: note.value.trim() });
    step();
  };
  for (const input of [mark, note]) input.addEventListener("input", noteChange);
  const there = () => item.photos + photos.filter((it) => it.sheet === sheet.id && it.item === item.code).length;
  const pictures = el("span", { class: "small" }, there() ? `${there()}张照片` : "");
  const picture = el("input", { type: "file", accept: "image/*", capture: "environment", class: "visually-hidden", id: `photo-${item.code}` });
  picture.addEventListener("change", async () => {
    for (const file of picture.files) await keepPhoto(sheet, item, file);
    picture.value = "";
    pictures.textContent = `${there()}张照片`;
    shine();
  });
  return el("div", { class: "tour-item" },
    el("label", { for: `mark-${item.code}` }, el("strong", {}, item.code), `　${item.says}`, el("span", { class: "small" }, `（满分${item.most}）`)),
    item.known ? el("p", { class: "small" }, `台账：${item.known}`) : null, item.evidence ? el("p", { class: "small" }, `查看：${item.evidence}`) : null,
    mark, fault, el("label", { class: "visually-hidden", for: `note-${item.code}` }, `${item.code}备注`), note,
    el("p", {}, picture, el("label", { class: "btn", for: `photo-${item.code}` }, "拍照"), "　", pictures));
}

// Made smaller, and with nothing in it but the picture: what the camera noted beside it goes no further.
async function keepPhoto(sheet, item, file) {
  try {
    const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, WIDEST_PHOTO / Math.max(whole.width, whole.height));
    const canvas = el("canvas", { width: Math.round(whole.width * scale), height: Math.round(whole.height * scale) });
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    const photo = { id: key(), sheet: sheet.id, item: item.code, name: `${item.code}.jpg` };
    await drawer.writeBytes(`bytes:${photo.id}`, await blob.arrayBuffer());
    await drawer.write(`photo:${photo.id}`, photo);
    photos.push(photo);
  } catch {
    tell("这张照片无法读取，请重新拍摄，或换一张 JPEG、PNG 照片");
  }
}

function askPin(isNew) {
  const field = (id, label, complete) => [el("label", { class: "form-label", for: id }, label), el("input", { class: "form-control", id, type: "password", inputmode: "numeric", autocomplete: complete, minlength: 6, maxlength: 12, required: true })];
  const form = el("form", { novalidate: true }, ...field("pin", isNew ? "设一个本机密码（6到12位数字）" : "本机密码", isNew ? "new-password" : "current-password"),
    ...(isNew ? field("again", "再输一遍", "new-password") : []),
    el("div", { class: "acts" }, el("button", { class: "btn btn-primary" }, isNew ? "设定并带上评分表" : "打开"), isNew ? null : el("button", { type: "button", class: "btn", click: forget }, "忘记密码，清除本机数据")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [pin, again] = [form.querySelector("#pin").value, form.querySelector("#again")?.value];
    if (isNew && !/^\d{6,12}$/.test(pin)) return tell("本机密码应是6到12位数字");
    if (isNew && pin !== again) return tell("两次输入的密码不一样，请再输一遍");
    tell("");
    try {
      await (isNew ? drawer.make(pin) : drawer.unlock(pin));
    } catch (problem) {
      return tell(problem instanceof WrongPin ? problem.message : "打不开本机数据，请重试");
    }
    locked = false;
    await load();
    shine();
    list();
    if (navigator.onLine) sync();
    return undefined;
  });
  show("离线评分", el("p", { class: "lead" }, isNew ? "联网时带上评分表，到小区后没有网络也能评分、拍照；回来后同步。评分加密保存在这台手机里，密码只有您知道，忘记了不能找回。" : "评分加密保存在这台手机里。"), form);
}

async function begin() {
  if (!window.isSecureContext || !navigator.serviceWorker || !window.indexedDB) {
    light.textContent = "现在的网址不能离线评分";
    return show("离线评分", el("p", { class: "nothing" }, "离线评分需要用 https 打开的网址。请联系系统管理员给系统装上证书（serve --tls-cert），或联网在“我的评分表”中评分。"));
  }
  const only = await new Promise((done) => {
    navigator.locks.request("jiayuan-tour", { ifAvailable: true }, (lock) => {
      done(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
  if (!only) {
    light.textContent = "已在另一个标签页打开";
    return show("离线评分", el("p", { class: "nothing" }, "离线评分已在这台手机的另一个标签页打开，请回到那一页，或关闭那一页后刷新。"));
  }
  await navigator.serviceWorker.register(`${HERE}/worker.js`, { scope: HERE });
  await navigator.storage?.persist?.();
  drawer = await Drawer.open();
  locked = Boolean(await drawer.lock());
  shine();
  window.addEventListener("online", () => tour && sync());
  askPin(!(await drawer.lock()));
  return undefined;
}

begin().catch(() => tell("浏览器不允许保存数据，不能离线评分。请退出无痕模式，或换一个浏览器"));
