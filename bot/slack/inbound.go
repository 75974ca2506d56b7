package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// The types in this file hold what the bot needs of Slack's payloads and no
// more: the SDK's own refuse a whole payload for one block they do not know.

// slashCommand is somebody typing /io. HTTP sends it as a form, Socket Mode
// as JSON with the same names.
type slashCommand struct {
	Team        string `json:"team_id"`
	Enterprise  string `json:"enterprise_id"`
	Channel     string `json:"channel_id"`
	User        string `json:"user_id"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	TriggerID   string `json:"trigger_id"`
	SSLCheck    string `json:"ssl_check"` // "1": Slack only looks at the certificate
}

// interaction is a tap, a shortcut, a submitted form or a look-up of options.
type interaction struct {
	Type        string `json:"type"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	CallbackID  string `json:"callback_id"`
	ActionID    string `json:"action_id"` // of the menu that asks for options
	Value       string `json:"value"`     // what was typed into it
	Team        idIn   `json:"team"`
	Enterprise  idIn   `json:"enterprise"`
	User        struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel      idIn         `json:"channel"`
	Container    containerIn  `json:"container"`
	Message      messageIn    `json:"message"`
	Actions      []actionIn   `json:"actions"`
	View         viewIn       `json:"view"`
	ResponseURLs []responseIn `json:"response_urls"` // one for each channel picked in a submitted form
}

type (
	idIn struct {
		ID string `json:"id"`
	}
	containerIn struct {
		MessageTS string `json:"message_ts"`
		Channel   string `json:"channel_id"`
		ThreadTS  string `json:"thread_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	}
	messageIn struct {
		TS       string `json:"ts"`
		Text     string `json:"text"`
		ThreadTS string `json:"thread_ts"`
	}
	actionIn struct {
		ActionID string   `json:"action_id"`
		Value    string   `json:"value"`
		Selected optionIn `json:"selected_option"`
	}
	optionIn struct {
		Value string `json:"value"`
	}
	viewIn struct {
		ID       string    `json:"id"`
		Type     string    `json:"type"` // modal or home
		External string    `json:"external_id"`
		Hash     string    `json:"hash"`
		Callback string    `json:"callback_id"`
		Metadata string    `json:"private_metadata"`
		Blocks   []blockIn `json:"blocks"`
		State    struct {
			Values map[string]map[string]inputIn `json:"values"`
		} `json:"state"`
	}
	blockIn struct {
		Type string `json:"type"`
		ID   string `json:"block_id"`
	}
	inputIn struct {
		Value    string   `json:"value"`
		Selected optionIn `json:"selected_option"`
	}
	responseIn struct {
		Channel string `json:"channel_id"`
		URL     string `json:"response_url"`
	}
)

// outerEvent is the envelope of an event.
type outerEvent struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	ID             string          `json:"event_id"`
	Team           string          `json:"team_id"`
	Enterprise     string          `json:"enterprise_id"`
	Event          json.RawMessage `json:"event"`
	External       bool            `json:"is_ext_shared_channel"` // people of another organisation are in it
	Authorizations []struct {
		Team       string `json:"team_id"`
		Enterprise string `json:"enterprise_id"`
		OrgWide    bool   `json:"is_enterprise_install"`
		User       string `json:"user_id"`
		IsBot      bool   `json:"is_bot"`
	} `json:"authorizations"` // the installs that may see the event; Slack names one
}

// innerEvent is a message, a mention or somebody opening the bot's page.
type innerEvent struct {
	Type        string `json:"type"`
	Subtype     string `json:"subtype"`
	User        string `json:"user"`
	UserTeam    string `json:"user_team"`   // of the user, in a channel that workspaces share
	SourceTeam  string `json:"source_team"` // where it was written, likewise
	Bot         string `json:"bot_id"`
	Text        string `json:"text"`
	TS          string `json:"ts"`
	ThreadTS    string `json:"thread_ts"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	Tab         string `json:"tab"`
	View        viewIn `json:"view"`
	Tokens      struct {
		Bot []string `json:"bot"` // bot users whose token was revoked
	} `json:"tokens"`
}

// parseCommand reads a form. It looks at the body alone: what stands in the
// address is not signed.
func parseCommand(body []byte) (slashCommand, error) {
	form, err := parseForm(body)
	if err != nil {
		return slashCommand{}, err
	}
	return slashCommand{
		Team: form.Get("team_id"), Enterprise: form.Get("enterprise_id"),
		Channel: form.Get("channel_id"), User: form.Get("user_id"), Text: form.Get("text"),
		ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"), SSLCheck: form.Get("ssl_check"),
	}, nil
}

// parseInteraction reads the form whose one field is the JSON payload.
func parseInteraction(body []byte) (interaction, error) {
	form, err := parseForm(body)
	if err != nil {
		return interaction{}, err
	}
	if form.Get("ssl_check") == "1" {
		return interaction{Type: "ssl_check"}, nil
	}
	return decode[interaction]([]byte(form.Get("payload")))
}

// parseEvent reads an event. An inner event of a kind that the bot does not
// handle may hold anything.
func parseEvent(body []byte) (outerEvent, innerEvent, error) {
	outer, err := decode[outerEvent](body)
	if err != nil || len(outer.Event) == 0 {
		return outer, innerEvent{}, err
	}
	var inner innerEvent
	if json.Unmarshal(outer.Event, &inner) != nil {
		inner = innerEvent{} // a mistyped field; no event we know
	}
	return outer, inner, nil
}

var errAmbiguous = errors.New("a field stands there twice")

func parseForm(body []byte) (url.Values, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errors.New("parse form: not a form") // the parser's own error quotes the text
	}
	for _, values := range form {
		if len(values) > 1 {
			return nil, fmt.Errorf("parse form: %w", errAmbiguous)
		}
	}
	return form, nil
}

// decode reads JSON that leaves no doubt what it says.
func decode[T any](text []byte) (T, error) {
	var v T
	if err := unambiguous(json.NewDecoder(bytes.NewReader(text)), 0); err != nil {
		return v, err
	}
	if err := json.Unmarshal(text, &v); err != nil {
		return v, errors.New("parse JSON: a value of another type was expected")
	}
	return v, nil
}

// maxDepth is how deep a payload may nest. Slack's own stay under 20.
const maxDepth = 32

// unambiguous reads one value and refuses a key that an object has twice.
func unambiguous(dec *json.Decoder, depth int) error {
	token, err := dec.Token()
	if err != nil {
		return errors.New("parse JSON: incomplete or malformed")
	}
	open, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	if depth >= maxDepth {
		return errors.New("parse JSON: nested too deeply")
	}
	seen := map[string]bool{}
	for dec.More() {
		if open == '{' {
			key, err := dec.Token()
			name, isName := key.(string)
			if err != nil || !isName {
				return errors.New("parse JSON: malformed object")
			}
			if seen[name] {
				return fmt.Errorf("parse JSON: %w", errAmbiguous)
			}
			seen[name] = true
		}
		if err := unambiguous(dec, depth+1); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return errors.New("parse JSON: incomplete or malformed")
	}
	return nil
}
