package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// cookies are the names of our cookies. Over https they carry the __Host- prefix, which ties them to this host
// alone; a browser refuses that prefix on a plain http demo.
type cookies struct {
	secure                      bool
	session, seed, flash, cover string
	joining, codes, device      string // sealed slips of package account
}

func newCookies(secure bool) cookies {
	prefix := ""
	if secure {
		prefix = "__Host-"
	}
	return cookies{
		secure: secure, session: prefix + "session", seed: prefix + "seed",
		flash: prefix + "flash", cover: prefix + "cover", joining: prefix + "joining", codes: prefix + "codes",
		device: prefix + "device",
	}
}

// set gives the browser a cookie that lasts until it is closed.
func (k cookies) set(c *fiber.Ctx, name, value string) {
	c.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", SessionOnly: true,
		Secure: k.secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// keep gives the browser a cookie that stays when it is closed: only for who says that the device is theirs alone.
func (k cookies) keep(c *fiber.Ctx, name, value string, lasts time.Duration) {
	c.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(lasts / time.Second),
		Secure: k.secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func (k cookies) expire(c *fiber.Ctx, name string) {
	c.Cookie(&fiber.Cookie{
		Name: name, Path: "/", MaxAge: -1, Expires: time.Unix(1, 0),
		Secure: k.secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}
