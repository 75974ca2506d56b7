package slack

import (
	"net/url"
	"testing"
	"unicode/utf8"

	"iobot/bot/slack/slacktest"
)

// FuzzRequests feeds the parsers of all three addresses. They may refuse, and
// never panic.
func FuzzRequests(f *testing.F) {
	f.Add(slacktest.Command("U1", "dose adrenaline 12 kg", "https://hooks.slack.com/x"))
	f.Add(slacktest.Payload(slacktest.Tap("U1", "t1", "https://hooks.slack.com/x", "io1:run:0", "about")))
	f.Add(slacktest.Payload(submit(FormView, "", map[string]string{DrugField: "a", WeightField: "12 kg"})))
	f.Add(slacktest.Event("E1", mentioned("<@UBOT> flush &lt;12", "1", "")))
	f.Add(`{"type":"url_verification","challenge":"x"}`)
	f.Add(`{"type":"event_callback","event":[1,{"a":null}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		if c, err := parseCommand([]byte(body)); err == nil {
			_ = unescape(c.Text)
		}
		for _, text := range []string{body, "payload=" + url.QueryEscape(body)} {
			if i, err := parseInteraction([]byte(text)); err == nil {
				_, _, _ = i.team(), i.card(), i.View.values()
				_ = ReadForm(i.View.values()).Line()
				for _, tapped := range i.Actions {
					_, _ = ParseAction(tapped.ActionID, tapped.Value)
				}
			}
		}
		if o, e, err := parseEvent([]byte(body)); err == nil {
			said := spoken(e.Text, o.self())
			if utf8.ValidString(e.Text) && !utf8.ValidString(said) {
				t.Errorf("%q became %q", e.Text, said)
			}
		}
	})
}
