// Makes a form that leads to the annex a search of the whole site: what is found stands under the
// field, as links. Nothing is loaded before somebody goes to the field, and without this script the
// form does what its markup says.
const ROOT = new URL("../../", import.meta.url);
const SHOWN = 10; // results at a time
const ANNEX = { uri: "annexe/", title: "L’annexe", kind: "Tous les signataires" };

let search;

// Gives the functions that find and cut; they come with the index, once for all forms.
function load() {
  const index = async () => {
    const answer = await fetch(new URL("recherche.json", ROOT));
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  search ??= Promise.all([import("./trouver.js"), index()]).then(([tools, entries]) => ({
    ...tools,
    find: tools.finder(entries),
  }));
  search.catch(() => {
    search = undefined; // the next letter tries again
  });
  return search;
}

function make(tag, name, ...content) {
  const element = document.createElement(tag);
  element.className = `recherche__${name}`;
  element.append(...content);
  return element;
}

const marked = (pieces) =>
  pieces.map(([text, hit]) => (hit ? make("mark", "hit", text) : text));

function item(entry, hit, { pieces, excerpt }) {
  const kind = entry.page ? `${entry.kind} · ${entry.page}` : entry.kind;
  const title = make("span", "title", ...marked(pieces(entry.title, hit)));
  const link = make("a", "link", title, " ", make("span", "kind", kind));
  link.href = new URL(entry.uri, ROOT);
  const result = make("li", "result", link);
  if (entry.text) result.append(make("p", "excerpt", ...marked(excerpt(entry.text, hit))));
  return result;
}

function told({ found, near }, query) {
  const asked = `pour «\u00a0${query}\u00a0»`;
  if (!near) return `${counted(found.length, "résultat")} ${asked}`;
  const names = found.length ? `. ${counted(found.length, "nom proche")}\u00a0:` : "";
  return `Aucun résultat ${asked}${names}`;
}

// In French, nought and one are singular.
function counted(number, words) {
  const noun = number > 1 ? words.replace(/\b(?= |$)/g, "s") : words;
  return `${number.toLocaleString("fr")}\u00a0${noun}`;
}

function mount(form) {
  const field = form.elements.q;
  const status = make("p", "status");
  const list = make("ul", "list");
  const more = make("button", "more", "Afficher plus de résultats");
  const shut = make("button", "close", "Fermer");
  const panel = make("div", "panel", status, list, more);
  let answer;

  // Shows the next results, and gives the first of them.
  const extend = () => {
    const start = list.children.length;
    const results = answer.found.length ? answer.found : [ANNEX];
    const next = results.slice(start, start + SHOWN);
    list.append(...next.map((one) => item(one, answer.hit, answer.tools)));
    list.hidden = false;
    more.hidden = list.children.length >= results.length;
    return list.children[start].firstChild;
  };

  const empty = () => {
    status.textContent = "";
    list.replaceChildren();
    list.hidden = more.hidden = true;
  };

  const close = () => {
    empty();
    delete form.dataset.open;
  };

  // Shows what is found for what stands in the field; tells whether it could be looked for.
  const update = async () => {
    const query = field.value.trim();
    form.dataset.open = query ? "results" : "field";
    if (!query) {
      empty();
      return true;
    }
    status.textContent ||= "Chargement…";
    let tools;
    try {
      tools = await load();
    } catch {
      status.textContent = "La recherche n’a pas pu être chargée. La touche Entrée mène à l’annexe.";
      return false;
    }
    // Meanwhile the reader may have gone, or typed on.
    if (form.dataset.open && query === field.value.trim()) {
      answer = { ...tools.find(query), tools };
      empty();
      extend();
      status.textContent = told(answer, query);
    }
    return true;
  };

  // A field that is folded away in a narrow band has no box.
  const seen = () => field.getClientRects().length > 0;
  // Results that float over the page go when the reader does; those in the page move nothing.
  const leave = (where) => {
    const floats = getComputedStyle(panel).position === "absolute";
    if (where && !form.contains(where) && floats) close();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const folded = !seen();
    if (folded || !field.value.trim()) {
      form.dataset.open = "field";
      field.focus();
      field.select();
    }
    if (!(await update())) form.submit();
    else if (!folded) list.querySelector("a")?.focus();
  });

  form.addEventListener("keydown", (event) => {
    const stops = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = stops[stops.indexOf(event.target) + step];
    if (event.key === "Escape" && form.dataset.open) {
      event.preventDefault();
      shut.click();
    } else if (stops.includes(event.target) && next) {
      event.preventDefault();
      next.focus();
    }
  });

  status.setAttribute("role", "status");
  list.setAttribute("role", "list"); // Safari forgets it for lists without bullets
  list.setAttribute("aria-label", "Résultats");
  more.type = shut.type = "button";
  list.hidden = more.hidden = true;
  field.addEventListener("focus", () => load().catch(() => {}));
  field.addEventListener("input", update);
  field.addEventListener("click", () => {
    if (list.hidden && field.value) update();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) close();
  });
  more.addEventListener("click", () => extend().focus());
  shut.addEventListener("click", () => {
    close();
    (seen() ? field : form.querySelector("[type=submit]")).focus();
  });
  form.addEventListener("focusout", (event) => leave(event.relatedTarget));
  document.addEventListener("pointerdown", (event) => leave(event.target));
  form.append(shut, panel);
}

document.querySelectorAll("form[data-recherche]").forEach(mount);
