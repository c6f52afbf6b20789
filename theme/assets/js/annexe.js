// Makes the annex a directory that answers as one types; without JavaScript the annex is whole.
// The address says which filters are set, so that what is seen can be linked and come back to.
import { Query, plain } from "./fold.js";

const ROOT = new URL("../../", import.meta.url);
const PAUSE = 400; // milliseconds after the last keystroke at which the count is said aloud
const NAMES = ["q", "groupe", "lettre", "annee", "statut"];

const filter = document.querySelector(".filter");
const field = filter.querySelector("input");
const selects = [...filter.querySelectorAll("select")];
const count = filter.querySelector(".filter__count span");
const clear = filter.querySelector("button");
const status = filter.querySelector("[role=status]");
const list = document.querySelector(".annex");
const index = document.querySelector(".letters ul");

let letters; // what the page holds, by letter
let former; // the promise that it holds those who left, too
let state; // the filters, by name; those not set are empty
let query; // what is typed, made ready to be found

// --- What the page holds -----------------------------------------------------------------------

// Reads the page, and offers in each list what there is to choose from.
function readPage() {
  letters = Array.from(list.children, readLetter);
  for (const { section } of letters) nearness.observe(section);
  const entries = letters.flatMap((letter) => letter.entries);
  const groups = new Map(entries.map((entry) => [entry.groupe, entry.group]));
  groups.delete("");
  const choices = {
    lettre: letters.map((letter) => [letter.key, letter.name]),
    groupe: [...groups].sort(([one], [other]) => (one < other ? -1 : 1)),
    annee: [...new Set(entries.map((entry) => entry.annee))].sort().map((year) => [year, year]),
  };
  for (const select of selects) {
    const options = choices[select.name]?.map(([value, label]) => new Option(label, value));
    if (options) select.replaceChildren(select.options[0], ...options);
  }
}

function readLetter(section, rank) {
  const heading = section.querySelector("h2");
  return {
    section,
    name: heading.firstChild.textContent.trim(),
    key: heading.id.replace("lettre-", ""),
    count: heading.querySelector("small"),
    link: index.children[rank].firstElementChild,
    entries: Array.from(section.querySelectorAll("li"), readEntry),
  };
}

function readEntry(item) {
  const link = item.querySelector("a");
  const { annee, groupe = "", statut } = item.dataset;
  return {
    item,
    link,
    name: link.textContent,
    words: plain(link.textContent),
    shown: !item.hidden,
    highlighted: "", // what is marked in the name
    former: Boolean(statut),
    annee,
    group: groupe,
    groupe: plain(groupe).replaceAll(" ", "-"),
  };
}

// --- What is shown -----------------------------------------------------------------------------

const counted = (number, one, many) =>
  `${number.toLocaleString("fr")}\u00a0${number > 1 ? many : one}`;

function told({ present, former }) {
  const signatories = counted(present, "signataire", "signataires");
  if (!former) return signatories;
  if (!present) return counted(former, "ancien signataire", "anciens signataires");
  return `${signatories} et ${counted(former, "ancien", "anciens")}`;
}

const fits = (entry, letter) =>
  (!state.lettre || state.lettre === letter.key) &&
  (!state.groupe || state.groupe === entry.groupe) &&
  (!state.annee || state.annee === entry.annee) &&
  (state.statut === "tous" || (state.statut === "anciens") === entry.former);

function render() {
  const total = { present: 0, former: 0 };
  query = new Query(state.q);
  for (const letter of letters) {
    const here = { present: 0, former: 0 };
    for (const entry of letter.entries) {
      const shown = fits(entry, letter) && query.find(entry.words) !== null;
      if (shown !== entry.shown) entry.item.hidden = !shown;
      if (shown) here[entry.former ? "former" : "present"] += 1;
      entry.shown = shown;
    }
    renderLetter(letter, here);
    total.present += here.present;
    total.former += here.former;
  }
  const who = state.statut === "anciens" ? "ancien signataire" : "signataire";
  count.textContent =
    total.present || total.former
      ? told(total)
      : `Aucun ${who} ne correspond\u00a0: effacez un filtre`;
  clear.hidden = NAMES.every((name) => !state[name]);
}

function renderLetter(letter, here) {
  const { section, link } = letter;
  const text = told(here);
  section.hidden = !here.present && !here.former;
  letter.count.textContent = text;
  link.title = `${letter.name}\u00a0: ${text}`;
  if (section.hidden) {
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.setAttribute("aria-disabled", "true");
  } else {
    link.href = `#lettre-${letter.key}`;
    link.removeAttribute("role");
    link.removeAttribute("aria-disabled");
  }
  highlight(letter);
}

// Marks what was found in the names of a letter that is on the screen or near it.
function highlight({ near, entries }) {
  if (!near) return;
  for (const entry of entries) {
    if (!entry.shown || entry.highlighted === query.key) continue;
    entry.link.replaceChildren(
      ...query.cut(entry.name).map(({ text, found }) => (found ? mark(text) : text)),
    );
    entry.highlighted = query.key;
  }
}

const nearness = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      const letter = letters.find(({ section }) => section === target);
      letter.near = isIntersecting;
      highlight(letter);
    }
  },
  { rootMargin: "50%" },
);

function mark(text) {
  const made = document.createElement("mark");
  made.textContent = text;
  return made;
}

// --- The filters and the address ---------------------------------------------------------------

let pause; // the timer of what is said and written once the reader stops typing
let lately; // the list that was chosen from last, while it keeps the focus

function readAddress() {
  const asked = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, (asked.get(name) ?? "").trim()]));
}

function writeAddress(how) {
  const set = NAMES.filter((name) => state[name]).map((name) => [name, state[name]]);
  const search = set.length ? `?${new URLSearchParams(set)}` : "";
  if (search !== location.search) history[how](null, "", search || location.pathname);
}

function settle() {
  clearTimeout(pause);
  writeAddress("replaceState");
  // On arrival, when nothing is filtered, there is nothing to say.
  const news = status.textContent !== count.textContent && (status.textContent || !clear.hidden);
  if (news) status.textContent = count.textContent;
}

function settleSoon() {
  clearTimeout(pause);
  pause = setTimeout(settle, PAUSE);
}

// Sets the controls to the filters; a choice that is not offered is none.
function fillIn() {
  field.value = state.q;
  for (const select of selects) {
    select.value = state[select.name].toLowerCase();
    if (select.selectedIndex < 0) select.selectedIndex = 0;
    state[select.name] = select.value;
  }
}

// Those who left the annex are not in the page: they are fetched when they are first asked for.
async function addFormer() {
  const { addTo } = await import("./anciens.js");
  await addTo(list, index, ROOT);
  readPage();
}

async function show(filters) {
  state = filters;
  let failed = false;
  if (state.statut) {
    count.textContent = "Chargement des anciens signataires…";
    try {
      await (former ??= addFormer());
    } catch {
      failed = true;
      former = undefined;
      filters.statut = "";
    }
    if (state !== filters) return; // meanwhile the reader chose something else
  }
  fillIn();
  render();
  if (failed) count.textContent = "Les anciens signataires n’ont pas pu être chargés.";
  settleSoon();
}

field.addEventListener("input", () => {
  state.q = field.value.trim();
  render();
  settleSoon();
});

field.addEventListener("change", settle);

field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape" && field.value) {
    event.preventDefault();
    field.value = "";
    field.dispatchEvent(new Event("input"));
  }
  if (event.key === "Enter" || event.key === "ArrowDown") {
    event.preventDefault();
    list.querySelector("li:not([hidden]) > a")?.focus();
  }
});

for (const select of selects) {
  select.addEventListener("change", () => {
    state = { ...state, [select.name]: select.value };
    // Lists are run through with the arrow keys: one step back undoes the whole run.
    writeAddress(select === lately ? "replaceState" : "pushState");
    lately = select;
    show(state);
  });
  select.addEventListener("blur", () => {
    lately = undefined;
  });
}

clear.addEventListener("click", () => {
  state = Object.fromEntries(NAMES.map((name) => [name, ""]));
  writeAddress("pushState");
  field.focus();
  show(state);
});

addEventListener("popstate", () => {
  lately = undefined;
  show(readAddress());
});

readPage();
show(readAddress());
filter.hidden = false;
