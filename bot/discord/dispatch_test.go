package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"iobot/bot"
)

const (
	isCommand, isTap, isComplete, isForm = 2, 3, 4, 5
	showType, laterType, replaceType     = 4, 6, 7
)

func slash(sub, options string) string {
	return `{"name":"io","type":1,"options":[{"name":"` + sub + `","type":1,"options":[` + options + `]}]}`
}

const (
	aDrug   = `{"name":"drug","type":3,"value":"epinephrine"}`
	aWeight = `{"name":"weight_kg","type":10,"value":%s}`
)

func TestCommandBecomesLine(t *testing.T) {
	c := newClient(t)
	for options, want := range map[string]string{
		aDrug:                                    "dose epinephrine",
		aDrug + "," + fmt.Sprintf(aWeight, "12"): "dose epinephrine 12 kg",
		fmt.Sprintf(aWeight, "3.5") + "," + aDrug:                        "dose epinephrine 3.5 kg",
		aDrug + `,{"name":"age","type":3,"value":" 8\nmonths "}`:         "dose epinephrine 8 months",
		aDrug + `,{"name":"weight_kg","type":3,"value":"26 lb"}`:         "dose epinephrine 26 lb",
		aDrug + `,{"name":"indication","type":3,"value":"arrest"}`:       "dose arrest epinephrine",
		aDrug + `,{"name":"stranger","type":3,"value":"50 kg"}`:          "dose epinephrine",
		`{"name":"drug","type":3,"value":"**x** <@1> @everyone"}`:        `dose \*\*x\*\* \<@` + "\u200b1> @\u200beveryone",
		aDrug + `,{"name":"weight_kg","type":10,"value":0.100}`:          "dose epinephrine 0.100 kg",
		aDrug + `,{"name":"weight_kg","type":10,"value":300}`:            "dose epinephrine 300 kg",
		`{"name":"drug","type":3,"value":"a"},{"name":"drug","value":5}`: "dose a",
	} {
		if a := c.interact(isCommand, slash("dose", options)); a.asked() != want || a.Type != showType || !a.private() {
			t.Errorf("%s\nwant %q, got %q", options, want, a.asked())
		}
	}
}

func TestWeightsOutOfBoundsArePolitelyRefused(t *testing.T) {
	c := newClient(t)
	for _, w := range []string{"-5", "1e308", "1e2", "12.3456", "1234", "true", "null", "{}", "[]", "-0", "99999999999999999999"} {
		a := c.interact(isCommand, slash("dose", aDrug+","+fmt.Sprintf(aWeight, w)))
		if a.says("0.12") || !a.private() || a.Type != showType {
			t.Errorf("%s: %s", w, a.text)
		}
	}
}

// TestEverythingIsAnswered sends what no client of this version sends.
func TestEverythingIsAnswered(t *testing.T) {
	c := newClient(t)
	for _, x := range []struct {
		kind int
		data string
	}{
		{isCommand, `{}`}, {isCommand, `null`}, {isCommand, `[1]`}, {isCommand, `{"name":"io"}`}, {isCommand, `{"name":"other","type":1}`},
		{isCommand, slash("gone", "")}, {isCommand, `{"name":"io","options":"x"}`}, {isCommand, `{"name":"Ask iobot","type":3}`},
		{isCommand, `{"name":"Ask iobot","type":3,"target_id":"5","resolved":{"messages":{"5":{"content":"","components":[{"type":99}]}}}}`},
		{isTap, `{}`}, {isTap, `{"custom_id":"` + strings.Repeat("x", 100) + `"}`}, {isTap, `{"custom_id":"io0:r:0:dose"}`},
		{isTap, `{"custom_id":"io1:f:0:"}`}, {isTap, `{"custom_id":"io1:q:0:"}`}, {isTap, `{"custom_id":5}`}, {isTap, `{"custom_id":"x","values":[5]}`},
		{isForm, `{}`}, {isForm, `{"custom_id":"io1:f:0:"}`}, {isForm, `{"custom_id":"io1:f:0:","components":[{"type":99},null,5]}`},
		{isForm, `{"custom_id":"other","components":[]}`}, {9, `{}`},
	} {
		a := c.interact(x.kind, x.data)
		if a.Type != showType || !a.private() || !a.says("Ask again") && !a.says("Ask with") && !a.says("Something went wrong") {
			t.Errorf("%d %s: %s", x.kind, x.data, a.text)
		}
	}
}

func TestPanicIsAnsweredAndNotQuoted(t *testing.T) {
	c := newClient(t)
	c.app.config.Complete = func(string, string, string) []Suggestion { panic("secret words") }
	if a := c.interact(isComplete, slash("dose", `{"name":"drug","type":3,"value":"epi","focused":true}`)); a.Type != 8 || !a.says(`"choices":[]`) {
		t.Errorf("got %s", a.text)
	}
	if strings.Contains(c.log.String(), "secret words") || !strings.Contains(c.log.String(), "panic") {
		t.Errorf("the log says %s", c.log)
	}
}

func TestNothingOfAQuestionIsLogged(t *testing.T) {
	c := newClient(t)
	c.interact(isCommand, slash("ask", `{"name":"question","type":3,"value":"canary unknown words"}`))
	c.interact(isCommand, slash("ask", `{"name":"question","type":3,"value":"canary panic"}`))
	c.api.fail = []int{400, 400, 400}
	a := c.interact(isTap, `{"custom_id":"io1:s:0:dose canary"}`)
	if err := c.app.Close(context.Background()); err != nil || a.Type != replaceType {
		t.Error(err, a.text)
	}
	for _, word := range []string{"canary unknown", "secret-token"} {
		if strings.Contains(c.log.String(), word) {
			t.Errorf("the log holds %q:\n%s", word, c.log)
		}
	}
}

func TestWhoSeesIt(t *testing.T) {
	c := newClient(t)
	ask := slash("dose", aDrug)
	for _, x := range []struct {
		where           string
		change          []string
		private, shares bool
	}{
		{"server", nil, true, true},
		{"direct message", []string{`"guild_id":"1",`, "", `"context":0`, `"context":1`}, false, false},
		{"group message", []string{`"guild_id":"1",`, "", `"context":0`, `"context":2`}, true, true},
		{"server, by the person", []string{`{"0":"1"}`, `{"1":"7001"}`}, true, false},
		{"server, by the person, who may", []string{`{"0":"1"}`, `{"1":"7001"}`, `"permissions":"0"`, `"permissions":"1125899906842624"`}, true, true},
		{"user without member", []string{`"member":{"user":{"id":"7001"},"permissions":"0"}`, `"user":{"id":"7001"}`, `"guild_id":"1",`, "", `"context":0,`, ""}, false, false},
		{"nobody", []string{`"member":{"user":{"id":"7001"},"permissions":"0"},`, ""}, true, true},
	} {
		a := c.interact(isCommand, ask, x.change...)
		if a.private() != x.private || a.says("io1:s:") != x.shares {
			t.Errorf("%s: private %v, shares %v", x.where, a.private(), a.says("io1:s:"))
		}
	}
}

func TestEducationBanner(t *testing.T) {
	c := newClient(t)
	if a := c.interact(isCommand, slash("dose", aDrug), `"guild_id":"1"`, `"guild_id":"school"`); !a.says("Education, not for patient care") {
		t.Error(a.text)
	}
	if a := c.interact(isCommand, slash("dose", aDrug)); a.says("Education") {
		t.Error(a.text)
	}
}

func TestContextMenu(t *testing.T) {
	c := newClient(t)
	content, _ := json.Marshal("help <@123> why **flush**\n@everyone")
	a := c.interact(isCommand, `{"name":"Ask iobot","type":3,"target_id":"5","resolved":{"messages":{"5":{"content":`+string(content)+`,"components":[{"type":99}]}}}}`)
	if !a.private() || a.asked() != `ask help why \*\*flush\*\* @`+"\u200beveryone" {
		t.Error(a.asked())
	}
	long, _ := json.Marshal(strings.Repeat("@everyone **x** ", 250))
	a = c.interact(isCommand, `{"name":"Ask iobot","type":3,"target_id":"5","resolved":{"messages":{"5":{"content":`+string(long)+`}}}}`)
	if !a.private() || !a.says("longer than 500 characters") {
		t.Error(a.text)
	}
}

func TestTaps(t *testing.T) {
	c := newClient(t)
	hidden := []string{`"data":`, `"message":{"id":"55","flags":32832},"data":`}
	if a := c.interact(isTap, `{"custom_id":"io1:r:0:dose x 1 kg"}`); a.Type != showType || a.asked() != "dose x 1 kg" {
		t.Error(a.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:r:0:","values":["dose x 2 kg"]}`); a.asked() != "dose x 2 kg" {
		t.Error(a.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:p:2:dose long"}`, hidden...); a.Type != replaceType || a.private() || !a.says("Page 2 of") {
		t.Error(a.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:p:2:dose long"}`); a.Type != showType || !a.private() {
		t.Error("a page of a card that others see must not change it")
	}
	if a := c.interact(isTap, `{"custom_id":"io1:p:99:dose long"}`, hidden...); !a.says("Back") {
		t.Error(a.text)
	}
}

func TestFormRoundTrip(t *testing.T) {
	c := newClient(t)
	a := c.interact(isTap, `{"custom_id":"io1:e:0:dose adrenaline"}`)
	if a.Type != 9 || !a.says(`"value":"dose adrenaline"`) {
		t.Fatal(a.text)
	}
	judge(t, "callback", []byte(a.text))
	for _, components := range []string{
		`[{"type":18,"component":{"type":4,"custom_id":"line","value":"dose x 12 kg"}}]`,
		`[{"type":1,"components":[{"type":4,"custom_id":"line","value":"dose x 12 kg"}]}]`,
		`[{"type":99,"odd":[1]},{"type":18,"component":{"type":99}},{"type":18,"component":{"type":4,"custom_id":"line","value":"dose x 12 kg"}}]`,
	} {
		if a := c.interact(isForm, `{"custom_id":"io1:f:0:","components":`+components+`}`); a.Type != showType || a.asked() != "dose x 12 kg" {
			t.Errorf("%s: %s", components, a.text)
		}
	}
}

func TestAutocomplete(t *testing.T) {
	c := newClient(t)
	for _, x := range []struct {
		data string
		want int
	}{
		{slash("dose", `{"name":"drug","type":3,"value":"epi","focused":true}`), 25},
		{slash("dose", `{"name":"drug","type":3,"value":"","focused":true}`), 25},
		{slash("dose", `{"name":"drug","type":3,"value":"`+strings.Repeat("x", 10_000)+`","focused":true}`), 1}, // all labels are cut to the same
		{slash("dose", aDrug+`,{"name":"indication","type":3,"value":"arr","focused":true}`), 1},
		{slash("dose", `{"name":"weight_kg","type":10,"value":"1x","focused":true}`), 0},
		{slash("dose", `{"name":"drug","type":3,"value":null,"focused":true}`), 25},
		{slash("dose", ``), 0}, {slash("gone", ``), 0}, {`{}`, 0}, {`null`, 0}, {`{"options":5}`, 0},
	} {
		a := c.interact(isComplete, x.data)
		if a.Type != 8 || !a.says(`"choices":[`) || len(a.Data.Choices) != x.want {
			t.Errorf("%.200s: %d choices, want %d", x.data, len(a.Data.Choices), x.want)
		}
	}
	a := c.interact(isComplete, slash("dose", aDrug+`,{"name":"indication","type":3,"value":"arr","focused":true}`))
	if a.Data.Choices[0].Name != "indication of epinephrine arr" {
		t.Errorf("the indication does not know its drug: %s", a.text)
	}
	judge(t, "callback", []byte(a.text))
}

func TestFollowUpKnowsWhatWasSaid(t *testing.T) {
	c := newClient(t)
	var previous []string
	c.app.config.Bot = bot.New(bot.Config{Default: "ask", Log: c.app.config.Log, Now: c.app.config.Now, Commands: []bot.Command{{
		Name: "ask", Run: func(_ context.Context, in bot.Input) (bot.Reply, error) {
			previous = append(previous, in.Previous)
			return bot.Reply{Outcome: bot.Answer, Title: in.Previous, Subject: "dose epinephrine 12 kg"}, nil
		}}}})
	ask := slash("ask", `{"name":"question","type":3,"value":"and for 20 kg?"}`)
	c.interact(isCommand, ask)
	c.interact(isCommand, ask, "7001", "7002")
	if a := c.interact(isCommand, ask); a.says("io1:s:") {
		t.Error("an answer that nothing gives again must not be shared")
	}
	c.now = c.now.Add(2 * subjectKeep)
	c.interact(isCommand, ask)
	if got := strings.Join(previous, "|"); !strings.HasPrefix(got, "||dose epinephrine 12 kg|") || !strings.HasSuffix(got, "|") {
		t.Errorf("what was said before: %q", got)
	}
}

func TestOnePersonCannotTakeTheBot(t *testing.T) {
	c := newClient(t)
	c.app.config.UserPerMinute = 60
	busy := 0
	for range 30 {
		if c.interact(isCommand, slash("dose", aDrug)).says("more often") {
			busy++
		}
	}
	if busy != 30-userBurst {
		t.Errorf("%d of 30 were refused", busy)
	}
	full := `{"custom_id":"io1:f:12:admin edit a","components":[{"component":{"custom_id":"title:","value":"Flush"}}]}`
	if c.interact(isForm, full).says("more often") {
		t.Error("what was typed into a form is thrown away")
	}
	if c.interact(isCommand, slash("dose", aDrug), "7001", "7002").says("more often") {
		t.Error("another person is refused")
	}
	c.now = c.now.Add(time.Minute)
	if c.interact(isCommand, slash("dose", aDrug)).says("more often") {
		t.Error("still refused a minute later")
	}
}
