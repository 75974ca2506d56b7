package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iobot/bot/slack/slacktest"
)

// staffSettings are the people of the tests: Kim and Ann write and approve, Bo
// approves, and everybody else may ask.
const staffSettings = `
people:
  - name: Kim Lee
    accounts: ["slack:T0001/KIM", "discord:9001/7001"]
    roles: [editor, approver]
  - name: Ann Ray
    accounts: ["slack:T0001/ANN", "discord:9001/7002"]
    roles: [editor, approver]
  - name: Bo Diaz
    accounts: ["slack:T0001/BO", "discord:9001/7003"]
    roles: [approver]
`

// hospital is a folder with settings and state, in which the program runs as
// one process or several.
type hospital struct {
	t     *testing.T
	dir   string
	slack *slacktest.Server
}

// newHospital is on Slack over HTTP, with a public address for pictures, and
// lets anybody ask as often as they like. More settings may follow. Tests with
// hospitals of their own run side by side.
func newHospital(t *testing.T, more string) *hospital {
	t.Helper()
	t.Parallel()
	h := &hospital{t: t, dir: t.TempDir(), slack: slacktest.New(t)}
	slack := settings("http", h.slack.APIURL()) + "  public_url: \"https://iobot.example.org\"\n" +
		"  user_per_minute: 10000\n  workspace_per_minute: 10000\n"
	h.write("iobot.yaml", slack+staffSettings+more)
	return h
}

func (h *hospital) path(name string) string { return filepath.Join(h.dir, filepath.FromSlash(name)) }

func (h *hospital) write(name, text string) {
	h.t.Helper()
	if err := os.WriteFile(h.path(name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// change replaces a text in a file.
func (h *hospital) change(name, from, to string) {
	h.t.Helper()
	text, err := os.ReadFile(h.path(name))
	if err != nil || !strings.Contains(string(text), from) {
		h.t.Fatalf("%q is not in %s (%v)", from, name, err)
	}
	h.write(name, strings.Replace(string(text), from, to, 1))
}

// command is the program with arguments, not started yet.
func (h *hospital) command(args ...string) *exec.Cmd {
	h.t.Helper()
	path, err := built()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.CommandContext(h.t.Context(), path, args...)
	cmd.Dir = h.dir
	cmd.Env = []string{"SLACK_SIGNING_SECRET=" + canarySecret, "SLACK_BOT_TOKEN=" + canaryToken}
	return cmd
}

// run runs the program to its end and returns what it prints.
func (h *hospital) run(args ...string) string {
	h.t.Helper()
	out, err := h.command(args...).CombinedOutput()
	if err != nil {
		h.t.Fatalf("iobot %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// ask is a process of its own that asks one thing.
func (h *hospital) ask(account, line string) string {
	h.t.Helper()
	args := []string{"ask", "--config", "iobot.yaml"}
	if account != "" {
		args = append(args, "--as", account)
	}
	return h.run(append(args, line)...)
}

// serve starts the bots.
func (h *hospital) serve() *running {
	h.t.Helper()
	return h.serveBy(h.command("serve", "--config", "iobot.yaml"))
}

func (h *hospital) serveBy(cmd *exec.Cmd) *running {
	h.t.Helper()
	r := &running{t: h.t, slack: h.slack, cmd: cmd, log: make(chan string, 1)}
	return r.launch()
}

// ask asks by a slash command and returns the answer. What takes seconds is
// answered later, at the address that came with the command.
func (r *running) ask(user, line string) string {
	r.t.Helper()
	n := len(r.slack.Calls("response_url"))
	answer := r.send("/slack/commands", slacktest.Command(user, line, r.slack.Hook()))
	if strings.Contains(answer, "Working on it") {
		answer = fmt.Sprint(r.await("response_url", n+1).Args)
	}
	return answer
}

// must checks that a text holds another.
func (r *running) must(what, text, want string) {
	r.t.Helper()
	if !strings.Contains(text, want) {
		r.t.Errorf("%s: %q is not in %.1500s", what, want, text)
	}
}
