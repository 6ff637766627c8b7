// What the browser keeps on its disk: the IndexedDB database "sala".
//
//   events   what waits to be sent: { id, by, learner, place, made, box }, sealed
//   aside    what the server refused: the same with its reason
//   state    { name: "lease" | "pause" | "clock", … }; on a learner's own phone "group": the page of one, sealed
//   phone    on a learner's own phone only: { learner, place, key }
//   answers  on a learner's own phone only: { learner, lesson, started, activities }
//
// `by` is "<learner>/<place>": whose key at which device sealed the box; with "/group" behind it, a move of a group. A new version only ever adds to this, so that
// nothing that waits is lost.

const VERSION = 1;
const STORES = {
  events: { keyPath: "id" },
  aside: { keyPath: "id" },
  state: { keyPath: "name" },
  phone: { keyPath: "learner" },
  answers: { keyPath: ["learner", "lesson"] },
};
const BY = ["events", "aside"]; // have an index of whose they are

// There is no room, or no disk to write to: what was to be kept is not.
export class StorageFull extends Error {
  name = "StorageFull";
}

let opening;

// read(["events"], (events) => events.count()) gives what that request gave.
export const read = (names, work) => run("readonly", names, work);

// The same, and what it changed is on the disk when it resolves.
export async function change(names, work) {
  try {
    return await run("readwrite", names, work);
  } catch (error) {
    throw new StorageFull(error?.message, { cause: error });
  }
}

async function run(mode, names, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: "strict" });
    let asked;
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error);
    asked = work(...names.map((name) => transaction.objectStore(name)));
  });
}

function opened() {
  opening ??= open();
  opening.catch(forget);
  return opening;
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("sala", VERSION);
    request.onupgradeneeded = () => upgrade(request.result, request.transaction);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => forget(database.close()); // a newer page wants to add to it
      database.onclose = forget;
      resolve(database);
    };
  });
}

const forget = () => (opening = null);

function upgrade(database, transaction) {
  for (const [name, options] of Object.entries(STORES)) {
    const isThere = database.objectStoreNames.contains(name);
    const store = isThere ? transaction.objectStore(name) : database.createObjectStore(name, options);
    if (BY.includes(name) && !store.indexNames.contains("by")) store.createIndex("by", "by");
  }
}
