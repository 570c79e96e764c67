// What this phone keeps, in IndexedDB. A promise of `write` resolves once the
// transaction is complete: nothing is said to be saved before.
//
// phone     one record a key: the key of the phone, its round, the cursor, how it ended
// contacts  by uuid: what was said on this round, here and on the other phones
// outbox    in order: what the server has not answered for yet (ids and answers), with
//           the key under which it was recorded, which still opens the way for it
// held      by id: what the server keeps for an organiser to see
//
// One rule for whoever writes. What is of a round (phone, contacts) is written under the
// key for which it was asked or said, and only while that is this phone's key; what is not
// sent, or held, whatever became of its round. So no late answer brings back what was
// wiped, none takes away what was joined since, and nothing recorded goes with its round.

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

/** Runs `change(stores, key)`, all of it or nothing; `key` is this phone's at that moment. */
async function transact(change) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(NAMES, "readwrite", { durability: "strict" });
    const stores = Object.fromEntries(NAMES.map((name) => [name, transaction.objectStore(name)]));
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    stores.phone.get("key").onsuccess = ({ target }) => {
      try {
        change(stores, target.result);
      } catch (problem) {
        reject(problem);
        transaction.abort();
      }
    };
  });
}

/** Runs `change({outbox, held}, round)`, all of it or nothing. `round` is what is of the
 *  round, `{phone, contacts}`, and null where `key` is not this phone's any more.
 *  Resolves with whether it still is. */
export async function write(key, change) {
  let isOurs = false;
  await transact(({ outbox, held, phone, contacts }, now) => {
    isOurs = now === key;
    change({ outbox, held }, isOurs ? { phone, contacts } : null);
  });
  return isOurs;
}

/** The same for what is of the round alone. */
export const writeRound = (key, change) => write(key, (_, round) => round && change(round));

/** Puts `change(round)` in the place of the round as it stands in this transaction, which
 *  another tab may have written since; `change` returns the same where nothing changes. */
export function changeRound(phone, change) {
  phone.get("round").onsuccess = ({ target: { result: round } }) => {
    const changed = round && change(round);
    if (changed !== round) phone.put(changed, "round");
  };
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
  await transact(({ phone }) => {
    phone.put(1, "trial");
    phone.delete("trial");
  });
}

/** By which it is known that the same phone asks to join once more, because no answer
 *  came; until it has joined. */
export async function joiningNonce() {
  let nonce;
  await transact(({ phone }) => {
    phone.get("nonce").onsuccess = ({ target }) => {
      nonce = target.result ?? crypto.randomUUID();
      phone.put(nonce, "nonce");
    };
  });
  return nonce;
}

/** This phone has joined: its key is this one, and what was here of another round goes. */
export const begin = (key, promise) =>
  transact(({ phone, contacts, outbox, held }) => {
    for (const store of [phone, contacts, held]) store.clear();
    phone.put(key, "key");
    phone.put(promise, "promise");
    seal(outbox);
  });

/** Names and addresses go at once; what is not sent is sealed, and stays until it has a
 *  verdict. Nothing, and false, where the phone has another round by now. */
export const wipe = (key, state) =>
  write(key, ({ outbox }, round) => {
    if (!round) return;
    for (const name of ["key", "round", "cursor", "left_alone"]) round.phone.delete(name);
    round.phone.put(state, "ended");
    round.contacts.clear();
    seal(outbox);
  });

/** Whatever is still being said may be sent as it is. */
export const sealAll = () => transact(({ outbox }) => seal(outbox));

function seal(outbox) {
  outbox.openCursor().onsuccess = ({ target: { result: at } }) => {
    if (!at) return;
    const { item, open, key } = at.value;
    if (open) at.update({ item, open: false, key });
    at.continue();
  };
}
