// Suggestions under the search boxes while a reader types: an ARIA combobox over the form that works without it.
(() => {
  "use strict";
  const WAIT = 150;

  const enhance = (input) => {
    const list = document.createElement("ul");
    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Records");
    list.hidden = true;
    input.form.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);

    let timer;
    let request;
    let current = -1;
    const choose = (number) => {
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
      current = number;
      if (number < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[number].id);
    };
    const close = () => {
      clearTimeout(timer);
      request?.abort();
      choose(-1);
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    };
    const show = (records) => {
      list.replaceChildren(...records.map((record, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.dataset.url = record.url;
        const [name, kind] = [document.createElement("span"), document.createElement("span")];
        name.textContent = record.label;
        kind.textContent = `${record.kind} ${record.code}`;
        kind.className = "suggestions__kind";
        option.append(name, " ", kind);
        return option;
      }));
      choose(-1);
      list.hidden = !records.length;
      input.setAttribute("aria-expanded", String(records.length > 0));
      const region = document.getElementById("announce");
      region.textContent = records.length ? `${records.length} suggested` : "";
    };
    const ask = async () => {
      request?.abort();
      request = new AbortController();
      try {
        const kept = ["strategy", "notional"].map((name) => [name, input.form.elements[name]?.value]);
        const asked = new URLSearchParams([["q", input.value.trim()], ...kept.filter(([, value]) => value)]);
        const address = `${input.dataset.suggest}?${asked}`;
        const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
        if (answer.ok && document.activeElement === input) show((await answer.json()).results);
      } catch {
        // A suggestion that fails is none: the form still works.
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim()) timer = setTimeout(ask, WAIT);
      else close();
    });
    input.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const next = current + step;
        choose(next > last ? -1 : next < -1 ? last : next);
      } else if (event.key === "Enter" && current >= 0) {
        event.preventDefault();
        location.assign(list.children[current].dataset.url);
      }
    });
    input.addEventListener("blur", close);
    // Before the field loses its focus.
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option || event.button) return;
      event.preventDefault();
      location.assign(option.dataset.url);
    });
  };
  document.querySelectorAll("[data-suggest]").forEach(enhance);
})();
