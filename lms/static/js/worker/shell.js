// The shell: files whose names change with their content, the page that says that a page is not kept, and the one on
// which anybody checks a certificate. In both there is nobody.
//
// Each release has a cache of its own. The one before stays until the next, so that pages that are still open, and
// kept pages that were not fetched anew yet, find their files.

const SHELL = "sala-shell-";

export async function install({ release, shell, none, check }) {
  const cache = await caches.open(SHELL + release);
  const pages = [...Object.values(none), ...Object.values(check)];
  await Promise.all([...shell.map((url) => keep(cache, url)), ...pages.map((url) => keepPage(cache, url))]);
}

// The keys in it change without a release: it is fetched anew whenever somebody checks with a line.
export async function keepChecking({ release, check }) {
  const cache = await caches.open(SHELL + release);
  await Promise.all(Object.values(check).map((url) => keepPage(cache, url)));
}

export async function makeWay({ release }) {
  const others = (await shells()).filter((name) => name !== SHELL + release);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
}

// Where a file of the shell may be: in this release's cache or in the one before.
export async function shells() {
  return (await caches.keys()).filter((name) => name.startsWith(SHELL));
}

async function keep(cache, url) {
  const before = await caches.match(url, { ignoreVary: true }); // the same name is the same content
  await cache.put(url, before ?? (await fetched(url)));
}

// Without cookies: what comes is for nobody.
async function keepPage(cache, url) {
  const response = await fetched(url, { credentials: "omit", cache: "no-store" });
  if (response.headers.get("X-Kept") !== "1") throw new TypeError(url);
  await cache.put(url, response);
}

async function fetched(url, options) {
  const response = await fetch(url, options);
  if (!response.ok || response.redirected) throw new TypeError(`${response.status} ${url}`);
  return response;
}
