package app

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are numbers for those who run Samhold: by route, never by person, space or address.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics(a *App) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "samhold_request_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "status"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, &houseCollector{app: a})
	return m
}

func (m *metrics) observe(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// houseCollector asks the database when it is asked itself.
type houseCollector struct{ app *App }

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("samhold_"+name, help, labels, nil)
}

// The numbers of one house. None is of a person, a space or a text.
var (
	buildInfo     = desc("build_info", "Always 1; the version is in the label.", "version", "go")
	jobsWaiting   = desc("jobs_waiting", "Jobs that wait or are under way.")
	jobsParked    = desc("jobs_parked", "Jobs that failed too often and need a person.")
	jobsOldest    = desc("jobs_oldest_seconds", "How long the longest due job has waited.")
	jobsEnded     = desc("jobs_total", "Attempts that ended, by how.", "result")
	dbInUse       = desc("database_connections", "Connections in use, by pool.", "pool")
	dbFull        = desc("database_full", "1 when the disk of the database took no more when this process last wrote.")
	diskFree      = desc("disk_free_bytes", "Space that is left where this process writes, by what it writes there.", "place")
	indexWaiting  = desc("index_waiting", "Posts that wait to be indexed.")
	indexOff      = desc("index_missing", "Posts that readers may find, less those in the index; below zero when the index has too many.")
	indexUp       = desc("index_up", "1 when the search index answers.")
	casesOpen     = desc("cases_open", "Open cases, by level.", "level")
	casesOldest   = desc("cases_oldest_seconds", "Age of the oldest open case, by level.", "level")
	casesUnseen   = desc("cases_unacknowledged", "Open cases that nobody has taken, by level.", "level")
	casesLate     = desc("cases_overdue", "Open cases that nobody has taken in the time that their level gives, by level.", "level")
	linesState    = desc("help_lines", "Help lines, by how they stand: shown, unconfirmed, stale (to be checked again, now or within two weeks), waiting (for a second person).", "state")
	backupMade    = desc("backup_last_success_timestamp_seconds", "When the newest backup was made; 0 if never.")
	backupBytes   = desc("backup_last_bytes", "Size of the newest backup.")
	backupFailing = desc("backup_failing", "1 when the last attempt failed.")
	backupLate    = desc("backup_late", "1 when a backup should be made every night and the newest is too old.")
)

var houseDescs = []*prometheus.Desc{
	buildInfo, jobsWaiting, jobsParked, jobsOldest, jobsEnded, dbInUse, dbFull, diskFree, indexWaiting, indexOff, indexUp,
	casesOpen, casesOldest, casesUnseen, casesLate, linesState, backupMade, backupBytes, backupFailing, backupLate,
}

// Describe implements prometheus.Collector.
func (q *houseCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range houseDescs {
		ch <- d
	}
}

// collectTakes bounds what one look at the numbers may cost.
const collectTakes = 3 * time.Second

// Collect implements prometheus.Collector. What the database does not answer is left out.
func (q *houseCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), collectTakes)
	defer cancel()
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	gauge(buildInfo, 1, q.app.version, runtime.Version())
	if stats, err := q.app.Area.Queue.Stats(ctx); err == nil {
		gauge(jobsWaiting, float64(stats.Waiting))
		gauge(jobsParked, float64(stats.Parked))
		gauge(jobsOldest, stats.Oldest.Seconds())
	}
	counts := q.app.Runner.Counts()
	for result, n := range map[string]int64{"done": counts.Done, "failed": counts.Failed, "parked": counts.Parked} {
		ch <- prometheus.MustNewConstMetric(jobsEnded, prometheus.CounterValue, float64(n), result)
	}
	for pool, s := range q.app.Store.Stats() {
		gauge(dbInUse, float64(s.InUse), pool)
	}
	gauge(dbFull, one(q.app.Store.Full()))
	for place, dir := range q.app.Config.Places() {
		var fs syscall.Statfs_t
		if syscall.Statfs(dir, &fs) == nil {
			gauge(diskFree, float64(fs.Bavail)*float64(fs.Bsize), place)
		}
	}
	q.index(ctx, gauge)
	q.cases(ctx, gauge)
	if n, err := q.app.Area.Directory.Count(ctx); err == nil {
		gauge(linesState, float64(n.Lines), "shown")
		gauge(linesState, float64(n.Unconfirmed), "unconfirmed")
		gauge(linesState, float64(n.Stale), "stale")
		gauge(linesState, float64(n.Waiting), "waiting")
	}
	if s, err := q.app.Area.Backup.Status(ctx); err == nil {
		var made, size float64
		if s.Last != nil {
			made, size = float64(s.Last.MadeAt.Unix()), float64(s.Last.Bytes)
		}
		gauge(backupMade, made)
		gauge(backupBytes, size)
		gauge(backupFailing, one(s.Failed != nil))
		gauge(backupLate, one(s.Late))
	}
}

func (q *houseCollector) index(ctx context.Context, gauge func(*prometheus.Desc, float64, ...string)) {
	has, err := q.app.Index.Count(ctx)
	gauge(indexUp, one(err == nil))
	want, waiting, errWant := q.app.Area.Indexer.Sources.SourceCount(ctx)
	if errWant != nil {
		return
	}
	gauge(indexWaiting, float64(waiting))
	if err == nil {
		gauge(indexOff, float64(want)-float64(has))
	}
}

func (q *houseCollector) cases(ctx context.Context, gauge func(*prometheus.Desc, float64, ...string)) {
	now := q.app.clock.Now()
	open, err := q.app.Store.OpenCases(ctx, now)
	if err != nil {
		return
	}
	for _, level := range []string{"amber", "red", "crisis"} {
		c := open[level]
		gauge(casesOpen, float64(c.Open), level)
		gauge(casesUnseen, float64(c.Unseen), level)
		gauge(casesLate, float64(c.Overdue), level)
		age := 0.0
		if c.Open > 0 {
			age = now.Sub(c.Oldest).Seconds()
		}
		gauge(casesOldest, age, level)
	}
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
