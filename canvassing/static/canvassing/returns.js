// Enter goes to the next code, as the eye does; at the last one it comes to the button.
// Arrows go up and down the card. Without script, Tab does it.

const form = document.querySelector(".returns");
const codes = [...form.querySelectorAll("td.code input")];
const button = form.querySelector("button.primary");

function go(from, step) {
  const next = codes[codes.indexOf(from) + step] ?? (step > 0 ? button : from);
  next.focus();
  next.select?.();
}

form.addEventListener("keydown", (event) => {
  if (!codes.includes(event.target)) return;
  const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (!step || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  go(event.target, step);
});

(form.querySelector("td.code input[aria-invalid=true]") ?? codes[0])?.focus();
