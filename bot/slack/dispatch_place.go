package slack

import (
	"strings"

	"iobot/bot"
)

// place is where the app is installed that a command was typed to. Slack lets
// only people of that place type it, so it is their own.
func (c slashCommand) place() place { return place{team: c.Team, enterprise: c.Enterprise} }

// requestOf is a request by whoever tapped.
func (a *App) requestOf(i interaction, line string) bot.Request {
	return a.request(i.team(), i.channel(), i.User.ID, line)
}

// team is the workspace of whoever tapped. In a channel that workspaces share
// that need not be the one the channel is in: the same user id is somebody
// else there.
func (i interaction) team() string {
	for _, id := range []string{i.User.Team, i.Team.ID, i.Enterprise.ID} {
		if id != "" {
			return id
		}
	}
	return ""
}

// place is where the app is installed that a tap was on.
func (i interaction) place() place {
	p := place{team: i.Team.ID, enterprise: i.Enterprise.ID}
	if p.key() == "" {
		p.team = i.User.Team
	}
	return p
}

func (i interaction) channel() string {
	if i.Channel.ID != "" {
		return i.Channel.ID
	}
	return i.Container.Channel
}

// card names the message that a button stands on, for this person.
func (i interaction) card() string {
	ts := i.Container.MessageTS
	if ts == "" {
		ts = i.ResponseURL
	}
	return strings.Join([]string{i.team(), i.channel(), ts, i.View.ID, i.View.Hash, i.User.ID}, "/")
}

// direct reports whether the tap was in a direct message with the bot.
func (i interaction) direct() bool {
	return strings.HasPrefix(i.channel(), "D") && !i.Container.Ephemeral
}

// own reports whether nobody but the tapper sees the card.
func (i interaction) own() bool { return i.Container.Ephemeral || i.direct() }

// audience is who sees the answer to a tap.
func (i interaction) audience() Audience {
	if i.direct() {
		return Open
	}
	return Private
}

func (i interaction) conversation() string {
	if i.direct() {
		return threaded(i.team(), i.channel(), i.Container.ThreadTS)
	}
	return personal(i.team(), i.channel(), i.User.ID)
}
