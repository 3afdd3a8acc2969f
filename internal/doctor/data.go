package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/search/meili"
	"samhold/internal/store"
)

// database looks at the connection and, where that is quick, at the file.
func (e *examination) database(s *store.Store) {
	started := e.Clock.Now()
	if err := s.Ping(e.ctx); err != nil {
		e.say("database", Broken, "does not answer: "+err.Error(), "look at its own log")
		return
	}
	took := e.Clock.Now().Sub(started)
	faults, err := s.Faults(e.ctx)
	switch {
	case err != nil:
		e.say("database", Broken, "cannot be checked: "+err.Error(), "look at its own log")
	case len(faults) > 0:
		e.say("database", Broken, fmt.Sprintf("is damaged in %d places", len(faults)), "stop Samhold, keep the file, and restore the newest backup")
	case s.Room(e.ctx) != nil:
		e.say("database", Broken, "its disk is full: people can read, and nobody can write", "make space there now; what waits goes on by itself")
	case took > 100*time.Millisecond:
		e.say("database", Attention, fmt.Sprintf("takes %d ms to answer", took.Milliseconds()), "put it nearer, or look what keeps it busy")
	default:
		e.say("database", OK, "answers", "")
	}
}

// keys looks whether a change of keys was left half done.
func (e *examination) keys() {
	status, err := e.app.Area.Vault.Status(e.ctx)
	switch {
	case err != nil:
		e.say("keys", Broken, "cannot be counted: "+err.Error(), "look at the database")
	case status.Unfinished:
		e.say("keys", Attention, "a rotation was interrupted, or is under way", "run samhold key rotate: it goes on")
	case status.UnderOldSecret > 0:
		e.say("keys", Attention, fmt.Sprintf("%d are wrapped under an old secret", status.UnderOldSecret), "run samhold key rotate, and take SAMHOLD_OLD_SECRET_KEYS away afterwards")
	case status.Stale > 0:
		e.say("keys", Attention, fmt.Sprintf("%d texts are sealed under keys of former times", status.Stale), "run samhold key rotate")
	default:
		e.say("keys", OK, "the secret fits the data", "")
	}
}

// auditLog looks whether the log is whole.
func (e *examination) auditLog() {
	var kept *audit.Head
	if path := e.config.AuditFile; path != "" {
		var err error
		if kept, err = audit.ReadCheckpoint(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			e.say("audit log", Broken, "its checkpoint cannot be read: "+err.Error(), "mend the file's mode, or find out who changed it")
		}
	}
	result, err := e.app.Area.Audit.Verify(e.ctx, kept)
	switch {
	case err != nil:
		e.say("audit log", Broken, "cannot be read: "+err.Error(), "look at the database")
	case len(result.Problems) > 0:
		e.say("audit log", Broken, fmt.Sprintf("is not whole at event %d", result.Problems[0].Seq), "run samhold audit verify, keep the database as it is, and find out who was there")
	default:
		e.say("audit log", OK, fmt.Sprintf("%d events, whole", result.Checked), "")
	}
}

// clock looks whether time has gone backwards, or goes differently here than in the database.
func (e *examination) clock() {
	now := e.Clock.Now()
	there, err := e.app.Store.Now(e.ctx)
	newest, errNewest := e.app.Store.NewestEvent(e.ctx)
	switch off := now.Sub(there).Abs(); {
	case err != nil || errNewest != nil:
		e.say("clock", Broken, "the database does not tell the time", "look at the database")
	case newest.Sub(now) > time.Minute:
		e.say("clock", Broken, fmt.Sprintf("is behind what was written already, by %s", newest.Sub(now).Round(time.Second)), "set the clock right (timedatectl set-ntp true): limits and sessions count on it")
	case off > time.Minute:
		e.say("clock", Broken, fmt.Sprintf("differs from the database's by %s", off.Round(time.Second)), "set both right (timedatectl set-ntp true)")
	case off > 5*time.Second:
		e.say("clock", Attention, fmt.Sprintf("differs from the database's by %s", off.Round(time.Second)), "set both right (timedatectl set-ntp true)")
	default:
		e.say("clock", OK, "agrees with the database", "")
	}
}

// helpLines looks whether anybody has confirmed what people in need are shown.
func (e *examination) helpLines() {
	n, err := e.app.Area.Directory.Count(e.ctx)
	switch {
	case err != nil:
		e.say("help lines", Attention, "cannot be counted: "+err.Error(), "look at the database")
	case n.Stale > 0:
		e.say("help lines", Attention, fmt.Sprintf("%d of %d must be checked again", n.Stale, n.Lines), "two of the team check them at /mod/resources")
	case n.Unconfirmed > 0:
		e.say("help lines", Attention, fmt.Sprintf("%d of %d are not confirmed, and no hours of theirs are shown", n.Unconfirmed, n.Lines), "two of the team check them at /mod/resources")
	default:
		e.say("help lines", OK, fmt.Sprintf("%d, all confirmed", n.Lines), "")
	}
}

// search looks whether the index answers and has what it should.
func (e *examination) search() {
	if !strings.HasPrefix(e.config.SearchURL, "bleve:") {
		report, err := meili.Check(e.ctx, meili.Options{URL: e.config.SearchURL, Key: e.config.SearchKey})
		switch {
		case err != nil:
			e.say("search", Broken, err.Error(), "docs/search.md says what each fault means; the forum goes on without search")
			return
		case report.Mighty:
			e.say("search", Attention, "the key may do more than searching needs", "never give Samhold the master key: samhold search-key makes one")
		}
	}
	err := e.app.Index.Healthy(e.ctx)
	switch {
	case fault.Is(err, fault.Unavailable) && e.serving() == nil:
		e.say("search", OK, "the serving process has the index", "")
		return
	case err != nil:
		e.say("search", Broken, "does not answer: "+err.Error(), "mend SAMHOLD_SEARCH_URL, or start its server; the forum goes on without it")
		return
	}
	behind, err := e.app.Area.Indexer.Behind(e.ctx)
	switch {
	case err != nil:
		e.say("search", Attention, "cannot be compared with the database: "+err.Error(), "")
	case behind:
		e.say("search", Attention, "the index is behind the database", "run samhold reindex, or wait: a serving process does")
	default:
		e.say("search", OK, "has every post", "")
	}
}

// jobs looks at work that waits.
func (e *examination) jobs() {
	stats, err := e.app.Area.Queue.Stats(e.ctx)
	switch {
	case err != nil:
		e.say("jobs", Broken, "cannot be counted: "+err.Error(), "look at the database")
	case stats.Parked > 0:
		e.say("jobs", Attention, fmt.Sprintf("%d are stuck", stats.Parked), "an admin sees why at /admin/jobs, and can try them again")
	case stats.Oldest > 10*time.Minute:
		e.say("jobs", Broken, fmt.Sprintf("the oldest has waited %s: nobody is called to a crisis", stats.Oldest.Round(time.Minute)), "start samhold serve; one process must run")
	default:
		e.say("jobs", OK, fmt.Sprintf("%d wait, none for long", stats.Waiting), "")
	}
}

// backups looks whether there is a way back.
func (e *examination) backups() {
	status, err := e.app.Area.Backup.Status(e.ctx)
	if err != nil {
		e.say("backups", Broken, "cannot be looked up: "+err.Error(), "look at the database")
		return
	}
	age := ""
	if status.Last != nil {
		age = fmt.Sprintf("the newest is from %s", status.Last.MadeAt.Format("2006-01-02 15:04 UTC"))
	}
	failed := ""
	if status.Failed != nil {
		failed = fmt.Sprintf("; the attempt of %s failed: %s", status.Failed.At.Format("2006-01-02 15:04 UTC"), status.Failed.Code)
	}
	switch {
	case status.Last == nil && !status.Nightly:
		e.say("backups", Attention, "none was ever made", "make one with samhold backup FILE")
	case status.Late:
		e.say("backups", Broken, "late: "+orNone(age)+failed, "look into SAMHOLD_BACKUP_DIR: is there space, and may Samhold write?")
	case status.Last == nil:
		e.say("backups", Attention, orNone(age)+failed, "the first is made within minutes of the start")
	case e.Clock.Now().Sub(status.Last.MadeAt) > 48*time.Hour:
		e.say("backups", Attention, age+failed, "call samhold backup every night, or set SAMHOLD_BACKUP_DIR")
	case status.Failed != nil:
		e.say("backups", Attention, age+failed, "look into SAMHOLD_BACKUP_DIR: is there space, and may Samhold write?")
	default:
		e.say("backups", OK, age, "")
	}
}

func orNone(age string) string {
	if age == "" {
		return "none was made yet"
	}
	return age
}
