"use strict";
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));

// Each part has the places it occurs at, as "message suite direction", and its codes.
const parts = [...document.querySelectorAll("[data-in]")].map((part) => ({
  part,
  places: part.dataset.in.split("|").map((place) => place.split(" ")),
  codes: part.dataset.codes.split(" "),
  text: part.textContent.toLowerCase(),
}));
const form = document.getElementById("filter");
const selects = [...(form?.querySelectorAll("select") ?? [])];
const values = {
  message: ({ places }) => places.map((place) => place[0]),
  suite: ({ places }) => places.map((place) => place[1]),
  direction: ({ places }) => places.map((place) => place[2]),
  code: ({ codes }) => codes,
};

function fill(select) {
  const found = new Set(parts.flatMap(values[select.name]));
  [...found].filter(Boolean).sort().forEach((value) => select.append(new Option(value)));
}

function show() {
  const asked = Object.fromEntries(selects.map((select) => [select.name, select.value]));
  const words = form.elements.words.value.toLowerCase();
  const wanted = [asked.message, asked.suite, asked.direction];
  let count = 0;
  for (const { part, places, codes, text } of parts) {
    const isThere = places.some((place) => wanted.every((value, at) => !value || value === place[at]));
    part.hidden = !(isThere && (!asked.code || codes.includes(asked.code)) && text.includes(words));
    count += !part.hidden;
  }
  form.querySelector("output").textContent = form.dataset.count.replace("{n}", count).replace("{of}", parts.length);
}

if (form) {
  selects.forEach(fill);
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

// Two messages scroll together, and open at the first difference.
for (const messages of document.querySelectorAll(".messages")) {
  const panes = [...messages.querySelectorAll(".pane")];
  const together = ({ target }) => panes.forEach((pane) => { pane.scrollLeft = target.scrollLeft; });
  panes.forEach((pane) => pane.addEventListener("scroll", together));
  messages.addEventListener("toggle", () => {
    const mark = messages.querySelector(".pane mark");
    if (mark) mark.closest(".pane").scrollLeft = mark.offsetLeft - mark.closest(".pane").clientWidth / 2;
  });
}
