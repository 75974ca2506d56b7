package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus reads. No label comes from what somebody typed.
type metrics struct {
	registry   *prometheus.Registry
	deliveries *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
}

func newMetrics(p *program) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "iobot_deliveries_total", Help: "What a chat platform delivered, and what became of it.",
		}, []string{"platform", "came", "became"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "iobot_delivery_seconds", Help: "Time from a delivery to the answer to it.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3},
		}, []string{"platform", "came"}),
	}
	m.registry.MustRegister(m.deliveries, m.seconds, newGauges(p),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe returns a function that counts a platform's deliveries.
func (m *metrics) observe(platform string) func(came, became string, took time.Duration) {
	return func(came, became string, took time.Duration) {
		m.deliveries.WithLabelValues(platform, came, became).Inc()
		m.seconds.WithLabelValues(platform, came).Observe(took.Seconds())
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
