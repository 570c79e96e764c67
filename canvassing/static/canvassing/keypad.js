// Fast typing: the cursor stands where the next thing is to be typed, and whose number
// it is shows before the line is sent. Without script the page does the same, slower.

const form = document.querySelector(".keypad");
const { district, number, code, council } = form.elements;
const who = form.querySelector(".keypad-who");

const wrong = form.querySelector("[aria-invalid=true]");
const next = wrong ?? [district, number, code].find((input) => !input.value);
next?.focus();
next?.select?.();

let asked = 0;

async function show() {
  const mine = ++asked;
  if (!district.value || !number.value) {
    who.textContent = "";
    return;
  }
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

number.addEventListener("input", show);
district.addEventListener("change", show);
show();
