// The service worker: the pages' files are on the phone, and open with no signal.
// VERSION and FILES stand above, put there by the server. Calls are never kept.

const SHELL = "/field/";
const PAGES = [SHELL, "/field/join"];

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

async function fill() {
  const cache = await caches.open(VERSION);
  await cache.addAll(FILES);
  await self.skipWaiting();
}

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy());
});

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith("field-") && name !== VERSION) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (PAGES.includes(address.pathname)) event.respondWith(kept(SHELL, request));
  else if (FILES.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
});

const kept = async (name, request) =>
  (await caches.match(name, { cacheName: VERSION })) ?? fresh(name, request);

/** What the browser, or another language, has taken out of the cache is kept again. */
async function fresh(name, request) {
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(VERSION)).put(name, answer.clone());
  return answer;
}
