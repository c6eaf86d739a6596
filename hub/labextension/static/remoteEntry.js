// What JupyterLab does for students of the classroom. It needs no build: JupyterLab loads this file as it stands.
(function () {
  "use strict";

  const LIST = "nbgrader:open-assignment-list";
  const SAVE = "docmanager:save-all";

  /** Show the units, unless the student left something open. */
  function showUnits(app) {
    const open = Array.from(app.shell.widgets("main")).filter((widget) => !widget.id.startsWith("launcher"));
    if (open.length === 0 && app.commands.hasCommand(LIST)) {
      app.commands.execute(LIST);
    }
  }

  /** nbgrader hands in what is on the disk: save what is open first, then let the click through. */
  function saveBeforeSubmit(app) {
    const saved = new WeakSet();
    document.addEventListener(
      "click",
      async (event) => {
        const button = event.target.closest && event.target.closest("#fetched_assignments_list button");
        if (!button || button.textContent.trim() !== "Submit" || saved.delete(button)) {
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        await app.commands.execute(SAVE);
        saved.add(button);
        button.click();
      },
      true,
    );
  }

  const UNTOUCHED = /^(\S+): Not attempted yet/m;

  /** nbgrader calls an exercise that nobody has begun failed: tell it from an answer that is not right. */
  function tellUntouchedFromWrong(message) {
    const untouched = [];
    for (const heading of Array.from(message.querySelectorAll(":scope > div:has(> p)"))) {
      const source = heading.nextElementSibling;
      const error = source.nextElementSibling;
      const begun = UNTOUCHED.exec(error.textContent);
      if (begun) {
        untouched.push(begun[1]);
        [heading, source, error].forEach((part) => part.remove());
      } else {
        heading.firstElementChild.textContent = "Not right yet:";
      }
    }
    if (untouched.length > 0) {
      const line = document.createElement("p");
      line.textContent = `Not attempted yet: ${untouched.join(", ")}.`;
      message.append(line);
    }
  }

  function watchValidate() {
    const seen = new WeakSet();
    new MutationObserver(() => {
      const message = document.querySelector("#validation-message.validation-failed");
      if (message && !seen.has(message)) {
        seen.add(message);
        tellUntouchedFromWrong(message);
      }
    }).observe(document.body, { childList: true, subtree: true });
  }

  const plugin = {
    id: "secondcar-classroom:desk",
    autoStart: true,
    activate: (app) => {
      saveBeforeSubmit(app);
      watchValidate();
      app.restored.then(() => showUnits(app));
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["secondcar-classroom"] = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
