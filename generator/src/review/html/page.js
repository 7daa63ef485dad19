"use strict";
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const form = one("filters"), text = one("text"), operation = one("operation"), group = one("group");
  const buttons = all("button[data-level]", form), sections = all("section.level");
  document.documentElement.classList.add("js");

  // The operations of each set, and the entries with what they are looked up by.
  const sets = new Map(all("#users .set").map((set) => [set.id.slice(1), new Set(all("code", set).map((code) => code.textContent))]));
  const names = [...new Set([...sets.values()].flatMap((set) => [...set]))].sort();
  one("operations").append(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  const entries = sections.flatMap((section) => all("article", section).map((node) => ({ node, section, level: section.dataset.level })));
  if (entries.length > 0) form.hidden = false;

  const uses = (entry, wanted) => {
    const set = sets.get(entry.node.dataset.u);
    if (!set) return false;
    if (set.has(wanted)) return true;
    const part = wanted.toLowerCase();
    return !names.includes(wanted) && [...set].some((name) => name.toLowerCase().includes(part));
  };
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = operation.value.trim();
    const off = new Set(buttons.filter((button) => button.getAttribute("aria-pressed") === "false").map((button) => button.dataset.level));
    const found = new Map(sections.map((section) => [section, 0]));
    let shown = 0;
    for (const entry of entries) {
      const { node, section, level } = entry;
      let visible = !off.has(level) && (!group.value || node.dataset.g === group.value) && (!wanted || uses(entry, wanted));
      if (visible && words.length > 0) {
        entry.text = entry.text || node.textContent.toLowerCase();
        visible = words.every((word) => entry.text.includes(word));
      }
      node.hidden = !visible;
      if (visible) { shown += 1; found.set(section, found.get(section) + 1); }
    }
    const all = shown === entries.length;
    for (const [section, count] of found) section.hidden = !all && count === 0;
    one("count").textContent = all ? `${shown} entries` : `${shown} of ${entries.length} entries`;
  };
  const showAll = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", "true");
    filter();
  };
  // A link leads to what it says, even if that is filtered away or folded.
  const reveal = () => {
    const target = location.hash.length > 1 && one(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); showAll(); target.scrollIntoView(); }
    const details = target.tagName === "ARTICLE" && target.querySelector("details");
    if (details) details.open = true;
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // Fields are empty only after the event.
  form.addEventListener("reset", () => setTimeout(showAll));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
      filter();
    });
  }
  // A dot of the picture shows its changes alone.
  for (const dot of all(".picture a[data-group]")) {
    dot.addEventListener("click", () => {
      group.value = dot.dataset.group;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.level === dot.dataset.level));
      filter();
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); text.focus(); }
  });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => all("details").forEach((node) => { node.open = true; }));
  filter();
  reveal();
})();
