// The link of a round that is out, a phone bank or a stall: copied, or shared where the browser can. Without
// script, or on a page that is not secure, it stands there in words.

for (const place of document.querySelectorAll("[data-link]")) {
  const { link, title } = place.dataset;
  const says = place.querySelector("[role=status]");
  offer(place.querySelector("[data-copy]"), navigator.clipboard, async () => {
    await navigator.clipboard.writeText(link);
    says.textContent = "Copied";
  });
  offer(place.querySelector("[data-share]"), navigator.share, () => navigator.share({ title, url: link }));

  function offer(button, can, act) {
    if (!can) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      says.textContent = "";
      try {
        await act();
      } catch (problem) {
        // Whoever closes the sheet of their phone has not failed.
        if (problem.name !== "AbortError") says.textContent = "That did not work: copy the link in words.";
      }
    });
  }
}
