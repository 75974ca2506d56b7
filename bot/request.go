package bot

import "time"

// Request is one thing somebody asked, on any platform. It carries no name
// and no text but the command line itself.
type Request struct {
	Platform string            // "console", or the name of a chat platform
	Tenant   string            // workspace or guild; empty in a terminal
	Channel  string            // where the answer goes; empty in a terminal
	User     string            // the platform's id of the asker
	Line     string            // what was typed after "/io": "dose adrenaline 12 kg"
	Previous string            // the command line behind the previous answer of this conversation, for "and for 20 kg?"
	Values   map[string]string // what the fields of a Form were filled with; nil when none was sent
	Again    bool              // asked again by the program itself, for the same answer; not counted
	At       time.Time         // when it was asked; review dates are judged by it
}
