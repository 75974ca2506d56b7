package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Discord takes the token away from a bot that identifies more than a
// thousand times a day. The budget stays far below, and a restart does not
// fill it up again.
const (
	mostIdentifies = 200 // in 24 hours
	identifyPause  = 5 * time.Second
	budgetDay      = 24 * time.Hour
)

// budget remembers in a file when the bot identified itself.
type budget struct {
	path  string
	times []time.Time // of the last 24 hours, the oldest first
}

// openBudget reads the file; one that is not there yet is an empty budget.
func openBudget(path string) (*budget, error) {
	b := &budget{path: path}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, nil
	case err != nil:
		return nil, fmt.Errorf("read how often the bot has connected: %w", err)
	}
	if err := json.Unmarshal(text, &b.times); err != nil {
		return nil, fmt.Errorf("read how often the bot has connected: %s: %w; delete the file a day after the last start", path, err)
	}
	return b, nil
}

// due returns how long to wait before the bot may identify itself.
func (b *budget) due(now time.Time) time.Duration {
	for len(b.times) > 0 && now.Sub(b.times[0]) >= budgetDay {
		b.times = b.times[1:]
	}
	n := len(b.times)
	if n == 0 {
		return 0
	}
	wait := max(0, b.times[n-1].Add(identifyPause).Sub(now))
	if n >= mostIdentifies {
		wait = max(wait, b.times[n-mostIdentifies].Add(budgetDay).Sub(now))
	}
	return wait
}

// spend notes that the bot identifies itself, before it does.
func (b *budget) spend(now time.Time) error {
	b.times = append(b.times, now)
	text, err := json.Marshal(b.times)
	if err != nil {
		return fmt.Errorf("note a connection: %w", err)
	}
	if err := os.WriteFile(b.path+".new", text, 0o600); err != nil {
		return fmt.Errorf("note a connection: %w", err)
	}
	if err := os.Rename(b.path+".new", b.path); err != nil {
		return fmt.Errorf("note a connection: %w", err)
	}
	return nil
}
