package store

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Feedback is what somebody thought of an answer. It does not say who.
type Feedback struct {
	At       time.Time
	Entry    string
	Revision string // of the knowledge that the answer came from
	Helpful  bool
	Reason   string
}

// FeedbackCount is the feedback on one entry.
type FeedbackCount struct {
	Entry      string
	Helpful    int
	NotHelpful int
	Reasons    []string // that were given, the newest last
}

// AddFeedback keeps feedback.
func (tx *Tx) AddFeedback(f Feedback) error {
	_, err := tx.exec(`INSERT INTO feedback (at, entry, revision, helpful, reason) VALUES ($1, $2, $3, $4, $5)`,
		micros(f.At), f.Entry, f.Revision, f.Helpful, f.Reason)
	if err != nil {
		return fmt.Errorf("keep feedback on %s: %w", f.Entry, err)
	}
	return nil
}

func scanFeedback(row scanner) (f Feedback, err error) {
	return f, row.Scan(&f.Entry, &f.Helpful, &f.Reason)
}

// FeedbackSince counts the feedback since a time by entry, first the entries
// that most found not helpful.
func (tx *Tx) FeedbackSince(t time.Time) ([]FeedbackCount, error) {
	all, err := collect(tx, scanFeedback, `SELECT entry, helpful, reason FROM feedback WHERE at >= $1 ORDER BY at, id`, micros(t))
	if err != nil {
		return nil, fmt.Errorf("count feedback: %w", err)
	}
	var counts []FeedbackCount
	for _, f := range all {
		i := slices.IndexFunc(counts, func(c FeedbackCount) bool { return c.Entry == f.Entry })
		if i < 0 {
			i, counts = len(counts), append(counts, FeedbackCount{Entry: f.Entry})
		}
		counts[i].add(f)
	}
	slices.SortStableFunc(counts, func(a, b FeedbackCount) int {
		if a.NotHelpful != b.NotHelpful {
			return b.NotHelpful - a.NotHelpful
		}
		return strings.Compare(a.Entry, b.Entry)
	})
	return counts, nil
}

func (c *FeedbackCount) add(f Feedback) {
	if f.Helpful {
		c.Helpful++
	} else {
		c.NotHelpful++
	}
	if f.Reason != "" {
		c.Reasons = append(c.Reasons, f.Reason)
	}
}

// Unanswered is a question that found nothing, as words that the knowledge
// knows.
type Unanswered struct {
	ID       int64
	Words    string
	Nearest  string // entry
	Count    int
	First    time.Time
	Last     time.Time
	Assigned string // person; empty when nobody
}

// AddUnanswered counts a question that found nothing.
func (tx *Tx) AddUnanswered(words, nearest string, at time.Time) error {
	_, err := tx.exec(`INSERT INTO unanswered (words, nearest, asked, first_at, last_at, assigned) VALUES ($1, $2, 1, $3, $3, 0)
		ON CONFLICT (words) DO UPDATE SET nearest = excluded.nearest, asked = unanswered.asked + 1, last_at = excluded.last_at`,
		words, nearest, micros(at))
	if err != nil {
		return fmt.Errorf("count an unanswered question: %w", err)
	}
	return nil
}

// unansweredRow is a question as the table has it.
type unansweredRow struct {
	Unanswered
	first, last, assigned int64
}

func scanUnanswered(row scanner) (u unansweredRow, err error) {
	return u, row.Scan(&u.ID, &u.Words, &u.Nearest, &u.Count, &u.first, &u.last, &u.assigned)
}

// Unanswered returns the questions that found nothing, the most frequent
// first; all when limit is 0.
func (tx *Tx) Unanswered(limit int) ([]Unanswered, error) {
	rows, err := collect(tx, scanUnanswered, `SELECT id, words, nearest, asked, first_at, last_at, assigned FROM unanswered
		ORDER BY asked DESC, last_at DESC, id LIMIT $1`, most(limit))
	if err != nil {
		return nil, fmt.Errorf("list unanswered questions: %w", err)
	}
	list := make([]Unanswered, 0, len(rows))
	for _, r := range rows {
		r.First, r.Last = fromMicros(r.first), fromMicros(r.last)
		if r.Assigned, err = tx.name(r.assigned); err != nil {
			return nil, fmt.Errorf("list unanswered questions: %w", err)
		}
		list = append(list, r.Unanswered)
	}
	return list, nil
}

// AssignUnanswered gives a question to a person, to nobody when empty.
func (tx *Tx) AssignUnanswered(id int64, person string) error {
	number, err := tx.person(person)
	if err == nil {
		err = tx.one(`UPDATE unanswered SET assigned = $1 WHERE id = $2`, number, id)
	}
	if err != nil {
		return fmt.Errorf("assign unanswered question %d: %w", id, err)
	}
	return nil
}

// CloseUnanswered drops a question. Asked again, it counts from 1.
func (tx *Tx) CloseUnanswered(id int64) error {
	if err := tx.one(`DELETE FROM unanswered WHERE id = $1`, id); err != nil {
		return fmt.Errorf("close unanswered question %d: %w", id, err)
	}
	return nil
}

// one changes one row. The error is ErrNotFound when there is none.
func (tx *Tx) one(query string, args ...any) error {
	n, err := tx.exec(query, args...)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
