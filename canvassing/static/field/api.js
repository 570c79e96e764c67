// One function for every call to the server. A phone proves itself by its own key.

const PATIENCE_MS = 20_000;

/** What the server refused, with its sentence; `status` is 0 where none came. */
export class ServerSaysNo extends Error {
  constructor(status, code, message, retryAfter = 0) {
    super(message);
    Object.assign(this, { status, code, retryAfter });
  }

  /** It was we who said that the key opens no round: not something on the way to us. */
  get endsRound() {
    return isEnd(this.code);
  }
}

const ENDS = new Set(["handed_back", "expired", "revoked", "signed_out", "unknown_key"]);

/** Whether that is one of the states in which a round is no longer on its phone. */
export const isEnd = (state) => ENDS.has(state);

export async function call(path, { key, body } = {}) {
  const answer = await send(path, key, body);
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  const { code = "", message = "" } = said?.error ?? {};
  const wait = Number(answer.headers.get("Retry-After")) || 0;
  throw new ServerSaysNo(answer.status, code, message, wait);
}

async function send(path, key, body) {
  // What the server says is shown beside the page's own words.
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (key) headers.Authorization = `Phone ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    return await fetch(`/field/${path}`, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      // Joining may set a cookie, for a caller's pages; a key needs none.
      credentials: key ? "omit" : "same-origin",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
  } catch {
    throw new ServerSaysNo(0, "no_answer", "");
  }
}
