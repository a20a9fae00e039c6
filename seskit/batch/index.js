document.querySelectorAll("th button").forEach(function (button) {
  button.addEventListener("click", function () {
    var header = button.parentNode, body = header.closest("table").querySelector("tbody");
    var column = Array.prototype.indexOf.call(header.parentNode.children, header);
    var down = header.getAttribute("aria-sort") === "ascending";
    header.closest("table").querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    var key = function (row) { var cell = row.children[column]; return cell.getAttribute("data-key") || cell.textContent; };
    Array.prototype.slice.call(body.rows).sort(function (a, b) {
      return key(a).localeCompare(key(b), "en", { numeric: true }) * (down ? -1 : 1);
    }).forEach(function (row) { body.appendChild(row); });
    document.getElementById("sorted").textContent =
      "Sorted by " + button.textContent + (down ? ", descending." : ", ascending.");
  });
});
