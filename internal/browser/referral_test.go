package browser_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"samhold/internal/account"
	"samhold/internal/safeguarding"
	"samhold/internal/web/view"
)

// referrals are written on a phone, at night as in the day, and looked at by axe where a script can run.
func referrals(t *testing.T, w *world) {
	axe := newAxe(t)
	for _, way := range []way{
		{phone: true, script: true, lang: "da", database: "sqlite"},
		{phone: true, script: false, lang: "da", database: "postgres"},
	} {
		t.Run(way.String(), func(t *testing.T) {
			t.Parallel()
			referral(t, w, way, axe)
		})
	}
}

// referral: a young person writes of home; somebody takes the case, writes the underretning, has it on paper and as a
// file, notes that it was sent, and reads by which day the municipality must answer.
func referral(t *testing.T, w *world, way way, axe *axe) {
	p := w.visitor(t, way)
	member, _ := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"] + "/new")
	p.write("#title", "Naboens dreng")
	p.write("#body", "Min nabos søn på 9 er alene hele natten, og hans mor drikker. Han får ikke mad.")
	if got := p.press(".editor .button:not([name])"); got != 200 {
		t.Fatalf("the post answers %d", got)
	}

	duty := w.visitor(t, way)
	looks := func(name string) {
		if way.script {
			axe.look(duty, name)
		}
		duty.fits(name)
	}
	moderator := duty.house.employed(t, way.lang, account.Moderator)
	file := "/mod/cases/" + duty.house.caseOf(t, moderator, member.ID)
	path := file + "/referral"
	duty.signIn(moderator.Name)
	duty.visit(file)
	duty.reads("referral.case_title")
	duty.press("button[value=take]")
	looks("case")
	duty.press("a[href='" + path + "']")
	duty.must(".notice a[href='tel:112']")
	duty.must(".notice a[href='tel:114']")
	duty.reads("referral.duty_unknown")
	looks("begun")

	const said = "Han er alene hele natten, og han får ikke mad."
	duty.write("#referral_said", said)
	duty.tick("label[for=referral_danger-no]")
	duty.press("form[action='" + path + "'] .button")
	duty.reads("referral.saved")
	duty.reads("referral.missing")
	looks("draft")

	duty.press("a[href^='/mod/referrals/']:not([href$='/pdf'])")
	duty.reads("referral.paper_title")
	duty.shows(said)
	duty.reads("referral.unfilled")
	if got := duty.count("button[data-print]:not([hidden])"); (got == 1) != way.script {
		t.Errorf("%d buttons print the page", got)
	}
	looks("paper")
	if name, got := duty.download("a[href$='/pdf']"); name != "document.pdf" || !bytes.HasPrefix(got, []byte("%PDF-")) {
		t.Errorf("the file %q begins with %.20q", name, got)
	}
	duty.press(".crumb a")

	duty.tick("details:has(#referral_way) summary")
	duty.choose("#referral_way", "phone")
	duty.write("#referral_reference", "Talte med vagten")
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		t.Fatal(err)
	}
	day, err := time.ParseInLocation(time.DateOnly, duty.value("#referral_day"), zone)
	if err != nil {
		t.Fatal(err)
	}
	duty.press("form[action='" + path + "/sent'] .button")
	duty.reads("referral.sent_done")
	last := sixWorkingDays(day)
	month := duty.say(fmt.Sprintf("time.month_%d", int(last.Month())))
	duty.reads("referral.answer_by", "Day", duty.say("time.day", "Day", last.Day(), "Month", month, "Year", last.Year()))
	looks("sent")
	duty.visit(file)
	duty.reads("referral.state_sent")
	duty.reads("case.event_referral_printed")

	duty.visit(path)
	duty.press("form[action='" + path + "/answered'] .button")
	duty.reads("referral.state_acknowledged")
}

// sixWorkingDays is the sixth working day after a day.
func sixWorkingDays(day time.Time) time.Time {
	for left := 6; left > 0; {
		day = day.AddDate(0, 0, 1)
		if safeguarding.WorkingDay(day) {
			left--
		}
	}
	return day
}

// download presses what matches and returns the file that it leads to, with the name that the browser suggests.
func (p *person) download(selector string) (string, []byte) {
	p.t.Helper()
	p.must(selector)
	folder, yes := p.t.TempDir(), true
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: folder, EventsEnabled: &yes,
			BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		})
		return err
	}))
	name := ""
	begun := chromedp.WaitEvent(browser.DownloadWillBegin, func(e browser.EventDownloadWillBegin) bool {
		name = e.SuggestedFilename
		return true
	}, chromedp.Click(chromedp.CSS(selector)))
	done, err := chromedp.Run(p.ctx, chromedp.WaitEvent(browser.DownloadProgress, func(e browser.EventDownloadProgress) bool {
		return e.State == browser.DownloadProgressStateCompleted
	}, begun))
	if err != nil {
		p.t.Fatalf("%s: download %s: %v", p.place(), selector, err)
	}
	file, err := os.ReadFile(filepath.Join(folder, done.GUID))
	if err != nil {
		p.t.Fatal(err)
	}
	return name, file
}
