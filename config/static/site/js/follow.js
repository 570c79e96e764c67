// Follows running work: every element with data-follow is replaced by what its address
// answers, until the answer has no data-follow any more. A page that waits for the end
// (data-reload) is then loaded again. Without script a reload shows the same.

const SECONDS = 2;

async function refresh(element) {
  const answer = await fetch(element.dataset.follow, {
    headers: { "X-Requested-With": "fetch" },
    credentials: "same-origin",
  });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-job]");
  if (!fresh) return null;
  element.replaceWith(fresh);
  return fresh;
}

async function follow(element) {
  let current = element;
  while (current?.dataset.follow) {
    await new Promise((done) => setTimeout(done, SECONDS * 1000));
    if (document.hidden) continue;
    try {
      const fresh = await refresh(current);
      if (fresh === null) return;
      current = fresh;
    } catch {
      // No network for a moment: try again.
    }
  }
  if (current?.closest("[data-reload]")) window.location.reload();
}

document.querySelectorAll("[data-follow]").forEach(follow);
