// Fast typing: a line is sent while the next is typed. Whose number it is shows before
// the line is sent. Without script the page does the same, one page for each line.

const form = document.querySelector(".keypad");
const { district, number, code, council, uuid } = form.elements;
const who = form.querySelector(".keypad-who");
const wrong = form.querySelector(".keypad-wrong");

const start = form.querySelector("[aria-invalid=true]");
(start ?? [district, number].find((input) => !input.value) ?? code).focus();

let asked = 0;

async function show() {
  const mine = ++asked;
  who.textContent = "";
  if (!district.value || !number.value) return;
  const query = new URLSearchParams({
    council: council.value,
    district: district.value,
    number: number.value,
  });
  try {
    const answer = await fetch(`${form.dataset.who}?${query}`);
    if (mine !== asked || !answer.ok) return;
    who.textContent = (await answer.json()).who || "Nobody on your list has this number.";
  } catch {
    // No network for a moment: the line itself will say so.
  }
}

function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function complain(line, sentence) {
  const item = document.createElement("li");
  item.textContent = `${line.get("district")} ${line.get("number")} ${line.get("code")}: ${sentence}`;
  wrong.prepend(item);
}

async function send(line) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: line });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const typed = page.querySelector(".keypad-typed");
    if (!typed) throw new Error("not our page");
    document.querySelector(".keypad-typed").replaceWith(typed);
    const said = page.querySelectorAll(".keypad .errorlist li, .messages .notice");
    said.forEach((one) => complain(line, one.textContent.trim()));
  } catch {
    complain(line, "Not sent. Type it again.");
  }
}

// One after the other, so that what was typed last is what was typed last.
let sending = Promise.resolve();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const line = new FormData(form);
  sending = sending.then(() => send(line));
  number.value = code.value = "";
  uuid.value = newUuid();
  number.focus();
  show();
});

number.addEventListener("input", show);
district.addEventListener("change", show);
show();
