package static_test

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samhold/static"
)

const (
	catalogue = "../docs/design-system.md"
	templates = "../templates"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(static.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A first visit is made on a slow line at night: what it fetches has a budget.
func TestBudget(t *testing.T) {
	for name, most := range map[string]int{
		"css/samhold.css":             30_500,
		"js/samhold.js":               8_000,
		"js/passkey.js":               3_000,
		"js/desk.js":                  4_500,
		"js/calls.js":                 2_000,
		"js/call-worker.js":           1_000,
		"img/signs.svg":               8_000,
		"font/atkinson-400.woff2":     20_000,
		"font/atkinson-700.woff2":     20_000,
		"font/LICENSE":                8_000,
		"font/atkinson-ext-400.woff2": 12_000,
	} {
		if got := len(read(t, name)); got > most {
			t.Errorf("%s is %d bytes, want at most %d", name, got, most)
		}
	}
}

// Nothing is fetched from another host, and every file that the style sheet
// asks for is there.
func TestStyleSheetAsksOnlyForOwnFiles(t *testing.T) {
	for _, m := range regexp.MustCompile(`url\("([^"]+)"\)`).FindAllStringSubmatch(read(t, "css/samhold.css"), -1) {
		name := filepath.ToSlash(filepath.Join("css", m[1]))
		if _, err := fs.Stat(static.Files, name); err != nil {
			t.Errorf("url(%q): %v", m[1], err)
		}
	}
}

// What pages are written with exists: every class in the catalogue and in the
// templates is in the style sheet, every sign in the sprite.
func TestPagesUseOnlyWhatExists(t *testing.T) {
	known := map[string]bool{}
	css := regexp.MustCompile(`(?s)/\*.*?\*/|url\([^)]*\)|\{[^{}]*\}`).ReplaceAllString(read(t, "css/samhold.css"), " ")
	for _, m := range regexp.MustCompile(`\.([a-z][a-z-]*)`).FindAllStringSubmatch(css, -1) {
		known[m[1]] = true
	}
	signs := map[string]bool{}
	for _, file := range []string{"img/signs.svg", "img/evening.svg"} {
		for _, m := range regexp.MustCompile(`<symbol id="([a-z-]+)"`).FindAllStringSubmatch(read(t, file), -1) {
			signs[m[1]] = true
		}
	}

	files := []string{catalogue}
	err := filepath.WalkDir(templates, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".html") {
			files = append(files, path)
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}

	class := regexp.MustCompile(`\bclass="([^"]*)"`)
	action := regexp.MustCompile(`\{\{[^}]*\}\}`)
	sign := regexp.MustCompile(`\.svg#([a-z-]+)"`)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// A class made by an action is the page's own test; a name that only
		// starts or ends in one ("level-{{…}}") is not looked at either.
		text := action.ReplaceAllString(string(b), "\x00")
		for _, m := range class.FindAllStringSubmatch(text, -1) {
			for name := range strings.FieldsSeq(m[1]) {
				if !strings.Contains(name, "\x00") && !known[name] {
					t.Errorf("%s: class %q is not in the style sheet", file, name)
				}
			}
		}
		for _, m := range sign.FindAllStringSubmatch(text, -1) {
			if !signs[m[1]] {
				t.Errorf("%s: there is no sign %q", file, m[1])
			}
		}
	}
}

// Both ways into the dark theme (the device's wish, the person's choice) give
// the same colours.
func TestDarkThemesAgree(t *testing.T) {
	_, device, chosen := palettes(t)
	for name, value := range device {
		if chosen[name] != value {
			t.Errorf("%s is %s for the device, %s when chosen", name, value, chosen[name])
		}
	}
	if len(device) != len(chosen) {
		t.Errorf("%d and %d colours", len(device), len(chosen))
	}
}

// Contrast by WCAG 2.2: 7 for text that is read (AAA), 3 for edges of controls
// and for the focus ring.
func TestContrast(t *testing.T) {
	light, dark, _ := palettes(t)
	for theme, p := range map[string]map[string]string{"light": light, "dark": dark} {
		check := func(fg, bg string, least float64) {
			t.Helper()
			if got := contrast(t, p[fg], p[bg]); got < least {
				t.Errorf("%s: %s on %s is %.2f, want %.1f", theme, fg, bg, got, least)
			}
		}
		for _, bg := range []string{"paper", "surface", "sunk"} {
			for _, fg := range []string{"ink", "soft", "link"} {
				check(fg, bg, 7)
			}
			check("focus", bg, 3)
		}
		for _, bg := range []string{"paper", "surface"} {
			check("edge", bg, 3)
		}
		check("on-brand", "brand", 7)
		check("on-help", "help", 7)
		check("paper", "ink", 7)
		check("ink", "mark", 7)
		for _, c := range []string{"moss", "clay", "plum", "sea", "wheat", "stone"} {
			check(c, "paper", 7)
			check(c, "surface", 7)
			check(c, c+"-soft", 7)
			check("surface", c, 7)
			check("ink", c+"-soft", 7)
			check("link", c+"-soft", 7)
		}
		check("clay", "plum-soft", 7)
	}
}

// palettes reads the colour tokens: light, dark as the device wishes, dark as
// chosen.
func palettes(t *testing.T) (light, device, chosen map[string]string) {
	t.Helper()
	blocks := regexp.MustCompile(`(?s):root[^{]*\{\s*color-scheme.*?\}`).FindAllString(read(t, "css/samhold.css"), -1)
	if len(blocks) != 3 {
		t.Fatalf("%d palettes, want 3", len(blocks))
	}
	var out [3]map[string]string
	for i, block := range blocks {
		out[i] = map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(block, -1) {
			out[i][m[1]] = m[2]
		}
	}
	return out[0], out[1], out[2]
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (math.Max(la, lb) + .05) / (math.Min(la, lb) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) != 7 {
		t.Fatalf("colour %q", hex)
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
