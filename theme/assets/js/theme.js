// Lets a reader have the other scheme of colours. Without it, the system's choice holds.
(() => {
  "use strict";

  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // A browser may refuse to keep anything: the choice then lasts as long as the page.
  const kept = () => {
    try {
      return localStorage.getItem("scheme");
    } catch {
      return null;
    }
  };
  const keep = (scheme) => {
    try {
      localStorage.setItem("scheme", scheme);
    } catch {
      // as above
    }
  };

  const chosen = kept();
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;

  addEventListener("DOMContentLoaded", () => {
    const button = document.createElement("button");
    const isDark = () => (root.dataset.scheme ?? (dark.matches ? "dark" : "light")) === "dark";
    const show = () => {
      const name = isDark() ? "Passer à l’affichage clair" : "Passer à l’affichage sombre";
      button.setAttribute("aria-label", name);
      button.title = name;
    };
    button.type = "button";
    button.className = "band__scheme";
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      keep(root.dataset.scheme);
      show();
    });
    dark.addEventListener("change", show);
    show();
    document.querySelector(".band__top").append(button);
  });
})();
