// The ceremony of passkeys: nothing else on the page needs it. A form with data-passkey="get" or "create" stays hidden
// without it; pressing its button asks the device, puts the answer into the form and sends it.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, function (c) { return c.charCodeAt(0); });
  }

  function text(buffer) {
    if (!buffer) return undefined;
    var raw = "";
    new Uint8Array(buffer).forEach(function (b) { raw += String.fromCharCode(b); });
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function ready(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    ["excludeCredentials", "allowCredentials"].forEach(function (list) {
      (options[list] || []).forEach(function (one) { one.id = bytes(one.id); });
    });
    return { publicKey: options };
  }

  function written(made) {
    var r = made.response;
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
      response: {
        clientDataJSON: text(r.clientDataJSON), attestationObject: text(r.attestationObject),
        authenticatorData: text(r.authenticatorData), signature: text(r.signature), userHandle: text(r.userHandle)
      }
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-passkey]"), function (form) {
    var status = form.querySelector("[role=status]");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      status.textContent = "";
      var options = ready(JSON.parse(form.getAttribute("data-options")));
      navigator.credentials[form.getAttribute("data-passkey")](options).then(function (made) {
        form.elements.proof.value = written(made);
        HTMLFormElement.prototype.submit.call(form);
      }, function () {
        status.textContent = form.getAttribute("data-failed");
      });
    });
  });
})();
