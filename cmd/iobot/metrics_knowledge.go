package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"iobot/bot/store"
	"iobot/knowledge"
)

// collectWithin is the longest that reading the state may keep Prometheus
// waiting.
const collectWithin = 2 * time.Second

// gauges are what Prometheus is told of the knowledge, looked up whenever it
// asks: another process may have published.
type gauges struct {
	program                                            *program
	info, entries, revisions, drafts, tasks, inTrouble *prometheus.Desc
}

func newGauges(p *program) *gauges {
	describe := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("iobot_"+name, help, labels, nil)
	}
	return &gauges{
		program:   p,
		info:      describe("knowledge_info", "The live revision of the knowledge; always 1.", "revision"),
		entries:   describe("knowledge_entries", "Live entries by the state of their review.", "state"),
		revisions: describe("knowledge_revisions_total", "Revisions that were published."),
		drafts:    describe("drafts", "Drafts that are being edited or wait for approval.", "state"),
		tasks:     describe("tasks_waiting", "Announcements, corrections and reminders that are not posted yet."),
		inTrouble: describe("trouble", "1 when /readyz names something that somebody has to look at."),
	}
}

// Describe sends what Collect may send.
func (g *gauges) Describe(all chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.info, g.entries, g.revisions, g.drafts, g.tasks, g.inTrouble} {
		all <- d
	}
}

// Collect sends the figures of now. Those of a state that cannot be read are
// left out.
func (g *gauges) Collect(all chan<- prometheus.Metric) {
	send := func(d *prometheus.Desc, n int, labels ...string) {
		all <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	base := g.program.library.Snapshot().Base()
	send(g.info, 1, base.Revision)
	for state, n := range states(base, time.Now()) {
		send(g.entries, n, string(state))
	}
	trouble := 0
	if len(g.program.trouble()) > 0 {
		trouble = 1
	}
	send(g.inTrouble, trouble)
	k, err := g.program.kept()
	if err != nil {
		return
	}
	all <- prometheus.MustNewConstMetric(g.revisions, prometheus.CounterValue, float64(k.revisions))
	send(g.drafts, k.editing, string(store.Editing))
	send(g.drafts, k.proposed, string(store.Proposed))
	send(g.tasks, k.tasks)
}

// states counts entries by the state of their review; those that nobody is in
// count 0.
func states(b *knowledge.Base, at time.Time) map[knowledge.Status]int {
	count := map[knowledge.Status]int{
		knowledge.Unreviewed: 0, knowledge.Verified: 0, knowledge.Overdue: 0, knowledge.Expired: 0, knowledge.Withdrawn: 0,
	}
	for _, m := range b.Entries() {
		count[m.Review.At(at)]++
	}
	return count
}

// kept is how much the state holds.
type kept struct {
	revisions                int64
	editing, proposed, tasks int
}

func (p *program) kept() (k kept, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), collectWithin)
	defer cancel()
	err = p.store.View(ctx, func(tx *store.Tx) error {
		if k.revisions, err = tx.LastRevision(); err != nil {
			return err
		}
		drafts, err := tx.Drafts(store.Editing, store.Proposed)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if d.State == store.Proposed {
				k.proposed++
			} else {
				k.editing++
			}
		}
		tasks, err := tx.DueTasks(time.Now().AddDate(1, 0, 0), 0)
		k.tasks = len(tasks)
		return err
	})
	return k, err
}
