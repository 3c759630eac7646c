// The drawer: what a phone keeps, sealed. A key that never leaves this browser wraps a key made from the PIN, which wraps
// the one that seals everything, so that neither the PIN nor a copy of the storage alone opens it.
const ROUNDS = 600000;

function promised(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function shelf() {
  const opening = indexedDB.open("jiayuan-tour", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  return promised(opening);
}

export function hex(bytes) {
  return Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");
}

const random = (n) => crypto.getRandomValues(new Uint8Array(n));

async function sealed(key, bytes) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

const opened = (key, it) => crypto.subtle.decrypt({ name: "AES-GCM", iv: it.iv }, key, it.data);

async function keyOfPin(pin, salt) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export class WrongPin extends Error {}

export class Drawer {
  #db;
  #key = null;

  static async open() {
    const drawer = new Drawer();
    drawer.#db = await shelf();
    return drawer;
  }

  #all(mode) {
    return this.#db.transaction("kept", mode).objectStore("kept");
  }

  async lock() {
    return promised(this.#all("readonly").get("lock"));
  }

  // A new drawer with a PIN of its own.
  async make(pin) {
    const salt = random(16);
    const own = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const inner = random(32);
    const byPin = await sealed(await keyOfPin(pin, salt), inner);
    const wrapped = await sealed(own, byPin.data);
    this.#key = await crypto.subtle.importKey("raw", inner, "AES-GCM", false, ["encrypt", "decrypt"]);
    inner.fill(0);
    await promised(this.#all("readwrite").put({ device: hex(random(16)), own, salt, pinIv: byPin.iv, wrapped, wrong: 0 }, "lock"));
  }

  // Each wrong PIN is counted before it is tried, and makes the next wait longer.
  async unlock(pin) {
    const lock = await this.lock();
    const wait = lock.wrong < 5 ? 0 : Math.min(2 ** (lock.wrong - 5) * 30, 3600) * 1000 - (Date.now() - lock.tried);
    if (0 < wait) throw new WrongPin(`密码错误次数较多，请${Math.ceil(wait / 1000)}秒后再试`);
    await promised(this.#all("readwrite").put({ ...lock, wrong: lock.wrong + 1, tried: Date.now() }, "lock"));
    try {
      const data = await opened(lock.own, lock.wrapped);
      const inner = await opened(await keyOfPin(pin, lock.salt), { iv: lock.pinIv, data });
      this.#key = await crypto.subtle.importKey("raw", inner, "AES-GCM", false, ["encrypt", "decrypt"]);
    } catch {
      throw new WrongPin("本机密码不对，请重新输入");
    }
    await promised(this.#all("readwrite").put({ ...lock, wrong: 0 }, "lock"));
  }

  async read(name) {
    const kept = await promised(this.#all("readonly").get(name));
    return kept ? JSON.parse(new TextDecoder().decode(await opened(this.#key, kept))) : null;
  }

  async write(name, value) {
    const kept = await sealed(this.#key, new TextEncoder().encode(JSON.stringify(value)));
    await promised(this.#all("readwrite").put(kept, name));
  }

  async readBytes(name) {
    return opened(this.#key, await promised(this.#all("readonly").get(name)));
  }

  async writeBytes(name, bytes) {
    const kept = await sealed(this.#key, bytes);
    await promised(this.#all("readwrite").put(kept, name));
  }

  async drop(name) {
    await promised(this.#all("readwrite").delete(name));
  }

  async names(prefix) {
    const all = await promised(this.#all("readonly").getAllKeys());
    return all.filter((it) => it.startsWith(prefix));
  }

  async clear() {
    await promised(this.#all("readwrite").clear());
    this.#key = null;
  }
}
