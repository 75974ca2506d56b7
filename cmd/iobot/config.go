package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"iobot/bot/store"
)

// config is the settings file. Every key has a default; an unknown key is a
// mistake.
type config struct {
	Listen      string          `yaml:"listen"`
	AdminListen string          `yaml:"admin_listen"`
	State       string          `yaml:"state"`
	Pictures    string          `yaml:"pictures"`
	Knowledge   knowledgeConfig `yaml:"knowledge"`
	Slack       slackConfig     `yaml:"slack"`
	Discord     discordConfig   `yaml:"discord"`
	People      []person        `yaml:"people"`
}

type knowledgeConfig struct {
	Dir        string   `yaml:"dir"`
	DoseMode   string   `yaml:"dose_mode"`
	Guidelines []string `yaml:"guidelines"`
}

type slackConfig struct {
	Mode           string   `yaml:"mode"`
	APIURL         string   `yaml:"api_url"`
	SigningSecrets []secret `yaml:"signing_secrets"`
	BotToken       secret   `yaml:"bot_token"`
	AppToken       secret   `yaml:"app_token"`

	ClientID     string   `yaml:"client_id"`
	ClientSecret secret   `yaml:"client_secret"`
	TokenKeys    []secret `yaml:"token_keys"`
	PublicURL    string   `yaml:"public_url"`

	UserPerMinute      int `yaml:"user_per_minute"`
	WorkspacePerMinute int `yaml:"workspace_per_minute"`
}

type discordConfig struct {
	Mode          string `yaml:"mode"`
	APIURL        string `yaml:"api_url"`
	ApplicationID string `yaml:"application_id"`
	PublicKey     string `yaml:"public_key"`
	BotToken      secret `yaml:"bot_token"`
	DevGuild      string `yaml:"dev_guild"`

	Education     []string `yaml:"education"`
	UserPerMinute int      `yaml:"user_per_minute"`
}

// person is somebody who may change the knowledge, under all their accounts.
type person struct {
	Name     string   `yaml:"name"`
	Accounts []string `yaml:"accounts"`
	Roles    []string `yaml:"roles"`
}

// multiplies reports whether doses are calculated.
func (c config) multiplies() bool { return c.Knowledge.DoseMode == "calculate" }

// secret is a reference to a secret, env:NAME or file:PATH. It never holds
// the secret itself and prints as [redacted].
type secret string

// MarshalYAML keeps even the reference out of what is printed.
func (s secret) MarshalYAML() (any, error) { return s.String(), nil }

// String returns [redacted], or nothing for an empty reference.
func (s secret) String() string {
	if s == "" {
		return ""
	}
	return "[redacted]"
}

// defaults returns the settings of an empty file; config.example.yaml equals
// them.
func defaults() config {
	return config{
		Listen:      "127.0.0.1:8080",
		AdminListen: "127.0.0.1:9090",
		State:       "sqlite:iobot.db",
		Pictures:    "on",
		Knowledge:   knowledgeConfig{DoseMode: "calculate", Guidelines: []string{"AHA", "ERC", "RCUK"}},
		Slack: slackConfig{
			Mode: "off", APIURL: "https://slack.com/api/",
			SigningSecrets: []secret{"env:SLACK_SIGNING_SECRET"},
			BotToken:       "env:SLACK_BOT_TOKEN", AppToken: "env:SLACK_APP_TOKEN",
			ClientSecret: "env:SLACK_CLIENT_SECRET", TokenKeys: []secret{"env:IOBOT_TOKEN_KEY"},
			UserPerMinute: 60, WorkspacePerMinute: 6000,
		},
		Discord: discordConfig{
			Mode: "off", APIURL: "https://discord.com/", BotToken: "env:DISCORD_BOT_TOKEN",
			Education: []string{}, UserPerMinute: 60,
		},
		People: []person{},
	}
}

// readConfig reads and validates the settings in path; an empty path means
// the defaults. All mistakes are returned at once, each with its line.
func readConfig(path string, getenv func(string) string) (config, error) {
	c := defaults()
	if path == "" {
		return c, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return c, fmt.Errorf("read settings: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, decodeMistakes(path, err)
	}
	return c, joinMistakes(path, text, c.mistakes(getenv))
}

// decodeMistakes rewrites what the YAML decoder says into "file:line: what".
func decodeMistakes(path string, err error) error {
	var typed *yaml.TypeError
	if !errors.As(err, &typed) {
		return fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	var list []error
	for _, msg := range typed.Errors {
		line, what, _ := strings.Cut(strings.TrimPrefix(msg, "line "), ": ")
		if field, ok := strings.CutPrefix(what, "field "); ok {
			name, _, _ := strings.Cut(field, " ")
			what = name + ": no such setting. See config.example.yaml for all of them"
		}
		list = append(list, fmt.Errorf("%s:%s: %s", path, line, what))
	}
	return errors.Join(list...)
}

// mistake is one wrong value, named by its path in the file.
type mistake struct{ path, what string }

func joinMistakes(path string, text []byte, mistakes []mistake) error {
	var root yaml.Node
	_ = yaml.Unmarshal(text, &root) // decoded once already
	var list []error
	for _, m := range mistakes {
		list = append(list, fmt.Errorf("%s:%d: %s: %s", path, lineOf(&root, m.path), m.path, m.what))
	}
	return errors.Join(list...)
}

// lineOf returns the line of the deepest part of a dotted path that the file
// has, and 1 when it has none of it.
func lineOf(root *yaml.Node, path string) int {
	line, at := 1, root
	if at.Kind == yaml.DocumentNode {
		at = at.Content[0]
	}
	for key := range strings.SplitSeq(path, ".") {
		next := child(at, key)
		if next == nil {
			break
		}
		line, at = next.Line, next
	}
	return line
}

func child(at *yaml.Node, key string) *yaml.Node {
	switch at.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(at.Content); i += 2 {
			if at.Content[i].Value == key {
				return at.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		for i, item := range at.Content {
			if fmt.Sprint(i) == key {
				return item
			}
		}
	}
	return nil
}

// mistakes returns everything wrong with the settings.
func (c config) mistakes(getenv func(string) string) []mistake {
	var list []mistake
	add := func(path, what string) { list = append(list, mistake{path, what}) }
	for path, addr := range map[string]string{"listen": c.Listen, "admin_listen": c.AdminListen} {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			add(path, "write an address and a port, such as 127.0.0.1:8080")
		}
	}
	if kind, place, ok := strings.Cut(c.State, ":"); !ok || place == "" || kind != "sqlite" {
		add("state", "write sqlite:FILE")
	}
	oneOf := func(path, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			add(path, fmt.Sprintf("%q is not one of %s", value, strings.Join(allowed, ", ")))
		}
	}
	oneOf("knowledge.dose_mode", c.Knowledge.DoseMode, "calculate", "reference")
	oneOf("pictures", c.Pictures, "on", "off")
	oneOf("slack.mode", c.Slack.Mode, "off", "http", "socket")
	oneOf("discord.mode", c.Discord.Mode, "off", "http", "gateway")
	for path, n := range map[string]int{
		"slack.user_per_minute": c.Slack.UserPerMinute, "slack.workspace_per_minute": c.Slack.WorkspacePerMinute,
		"discord.user_per_minute": c.Discord.UserPerMinute,
	} {
		if n < 1 {
			add(path, "write how many questions a minute are answered, at least 1")
		}
	}
	if len(c.Knowledge.Guidelines) == 0 {
		add("knowledge.guidelines", "name at least one family, such as AHA")
	}
	for path, address := range map[string]string{"slack.api_url": c.Slack.APIURL, "discord.api_url": c.Discord.APIURL} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || !strings.HasSuffix(address, "/") {
			add(path, "write a whole address that ends in a slash")
		}
	}
	list = append(list, c.secretMistakes(getenv)...)
	list = append(list, peopleMistakes(c.People)...)
	slices.SortFunc(list, func(a, b mistake) int { return strings.Compare(a.path, b.path) })
	return list
}

// secretMistakes checks the form of every secret, and that those which are
// needed lead to something.
func (c config) secretMistakes(getenv func(string) string) []mistake {
	var list []mistake
	check := func(path string, s secret, needed bool) {
		if what := s.problem(getenv, needed); what != "" {
			list = append(list, mistake{path, what})
		}
	}
	for i, s := range c.Slack.SigningSecrets {
		check(fmt.Sprintf("slack.signing_secrets.%d", i), s, c.Slack.Mode == "http")
	}
	if c.Slack.Mode == "http" && len(c.Slack.SigningSecrets) == 0 {
		list = append(list, mistake{"slack.signing_secrets", "HTTP mode needs at least one"})
	}
	many := c.Slack.Mode != "off" && c.Slack.ClientID != ""
	if u, err := url.Parse(c.Slack.PublicURL); (many || c.Slack.PublicURL != "") &&
		(err != nil || u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "") {
		list = append(list, mistake{"slack.public_url", "write where browsers reach the bot, such as https://iobot.example.org"})
	}
	check("slack.bot_token", c.Slack.BotToken, c.Slack.Mode != "off" && !many)
	check("slack.client_secret", c.Slack.ClientSecret, many)
	for i, s := range c.Slack.TokenKeys {
		check(fmt.Sprintf("slack.token_keys.%d", i), s, many)
	}
	if many {
		list = append(list, c.Slack.manyMistakes(getenv)...)
	}
	check("slack.app_token", c.Slack.AppToken, c.Slack.Mode == "socket")
	check("discord.bot_token", c.Discord.BotToken, c.Discord.Mode == "gateway")
	if c.Discord.Mode == "off" {
		return list
	}
	if c.Discord.ApplicationID == "" {
		list = append(list, mistake{"discord.application_id", "copy it from the application's General Information page"})
	}
	if key, err := hex.DecodeString(c.Discord.PublicKey); c.Discord.Mode == "http" && (err != nil || len(key) != 32) {
		list = append(list, mistake{"discord.public_key", "copy the 64 hexadecimal digits of the application's public key"})
	}
	return list
}

// shortest is the length under which no token or secret of the platforms is
// real.
const shortest = 16

// manyMistakes checks what only many workspaces need.
func (c slackConfig) manyMistakes(getenv func(string) string) []mistake {
	var list []mistake
	if len(c.TokenKeys) == 0 {
		list = append(list, mistake{"slack.token_keys", "many workspaces need at least one"})
	}
	for i, s := range c.TokenKeys {
		if value, err := s.read(getenv); err == nil && len(value) >= 8 && len(value) < store.MinKey {
			list = append(list, mistake{fmt.Sprintf("slack.token_keys.%d", i),
				fmt.Sprintf("a key has at least %d characters; openssl rand -base64 32 prints one", store.MinKey)})
		}
	}
	return list
}

// problem says what is wrong with a reference; empty when nothing is.
func (s secret) problem(getenv func(string) string, needed bool) string {
	kind, name, _ := strings.Cut(string(s), ":")
	switch {
	case s == "" && !needed:
		return ""
	case (kind != "env" && kind != "file") || name == "":
		return "write env:NAME or file:PATH; the secret itself does not belong in this file"
	case !needed:
		return ""
	}
	value, err := s.read(getenv)
	switch {
	case err != nil:
		return err.Error()
	case len(value) < shortest:
		return "what " + kind + ":" + name + " holds is empty or too short for a secret"
	}
	return ""
}

// read returns the secret behind the reference, without the white space
// around it.
func (s secret) read(getenv func(string) string) (string, error) {
	if name, ok := strings.CutPrefix(string(s), "env:"); ok {
		return strings.TrimSpace(getenv(name)), nil
	}
	text, err := os.ReadFile(strings.TrimPrefix(string(s), "file:"))
	if err != nil {
		return "", fmt.Errorf("read secret: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

func peopleMistakes(people []person) []mistake {
	var list []mistake
	owner, named := map[string]string{}, map[string]bool{}
	for i, p := range people {
		at := fmt.Sprintf("people.%d", i)
		switch name := strings.ToLower(strings.TrimSpace(p.Name)); {
		case name == "":
			list = append(list, mistake{at + ".name", "write the person's name"})
		case named[name]:
			list = append(list, mistake{at + ".name", p.Name + " stands there twice: give one person all their accounts, or two people different names"})
		default:
			named[name] = true
		}
		for j, a := range p.Accounts {
			path := fmt.Sprintf("%s.accounts.%d", at, j)
			if !isAccount(a) {
				list = append(list, mistake{path, "write slack:WORKSPACE/USER or discord:GUILD/USER"})
			}
			if other, twice := owner[a]; twice {
				list = append(list, mistake{path, a + " already belongs to " + other})
			}
			owner[a] = p.Name
		}
		for j, r := range p.Roles {
			if r != "editor" && r != "approver" {
				list = append(list, mistake{fmt.Sprintf("%s.roles.%d", at, j), fmt.Sprintf("%q is not editor or approver", r)})
			}
		}
	}
	return list
}

func isAccount(a string) bool {
	platform, rest, _ := strings.Cut(a, ":")
	place, user, ok := strings.Cut(rest, "/")
	return (platform == "slack" || platform == "discord") && ok && place != "" && user != ""
}
