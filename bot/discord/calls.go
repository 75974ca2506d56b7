package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// Discord's codes for a call that it did not do.
const (
	unknownChannel  = 10003
	unknownMessage  = 10008
	alreadyAnswered = 40060
	missingAccess   = 50001
)

// isRefusal reports whether Discord answered a call with one of some codes.
func isRefusal(err error, codes ...int) bool {
	var r refusal
	return errors.As(err, &r) && slices.Contains(codes, r.code)
}

// hopeless reports whether Discord looked at a call and will not do it, however
// often it is asked.
func hopeless(err error) bool {
	var r refusal
	return errors.As(err, &r) && slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusRequestEntityTooLarge}, r.status)
}

func notFound(err error) bool {
	var r refusal
	return errors.As(err, &r) && r.status == http.StatusNotFound
}

// answer sends the answer to an interaction. One that Discord has already is
// no error.
func (a *api) answer(ctx context.Context, r response) error {
	_, err := a.send(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(r.id, r.token), r, r.uploads())
	if isRefusal(err, alreadyAnswered) {
		return nil
	}
	return err
}

// followUp sends a further message under the token of an interaction, and
// returns where it stands.
func (a *api) followUp(ctx context.Context, token string, m message) (posted, error) {
	return a.under(ctx, http.MethodPost, discordgo.EndpointWebhookToken(a.app, token)+"?wait=true", m)
}

// editOriginal replaces the first answer under the token of an interaction.
func (a *api) editOriginal(ctx context.Context, token string, m message) error {
	_, err := a.under(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(a.app, token, "@original"), m.edit())
	return err
}

// create posts a message to a channel. Where the bot may not answer a message,
// or may not look back at it, the message stands on its own.
func (a *api) create(ctx context.Context, channel string, m message) (posted, error) {
	p, err := a.post(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), m)
	if m.Reference == nil || !hopeless(err) || isRefusal(err, unknownChannel, missingAccess) {
		return p, err
	}
	m.Reference = nil
	return a.post(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), m)
}

// under sends a message under the token of an interaction. The token counts
// only once Discord has taken the first answer, so a refusal as unknown is
// tried again.
func (a *api) under(ctx context.Context, method, address string, m message) (posted, error) {
	for try := 1; ; try++ {
		p, err := a.post(ctx, method, address, m)
		if !notFound(err) || try == maxTries {
			return p, err
		}
		if err := a.wait(ctx, serverPause); err != nil {
			return posted{}, err
		}
	}
}

// posted is a message of ours as Discord gives it back.
type posted struct {
	ID      string `json:"id"`
	Channel string `json:"channel_id"`
}

// post sends or replaces a message. What Discord does not take with its files
// is sent without them.
func (a *api) post(ctx context.Context, method, address string, m message) (posted, error) {
	text, err := a.send(ctx, method, address, m, m.uploads)
	if len(m.uploads) > 0 && hopeless(err) && !notFound(err) {
		m = m.plain()
		text, err = a.send(ctx, method, address, m, nil)
	}
	if err != nil {
		return posted{}, err
	}
	var p posted
	_ = json.Unmarshal(text, &p) // it was taken, wherever it stands
	return p, nil
}
