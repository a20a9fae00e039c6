"use strict";
(() => {
  const slides = [...document.querySelectorAll("section.level2")];
  const place = document.getElementById("place");
  const speaking = location.hash.startsWith("#speaker");
  let partner = speaking ? window.opener : null;
  let current = 0;
  const began = Date.now();

  function say() {
    const next = slides[current + 1]?.querySelector("h2")?.textContent;
    const minutes = Math.floor((Date.now() - began) / 60000);
    const said = `Slide ${current + 1} of ${slides.length}` + (speaking ? `; ${minutes} min` + (next ? `; next: ${next}` : "; last slide") : "");
    if (place.firstChild?.data === said) return;
    const title = document.createElement("span");
    title.className = "unseen";
    title.textContent = `: ${slides[current].querySelector("h2").textContent}`;
    place.replaceChildren(said, title);
  }

  // Text is as large as the slide has room for; a full one gets smaller type, never less than half; notes may scroll.
  function full(slide) {
    const wide = [...slide.querySelectorAll(".wide:has(table)")].some((frame) => frame.scrollWidth > frame.clientWidth);
    return wide || document.documentElement.scrollHeight > window.innerHeight;
  }

  function fit(slide) {
    const still = slide.matches(".opening") || slide.querySelector("img");
    const most = slide.matches(".asks") ? 1.5 : 1.9;
    for (let share = still || speaking ? 1 : most; share >= 0.5; share -= 0.05) {
      slide.style.setProperty("--fit", share);
      if (speaking || !full(slide)) return;
    }
  }

  function show(number, tell = true) {
    current = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, n) => slide.classList.toggle("current", n === current));
    say();
    fit(slides[current]);
    window.scrollTo(0, 0);
    if (tell && partner && !partner.closed) partner.postMessage({ slide: current }, "*");
  }

  // A caption that repeats the title is for those who hear the slide.
  for (const slide of slides) {
    const caption = slide.querySelector("caption");
    if (caption?.textContent.trim() === slide.querySelector("h2").textContent.trim()) caption.classList.add("unseen");
  }
  // Who speaks sees the slide and its notes side by side; each scrolls by itself where it has no room.
  if (speaking) {
    for (const slide of slides) {
      const shown = document.createElement("div");
      shown.className = "shown";
      shown.append(...[...slide.children].filter((part) => !part.matches("h2, .notes")));
      slide.querySelector("h2").after(shown);
      for (const [part, name] of [[shown, "Slide"], [slide.querySelector(".notes"), "Notes"]]) {
        part?.setAttribute("role", "group");
        part?.setAttribute("aria-label", name);
        part?.setAttribute("tabindex", "0");
      }
    }
  }
  document.documentElement.classList.add("turning");
  document.documentElement.classList.toggle("speaking", speaking);
  document.getElementById("previous").onclick = () => show(current - 1);
  document.getElementById("next").onclick = () => show(current + 1);
  const dark = document.getElementById("dark");
  const darken = () => { dark.setAttribute("aria-pressed", document.documentElement.classList.toggle("dark")); };
  dark.onclick = darken;
  const button = document.getElementById("speaker");
  const open = () => { partner = window.open(location.href.split("#")[0] + "#speaker" + current, "speaker"); };
  button.onclick = open;
  button.hidden = speaking;
  window.addEventListener("resize", () => fit(slides[current]));
  if (speaking) setInterval(say, 15000);
  window.addEventListener("message", (event) => {
    if (event.source === partner && Number.isInteger(event.data?.slide)) show(event.data.slide, false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (step) { event.preventDefault(); show(current + step); }
    if (event.key === "Home") show(0);
    if (event.key === "End") show(slides.length - 1);
    if (event.key === "s" && !speaking) open();
    if (event.key === "d") darken();
  });
  show(Number(location.hash.replace(/\D/g, "")) || 0, false);
})();
