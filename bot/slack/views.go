package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// openForm opens the dose calculator. The right to open it is gone three
// seconds after the tap, so whoever does not get it is told what to type.
func (a *App) openForm(ctx context.Context, i interaction) error {
	err := a.call(ctx, i.place(), func(api *slack.Client) error {
		open := api.OpenViewContext
		if i.View.Type == "modal" {
			open = api.PushViewContext
		}
		_, err := open(ctx, i.TriggerID, OpenForm(Form{}))
		return err
	})
	if err != nil {
		return errors.Join(fmt.Errorf("open the dose calculator: %w", err), a.tell(ctx, i, NotSent("The dose calculator did not open. Slack did not take it. Type the question instead, for example: /io dose adrenaline 12 kg")))
	}
	return nil
}

// askAbout answers the text of a message, for whoever picked the shortcut on
// it and for nobody else.
func (a *App) askAbout(ctx context.Context, i interaction) error {
	i.Container.ThreadTS = i.Message.ThreadTS
	q := a.requestOf(i, spoken(i.Message.Text, ""))
	reply, card := a.ask(ctx, q, personal(q.Tenant, q.Channel, q.User), i.audience())
	return a.tellReply(ctx, i, reply, card)
}

// options completes what is being typed into a menu of the form.
func (a *App) options(i interaction) OptionList {
	switch i.ActionID {
	case DrugField:
		return Options(a.config.Drugs(i.Value))
	case UseField:
		return Options(a.config.Uses(i.View.values()[DrugField], i.Value))
	}
	return Options(nil)
}

// submitted answers a submitted view inside the response.
func (a *App) submitted(ctx context.Context, i interaction) (any, error) {
	values := i.View.values()
	switch i.View.Callback {
	case FormView:
		form := ReadForm(values)
		if wrong := form.Mistakes(); wrong != nil {
			return Mistaken(wrong), nil
		}
		return a.calculate(ctx, i, form.Line(), DrugField), nil
	case ChoiceView:
		if line, ok := Chosen(i.View.Metadata, values[ChoiceField]); ok {
			return a.calculate(ctx, i, line, ChoiceField), nil
		}
	case FillView:
		return a.sentIn(ctx, i)
	case ShareView:
		return a.shareView(i)
	}
	return outdatedView(), nil
}

// calculate answers the command line of a view. What is wrong with the moment
// and not with the line stands beside the field.
func (a *App) calculate(ctx context.Context, i interaction, line, field string) any {
	reply, ok := a.answer(ctx, a.requestOf(i, line))
	if !ok {
		return Mistaken(map[string]string{field: "Too many questions at once; nothing was looked up. Try again in a minute, or use your local protocol."})
	}
	return Submitted(reply, line, field)
}

// shareView shows the reply in a view to the channel that was picked in it,
// once.
func (a *App) shareView(i interaction) (any, error) {
	if a.acts(i.View.Metadata) {
		return outdatedView(), nil
	}
	if len(i.ResponseURLs) == 0 {
		return Mistaken(map[string]string{ChannelField: "Pick a channel."}), nil
	}
	once := "share/" + i.team() + "/" + i.View.ID
	if !a.seen.First(once, a.config.Now()) {
		return closeViews(), nil
	}
	i.ResponseURL, i.Channel.ID = i.ResponseURLs[0].URL, i.ResponseURLs[0].Channel
	if !a.jobs.Start(func(ctx context.Context) error { return a.shareFromView(ctx, i) }) {
		a.seen.Forget(once)
		return nil, errFull
	}
	return closeViews(), nil
}

// shareFromView posts to the channel. There is no card left to say on what
// went wrong, so a failure goes to the direct messages of whoever shared.
func (a *App) shareFromView(ctx context.Context, i interaction) error {
	reply, ok := a.answer(ctx, anew(a.requestOf(i, i.View.Metadata)))
	if !ok {
		reply = busy(i.View.Metadata)
	}
	if reply.Outcome == bot.Answer && !reply.Private {
		_, err := a.publish(ctx, i, reply)
		if err == nil {
			return nil
		}
		return errors.Join(err, a.toOwn(ctx, i, NotSent("The answer may not have been shared. Slack did not confirm it. Look at the channel before you share it again.")))
	}
	return a.toOwn(ctx, i, Render(reply, Card{Line: i.View.Metadata, Audience: Open}))
}

// toOwn sends a message to the direct messages of whoever used a window.
func (a *App) toOwn(ctx context.Context, i interaction, m Message) error {
	_, err := a.post(ctx, i.place(), i.User.ID, "", m)
	return err
}

// values returns what was entered, by field.
func (v viewIn) values() map[string]string {
	all := map[string]string{}
	for field, inputs := range v.State.Values {
		for _, in := range inputs {
			all[field] = in.Value
			if in.Selected.Value != "" {
				all[field] = in.Selected.Value
			}
		}
	}
	return all
}

// closeViews answers a submitted view by closing all windows of the bot.
func closeViews() any { return slack.NewClearViewSubmissionResponse() }

// outdatedView answers a submitted view of another version of the program.
func outdatedView() any {
	view := ResultView(bot.Reply{
		Outcome: bot.Refused,
		Title:   "This window is outdated",
		Blocks:  []bot.Block{bot.Lead{Text: "It comes from an earlier version. Close it and open it again, or type for example: /io dose adrenaline 12 kg"}},
	}, Card{})
	return slack.NewUpdateViewSubmissionResponse(&view)
}
