// How long a call is still the caller's: counted down, and kept for as long as its page
// is looked at. When it is over, the number leaves the page.

const RENEW_BELOW = 300;

const tag = document.querySelector("[data-lease]");
const left = tag.querySelector("[data-left]");
let ends = Date.now() + Number(tag.dataset.seconds) * 1000;
let renewing = false;

function seconds() {
  return Math.max(0, Math.round((ends - Date.now()) / 1000));
}

async function renew() {
  renewing = true;
  const form = document.querySelector("form input[name=call]").form;
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "call"]) body.set(name, form.elements[name].value);
  try {
    const answer = await fetch(tag.dataset.renew, { method: "POST", body });
    if (answer.ok) ends = Date.now() + (await answer.json()).seconds_left * 1000;
  } catch {
    // No network for a moment: the clock runs on.
  }
  renewing = false;
}

function show() {
  const now = seconds();
  left.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
  if (now === 0) {
    document.querySelector("[data-number] a")?.remove();
    document.querySelector(".lease-over").hidden = false;
  } else if (now < RENEW_BELOW && !document.hidden && !renewing) {
    renew();
  }
}

show();
setInterval(show, 1000);
