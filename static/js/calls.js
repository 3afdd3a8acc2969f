// Lets this browser be called. A form with data-push, the installation's key, stays hidden without this; pressing its
// button asks the browser, puts what it gives into the form and sends it.
(function () {
  "use strict";
  var form = document.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;

  function bytes(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, function (c) { return c.charCodeAt(0); });
  }

  var status = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    status.textContent = "";
    navigator.serviceWorker.register("/call-worker.js", { scope: "/me/calls" }).then(function (worker) {
      return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.getAttribute("data-push")) });
    }).then(function (given) {
      var keys = given.toJSON().keys;
      form.elements.endpoint.value = given.endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      HTMLFormElement.prototype.submit.call(form);
    }).catch(function () {
      status.textContent = form.getAttribute("data-failed");
    });
  });
})();
