package slack

import (
	"context"
	"regexp"
	"strings"
)

// event takes what happened in a workspace. The same event may come several
// times, over both transports; it has its effect once.
func (a *App) event(ctx context.Context, outer outerEvent, e innerEvent) error {
	var job func(context.Context) error
	switch {
	case outer.Type != "event_callback":
		return nil
	case e.isFarewell():
		return a.uninstall(ctx, outer)
	case e.Type == "app_home_opened" && e.Tab == "home":
		job = func(ctx context.Context) error { return a.publishHome(ctx, outer, e) }
	case e.isQuestion():
		job = func(ctx context.Context) error { return a.answerEvent(ctx, outer, e) }
	default:
		return nil
	}
	once := "event/" + outer.ID
	if !a.seen.First(once, a.config.Now()) {
		return nil
	}
	if !a.jobs.Start(job) {
		a.seen.Forget(once) // Slack will bring it again
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

// isFarewell reports whether the app was uninstalled, or its token revoked,
// which comes to the same.
func (e innerEvent) isFarewell() bool {
	return e.Type == "app_uninstalled" || e.Type == "tokens_revoked" && len(e.Tokens.Bot) > 0
}

// uninstall forgets the token of a place. While that fails Slack brings the
// event again.
func (a *App) uninstall(ctx context.Context, outer outerEvent) error {
	p, once := outer.left(), "event/"+outer.ID
	if a.installer == nil || !a.seen.First(once, a.config.Now()) {
		return nil
	}
	if err := a.installer.remove(ctx, p); err != nil {
		a.seen.Forget(once)
		a.config.Log.Error("uninstall", "place", p.key(), "err", redact(err))
		return errFull
	}
	a.config.Log.Info("uninstalled", "place", p.key())
	return nil
}

// left is where the app is not installed any more: the workspace of the event,
// unless it was installed for the organisation.
func (o outerEvent) left() place {
	p := place{team: o.Team, enterprise: o.Enterprise}
	if len(o.Authorizations) > 0 && o.Authorizations[0].OrgWide {
		p = o.place()
	}
	return p
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
	q := a.request(outer.asker(e), e.Channel, e.User, spoken(e.Text, own))
	if a.slow(q.Line) {
		var cancel context.CancelFunc
		ctx, cancel = patient(ctx)
		defer cancel()
		if _, err := a.post(ctx, outer.place(), e.Channel, thread, Render(working(), Card{Audience: Open})); err != nil {
			return err
		}
	}
	reply, card := a.ask(ctx, q, threaded(q.Tenant, e.Channel, thread), Open)
	to, public := sent{channel: e.Channel, thread: thread}, e.Type == "app_mention"
	if reply.Private && public {
		to, public = sent{channel: e.User}, false // in the channel everybody would read it
	}
	_, err := a.postReply(ctx, outer.place(), to, reply, card, public)
	return err
}

// asker is the workspace of whoever wrote. In a channel that workspaces share
// it may be another than the one the app is installed in; when Slack does not
// say, it is nobody's.
func (o outerEvent) asker(e innerEvent) string {
	for _, id := range []string{e.UserTeam, e.SourceTeam} {
		if id != "" && id != o.Enterprise {
			return id
		}
	}
	if o.External && e.UserTeam+e.SourceTeam == "" {
		return ""
	}
	return o.team()
}

// place is where the app is installed that an event is for. In a channel that
// several organisations share the team of the event may be another's.
func (o outerEvent) place() place {
	if len(o.Authorizations) > 0 {
		auth := o.Authorizations[0]
		switch {
		case auth.OrgWide && auth.Enterprise != "":
			return place{enterprise: auth.Enterprise}
		case auth.Team != "":
			return place{team: auth.Team, enterprise: auth.Enterprise}
		}
	}
	return place{team: o.Team, enterprise: o.Enterprise}
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
