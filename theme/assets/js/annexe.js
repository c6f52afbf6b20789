// Makes the annex a directory that answers as one types; without JavaScript the annex is whole.
// The address says which filters are set, so that what is seen can be linked and come back to.
import { Query, plain } from "./fold.js";

const ROOT = new URL("../../", import.meta.url);
const PAUSE = 400; // milliseconds after the last keystroke at which the count is said aloud
const FORMER = ["anciens", "tous"]; // what shows those who left the annex
const RUN = 1000; // milliseconds between choices of one step: arrows run through a list
const LAID_OUT = 100; // milliseconds in which the browser lays out what comes on the screen
const FOLD = 0.75; // of the window's height: names that start below it are not seen
const OUT = "annex__out"; // a class: to hide by the attribute takes the browser twice the time
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
let blocks; // the lists of names, by their element
let former; // the promise that the page holds those who left, too
let state; // the filters, by name; those not set are empty
let query = new Query(""); // what is typed, made ready to be found

// --- What the page holds -----------------------------------------------------------------------

// Reads the page, and offers in each list what there is to choose from.
function readPage() {
  letters = Array.from(list.children, readLetter);
  blocks = new Map(letters.flatMap((letter) => letter.blocks.map((block) => [block.element, block])));
  nearness.disconnect();
  for (const element of blocks.keys()) nearness.observe(element);
  const entries = [...blocks.values()].flatMap((block) => block.entries);
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
    blocks: Array.from(section.querySelectorAll("ul"), readBlock),
  };
}

function readBlock(element) {
  return { element, near: false, entries: Array.from(element.children, readEntry) };
}

function readEntry(item) {
  const link = item.firstElementChild;
  const name = link.textContent;
  const group = item.getAttribute("data-groupe") ?? "";
  return {
    item,
    link,
    name,
    words: plain(name),
    shown: !item.classList.contains(OUT),
    highlighted: "", // what is marked in the name
    former: item.hasAttribute("data-statut"),
    annee: item.getAttribute("data-annee"),
    group,
    groupe: plain(group).replaceAll(" ", "-"),
  };
}

// --- What is shown -----------------------------------------------------------------------------

// As the build writes them.
const THOUSANDS = /\B(?=(?:\d{3})+$)/gu;
const counted = (number, one, many) =>
  `${String(number).replace(THOUSANDS, "\u202f")}\u00a0${number > 1 ? many : one}`;

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
    for (const block of letter.blocks) {
      let any = false;
      for (const entry of block.entries) {
        const shown = fits(entry, letter) && query.find(entry.words) !== null;
        if (shown !== entry.shown) entry.item.classList.toggle(OUT, !shown);
        entry.shown = shown;
        if (!shown) continue;
        here[entry.former ? "former" : "present"] += 1;
        any = true;
      }
      block.element.classList.toggle(OUT, !any);
      highlight(block);
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
  clear.hidden = !isFiltered();
}

// Brings a letter's heading, and its link in the index, up to date.
function renderLetter({ section, name, key, count: said, link }, here) {
  const text = told(here);
  const none = !here.present && !here.former;
  section.classList.toggle(OUT, none);
  said.textContent = text;
  link.title = `${name}\u00a0: ${text}`;
  if (none) {
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.setAttribute("aria-disabled", "true");
  } else {
    link.href = `#lettre-${key}`;
    link.removeAttribute("role");
    link.removeAttribute("aria-disabled");
  }
}

// Marks what was found in the names of a block; far from the screen, only takes away what was.
function highlight({ near, entries }) {
  const key = near ? query.key : "";
  for (const entry of entries) {
    const done = entry.highlighted === key || entry.highlighted === query.key;
    if (done || !entry.shown) continue;
    const pieces = key ? query.cut(entry.name) : [{ text: entry.name }];
    entry.link.replaceChildren(...pieces.map(({ text, found }) => (found ? mark(text) : text)));
    entry.highlighted = key;
  }
}

// Only what is on the screen, or nearly, is highlighted: of ten thousand names most are not.
const nearness = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      const block = blocks.get(target);
      block.near = isIntersecting;
      highlight(block);
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

const isFiltered = () => NAMES.some((name) => state[name]);

let pause; // the timer of what is said and written once the reader stops typing

function readAddress() {
  const asked = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, (asked.get(name) ?? "").trim()]));
}

function writeAddress(how) {
  const set = NAMES.filter((name) => state[name]).map((name) => [name, state[name]]);
  const search = set.length ? `?${new URLSearchParams(set)}` : "";
  // With its origin: a path that starts with two slashes would name another host.
  const here = `${location.origin}${location.pathname}`;
  if (search !== location.search) history[how](null, "", `${here}${search}`);
}

function settle() {
  clearTimeout(pause);
  writeAddress("replaceState");
  if (status.textContent !== count.textContent) status.textContent = count.textContent;
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
  await addTo(list, index, ROOT, OUT);
  readPage();
}

async function show(filters) {
  state = filters;
  let failed = false;
  if (FORMER.includes(state.statut)) {
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

// Makes a step that the reader can take back; one takes back to what was typed before, too.
function choose(filters, how) {
  writeAddress("replaceState");
  state = filters;
  writeAddress(how);
  show(filters);
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
    list.querySelector(`li:not(.${OUT}) > a`)?.focus();
  }
});

for (const select of selects) {
  let last = -RUN;
  select.addEventListener("change", ({ timeStamp }) => {
    const runs = timeStamp - last < RUN;
    last = timeStamp;
    choose({ ...state, [select.name]: select.value }, runs ? "replaceState" : "pushState");
  });
}

clear.addEventListener("click", () => {
  field.focus();
  choose(Object.fromEntries(NAMES.map((name) => [name, ""])), "pushState");
});

// The browser goes to a letter by the guessed height of what it has not laid out yet: once it has,
// go there again.
index.addEventListener("click", ({ target }) => {
  const heading = document.getElementById(target.hash?.slice(1));
  setTimeout(() => heading?.scrollIntoView(), LAID_OUT);
});

addEventListener("popstate", () => show(readAddress()));

readPage();
show(readAddress());
if (!isFiltered()) clearTimeout(pause); // there is nothing to say
filter.hidden = false;

// Who comes by a link to a filtered view sees what was found, on a telephone too.
const arrives = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const below = list.getBoundingClientRect().top > innerHeight * FOLD;
if (arrives && below && !location.hash && isFiltered()) filter.scrollIntoView();
