"use strict";
(function () {
  var root = document.documentElement;
  var held = JSON.parse(document.getElementById("figures").textContent);
  if (!window.Plotly) { root.className = "plain"; return; }
  root.className = "drawn";
  var ids = Object.keys(held.figures);
  ids.forEach(function (id) {
    var figure = held.figures[id];
    Plotly.newPlot(id, figure.data, figure.layout, held.config).then(function (plot) {
      plot.setAttribute("data-drawn", "1");
    });
  });
  var shut = [];
  window.addEventListener("beforeprint", function () {
    shut = Array.prototype.filter.call(document.querySelectorAll("details"), function (box) { return !box.open; });
    shut.forEach(function (box) { box.open = true; });
    ids.forEach(function (id) { Plotly.relayout(id, { width: 655, height: held.figures[id].layout.height * 0.78, autosize: false }); });
  });
  window.addEventListener("afterprint", function () {
    shut.forEach(function (box) { box.open = false; });
    ids.forEach(function (id) { Plotly.relayout(id, { width: null, height: held.figures[id].layout.height, autosize: true }); });
  });
  window.addEventListener("hashchange", open);
  function open() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (; target; target = target.parentElement) { if (target.tagName === "DETAILS") { target.open = true; } }
  }
  open();
})();
