package slack

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"iobot/bot"
)

const (
	inlineWait = 1900 * time.Millisecond // of the three seconds that Slack waits for the answer to a window
	notThere   = 500 * time.Millisecond
)

// sentIn answers a form that was filled in. It is done once, however often
// Slack sends it.
func (a *App) sentIn(ctx context.Context, i interaction) (any, error) {
	f, ok := readFilling(i.View.Metadata)
	if !ok {
		return outdatedView(), nil
	}
	q := a.requestOf(i, f.Line)
	q.Channel = f.Channel
	q.Values, _ = i.View.filled()
	state, err := json.Marshal(q.Values)
	if err != nil {
		return nil, fmt.Errorf("read a form: %w", err)
	}
	return a.single(ctx, "form/"+i.View.ID+"/"+i.TriggerID+"/"+string(state), func() (any, error) {
		return a.submitOnce(ctx, i, q)
	})
}

// firstField is the block of the first field of a window.
func (v viewIn) firstField() string {
	for _, b := range v.Blocks {
		if _, ok := v.State.Values[b.ID]; ok {
			return b.ID
		}
	}
	for id := range v.State.Values {
		return id
	}
	return ""
}

// afterForm answers a form inside the response. What is wrong with a field
// stands beside it, the result takes the form's place, and anything else lies
// on top, so that what was typed is there when it is closed.
func (a *App) afterForm(ctx context.Context, i interaction, q bot.Request, r bot.Reply) any {
	if r.Form != nil {
		if wrong, ok := beside(r, i.View); ok {
			return Mistaken(wrong)
		}
		view, err := fillView(r, q.Channel)
		if err == nil {
			return slack.NewUpdateViewSubmissionResponse(&view)
		}
		r = noted(r, formProblem(err))
	}
	view := ResultView(r, a.cardOf(ctx, q, r, Private))
	if r.Outcome == bot.Answer && r.Form == nil {
		return slack.NewUpdateViewSubmissionResponse(&view)
	}
	if text, ok := mistake(r); ok && i.View.firstField() != "" {
		return Mistaken(map[string]string{i.View.firstField(): text})
	}
	view.Close = plainText("Back")
	return slack.NewPushViewSubmissionResponse(&view)
}

// beside returns what is wrong with the fields of a window by their blocks;
// false when the form says more than can stand beside them.
func beside(r bot.Reply, v viewIn) (map[string]string, bool) {
	_, blocks := v.filled()
	wrong := map[string]string{}
	for _, field := range r.Form.Fields {
		block, there := blocks[field.Name]
		if !there || utf8.RuneCountInString(field.Problem) > maxMistake {
			return nil, false
		}
		if text := line(field.Problem); text != "" {
			wrong[block] = text
		}
	}
	for _, b := range r.Blocks {
		switch b.(type) {
		case bot.Lead, bot.Note:
			// says that there is something to mend
		default:
			return nil, false
		}
	}
	return wrong, len(wrong) > 0
}

// submitOnce has a form worked on and answers it inside the response when that
// is ready by then, and otherwise in a window on top of the form, which first
// says that it is being worked on.
func (a *App) submitOnce(ctx context.Context, i interaction, q bot.Request) (any, error) {
	ready, name := make(chan bot.Reply), rand.Text()
	given, stop := context.WithCancel(ctx) // ends when nobody takes the reply any more
	defer stop()
	started := a.jobs.Start(func(ctx context.Context) error {
		ctx, cancel := patient(ctx)
		defer cancel()
		reply, ok := a.answer(ctx, q)
		if !ok {
			reply = busyForm()
		}
		select {
		case ready <- reply:
			return nil
		case <-given.Done():
			return a.showLate(ctx, i, q, reply, name)
		}
	})
	if !started {
		return nil, errFull
	}
	over := make(chan error, 1)
	go func() { over <- a.config.wait(given, inlineWait) }()
	select {
	case reply := <-ready:
		return a.afterForm(ctx, i, q, reply), nil
	case <-over:
	}
	view := ResultView(working(), Card{Audience: Open})
	view.ExternalID = name
	return slack.NewPushViewSubmissionResponse(&view), nil
}
