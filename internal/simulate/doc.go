// Package simulate lets a community of thousands live through weeks in minutes, over the real desk and real databases,
// while processes crash, gateways fail, clocks jump and staff stay silent. It is tests only: no case may ever be lost.
package simulate
