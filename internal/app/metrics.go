package app

import (
	"context"
	"net/http"
	"strconv"
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
		m.requests, &queueCollector{app: a})
	return m
}

func (m *metrics) observe(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// queueCollector asks the database when it is asked itself.
type queueCollector struct{ app *App }

var (
	jobsWaiting = prometheus.NewDesc("samhold_jobs_waiting", "Jobs that wait or are under way.", nil, nil)
	jobsParked  = prometheus.NewDesc("samhold_jobs_parked", "Jobs that failed too often and need a person.", nil, nil)
	jobsOldest  = prometheus.NewDesc("samhold_jobs_oldest_seconds", "How long the longest due job has waited.", nil, nil)
	jobsEnded   = prometheus.NewDesc("samhold_jobs_total", "Attempts that ended, by how.", []string{"result"}, nil)
	dbInUse     = prometheus.NewDesc("samhold_database_connections", "Connections in use, by pool.", []string{"pool"}, nil)
)

// Describe implements prometheus.Collector.
func (q *queueCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{jobsWaiting, jobsParked, jobsOldest, jobsEnded, dbInUse} {
		ch <- d
	}
}

// Collect implements prometheus.Collector. What the database does not answer is left out.
func (q *queueCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if stats, err := q.app.Area.Queue.Stats(ctx); err == nil {
		ch <- prometheus.MustNewConstMetric(jobsWaiting, prometheus.GaugeValue, float64(stats.Waiting))
		ch <- prometheus.MustNewConstMetric(jobsParked, prometheus.GaugeValue, float64(stats.Parked))
		ch <- prometheus.MustNewConstMetric(jobsOldest, prometheus.GaugeValue, stats.Oldest.Seconds())
	}
	counts := q.app.Runner.Counts()
	for result, n := range map[string]int64{"done": counts.Done, "failed": counts.Failed, "parked": counts.Parked} {
		ch <- prometheus.MustNewConstMetric(jobsEnded, prometheus.CounterValue, float64(n), result)
	}
	for pool, s := range q.app.Store.Stats() {
		ch <- prometheus.MustNewConstMetric(dbInUse, prometheus.GaugeValue, float64(s.InUse), pool)
	}
}
