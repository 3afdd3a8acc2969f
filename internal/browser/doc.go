// Package browser walks through Samhold in Chromium as its people do: on a phone and at a desk, with and without
// JavaScript, in Danish and English, on both databases. It holds tests alone and must never be imported.
package browser
