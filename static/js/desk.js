// The workbench with a script: a page that keeps itself fresh, a sound if somebody asked for it, and shortcuts. Nothing
// here is needed: the page asks for itself again without it. What is remembered, is remembered by this browser alone.
(function () {
  "use strict";
  // Sound is off until somebody wants it, shortcuts are on until somebody does not.
  var usual = { sound: "off", keys: "on" };
  function set(name) {
    try { return localStorage.getItem(name) || usual[name]; } catch (e) { return usual[name]; }
  }

  var audio = null;
  function ring() {
    var Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) return;
    audio = audio || new Context();
    [0, 0.4].forEach(function (after) {
      var tone = audio.createOscillator(), quiet = audio.createGain();
      quiet.gain.value = 0.06;
      tone.frequency.value = 440;
      tone.connect(quiet).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.2);
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-switch]"), function (button) {
    var name = button.getAttribute("data-switch");
    function show() {
      button.textContent = button.getAttribute("data-" + set(name));
      button.setAttribute("aria-pressed", String(set(name) === "on"));
    }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      try { localStorage.setItem(name, set(name) === "on" ? "off" : "on"); } catch (e) { return; }
      show();
      if (name === "sound" && set(name) === "on") ring(); // so it is heard once, and the browser lets it be
    });
  });

  // ------------------------------------------------------------ live
  var live = document.querySelector("[data-live]");
  function marks(element) { return element.getAttribute("data-waiting").split(" ").filter(Boolean); }
  function fresh() {
    if (document.hidden || live.contains(document.activeElement) || document.documentElement.classList.contains("left")) return;
    fetch(location.pathname + "?refresh=1", { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (!answer.ok) throw new Error("no page"); // the session has ended, or nobody answers
      return answer.text();
    }).then(function (html) {
      var next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-live]");
      if (!next || live.contains(document.activeElement)) return;
      var before = marks(live);
      var more = marks(next).some(function (id) { return before.indexOf(id) < 0; });
      live.setAttribute("data-waiting", next.getAttribute("data-waiting"));
      live.replaceChildren.apply(live, Array.prototype.slice.call(next.childNodes));
      if (more && set("sound") === "on") ring();
    }).catch(function () { location.reload(); });
  }
  if (live) window.setInterval(fresh, parseInt(live.getAttribute("data-live"), 10) * 1000);

  // ------------------------------------------------------- shortcuts
  function step(by) {
    var stops = Array.prototype.slice.call(document.querySelectorAll(".case-name a, .item .actions a"));
    if (!stops.length) return;
    var at = stops.indexOf(document.activeElement);
    stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length].focus();
  }
  document.addEventListener("keydown", function (event) {
    var on = event.target;
    if (set("keys") !== "on" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.isComposing) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName) || on.isContentEditable || event.key.length !== 1) return;
    if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else {
      var goal = /^[a-z]$/.test(event.key) && document.querySelector("[data-key=" + event.key + "]");
      if (!goal) return;
      if (goal.tagName === "A") goal.click(); else goal.focus();
    }
    event.preventDefault();
  });
})();
