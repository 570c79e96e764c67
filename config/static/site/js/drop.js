// A file dropped on an element with data-drop goes into the file field inside it.

function setUp(zone) {
  const field = zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-drop-name]");
  const say = () => {
    name.textContent = field.files.length ? `${field.files[0].name} is chosen.` : "";
  };
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    say();
  });
  field.addEventListener("change", say);
}

document.querySelectorAll("[data-drop]").forEach(setUp);
