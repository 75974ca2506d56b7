package slack

import (
	"context"
	"regexp"
	"strings"
)

// event takes what happened in a workspace. The same event may come several
// times, over both transports; it has its effect once.
func (a *App) event(_ context.Context, outer outerEvent, e innerEvent) error {
	var job func(context.Context) error
	switch {
	case outer.Type != "event_callback":
		return nil
	case e.Type == "app_home_opened" && e.Tab == "home":
		job = func(ctx context.Context) error { return a.publishHome(ctx, outer.team(), e) }
	case e.isQuestion():
		job = func(ctx context.Context) error { return a.answerEvent(ctx, outer, e) }
	default:
		return nil
	}
	once := "event/" + outer.ID
	if !a.seen.first(once, a.config.Now()) {
		return nil
	}
	if !a.jobs.start(job) {
		a.seen.forget(once) // Slack will bring it again
		return errFull
	}
	return nil
}

// isQuestion reports whether somebody wrote to the bot. Bots, edits, files
// and what the bot itself writes are not questions; a mention in a direct
// message comes as a message, too.
func (e innerEvent) isQuestion() bool {
	if e.Bot != "" || e.Subtype != "" || e.User == "" || e.Channel == "" {
		return false
	}
	return e.Type == "app_mention" && !strings.HasPrefix(e.Channel, "D") ||
		e.Type == "message" && e.ChannelType == "im"
}

// answerEvent answers a mention in its thread and a direct message where it
// was written.
func (a *App) answerEvent(ctx context.Context, outer outerEvent, e innerEvent) error {
	thread := e.ThreadTS
	if thread == "" && e.Type == "app_mention" {
		thread = e.TS
	}
	own := outer.self()
	if own != "" && e.User == own {
		return nil
	}
	q := a.request(outer.team(), e.Channel, e.User, spoken(e.Text, own))
	m := a.ask(ctx, q, threaded(q.Tenant, e.Channel, thread), Open)
	return a.post(ctx, e.Channel, thread, m)
}

func (o outerEvent) team() string {
	if o.Team != "" {
		return o.Team
	}
	return o.Enterprise
}

// self is the bot's own user id, or empty.
func (o outerEvent) self() string {
	for _, auth := range o.Authorizations {
		if auth.IsBot {
			return auth.User
		}
	}
	return ""
}

var (
	mention = regexp.MustCompile(`^\s*<@[UW][A-Z0-9]+(\|[^>]*)?>`)
	markup  = regexp.MustCompile(`<(?:[^<>|]*\|([^<>]*)|([^<>]*))>`)
)

// spoken returns what somebody wrote to the bot as they saw it: without the
// mention of the bot, links as their labels, entities as characters.
func spoken(text, self string) string {
	if self != "" {
		text = strings.ReplaceAll(text, "<@"+self+">", " ")
	}
	text = mention.ReplaceAllString(text, "")
	text = markup.ReplaceAllString(text, "$1$2")
	return unescape(strings.Trim(text, " \t\r\n:,"))
}

// unescape turns the three entities that Slack writes into characters.
func unescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}
