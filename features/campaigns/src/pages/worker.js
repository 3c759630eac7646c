// Keeps the offline page in the browser, and nothing else: no sheet, no name. A new look makes a new shelf.
const SHELF = "tour-{{ digest }}";
const KEPT = ["/campaigns/tour", "/campaigns/tour/tour.js", "/campaigns/tour/drawer.js", "/assets/{{ digest }}/tabler.css", "/assets/{{ digest }}/house.css"];

self.addEventListener("install", (event) => {
  const fill = async () => {
    const shelf = await caches.open(SHELF);
    await shelf.addAll(KEPT.map((it) => new Request(it, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((it) => it.startsWith("tour-") && it !== SHELF);
    await Promise.all(old.map((it) => caches.delete(it)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !KEPT.includes(url.pathname)) return;
  event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(event.request)));
});
