package slack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"iobot/bot"
)

// Transport is how Slack reaches the bot.
type Transport string

// The transports.
const (
	HTTP   Transport = "http"   // Slack calls an address on the internet
	Socket Transport = "socket" // the bot calls Slack; nothing needs to be open
)

// Install is in how many workspaces the app is installed.
type Install string

// The installs. The token of a single workspace is a setting and must not
// expire; tokens of many are kept by the bot, which renews them.
const (
	OneWorkspace   Install = "one"
	ManyWorkspaces Install = "many"
)

// ManifestConfig is what an app manifest is made from.
type ManifestConfig struct {
	Commands  []bot.Command // they make the usage hint and the description
	Transport Transport
	Install   Install
	Images    Images // uploading them needs a scope more
	Address   string // where Slack reaches the bot, "https://iobot.example.org"; used with HTTP and for many workspaces
}

// Manifest describes the app to Slack. Its fields are the project's own: the
// SDK's leave out what is false, and Slack's defaults are not all false.
type Manifest struct {
	Metadata struct {
		Major int `json:"major_version"`
		Minor int `json:"minor_version"`
	} `json:"_metadata"`
	Display  manifestDisplay  `json:"display_information"`
	Features manifestFeatures `json:"features"`
	OAuth    manifestOAuth    `json:"oauth_config"`
	Settings manifestSettings `json:"settings"`
}

type (
	manifestDisplay struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Long        string `json:"long_description"`
		Background  string `json:"background_color"`
	}
	manifestFeatures struct {
		Home      manifestHome       `json:"app_home"`
		Bot       manifestBot        `json:"bot_user"`
		Commands  []manifestCommand  `json:"slash_commands"`
		Shortcuts []manifestShortcut `json:"shortcuts"`
	}
	manifestHome struct {
		Home     bool `json:"home_tab_enabled"`
		Messages bool `json:"messages_tab_enabled"`
		ReadOnly bool `json:"messages_tab_read_only_enabled"`
	}
	manifestBot struct {
		Name   string `json:"display_name"`
		Online bool   `json:"always_online"`
	}
	manifestCommand struct {
		Command     string `json:"command"`
		URL         string `json:"url,omitempty"`
		Description string `json:"description"`
		Hint        string `json:"usage_hint"`
		Escape      bool   `json:"should_escape"`
	}
	manifestShortcut struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Callback    string `json:"callback_id"`
		Description string `json:"description"`
	}
	manifestOAuth struct {
		Redirects []string       `json:"redirect_urls,omitempty"`
		Scopes    manifestScopes `json:"scopes"`
	}
	manifestScopes struct {
		Bot []string `json:"bot"`
	}
	manifestSettings struct {
		Events        manifestEvents   `json:"event_subscriptions"`
		Interactivity manifestInteract `json:"interactivity"`
		OrgDeploy     bool             `json:"org_deploy_enabled"`
		SocketMode    bool             `json:"socket_mode_enabled"`
		TokenRotation bool             `json:"token_rotation_enabled"`
	}
	manifestEvents struct {
		URL string   `json:"request_url,omitempty"`
		Bot []string `json:"bot_events"`
	}
	manifestInteract struct {
		Enabled bool   `json:"is_enabled"`
		URL     string `json:"request_url,omitempty"`
		Options string `json:"message_menu_options_url,omitempty"` // where menus ask for their options
	}
)

// Scopes returns what the app asks for: commands and their answers, mentions,
// and its own direct messages. It reads no channel.
func Scopes() []string {
	return []string{"app_mentions:read", "chat:write", "commands", "im:history"}
}

// scopes are what the app asks for when pictures go this way.
func (i Images) scopes() []string {
	if i == ImagesUpload {
		return append(Scopes(), "files:write")
	}
	return Scopes()
}

// NewManifest makes the manifest, or says which address is missing.
func NewManifest(c ManifestConfig) (Manifest, error) {
	address := strings.TrimSuffix(c.Address, "/")
	if u, err := url.Parse(address); c.needsAddress() && (err != nil || u.Scheme != "https" || u.Host == "") {
		return Manifest{}, fmt.Errorf("make Slack manifest: the address %q must begin with https:// and name a host", c.Address)
	}
	m := Manifest{Display: display(c.Commands), Features: features(c.Commands)}
	m.Metadata.Major, m.Metadata.Minor = 2, 1
	m.OAuth.Scopes.Bot = c.Images.scopes()
	m.Settings.Events.Bot = []string{"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"}
	m.Settings.Interactivity.Enabled = true
	m.Settings.SocketMode = c.Transport == Socket
	if c.Transport == HTTP {
		m.Features.Commands[0].URL = address + "/slack/commands"
		m.Settings.Events.URL = address + "/slack/events"
		m.Settings.Interactivity.URL = address + "/slack/interactivity"
		m.Settings.Interactivity.Options = address + "/slack/interactivity"
	}
	if c.Install == ManyWorkspaces {
		m.OAuth.Redirects = []string{address + "/slack/oauth/callback"}
		m.Settings.OrgDeploy, m.Settings.TokenRotation = true, true
	}
	return m, nil
}

// needsAddress reports whether somebody has to call the bot: Slack itself, or
// the browser of an admin who installs it.
func (c ManifestConfig) needsAddress() bool {
	return c.Transport == HTTP || c.Install == ManyWorkspaces
}

// JSON is the manifest as Slack's app settings take it.
func (m Manifest) JSON() ([]byte, error) {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write Slack manifest: %w", err)
	}
	return append(text, '\n'), nil
}

// Longest texts of a manifest in characters, 80 % of Slack's.
const maxLong, maxHint = 3_200, 800

func display(commands []bot.Command) manifestDisplay {
	long := "iobot answers questions about intraosseous access for care teams: doses with their working, sites and " +
		"their landmarks, needles, and technique. Every answer names its sources and who has reviewed it. No language " +
		"model writes answers. Answers are private until somebody shares them.\n\nCommands after /io:\n"
	for _, c := range commands {
		if c.Staff || c.Hidden {
			continue
		}
		long += "- " + c.Name + ": " + c.Summary + "\n"
	}
	return manifestDisplay{
		Name:        "iobot",
		Description: "Quick, sourced answers about intraosseous access",
		Long:        clip(long+"\nReference for trained staff. Do not enter anything that identifies a patient.", maxLong),
		Background:  "#1d3557",
	}
}

func features(commands []bot.Command) manifestFeatures {
	return manifestFeatures{
		Home: manifestHome{Home: true, Messages: true, ReadOnly: false},
		Bot:  manifestBot{Name: "iobot", Online: true},
		Commands: []manifestCommand{{
			Command:     "/io",
			Description: "Ask about intraosseous access; only you see the answer",
			Hint:        hint(commands),
		}},
		Shortcuts: []manifestShortcut{
			{Name: "Ask iobot about this", Type: "message", Callback: AskMessage, Description: "Look up what a message asks; only you see the answer"},
			{Name: "Dose calculator", Type: "global", Callback: OpenCalculator, Description: "Drug, weight and age to dose and volume"},
		},
	}
}

// hint is the first example of each command.
func hint(commands []bot.Command) string {
	var parts []string
	for _, c := range commands {
		if len(c.Examples) > 0 && !c.Staff && !c.Hidden {
			parts = append(parts, c.Examples[0])
		}
	}
	return clip(strings.Join(parts, " | "), maxHint)
}
