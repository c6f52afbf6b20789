// Puts those who left into the annex, each at its place in the alphabet, hidden until asked for.
// The list of all, in the order of the site, is one of the files of open data.
import { plain } from "./fold.js";

const DATA = "donnees/signataires.json";
const SIGNATORY = "signataire";

const slugOf = (link) => link.getAttribute("href").split("/").at(-2);

// Gives the heading under which a name stands, as hooks/charte/french.py does.
function letterOf(name) {
  const [first = ""] = plain(name);
  if (/[0-9]/u.test(first)) return "0-9";
  return /[a-z]/u.test(first) ? first.toUpperCase() : "Autres";
}

function itemOf(one, root, out) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const note = document.createElement("small");
  item.className = out;
  item.dataset.annee = one.date_inscription.slice(0, 4);
  item.dataset.statut = one.statut;
  if (one.groupe) item.dataset.groupe = one.groupe;
  link.href = new URL(`signataires/${encodeURIComponent(one.identifiant)}/`, root);
  link.textContent = one.nom;
  note.textContent = `(${one.statut})`;
  item.append(link, " ", note);
  return item;
}

// Makes a letter under which nobody stands today, after the one before it.
function addLetter(name, before, list, index) {
  const section = document.createElement("section");
  const heading = list.querySelector("h2").cloneNode(true);
  const entry = index.firstElementChild.cloneNode(true);
  const rank = before ? [...list.children].indexOf(before) + 1 : 0;
  heading.id = `lettre-${name.toLowerCase()}`;
  heading.firstElementChild.textContent = name;
  heading.firstElementChild.href = `#${heading.id}`;
  entry.firstElementChild.textContent = name;
  section.className = "letter";
  section.append(heading, document.createElement("ul"));
  list.insertBefore(section, list.children[rank] ?? null);
  index.insertBefore(entry, index.children[rank] ?? null);
  return section;
}

// Adds to the list and to the index of its letters; new lines get the class `out`.
// Rejects if the data cannot be had.
export async function addTo(list, index, root, out) {
  const answer = await fetch(new URL(DATA, root));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  const { signataires } = await answer.json();
  const links = list.querySelectorAll("li > a");
  const items = new Map(Array.from(links, (link) => [slugOf(link), link.parentElement]));
  let before; // the line before
  for (const one of signataires) {
    let item = items.get(one.identifiant);
    if (!item && one.statut !== SIGNATORY) {
      item = itemOf(one, root, out);
      place(item, letterOf(one.nom), before, list, index);
    }
    before = item ?? before;
  }
}

function place(item, letter, before, list, index) {
  const heading = document.getElementById(`lettre-${letter.toLowerCase()}`);
  const section =
    heading?.closest("section") ?? addLetter(letter, before?.closest("section"), list, index);
  if (section.contains(before ?? null)) before.after(item);
  else section.querySelector("ul").prepend(item);
}
