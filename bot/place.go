package bot

import "context"

// Place is somewhere a platform can post: a channel, a person's direct
// messages when User is set, or a message that was posted before.
type Place struct {
	Platform string
	Tenant   string // workspace or guild
	Channel  string
	User     string
	Message  string // the platform's id of a message
}

// Poster posts what nobody asked for just now. A platform is one.
type Poster interface {
	// Post sends a reply to a channel or a person.
	Post(ctx context.Context, to Place, r Reply) error
	// Correct shows a reply in the place of a message that the bot posted, and
	// says so below it; where the message cannot be changed it answers it.
	Correct(ctx context.Context, at Place, r Reply) error
}

// Permanent is an error of a Poster after which trying again is of no use: the
// channel is gone, or the bot is not let in.
type Permanent struct{ Err error }

// Error returns the text of the error inside.
func (p Permanent) Error() string { return p.Err.Error() }

// Unwrap returns the error inside.
func (p Permanent) Unwrap() error { return p.Err }
