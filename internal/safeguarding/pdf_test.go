package safeguarding_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"samhold/internal/safeguarding"
)

// read returns the text that a PDF shows, in the order in which it is drawn: its streams are unpacked, and what they draw
// with Tj is UTF-16 under the letters that the file brings along.
func read(t *testing.T, file []byte) string {
	t.Helper()
	if !bytes.HasPrefix(file, []byte("%PDF-1.")) || !bytes.Contains(file, []byte("%%EOF")) {
		t.Fatal("no PDF")
	}
	var text strings.Builder
	shown := regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\)\s*Tj`)
	for _, stream := range regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`).FindAllSubmatch(file, -1) {
		z, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // a font
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			continue
		}
		for _, m := range shown.FindAllSubmatch(plain, -1) {
			raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(m[1], func(e []byte) []byte {
				switch e[1] {
				case 'r':
					return []byte{'\r'}
				case 'n':
					return []byte{'\n'}
				}
				return e[1:]
			})
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			text.WriteString(string(utf16.Decode(units)) + "\n")
		}
	}
	return text.String()
}

func TestThePDFSaysWhatIsWritten(t *testing.T) {
	long := strings.Repeat("Far drikker om natten, og så går jeg ud på vejen. ", 120)
	file, err := safeguarding.PDF(safeguarding.Paper{
		Title: "Underretning", Lead: "Ring på 112, når et liv er i fare.", Foot: "Lavet med Samhold", Page: "Side",
		At: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC),
		Parts: []safeguarding.PaperPart{
			{Heading: "Til kommunen", Text: "Ærø Kommune"},
			{Heading: "Barnet", Text: "Åse (10 år), “Bøgen” \\ skole: nr. 3)\nMor hedder Søs – måske €"},
			{Heading: "Med barnets egne ord", Text: long},
			{Heading: "Tegn", Text: "😀 漢 نص \x01 slut"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, file)
	for _, want := range []string{
		"Underretning", "Ring på 112", "Ærø Kommune", "Åse (10 år), “Bøgen” \\ skole: nr. 3)", "Mor hedder Søs – måske €",
		"Lavet med Samhold · Side 1", "Side 2", "□ □ □", "slut",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if n := strings.Count(strings.ReplaceAll(got, "\n", " "), "drikker om natten"); n < 100 {
		t.Errorf("a long text is cut: %d of 120 sentences in one piece", n)
	}
	if pages := bytes.Count(file, []byte("/Type /Page\n")); pages < 2 {
		t.Errorf("%d pages", pages)
	}
	again, err := safeguarding.PDF(safeguarding.Paper{Title: "Underretning", At: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)})
	if err != nil || !bytes.Contains(again, []byte("D:20261122030000")) {
		t.Errorf("the file says another time: %v", err)
	}
}
