// Shows a call while no page is open, and opens the page that it leads to. It sees no page and answers no request.
self.addEventListener("push", function (event) {
  "use strict";
  var call = event.data.json();
  event.waitUntil(self.registration.showNotification(call.title, {
    body: call.body, tag: call.tag, requireInteraction: true, data: call.url
  }));
});
self.addEventListener("notificationclick", function (event) {
  "use strict";
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
