// Adds to each text to copy a button that copies it. Without JavaScript the text field stands alone,
// and is enough. A click into the field does not select all of it: a reader may want a part.
(() => {
  "use strict";

  const SHOWN = 2000; // milliseconds for which a button says that it has copied
  const KEYS = navigator.platform.startsWith("Mac") ? "⌘C" : "Ctrl+C";

  for (const block of document.querySelectorAll(".copy")) {
    const label = block.querySelector("label").textContent.trim();
    const field = block.querySelector("textarea");
    const button = document.createElement("button");
    const status = document.createElement("p");
    let timer;

    // The name begins with the word that is seen, for those who speak to their machine.
    const say = (word, message = "", seen = false) => {
      button.textContent = word;
      button.setAttribute("aria-label", `${word}\u00a0: ${label}`);
      status.textContent = message;
      status.classList.toggle("visually-hidden", !seen);
    };

    const copy = async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        return true;
      } catch {
        // Absent without HTTPS, or refused: the old way copies what is selected, if it may.
        field.focus({ preventScroll: true });
        field.select();
        const copied = document.execCommand?.("copy");
        if (copied) button.focus({ preventScroll: true });
        return copied;
      }
    };

    button.addEventListener("click", async () => {
      clearTimeout(timer);
      say("Copier");
      if (await copy()) {
        say("Copié", `Copié\u00a0: ${label}`);
        timer = setTimeout(say, SHOWN, "Copier");
      } else {
        say("Sélectionné", `Sélectionné\u00a0: appuyez sur ${KEYS}`, true);
      }
    });

    button.type = "button";
    button.className = "copy__button";
    status.className = "copy__status";
    status.setAttribute("role", "status");
    status.setAttribute("aria-live", "polite");
    say("Copier");
    // Before the field, as it is seen: the keyboard goes where the eye does.
    field.before(button);
    block.append(status);
  }
})();
