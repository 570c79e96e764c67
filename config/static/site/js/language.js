// Another language is another copy of the pages that the phone keeps: the old one goes.

const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  if (!("caches" in window) || form.dataset.forgotten) return;
  event.preventDefault();
  const kept = (await caches.keys()).filter((name) => name.startsWith("field-"));
  await Promise.all(kept.map((name) => caches.delete(name)));
  form.dataset.forgotten = "yes";
  form.requestSubmit(event.submitter);
});
