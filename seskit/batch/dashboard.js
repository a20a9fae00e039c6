(function () {
  var box = document.getElementById("find-agency");
  if (!box) { return; }
  document.getElementById("finder").hidden = false;
  box.addEventListener("input", function () {
    var wanted = box.value.trim().toLowerCase(), shown = 0, names = {};
    document.querySelectorAll("[data-agency]").forEach(function (each) {
      var fits = each.getAttribute("data-agency").indexOf(wanted) >= 0;
      each.hidden = !fits;
      if (fits) { names[each.getAttribute("data-agency")] = true; }
    });
    shown = Object.keys(names).length;
    document.querySelectorAll("details.more").forEach(function (more) { if (wanted) { more.open = true; } });
    document.getElementById("found").textContent = !wanted ? "" :
      shown === 1 ? "1 agency fits." : shown + " agencies fit.";
  });
})();
