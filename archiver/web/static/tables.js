// Names for what Datasette's own pages leave without: their language, their main part, their fields.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const give = (selector, name, value) => {
    for (const element of document.querySelectorAll(selector)) {
      if (!element.hasAttribute(name)) element.setAttribute(name, value);
    }
  };
  give("html", "lang", "en");
  give("section.content", "role", "main");
  give("section.content h3", "aria-level", "2");
  give("select[name^=_filter_column]", "aria-label", "Column");
  give("select[name^=_filter_op]", "aria-label", "How it compares");
  give("input[name^=_filter_value]", "aria-label", "With what");
  give("select[name=_sort]", "aria-label", "Sort by");
  give("textarea[name=sql]", "aria-label", "SQL");
  give(".CodeMirror-scroll, .table-wrapper", "tabindex", "0");
  give(".table-wrapper", "role", "region");
  give(".table-wrapper", "aria-label", "Rows");
});
// The editor of SQL makes its field when the page has loaded, after everybody who waits for that.
addEventListener("load", () => setTimeout(() => {
  for (const field of document.querySelectorAll(".CodeMirror textarea, .cm-content")) field.setAttribute("aria-label", "SQL");
}));
