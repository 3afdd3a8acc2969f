// Package browse is a browser for tests: it keeps cookies, reads pages, fills in forms with the token that they
// carry, runs no script and follows no redirect unless told. It must never be imported by the product.
package browse

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"
)

const tokenField = "_csrf"

// Client is one person's browser.
type Client struct {
	t        testing.TB
	app      *fiber.App
	cookies  map[string]string
	token    string // of a form on a page seen since the session last changed
	Language string // the Accept-Language header, Danish unless changed
}

// New returns a browser that has been nowhere yet.
func New(t testing.TB, app *fiber.App) *Client {
	return &Client{t: t, app: app, cookies: map[string]string{}, Language: "da"}
}

// Page is an answer.
type Page struct {
	client   *Client
	Path     string // that was asked for
	Status   int
	Header   http.Header
	Location string
	Body     string
	doc      *goquery.Document
}

// Get asks for a page. What stands after # stays in the browser, as in real ones.
func (c *Client) Get(path string) *Page {
	c.t.Helper()
	path, _, _ = strings.Cut(path, "#")
	return c.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// Head asks for a page without its body.
func (c *Client) Head(path string) *Page {
	c.t.Helper()
	return c.send(httptest.NewRequest(http.MethodHead, path, nil))
}

// Post sends the fields, given as pairs of name and value, with a valid token.
func (c *Client) Post(path string, fields ...string) *Page {
	c.t.Helper()
	if len(fields)%2 != 0 {
		c.t.Fatalf("post %s: fields want pairs", path)
	}
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	if c.token == "" {
		for _, page := range []string{"/signin", "/me"} { // one of them has a form, whether signed in or not
			if c.Get(page); c.token != "" {
				break
			}
		}
	}
	values.Set(tokenField, c.token)
	return c.Send(path, values)
}

// Send sends exactly these values.
func (c *Client) Send(path string, values url.Values) *Page {
	c.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(req)
}

// SignIn signs in through the form and fails the test if that does not work.
func (c *Client) SignIn(name, passphrase string) {
	c.t.Helper()
	p := c.Post("/signin", "name", name, "passphrase", passphrase)
	if p.Status != http.StatusSeeOther {
		c.t.Fatalf("sign in: got status %d", p.Status)
	}
}

// Cookie returns the value of a cookie, by its name without __Host-; empty if the browser has none.
func (c *Client) Cookie(name string) string {
	for have, value := range c.cookies {
		if strings.TrimPrefix(have, "__Host-") == name {
			return value
		}
	}
	return ""
}

// Forget deletes a cookie, by its name without __Host-.
func (c *Client) Forget(name string) {
	maps.DeleteFunc(c.cookies, func(have, _ string) bool { return strings.TrimPrefix(have, "__Host-") == name })
}

// Clone returns a browser with the same cookies, as a thief of them would have.
func (c *Client) Clone() *Client {
	return &Client{t: c.t, app: c.app, cookies: maps.Clone(c.cookies), token: c.token, Language: c.Language}
}

// At returns the same browser at another process of the same site: its cookies and the page that it has open stay.
func (c *Client) At(app *fiber.App) *Client {
	there := c.Clone()
	there.app = app
	return there
}

func (c *Client) send(req *http.Request) *Page {
	c.t.Helper()
	req.Header.Set("Accept-Language", c.Language)
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := c.app.Test(req, -1)
	if err != nil {
		c.t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	c.keep(res.Cookies())
	p := &Page{
		client: c, Path: req.URL.Path, Status: res.StatusCode, Header: res.Header,
		Location: res.Header.Get("Location"), Body: string(body),
	}
	if p.doc, err = goquery.NewDocumentFromReader(strings.NewReader(p.Body)); err != nil {
		c.t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	if token, ok := p.doc.Find("input[name=" + tokenField + "]").First().Attr("value"); ok {
		c.token = token
	}
	return p
}

func (c *Client) keep(cookies []*http.Cookie) {
	session := c.Cookie("session")
	for _, cookie := range cookies {
		if cookie.MaxAge < 0 {
			delete(c.cookies, cookie.Name)
			continue
		}
		c.cookies[cookie.Name] = cookie.Value
	}
	if c.Cookie("session") != session {
		c.token = "" // it belongs to the session that was
	}
}

// Find returns what matches the selector.
func (p *Page) Find(selector string) *goquery.Selection { return p.doc.Find(selector) }

// Text is what a reader sees of the first match, with single spaces.
func (p *Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.doc.Find(selector).First().Text()), " ")
}

// Has reports whether the page's source contains s.
func (p *Page) Has(s string) bool { return strings.Contains(p.Body, s) }

// Follow goes where the answer sends the browser, and fails the test if it sends it nowhere.
func (p *Page) Follow() *Page {
	p.client.t.Helper()
	if p.Location == "" {
		p.client.t.Fatalf("%s: status %d sends nowhere", p.Path, p.Status)
	}
	return p.client.Get(p.Location)
}

// Submit sends the page's form with this address, with what stands in it and the fields given as pairs, which
// replace what stands there. A field that is not in the form fails the test.
func (p *Page) Submit(action string, fields ...string) *Page {
	p.client.t.Helper()
	form := p.doc.Find("main form[action='" + action + "']").Last()
	if form.Length() == 0 {
		p.client.t.Fatalf("%s has no form for %s", p.Path, action)
	}
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, s *goquery.Selection) {
		name, value := s.AttrOr("name", ""), s.AttrOr("value", "")
		switch {
		case s.Is("textarea"):
			value = s.Text()
		case s.Is("select"):
			chosen := s.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = s.Find("option").First()
			}
			value = chosen.AttrOr("value", chosen.Text())
		case s.Is("[type=radio], [type=checkbox]") && !s.Is("[checked]"):
			return
		}
		values.Add(name, value)
	})
	for i := 0; i+1 < len(fields); i += 2 {
		if form.Find("[name='"+fields[i]+"']").Length() == 0 {
			p.client.t.Fatalf("the form for %s has no field %s", action, fields[i])
		}
		values.Set(fields[i], fields[i+1])
	}
	return p.client.Send(action, values)
}
