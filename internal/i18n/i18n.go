// Package i18n holds every text of the product in Danish and English, by key. It must never hold what people
// wrote, and no other package holds text that a reader sees.
package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Lang is a language of the product.
type Lang string

// The languages. Danish comes first: it is what a reader gets when nothing else is known.
const (
	Danish  Lang = "da"
	English Lang = "en"
)

// Langs are all languages, Danish first.
var Langs = []Lang{Danish, English}

// ParseLang returns the language named by s, or ok false.
func ParseLang(s string) (lang Lang, ok bool) {
	lang = Lang(s)
	return lang, slices.Contains(Langs, lang)
}

var matcher = language.NewMatcher([]language.Tag{language.Danish, language.English})

// Negotiate returns the language that suits an Accept-Language header best.
func Negotiate(header string) Lang {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return Danish
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return Danish
	}
	return Langs[i]
}

//go:embed texts/*.toml
var files embed.FS

// Catalog holds the texts of all languages. It is safe for concurrent use.
type Catalog struct {
	texts map[Lang]*Texts
	keys  map[Lang][]string
}

// Load reads the embedded texts. An error names the file.
func Load() (*Catalog, error) {
	bundle := i18n.NewBundle(language.Danish)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &Catalog{texts: map[Lang]*Texts{}, keys: map[Lang][]string{}}
	ready := map[Lang]map[string]text{}
	names, err := fs.Glob(files, "texts/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list texts: %w", err)
	}
	for _, name := range names {
		mf, err := bundle.LoadMessageFileFS(files, name)
		if err != nil {
			return nil, fmt.Errorf("texts %s: %w", path.Base(name), err)
		}
		lang := Lang(mf.Tag.String())
		for _, m := range mf.Messages {
			if _, twice := ready[lang][m.ID]; twice {
				return nil, fmt.Errorf("texts %s: key %q stands twice", path.Base(name), m.ID)
			}
			c.keys[lang] = append(c.keys[lang], m.ID)
			if ready[lang] == nil {
				ready[lang] = map[string]text{}
			}
			ready[lang][m.ID] = newText(m.Other)
		}
	}
	for _, lang := range Langs {
		slices.Sort(c.keys[lang])
		c.texts[lang] = &Texts{
			lang: lang, keys: c.keys[lang], ready: ready[lang], localizer: i18n.NewLocalizer(bundle, string(lang)),
		}
	}
	return c, nil
}

// Texts returns the texts of one language.
func (c *Catalog) Texts(lang Lang) *Texts { return c.texts[lang] }

// Keys returns the sorted keys of one language.
func (c *Catalog) Keys(lang Lang) []string { return c.keys[lang] }

// Texts are the texts of one language.
type Texts struct {
	lang      Lang
	keys      []string
	ready     map[string]text
	localizer *i18n.Localizer
}

// Lang returns the language.
func (t *Texts) Lang() Lang { return t.lang }

// Has reports whether the key exists.
func (t *Texts) Has(key string) bool {
	_, ok := slices.BinarySearch(t.keys, key)
	return ok
}

// T returns the text of key, with args as pairs of name and value. A missing key is an error: pages are tested.
func (t *Texts) T(key string, args ...any) (string, error) {
	value := func(name string) (any, bool) {
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == name {
				return args[i+1], true
			}
		}
		return nil, false
	}
	if s, ok := t.ready[key].fill(value); ok {
		return s, nil
	}
	return t.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(args)})
}

// N returns the text of key in the plural form for n, which the text may show as {{.N}}.
func (t *Texts) N(key string, n int, args ...any) (string, error) {
	data := pairs(args)
	data["N"] = n
	return t.localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data})
}

// Map returns the text of key with the values of args.
func (t *Texts) Map(key string, args map[string]any) (string, error) {
	value := func(name string) (any, bool) {
		v, ok := args[name]
		return v, ok
	}
	if s, ok := t.ready[key].fill(value); ok {
		return s, nil
	}
	return t.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
}

func (t *Texts) localize(lc *i18n.LocalizeConfig) (string, error) {
	if !t.Has(lc.MessageID) {
		return "", fmt.Errorf("text %q is missing in %s", lc.MessageID, t.lang)
	}
	s, err := t.localizer.Localize(lc)
	if err != nil {
		return "", fmt.Errorf("text %q in %s: %w", lc.MessageID, t.lang, err)
	}
	return strings.TrimSpace(s), nil
}

func pairs(args []any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}
