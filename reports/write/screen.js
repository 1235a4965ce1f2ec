// What a screen can do that paper can't.  Without it, marks and notes still lead to one another.

// On narrow screens a table's parts are laid out as blocks, and a browser may forget what they are.
const ROLES = {
  "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader",
  td: "cell",
};
for (const [selector, role] of Object.entries(ROLES)) {
  for (const element of document.querySelectorAll(selector)) element.setAttribute("role", role);
}

// A note shows beside its mark: on keyboard focus, under the pointer, or when the mark is tapped.
const main = document.querySelector("main");
const beside = document.createElement("div");
beside.className = "beside";
beside.popover = "manual";
beside.setAttribute("role", "tooltip");
main.append(beside);
let mark = null;

const said = (element) => {
  const line = document.createElement("p");
  line.append(...element.cloneNode(true).childNodes);
  for (const link of line.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  return line;
};

const hide = () => {
  mark?.removeAttribute("aria-describedby");
  mark = null;
  if (beside.matches(":popover-open")) beside.hidePopover();
};

const place = () => {
  const { left, top, bottom } = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth - beside.offsetWidth;
  const above = top - beside.offsetHeight;
  const below = bottom + beside.offsetHeight <= innerHeight || above < 0;
  beside.style.left = `${Math.max(0, Math.min(left, room)) + scrollX}px`;
  beside.style.top = `${(below ? bottom : above) + scrollY}px`;
};

const show = (link) => {
  if (link === mark) return;
  hide();
  mark = link;
  const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const cells = note.matches("tr") ? [...note.cells] : [note];
  const sources = [...note.querySelectorAll('a[href^="#source-"]')];
  const own = document.createElement("div");
  own.id = "beside";
  own.append(...cells.map(said));
  beside.replaceChildren(own, ...sources.map((each) => said(document.querySelector(each.hash))));
  beside.showPopover();
  place();
  mark.setAttribute("aria-describedby", own.id);
};

const markOf = (event) => event.target.closest?.("a.m");

document.addEventListener("focusin", (event) => {
  if (markOf(event)?.matches(":focus-visible")) show(markOf(event));
});
document.addEventListener("focusout", (event) => {
  if (event.target === mark) hide();
});
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  if (markOf(event)) show(markOf(event));
  else if (!beside.contains(event.target) && mark !== document.activeElement) hide();
});
document.addEventListener("click", (event) => {
  const link = markOf(event);
  if (link && link !== mark) {
    event.preventDefault();
    show(link);
  } else if (!beside.contains(event.target)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
