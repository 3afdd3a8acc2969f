// Samhold works without this file; it only makes things quicker and kinder.
// Hooks are data attributes, listed in docs/design-system.md.
(function () {
  "use strict";
  var root = document.documentElement;
  var exit = document.querySelector("form[data-exit]");
  var gone = false;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // ------------------------------------------------------------ leaving
  // Blank first: what is on the screen matters more than the session.
  function blank() {
    gone = true;
    root.classList.add("left");
    document.title = "";
  }

  function leave() {
    blank();
    var neutral = exit.getAttribute("data-neutral-url");
    var body = new URLSearchParams(new FormData(exit));
    // The request must outlive the page; without a way to make it so, the form
    // itself goes, and the server answers with the way out.
    if (window.Request && "keepalive" in Request.prototype) {
      fetch(exit.action, { method: "POST", body: body, credentials: "same-origin", keepalive: true, redirect: "manual" })
        .catch(function () {});
    } else if (!navigator.sendBeacon || !navigator.sendBeacon(exit.action, body)) {
      HTMLFormElement.prototype.submit.call(exit);
      return;
    }
    location.replace(neutral);
  }

  if (exit && exit.getAttribute("data-neutral-url")) {
    exit.addEventListener("submit", function (event) {
      event.preventDefault();
      leave();
    });

    // Shift three times within two seconds and nothing else in between:
    // writing capital letters must not throw anybody out.
    var presses = [];
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) {
        presses = [];
        return;
      }
      if (event.repeat) return;
      presses = presses.filter(function (at) { return event.timeStamp - at < 2000; });
      presses.push(event.timeStamp);
      if (presses.length === 3) leave();
    }, true);
    document.addEventListener("pointerdown", function () { presses = []; }, true);
  }

  // A page taken back from the browser's memory asks the server again, unseen:
  // the session may have ended and the cover may be set.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    blank();
    location.reload();
  });

  // ------------------------------------------------------------ writing
  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + area.offsetHeight - area.clientHeight + "px";
  }
  if (!(window.CSS && CSS.supports && CSS.supports("field-sizing", "content"))) {
    each("textarea[data-grow]", function (area) {
      area.addEventListener("input", function () { grow(area); });
      grow(area);
    });
  }

  // data-guard: ask before written text is lost; "written" when the server
  // gave the form back with text that is not saved anywhere.
  each("form[data-guard]", function (form) {
    var sent = false;
    function written() {
      if (form.getAttribute("data-guard") === "written") return true;
      return Array.prototype.some.call(form.elements, function (field) {
        return /^(text|textarea)$/.test(field.type) && field.value !== field.defaultValue;
      });
    }
    form.addEventListener("submit", function () { sent = true; });
    window.addEventListener("pageshow", function () { sent = false; });
    window.addEventListener("beforeunload", function (event) {
      if (gone || sent || !written()) return;
      event.preventDefault();
      event.returnValue = "";
    });
  });

  // ------------------------------------------------------------ staying fresh
  // data-refresh: asks for the page again, but never from under somebody who is using it. The query tells the server
  // that nobody asked, so that the session of a screen left alone ends; reloading by hand must not say so.
  var every = parseInt(document.body.getAttribute("data-refresh"), 10);
  if (every) {
    if (location.search === "?refresh=1") history.replaceState(null, "", location.pathname);
    if (!document.querySelector("[data-live]")) window.setInterval(function () { // such a page keeps itself fresh
      var focus = document.activeElement;
      if (gone || document.hidden || (focus && focus !== document.body)) return;
      location.replace(location.pathname + "?refresh=1");
    }, every * 1000);
  }

  // ------------------------------------------------------- copy and print
  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  each("[data-copy]", function (button) {
    var source = document.querySelector(button.getAttribute("data-copy"));
    if (!source || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(source.innerText.trim()).then(function () {
        var status = button.parentNode.querySelector("[role=status]");
        if (status) status.textContent = button.getAttribute("data-done");
      }, function () {});
    });
  });
})();
