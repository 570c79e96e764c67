// Whether there is a signal, before a page is left that would be lost without one.

const PATIENCE_MS = 8_000;
// Small, the same for everybody, and never kept by the worker.
const ASKED = "/field/manifest.webmanifest";

/** Whether our server answers now. */
export async function isThereASignal() {
  if (!navigator.onLine) return false;
  try {
    await fetch(ASKED, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS) });
    return true;
  } catch {
    return false;
  }
}
