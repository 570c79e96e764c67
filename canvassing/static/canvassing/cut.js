// How many electors at how many doors would be cut: beside each choice of whom to see, and
// as a sentence for the one that is chosen. Counted once for every ward, and added up here
// as wards are chosen. Without script, the page of a ward says it.

const form = document.querySelector("[data-counts]");
const sentence = form.querySelector("[data-count]");
const choices = [...form.elements.whom_to_see];
const numbers = new Intl.NumberFormat("en-GB");
let counts = null;

function many(number, word) {
  return `${numbers.format(number)} ${word}${number === 1 ? "" : "s"}`;
}

function chosenWards() {
  const chosen = [...form.elements.wards.selectedOptions].map((option) => option.value);
  return chosen.length ? chosen : Object.keys(counts);
}

function total(whom) {
  const sum = [0, 0];
  for (const ward of chosenWards()) {
    counts[ward]?.[whom].forEach((number, at) => (sum[at] += number));
  }
  return sum;
}

function words(choice) {
  choice.dataset.words ??= choice.parentElement.textContent.trim();
  return choice.dataset.words;
}

function show() {
  for (const choice of choices) {
    const [electors, doors] = total(choice.value);
    const said = `${words(choice)}: ${numbers.format(electors)} at ${many(doors, "door")}`;
    choice.parentElement.lastChild.textContent = ` ${said}`;
    if (choice.checked) tell(electors, doors);
  }
}

function tell(electors, doors) {
  const size = Number(form.elements.size.value);
  const rounds = size > 0 ? `, about ${many(Math.ceil(doors / size), "round")}` : "";
  sentence.textContent = doors
    ? `${many(electors, "elector")} at ${many(doors, "door")}${rounds}.`
    : "Nobody is left to see in these wards.";
}

async function count() {
  sentence.textContent = "Counting…";
  try {
    const answer = await fetch(form.dataset.counts, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    counts = (await answer.json()).wards;
  } catch {
    sentence.textContent = "The doors could not be counted. Each ward's page says how many.";
    return;
  }
  show();
  form.addEventListener("input", show);
}

count();
