package discord

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// FuzzReceive sends anything as an interaction. Nothing panics, and what is
// answered is answered with a message that Discord takes.
func FuzzReceive(f *testing.F) {
	data := []string{`{}`, slash("dose", aDrug), `{"custom_id":"io1:p:2:dose long"}`, `{"custom_id":"io1:f:0:","components":[{"components":[{"custom_id":"line","value":"x"}]}]}`,
		`{"custom_id":"io1:o:0:admin edit x"}`, `{"custom_id":"io1:r:0:admin publish x"}`, staff("edit x"),
		`{"custom_id":"io1:f:12:admin edit x","components":[{"component":{"custom_id":"title:","value":"x"}},{"component":{"custom_id":"for:","values":["child",5]}}]}`,
		`{"name":"Ask iobot","type":3,"target_id":"5","resolved":{"messages":{"5":{"content":"why"}}}}`}
	for _, kind := range []string{"1", "2", "3", "4", "5", "99"} {
		for _, d := range data {
			body := strings.NewReplacer("%ID", "", "%DATA", d).Replace(question)
			f.Add([]byte(strings.Replace(body, `"type":2`, `"type":`+kind, 1)))
		}
	}
	c := newClient(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		c.log.Reset()
		r, err := c.app.receive(context.Background(), body)
		if err != nil {
			return
		}
		if strings.Contains(c.log.String(), "panic") && !strings.Contains(string(body), "panic") {
			t.Errorf("%s\npanics:\n%s", body, c.log)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
		if m, ok := r.Data.(message); ok && len(texts(m.Components)) == 0 {
			t.Error("an empty message")
		}
	})
}

func TestTolerance(t *testing.T) {
	text, err := os.ReadFile("testdata/unknown.json")
	if err != nil {
		t.Fatal(err)
	}
	i, err := parseInteraction(text)
	if err != nil || i.data.question() != "why flush" || i.user() != "7001" || !i.shareable() {
		t.Errorf("%v %+v", err, i)
	}
}
