// A file dropped on an element with data-drop goes into the file field inside it.

function setUp(zone) {
  const field = zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-drop-name]");
  const most = Number(field.dataset.mostBytes || Infinity);
  const say = () => {
    const file = field.files[0];
    const problem = file && file.size > most ? field.dataset.tooLarge : "";
    field.setCustomValidity(problem);
    name.textContent = problem || (file ? `${file.name} is chosen.` : "");
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
