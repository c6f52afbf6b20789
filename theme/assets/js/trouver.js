// Finds what a reader types in the index that the build writes (hooks/charte/search.py), whose
// words are folded. The name that is typed comes first, then the names that start with it, those
// with words that do, the pages that speak of it, and last the names that hold it somewhere. Only
// where there is nothing of all this, names that were perhaps meant: with a letter or two typed
// wrong, or with one of the words.
import { plain } from "./fold.js";

const [EXACT, STARTS, WORDS, SPEAKS, HOLDS, NONE] = [0, 1, 2, 3, 4, 5];

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
// Beside longer words, « l’ », « de » and « et » tell nothing. A number does.
const SHORT = /^\p{L}{1,2}$/u;

const BEFORE = 60, EXCERPT = 160; // characters of a text: before the first hit, and in all

// Gives the function that finds; the order of the entries is the order of equals.
export function finder(entries) {
  const known = entries.map((entry) => ({
    entry,
    names: entry.names.map((name) => {
      const compact = name.replaceAll(" ", "");
      return { words: [...new Set([...name.split(" "), compact])], spaced: ` ${name} `, compact };
    }),
    spaced: ` ${entry.names.join(" ")} ${entry.words ?? ""} `,
  }));

  // Gives the entries found, best first, whether they are only near, and which words are hits.
  return (typed) => {
    const query = understood(typed);
    const found = best(known, (one) => rank(one, query), 2 * NONE);
    const near = !found.length;
    const meets = near ? (word, other) => errors(word, other) < Infinity : starts;
    return {
      found: near ? best(known, (one) => loss(one, query), query.letters) : found,
      near,
      hit: (word) => query.words.some((one) => meets(one, plain(word))),
    };
  };
}

// Cuts a text at its hits: pairs of a piece and whether it is one.
export function pieces(text, hit) {
  const cut = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!hit(word)) continue;
    cut.push([text.slice(end, index), false], [word, true]);
    end = index + word.length;
  }
  return [...cut, [text.slice(end), false]];
}

// Gives the pieces of a text around its first hit, or at its start.
export function excerpt(text, hit) {
  const before = pieces(text, hit)[0][0];
  const first = before === text ? 0 : before.length;
  const start = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
  const end = text.length > start + EXCERPT ? text.lastIndexOf(" ", start + EXCERPT) : text.length;
  const shown = pieces(text.slice(start, Math.max(end, first)), hit);
  return [[start ? "… " : "", false], ...shown, [end < text.length ? " …" : "", false]];
}

function understood(typed) {
  const all = (typed.match(WORD) ?? []).map(plain);
  const telling = all.filter((word) => !SHORT.test(word));
  const words = (telling.length ? telling : all).map((start) => ({ start, forms: forms(start) }));
  return {
    words,
    letters: words.reduce((sum, { start }) => sum + start.length, 0),
    compact: plain(typed).replaceAll(" ", ""),
  };
}

// Gives a word's singular, or a plural that does not start with it.
function forms(word) {
  if (word.length < 4) return [];
  const endings = [[/[sx]$/, ""], [/aux$/, "al"], [/al$/, "aux"]];
  const others = endings.map(([ending, other]) => word.replace(ending, other));
  return others.filter((other) => other !== word);
}

function best(known, rankOf, none) {
  const ranked = known.map((one) => [rankOf(one), one.entry]).filter(([rank]) => rank < none);
  return ranked.sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

// Ranks an entry by its best name. A former name counts a little less than somebody's present one.
function rank({ names, spaced }, query) {
  const tiers = names.map((name, place) => 2 * tier(name, query) + (place && 1));
  const least = Math.min(...tiers);
  return least > 2 * SPEAKS && has(spaced, query) ? 2 * SPEAKS : least;
}

function tier({ spaced, compact }, query) {
  if (!query.compact) return NONE;
  if (compact === query.compact) return EXACT;
  if (compact.startsWith(query.compact)) return STARTS;
  if (has(spaced, query)) return WORDS;
  return query.compact.length > 2 && compact.includes(query.compact) ? HOLDS : NONE;
}

const starts = ({ start, forms }, word) => word.startsWith(start) || forms.includes(word);

function has(spaced, { words }) {
  return words.length > 0 && words.every(({ start, forms }) =>
    spaced.includes(` ${start}`) || forms.some((form) => spaced.includes(` ${form} `)));
}

// Counts the letters typed in vain, wrong ones and those of words that the best name has not.
function loss({ names }, query) {
  return Math.min(...names.map(({ words, compact }) => {
    const each = query.words.map((word) => {
      const wrong = words.map((other) => (starts(word, other) ? 0 : errors(word, other)));
      return Math.min(word.start.length, ...wrong);
    });
    const sum = each.reduce((total, one) => total + one, 0);
    return each.length > 1 ? Math.min(sum, errors({ start: query.compact }, compact)) : sum;
  }));
}

// Counts typing errors: a letter too many, missing, another, or two exchanged (the distance of
// Damerau and Levenshtein, in its optimal string alignment). Less is forgiven to short words. A
// beginning is nearly as good as the whole, for the reader may still be typing.
function errors({ start: typed }, meant) {
  const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  const width = Math.min(meant.length, typed.length + most);
  if (!most || typed.length - width > most) return Infinity;
  // Nearly all words lack letters that were typed, which is soon seen.
  let lacking = 0;
  for (const letter of typed) lacking += !meant.includes(letter);
  if (lacking > most) return Infinity;
  let before, above, row = [...Array(width + 1).keys()];
  let least = 0;
  for (let i = 1; i <= typed.length; i += 1) {
    [before, above, row, least] = [above, row, [i], i];
    for (let j = 1; j <= Math.min(width, i + most); j += 1) {
      let cost = above[j - 1] + (typed[i - 1] !== meant[j - 1]);
      if (above[j] < cost) cost = above[j] + 1;
      if (row[j - 1] < cost) cost = row[j - 1] + 1;
      if (i > 1 && j > 1 && typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return Infinity;
  }
  return width === meant.length && row[width] <= most ? row[width] : least + 0.5;
}
