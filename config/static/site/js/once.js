// A page that somebody comes back to keeps the keys of its forms: what was sent from it is
// known when it is sent again, although the page itself is never kept.

const keys = [...document.querySelectorAll('input[name="once"]')];
const kept = history.state?.once;

if (kept?.length === keys.length) {
  keys.forEach((key, i) => (key.value = kept[i]));
} else if (keys.length) {
  history.replaceState({ ...history.state, once: keys.map((key) => key.value) }, "");
}
