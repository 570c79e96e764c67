// How long a call is still the caller's: counted down, and kept for as long as its page
// is looked at. When it is over, the number leaves the page.

const RENEW_BELOW = 300;
const RENEW_EVERY = 30_000;

const tag = document.querySelector("[data-lease]");
const left = tag.querySelector("[data-left]");
let ends = Date.now() + Number(tag.dataset.seconds) * 1000;
let renewedAt = 0;

function seconds() {
  return Math.max(0, Math.round((ends - Date.now()) / 1000));
}

async function renew() {
  renewedAt = Date.now();
  const form = document.querySelector("form input[name=call]").form;
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "call"]) body.set(name, form.elements[name].value);
  try {
    const answer = await fetch(tag.dataset.renew, { method: "POST", body, keepalive: true });
    if (answer.ok) ends = Date.now() + (await answer.json()).seconds_left * 1000;
  } catch {
    // No network for a moment: the clock runs on.
  }
}

function show() {
  const now = seconds();
  left.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
  if (now === 0) {
    document.querySelector("[data-number] a")?.remove();
    document.querySelector(".lease-over").hidden = false;
  } else if (now < RENEW_BELOW && !document.hidden && Date.now() - renewedAt > RENEW_EVERY) {
    renew();
  }
}

// Whoever rings leaves the page for as long as they talk: the lease begins anew.
document.querySelector("[data-number] a")?.addEventListener("click", renew);
// Gone back to: what is shown may be somebody else's by now.
addEventListener("pageshow", (event) => event.persisted && location.reload());

show();
setInterval(show, 1000);
