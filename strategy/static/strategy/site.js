// Comfort on top of pages that already work without it. No framework, no inline handler, no style attribute: it runs under script-src 'self'.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const announce = (text) => {
    const region = document.getElementById("announce");
    region.textContent = "";
    // A second frame, so that saying the same words twice is heard twice.
    requestAnimationFrame(() => { region.textContent = text; });
  };

  // Copy and print: the buttons are hidden in the page, because without this script they would do nothing.
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Plain HTTP on an internal network has no clipboard interface; the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy was refused");
  };
  const textOf = (button) => {
    if (button.dataset.copyFrom) return document.querySelector(button.dataset.copyFrom).innerText.trim();
    return button.dataset.copy || location.href;
  };
  all("[data-copy], [data-copy-from]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(textOf(button)).then(
      () => announce(button.dataset.copied || "Copied"),
      () => announce("Copying was refused by the browser"),
    ));
  });
  // The rows of a list as text that a spreadsheet pastes into cells.
  const tsv = (table) => [...table.rows].map((row) => [...row.cells].map(
    (cell) => cell.innerText.replace(/\s+/g, " ").trim(),
  ).join("\t")).join("\n");
  all("[data-copy-table]").forEach((button) => {
    const table = document.getElementById(button.dataset.copyTable);
    if (!table) return;
    button.hidden = false;
    button.addEventListener("click", () => copy(tsv(table)).then(
      () => announce(`${table.tBodies[0].rows.length} rows copied`),
      () => announce("Copying was refused by the browser"),
    ));
  });
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  // A drawing of many years that is wider than its box opens at the newest ones.
  all("[data-newest-last]").forEach((box) => { box.scrollLeft = box.scrollWidth; });

  // Keys: "/" goes to the search field in view, Esc closes what is open.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select, [contenteditable]")) {
      const menu = document.querySelector("details.menu");
      if (menu && menu.offsetParent) menu.open = true;
      const field = all(".site-search input").find((input) => input.offsetParent);
      if (field) { event.preventDefault(); field.focus(); }
    }
    if (event.key === "Escape") {
      hidePopup();
      all("details.menu[open]").forEach((menu) => {
        const inside = menu.contains(document.activeElement);
        menu.open = false;
        if (inside) menu.querySelector("summary").focus();
      });
    }
  });

  // Glossary: the link leads to its entry; pointing at it, focusing it or tapping it shows the entry here.
  // It stays while pointed at, Esc closes it. A second tap follows the link, so that nobody is kept from the entry.
  const pages = new Map();
  let popup;
  let shownFor;
  let timer;
  function hidePopup() {
    clearTimeout(timer);
    if (!popup) return;
    all("[aria-describedby=glossary-popup]").forEach((link) => link.removeAttribute("aria-describedby"));
    popup.remove();
    popup = shownFor = null;
  }
  const later = (task, wait) => { clearTimeout(timer); timer = setTimeout(task, wait); };
  const entryOf = async (link) => {
    const address = link.href.split("#")[0];
    if (!pages.has(address)) {
      pages.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.text();
      }).then((html) => new DOMParser().parseFromString(html, "text/html")));
    }
    const page = await pages.get(address).catch((error) => { pages.delete(address); throw error; });
    return page.getElementById(decodeURIComponent(link.hash.slice(1)));
  };
  const wordsOf = (entry, part) => (entry.querySelector(part)?.textContent || "").replace(/\s+/g, " ").trim();
  const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const showPopup = async (link, hint = "") => {
    const entry = await entryOf(link).catch(() => null);
    if (!entry) return false;
    if (!hint && !(link.matches(":hover") || document.activeElement === link)) return false;
    if (shownFor === link && !hint) return true;
    hidePopup();
    popup = document.createElement("div");
    popup.className = "popup";
    popup.id = "glossary-popup";
    popup.setAttribute("role", "tooltip");
    popup.append(line("b", wordsOf(entry, "[data-term]")), line("span", wordsOf(entry, "[data-definition]")));
    [wordsOf(entry, "[data-origin]"), hint].filter(Boolean).forEach((text) => popup.append(line("small", text)));
    document.body.append(popup);
    const box = link.getBoundingClientRect();
    const below = box.bottom + 4 + popup.offsetHeight <= innerHeight || box.top < popup.offsetHeight + 4;
    popup.style.top = `${scrollY + (below ? box.bottom + 4 : box.top - popup.offsetHeight - 4)}px`;
    popup.style.left = `${Math.max(16, Math.min(box.left, document.documentElement.clientWidth - popup.offsetWidth - 16))}px`;
    link.setAttribute("aria-describedby", popup.id);
    shownFor = link;
    popup.addEventListener("mouseenter", () => clearTimeout(timer));
    popup.addEventListener("mouseleave", () => later(hidePopup, 250));
    return true;
  };
  all("a.term").forEach((link) => {
    let touched = false;
    let open = false;
    link.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; open = shownFor === link; });
    link.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") later(() => showPopup(link), 250); });
    link.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") later(hidePopup, 300); });
    // A finger focuses too, but only the keyboard makes the focus visible.
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) showPopup(link); });
    link.addEventListener("blur", hidePopup);
    link.addEventListener("click", async (event) => {
      if (!touched || open) return;
      event.preventDefault();
      const shown = await showPopup(link, "Tap the term again to open its entry");
      if (shown) announce(popup.innerText);
      else location.href = link.href;
    });
  });
  document.addEventListener("pointerdown", (event) => {
    if (popup && !event.target.closest("a.term, .popup")) hidePopup();
  });

  // "On this page": mark the section in view.
  const inPage = all(".in-page a[href^='#']");
  if (inPage.length) {
    const watch = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      inPage.forEach((link) => link.classList.toggle("here", link.hash === `#${entry.target.id}`));
    }), { rootMargin: "-10% 0px -75% 0px" });
    inPage.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean).forEach((section) => watch.observe(section));
  }

  // The matrix: one tab stop, arrow keys to the next mark in that direction. Without a script every mark is an ordinary link.
  all("table.matrix").forEach((matrix) => {
    const marks = () => all("a.role", matrix).filter((mark) => mark.offsetParent);
    let current;
    const choose = (mark) => {
      if (current) current.tabIndex = -1;
      current = mark;
      current.tabIndex = 0;
    };
    all("a.role", matrix).forEach((mark) => { mark.tabIndex = -1; });
    if (marks().length) choose(marks()[0]);
    matrix.addEventListener("focusin", (event) => { if (event.target.matches("a.role")) choose(event.target); });
    matrix.addEventListener("keydown", (event) => {
      const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
      if (!step || !event.target.matches("a.role")) return;
      event.preventDefault();
      const [dx, dy] = step;
      const from = event.target.getBoundingClientRect();
      const near = marks().map((mark) => {
        const box = mark.getBoundingClientRect();
        const x = box.x - from.x;
        const y = box.y - from.y;
        return { mark, ahead: dx ? x * dx : y * dy, aside: Math.abs(dx ? y : x) };
      }).filter(({ ahead, aside }) => ahead > 4 && (dy || aside < 4));
      near.sort((a, b) => a.ahead - b.ahead || a.aside - b.aside);
      if (near.length) near[0].mark.focus();
    });
  });

  // The trace: show the links of the block in hand.
  all("svg.trace").forEach((trace) => {
    const edges = all("[data-edge]", trace);
    const light = (code) => {
      trace.classList.toggle("lit", Boolean(code));
      edges.forEach((edge) => edge.classList.toggle("on", Boolean(code) && edge.dataset.edge.split(" ").includes(code)));
    };
    all("a[data-node]", trace).forEach((node) => {
      ["mouseenter", "focus"].forEach((name) => node.addEventListener(name, () => light(node.dataset.node)));
      ["mouseleave", "blur"].forEach((name) => node.addEventListener(name, () => light(null)));
    });
  });
})();
