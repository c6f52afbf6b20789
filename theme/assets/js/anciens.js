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

function itemOf(one, root) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const note = document.createElement("small");
  item.hidden = true;
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
  const anchor = `lettre-${name.toLowerCase()}`;
  const section = list.firstElementChild.cloneNode(true);
  const heading = section.querySelector("h2");
  heading.id = anchor;
  heading.firstChild.textContent = `${name} `;
  heading.querySelector(".headerlink").href = `#${anchor}`;
  section.querySelector("ul").replaceChildren();
  const entry = index.firstElementChild.cloneNode(true);
  entry.firstElementChild.textContent = name;
  const rank = [...list.children].indexOf(before);
  if (before) before.after(section);
  else list.prepend(section);
  index.insertBefore(entry, index.children[rank + 1] ?? null);
  return section;
}

// Rejects if the data cannot be had.
export async function addTo(list, index, root) {
  const answer = await fetch(new URL(DATA, root));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  const { signataires } = await answer.json();
  const present = new Map(Array.from(list.querySelectorAll("li > a"), (link) => [slugOf(link), link]));
  let before; // the line before, whose place is known
  for (const one of signataires) {
    if (one.statut === SIGNATORY) {
      before = present.get(one.identifiant)?.parentElement ?? before;
      continue;
    }
    const item = itemOf(one, root);
    const letter = letterOf(one.nom);
    const section =
      document.getElementById(`lettre-${letter.toLowerCase()}`)?.closest("section") ??
      addLetter(letter, before?.closest("section"), list, index);
    if (before && section.contains(before)) before.after(item);
    else section.querySelector("ul").prepend(item);
    before = item;
  }
}
