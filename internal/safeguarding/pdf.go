package safeguarding

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Paper is an underretning as it is printed: its words with their headings, in one language.
type Paper struct {
	Title string
	Lead  string // for the municipality, before everything else
	Parts []PaperPart
	Foot  string
	Page  string // "Side"
	At    time.Time
}

// PaperPart is a heading with what stands under it.
type PaperPart struct {
	Heading string
	Text    string
}

// The size of the page and its type, in millimetres and points.
const (
	margin  = 20
	bodyPt  = 11
	headPt  = 12
	titlePt = 18
	lineMm  = 5.6
)

// PDF sets the paper as a document of A4 pages. The letters are in the file, so that it looks the same everywhere.
func PDF(p Paper) ([]byte, error) {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCreationDate(p.At)
	f.SetModificationDate(p.At)
	f.SetTitle(p.Title, true)
	f.SetCreator("Samhold", true)
	f.SetProducer("Samhold", true)
	f.SetMargins(margin, margin, margin)
	f.SetAutoPageBreak(true, margin)
	f.AddUTF8FontFromBytes("go", "", goregular.TTF)
	f.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	f.SetFooterFunc(func() {
		f.SetY(-margin + 5)
		f.SetFont("go", "", 9)
		f.CellFormat(0, 5, printable(fmt.Sprintf("%s · %s %d", p.Foot, p.Page, f.PageNo())), "", 0, "L", false, 0, "")
	})
	f.AddPage()
	f.SetFont("go", "B", titlePt)
	f.MultiCell(0, 9, printable(p.Title), "", "L", false)
	if p.Lead != "" {
		f.Ln(2)
		f.SetFont("go", "", bodyPt)
		f.MultiCell(0, lineMm, printable(p.Lead), "", "L", false)
	}
	for _, part := range p.Parts {
		f.Ln(4)
		if _, height := f.GetPageSize(); f.GetY() > height-margin-4*lineMm {
			f.AddPage() // a heading stands with its first lines
		}
		f.SetFont("go", "B", headPt)
		f.MultiCell(0, lineMm+1, printable(part.Heading), "", "L", false)
		f.SetFont("go", "", bodyPt)
		f.MultiCell(0, lineMm, printable(part.Text), "", "L", false)
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, fmt.Errorf("make a PDF: %w", err)
	}
	return out.Bytes(), nil
}

// printable leaves a mark where the letters have no form for a character, instead of leaving it out without a word.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', unicode.Is(unicode.Latin, r), unicode.Is(unicode.Greek, r), unicode.Is(unicode.Cyrillic, r):
			return r
		case r < 0x2000 && (unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsDigit(r)), r >= 0x2010 && r <= 0x203a, r == '€':
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return '□'
	}, s)
}
