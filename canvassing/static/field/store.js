// What this phone keeps, in IndexedDB. A promise of `write` resolves once the
// transaction is complete: nothing is said to be saved before.
//
// phone     one record a key: the key of the phone, its round, the cursor, how it ended
// contacts  by uuid: what was said on this round, here and on the other phones
// outbox    in order: what the server has not answered for yet (ids and answers), with
//           the key under which it was recorded, which still opens the way for it
// held      by id: what the server keeps for an organiser to see

const NAME = "field";
const VERSION = 1;
const STORES = { phone: {}, contacts: {}, outbox: { autoIncrement: true }, held: {} };
const NAMES = Object.keys(STORES);

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) {
        request.result.createObjectStore(name, options);
      }
    };
    request.onsuccess = () => {
      // Another tab brings the database up to a later version: let it.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      request.result.onclose = () => (opened = undefined);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Runs `change({phone, contacts, outbox, held})`, all of it or nothing. */
export async function write(change) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(NAMES, "readwrite", { durability: "strict" });
    const stores = Object.fromEntries(NAMES.map((name) => [name, transaction.objectStore(name)]));
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    try {
      change(stores);
    } catch (problem) {
      reject(problem);
      transaction.abort();
    }
  });
}

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Everything, as maps by key: `{phone, contacts, outbox, held}`. */
export async function readAll() {
  const database = await open();
  const transaction = database.transaction(NAMES, "readonly");
  const maps = NAMES.map(async (name) => {
    const store = transaction.objectStore(name);
    const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
    return [name, new Map(keys.map((key, i) => [key, values[i]]))];
  });
  return Object.fromEntries(await Promise.all(maps));
}

/** Refuses where this browser keeps nothing: a private window, a full phone. */
export async function tryStorage() {
  await write(({ phone }) => {
    phone.put(1, "trial");
    phone.delete("trial");
  });
}

/** Names and addresses go at once; what is not sent is sealed, and stays until it has a
 *  verdict. */
export function wipe(state) {
  return write(({ phone, contacts, outbox }) => {
    for (const name of ["key", "round", "cursor"]) phone.delete(name);
    phone.put(state, "ended");
    contacts.clear();
    outbox.openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return;
      const { item, key } = at.value;
      at.update({ item, open: false, key });
      at.continue();
    };
  });
}
