(function () {
  var open = function () {
    var to = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var each = to; each; each = each.parentElement) { if (each.tagName === "DETAILS") { each.open = true; } }
    if (to) { to.scrollIntoView(); }
  };
  window.addEventListener("hashchange", open);
  open();
})();
