// What the theme leaves to be said for people who do not see the page.
document.addEventListener("DOMContentLoaded", () => {
  // The visible text is the name of the button.
  for (const button of document.querySelectorAll("button.search-button-field[aria-label]")) button.removeAttribute("aria-label");
  // The logo belongs to a landmark.
  for (const brand of document.querySelectorAll(".bd-sidebar-primary .sidebar-primary-items__start")) {
    if (brand.closest("nav, aside, main, header")) continue;
    brand.setAttribute("role", "navigation");
    brand.setAttribute("aria-label", "Course");
  }
  // The empty corner of a table is no heading.
  for (const head of document.querySelectorAll("table th")) {
    if (!head.textContent.trim()) head.replaceWith(document.createElement("td"));
  }
  // What scrolls can be reached by keyboard.
  for (const block of document.querySelectorAll("article pre, article table")) {
    if (block.tagName === "PRE" || block.scrollWidth > block.clientWidth) block.tabIndex = 0;
  }
});
