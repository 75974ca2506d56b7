package store

import (
	"fmt"
	"time"
)

// Channel is a place in which people talk.
type Channel struct {
	Platform string
	Tenant   string // workspace or guild
	Channel  string
}

// Posted is an answer that was shared: ids only, never what it said.
type Posted struct {
	Platform string
	Tenant   string
	Channel  string
	Message  string
	Entries  []string // that it used
	Revision string   // of the knowledge
	At       time.Time
}

// AddPosted remembers an answer that was shared.
func (tx *Tx) AddPosted(p Posted) error {
	_, err := tx.exec(`INSERT INTO posted (platform, tenant, channel, message, entries, revision, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (platform, tenant, channel, message) DO UPDATE SET entries = excluded.entries, revision = excluded.revision, at = excluded.at`,
		p.Platform, p.Tenant, p.Channel, p.Message, asJSON(p.Entries), p.Revision, micros(p.At))
	if err != nil {
		return fmt.Errorf("remember a shared answer: %w", err)
	}
	return nil
}

// postedRow is a shared answer as the table has it.
type postedRow struct {
	Posted
	entries string
	at      int64
}

func scanPosted(row scanner) (p postedRow, err error) {
	return p, row.Scan(&p.Platform, &p.Tenant, &p.Channel, &p.Message, &p.entries, &p.Revision, &p.at)
}

// PostedSince returns the answers shared since a time, the oldest first.
func (tx *Tx) PostedSince(t time.Time) ([]Posted, error) {
	rows, err := collect(tx, scanPosted, `SELECT platform, tenant, channel, message, entries, revision, at FROM posted
		WHERE at >= $1 ORDER BY at, platform, tenant, channel, message`, micros(t))
	if err != nil {
		return nil, fmt.Errorf("list shared answers: %w", err)
	}
	list := make([]Posted, 0, len(rows))
	for _, r := range rows {
		if err := fromJSON(r.entries, &r.Entries, "entries of a shared answer"); err != nil {
			return nil, fmt.Errorf("list shared answers: %w", err)
		}
		r.At = fromMicros(r.at)
		list = append(list, r.Posted)
	}
	return list, nil
}

// ForgetPosted forgets the answers shared before a time.
func (tx *Tx) ForgetPosted(before time.Time) error {
	if _, err := tx.exec(`DELETE FROM posted WHERE at < $1`, micros(before)); err != nil {
		return fmt.Errorf("forget shared answers: %w", err)
	}
	return nil
}

// Subscribe adds a channel to those that hear of changes.
func (tx *Tx) Subscribe(c Channel) error {
	_, err := tx.exec(`INSERT INTO channels (platform, tenant, channel) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		c.Platform, c.Tenant, c.Channel)
	if err != nil {
		return fmt.Errorf("subscribe channel %s: %w", c.Channel, err)
	}
	return nil
}

// Unsubscribe takes a channel away from those that hear of changes. It is no
// error when it is none of them.
func (tx *Tx) Unsubscribe(c Channel) error {
	_, err := tx.exec(`DELETE FROM channels WHERE platform = $1 AND tenant = $2 AND channel = $3`, c.Platform, c.Tenant, c.Channel)
	if err != nil {
		return fmt.Errorf("unsubscribe channel %s: %w", c.Channel, err)
	}
	return nil
}

func scanChannel(row scanner) (c Channel, err error) {
	return c, row.Scan(&c.Platform, &c.Tenant, &c.Channel)
}

// Channels returns the channels that hear of changes.
func (tx *Tx) Channels() ([]Channel, error) {
	list, err := collect(tx, scanChannel, `SELECT platform, tenant, channel FROM channels ORDER BY platform, tenant, channel`)
	if err != nil {
		return nil, fmt.Errorf("list channels: %w", err)
	}
	return list, nil
}
