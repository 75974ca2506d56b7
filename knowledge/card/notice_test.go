package card_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"iobot/knowledge"
)

// TestNotices: a recall of the needle stands above the needle on the card, and
// nowhere else; what is over is not printed.
func TestNotices(t *testing.T) {
	b := *starter(t)
	until := options().At.AddDate(0, 0, 1)
	b.Notices = []knowledge.Notice{
		{ID: "recall", Text: knowledge.Statement{Text: "Drivers of lot 7 are recalled."}, About: []knowledge.ID{"device/ez-io"}, Until: until},
		{ID: "over", Text: knowledge.Statement{Text: "This is over."}, About: []knowledge.ID{"device/ez-io"}, Until: until.AddDate(0, -1, 0)},
	}
	want := "Notice until " + until.Format(time.DateOnly) + ": Drivers of lot 7 are recalled."
	said := 0
	for _, row := range made(t, &b, "14 kg").Rows() {
		if slices.Contains(row.Warnings, want) && row.Entry == "device/ez-io" {
			said++
		} else if strings.Contains(strings.Join(row.Warnings, " "), "lot 7") {
			t.Errorf("%s has the notice of another entry", row.Name)
		}
		if strings.Contains(strings.Join(row.Warnings, " "), "This is over") {
			t.Error("a notice that is over is printed")
		}
	}
	if said != 1 {
		t.Errorf("the notice stands on %d rows", said)
	}
}
