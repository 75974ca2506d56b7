package slack

import (
	"context"
	"errors"

	"iobot/bot"
)

// An App posts what nobody asked for just now.
var _ bot.Poster = (*App)(nil)

// Post sends a reply to a channel or to a person's direct messages.
func (a *App) Post(ctx context.Context, to bot.Place, r bot.Reply) error {
	at := sentAt(to).below() // a message in the place is what is answered
	if at.channel == "" {
		at = sent{channel: to.User}
	}
	_, err := a.postReply(ctx, placeOf(to.Tenant), at, r, a.openCard(ctx, r), false)
	return lasting(err)
}

// Correct shows a reply in the place of a message that the bot posted, and says
// so in its thread, which tells those who read it. Where the message cannot be
// changed the whole reply stands in the thread.
func (a *App) Correct(ctx context.Context, at bot.Place, r bot.Reply) error {
	p, old := placeOf(at.Tenant), sentAt(at)
	a.corrected.Put(p.key()+"/"+old.channel+"/"+old.ts, struct{}{}, a.config.Now())
	thread, card := old.below(), a.openCard(ctx, r)
	err := a.update(ctx, p, old, Render(r, card))
	switch {
	case err == nil:
		_, err = a.post(ctx, p, thread.channel, thread.thread, notice("This answer was corrected", r.Title+": the message above now says what is right. Do not go by what it said before."))
	case unchangeable(err):
		r.Title = "Corrected: " + r.Title
		_, err = a.postReply(ctx, p, thread, r, card, false)
	}
	return lasting(err)
}

// openCard is how a reply is shown that nobody asked for.
func (a *App) openCard(ctx context.Context, r bot.Reply) Card {
	return a.cardOf(ctx, bot.Request{Line: r.Subject}, r, Open)
}

// placeOf is where a tenant's token is for.
func placeOf(tenant string) place {
	if len(tenant) > 0 && tenant[0] == 'E' {
		return place{enterprise: tenant}
	}
	return place{team: tenant}
}

// unchangeable reports whether a message is no longer there to be changed.
func unchangeable(err error) bool {
	switch slackCode(err) {
	case "cant_update_message", "message_not_found", "edit_window_closed", "block_mismatch", "streaming_state_conflict":
		return true
	}
	return false
}

// lasting marks an error after which trying again is of no use.
func lasting(err error) error {
	switch slackCode(err) {
	case "channel_not_found", "not_in_channel", "is_archived", "account_inactive", "token_revoked", "invalid_auth",
		"not_authed", "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "missing_scope",
		"restricted_action", "restricted_action_thread_locked", "restricted_action_read_only_channel", "team_access_not_granted",
		"no_permission", "org_login_required", "ekm_access_denied", "messages_tab_disabled", "thread_not_found":
		return bot.Permanent{Err: err}
	}
	if errors.Is(err, ErrNotInstalled) {
		return bot.Permanent{Err: err}
	}
	return err
}
