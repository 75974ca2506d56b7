package store

import (
	"crypto/rand"
	"fmt"
	"time"
)

// Task is something still to be sent. It is written in the Update that caused
// it, so that neither is without the other.
type Task struct {
	ID       string // of the caller's making; AddTask finds one for an empty one
	Kind     string
	Platform string
	Tenant   string
	Channel  string
	User     string
	Message  string
	Payload  []byte
	Created  time.Time // when Due if it is zero
	Due      time.Time
	Tries    int
}

const taskColumns = `id, kind, platform, tenant, channel, user_id, message, payload, created_at, due_at, tries`

func (t *Task) values() []any {
	return []any{t.ID, t.Kind, t.Platform, t.Tenant, t.Channel, t.User, t.Message, append([]byte{}, t.Payload...), micros(t.Created), micros(t.Due), t.Tries}
}

// AddTask keeps a task. One that is there already stays as it is.
func (tx *Tx) AddTask(t Task) error {
	if t.ID == "" {
		t.ID = rand.Text()
	}
	if t.Created.IsZero() {
		t.Created = t.Due
	}
	_, err := tx.exec(`INSERT INTO tasks (`+taskColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`, t.values()...)
	if err != nil {
		return fmt.Errorf("add task %s: %w", t.ID, err)
	}
	return nil
}

// SaveTask keeps a task in place of the one with its ID.
func (tx *Tx) SaveTask(t Task) error {
	err := tx.one(`UPDATE tasks SET (`+taskColumns+`) = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) WHERE id = $1`, t.values()...)
	if err != nil {
		return fmt.Errorf("save task %s: %w", t.ID, err)
	}
	return nil
}

// DropTask forgets a task. It is no error when there is none.
func (tx *Tx) DropTask(id string) error {
	if _, err := tx.exec(`DELETE FROM tasks WHERE id = $1`, id); err != nil {
		return fmt.Errorf("drop task %s: %w", id, err)
	}
	return nil
}

func scanTask(row scanner) (t Task, err error) {
	var created, due int64
	err = row.Scan(&t.ID, &t.Kind, &t.Platform, &t.Tenant, &t.Channel, &t.User, &t.Message, &t.Payload, &created, &due, &t.Tries)
	t.Created, t.Due = fromMicros(created), fromMicros(due)
	return t, err
}

// DueTasks returns the tasks that are due at a time, the longest due first;
// all of them when limit is 0.
func (tx *Tx) DueTasks(at time.Time, limit int) ([]Task, error) {
	list, err := collect(tx, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2`, micros(at), most(limit))
	if err != nil {
		return nil, fmt.Errorf("list due tasks: %w", err)
	}
	return list, nil
}

// Once tells whether this is the first time for a key, and remembers it: for
// reminders, and whatever else happens once.
func (tx *Tx) Once(key string, at time.Time) (first bool, err error) {
	n, err := tx.exec(`INSERT INTO done_once (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, key, micros(at))
	if err != nil {
		return false, fmt.Errorf("remember %s: %w", key, err)
	}
	return n == 1, nil
}
