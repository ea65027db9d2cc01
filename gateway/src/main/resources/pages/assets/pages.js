// What the pages do a little better with a script. Each of them works without.
(function () {
  "use strict";

  // Printing has no link of its own.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // After a refusal the reader begins at what stands in the way.
  var problems = document.getElementById("problems");
  if (problems) { problems.focus(); }

  // A second click while the first is on its way sends nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "yes";
    window.addEventListener("pageshow", function () { delete form.dataset.sending; }, { once: true });
  });
})();
