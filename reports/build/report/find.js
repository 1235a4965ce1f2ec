// Shows only the editions whose rows have all the words in the box.
const finder = document.getElementById("finder");
if (finder) {
  const [box, told] = [finder.querySelector("input"), finder.querySelector("output")];
  const rows = [...document.querySelectorAll(".editions tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const find = () => {
    const words = box.value.toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    for (const table of document.querySelectorAll(".editions")) {
      table.hidden = !table.querySelector("tbody tr:not([hidden])");
    }
    told.textContent = `${shown} of ${rows.length}`;
  };
  box.addEventListener("input", find);
  finder.hidden = false;
  find();
}
