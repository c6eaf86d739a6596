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

  const LISTS = "#fetched_assignments_list button, #released_assignments_list button";
  const NEWER = "Take the newer version";

  /** nbgrader works with what is on the disk: save what is open first, then let the click through. */
  function saveBefore(app) {
    const saved = new WeakSet();
    document.addEventListener(
      "click",
      async (event) => {
        const button = event.target.closest && event.target.closest(LISTS);
        const does = button && button.textContent.trim();
        if (!["Submit", NEWER].includes(does) || saved.delete(button)) {
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        await app.commands.execute(SAVE);
        if (does === NEWER) {
          // What is open would be saved over the newer version.
          const unit = nameIn(button.closest(".list_item"));
          openOf(app, unit).forEach((widget) => widget.close());
        }
        saved.add(button);
        button.click();
      },
      true,
    );
  }

  /** Return what is open of a unit. */
  function openOf(app, unit) {
    const paths = (widget) => `/${(widget.context && widget.context.path) || ""}`;
    return Array.from(app.shell.widgets("main")).filter((widget) => paths(widget).includes(`/${unit}/`));
  }

  function nameIn(row) {
    return row.querySelector(".item_name").textContent.trim();
  }

  /** A unit among those to fetch that is fetched already was corrected: say so. */
  function tellNewer() {
    const rows = (list) => Array.from(document.querySelectorAll(`#${list}_assignments_list > .list_item`));
    const fetched = new Set(rows("fetched").map(nameIn));
    for (const row of rows("released").filter((one) => fetched.has(nameIn(one)))) {
      const button = row.querySelector("button");
      if (button && button.textContent.trim() === "Fetch") {
        button.textContent = NEWER;
        button.title = "Your teacher has corrected this unit. Your answers stay, and your notebook as it is now is kept beside.";
      }
    }
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

  function watchPage() {
    const seen = new WeakSet();
    new MutationObserver(() => {
      tellNewer();
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
      saveBefore(app);
      watchPage();
      app.restored.then(() => showUnits(app));
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["secondcar-classroom"] = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
