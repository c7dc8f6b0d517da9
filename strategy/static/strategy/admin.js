// The admin's pickers (select2) name themselves by what is chosen, and are nameless while nothing is. Here each gets the
// name of its field. Nothing on a page depends on it.
"use strict";

(() => {
  const labelOf = (select) =>
    select.getAttribute("aria-label") || document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(/:$/, "") || "Record";

  const name = (root) => {
    for (const select of root.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
      const picker = select.nextElementSibling;
      const label = labelOf(select);
      for (const part of picker.querySelectorAll("[role=textbox], [role=searchbox]")) part.setAttribute("aria-label", label);
      const combobox = picker.querySelector("[role=combobox]");
      if (!combobox.hasAttribute("aria-labelledby")) combobox.setAttribute("aria-label", label);
    }
  };

  // The pickers are made by jQuery when the document is ready; what is registered later runs later.
  window.django?.jQuery?.(() => name(document));
  // Those of a new row are made when Django hears of the row, which may be after us.
  document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)));
})();
