// Folds text as hooks/charte/french.py does, so that what a reader finds is what the build sorts;
// the cases of tests/cases/folding.json hold both to it.

const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i", ς: "σ" };
const LIGATURE = new RegExp(`[${Object.keys(LIGATURES).join("")}]`, "gu");
const ACCENT = /\p{Mn}/u;
const ACCENTS = new RegExp(ACCENT, "gu");
// Apostrophes, hyphens, and what a copied name may hold unseen.
const JOINERS = /['’ʼ‘`′\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff-]/gu;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;

const ASCII = /^[\x20-\x7e]*$/u;
const SIMPLE = /[A-Za-z0-9]/u; // what folding makes small at most
// « l’ », « d’ », « qu’ »… before a word.
const ELISIONS = /(^|[^\p{L}\p{N}])(?:[cdjlmnst]|qu)['’ʼ‘`′](?=[\p{L}\p{N}])/giu;
const LONGEST = 100; // characters of a query; no name is longer

function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  const lower = text.normalize("NFKD").toLowerCase();
  return lower.replace(LIGATURE, (char) => LIGATURES[char]).replace(ACCENTS, "");
}

// Gives the words of a text as they are sorted and looked for: « L’Œuvre (e-santé) » is
// « loeuvre esante ».
export const plain = (text) =>
  fold(text).replace(JOINERS, "").replace(SEPARATORS, " ").trim();

// Gives, for each character of `plain(text)`, where what it was made of starts and ends in the text.
function origins(text) {
  const found = [];
  let parted = false;
  let at = 0;
  for (const char of text) {
    const end = at + char.length;
    const folded = SIMPLE.test(char) ? char : fold(char).replace(JOINERS, "");
    for (const unit of folded) {
      const made = SIMPLE.test(unit) ? 1 : plain(unit).length;
      if (made && parted && found.length) found.push([at, at]);
      for (let left = made; left; left -= 1) found.push([at, end]);
      parted = !made;
    }
    // An accent of its own goes with its letter.
    if (ACCENT.test(char) && found.length && !parted) found.at(-1)[1] = end;
    at = end;
  }
  return found;
}

const atStart = (words, word) =>
  words.startsWith(word) ? 0 : words.indexOf(` ${word}`) + 1 || -1;

// What a reader looks for. A name answers if it holds every word, or all of them without spaces:
// « fairsmart » is FAIR&SMART. An article elided before a word need not be there.
export class Query {
  #words;
  #bare;
  #run;

  constructor(text) {
    const asked = text.slice(0, LONGEST);
    this.#words = plain(asked).split(" ").filter(Boolean);
    this.#bare = plain(asked.replace(ELISIONS, "$1")).split(" ");
    this.#run = new RegExp(`(?:^| )(${[...this.#words.join("")].join(" ?")})`, "u");
  }

  // What is looked for, whatever the way it was typed; empty if it says nothing.
  get key() {
    return this.#words.join(" ");
  }

  // Tells where the query stands in a plain text, as pairs of places in order; null if it does not.
  find(words) {
    const found = [];
    for (const [index, whole] of this.#words.entries()) {
      let word = whole;
      // Rather at the start of a word, where readers look.
      let start = atStart(words, word);
      if (start < 0) start = words.indexOf(word);
      if (start < 0) {
        word = this.#bare[index];
        start = atStart(words, word);
      }
      if (start < 0) return this.#joined(words);
      found.push([start, start + word.length]);
    }
    return found.sort((one, other) => one[0] - other[0]);
  }

  #joined(words) {
    const match = this.#run.exec(words);
    if (!match) return null;
    const end = match.index + match[0].length;
    return [[end - match[1].length, end]];
  }

  // Cuts a text that answers into pieces, `{ text, found }`, that make it up again.
  cut(text) {
    const from = origins(text);
    const pieces = [];
    let done = 0;
    for (const [start, end] of this.find(plain(text))) {
      const [first, last] = [Math.max(done, from[start][0]), from[end - 1][1]];
      if (first >= last) continue;
      pieces.push({ text: text.slice(done, first) }, { text: text.slice(first, last), found: true });
      done = last;
    }
    pieces.push({ text: text.slice(done) });
    return pieces.filter((piece) => piece.text);
  }
}
