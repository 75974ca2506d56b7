package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// rim is a chat platform as people meet it.
type rim interface {
	// types sends a command and returns what comes back, when it is finished.
	types(who, line string) *shown
	// taps taps a button, or picks from a menu, by its label.
	taps(who string, on *shown, label string) *shown
	// sends fills fields of an open form by their names, and sends it.
	sends(who string, form *shown, values map[string]string) *shown
	// channel is what the messages of the channel say now, in their order.
	channel() []string
	// formButton is the label of the button that opens a form; empty when
	// there is none.
	formButton(on *shown) string
	// close stops the program and has all payloads judged.
	close()
}

// shown is a card, or a window with a form, in front of somebody.
type shown struct {
	body map[string]any // as the platform got it
	form bool
	id   int // of the message, once something on it was tapped
}

// says is all that stands on it.
func (s *shown) says() string { return strings.Join(texts(nil, s.body), "\n") }

// texts collects all texts of a payload.
func texts(list []string, tree any) []string {
	switch t := tree.(type) {
	case string:
		return append(list, t)
	case []any:
		for _, v := range t {
			list = texts(list, v)
		}
	case map[string]any:
		for _, v := range t {
			list = texts(list, v)
		}
	}
	return list
}

// within calls f with every object of a payload, the outer ones first.
func within(tree any, f func(map[string]any)) {
	switch t := tree.(type) {
	case []any:
		for _, v := range t {
			within(v, f)
		}
	case map[string]any:
		f(t)
		for _, v := range t {
			within(v, f)
		}
	}
}

// labelled finds the button, or the option of a menu, with a label. Menu is
// what an option is in.
func labelled(tree any, label string) (found, menu map[string]any) {
	within(tree, func(part map[string]any) {
		text, _ := part["text"].(map[string]any)
		if part["label"] == label && part["custom_id"] != nil || text["text"] == label && part["action_id"] != nil {
			found, menu = part, nil
		}
		options, _ := part["options"].([]any)
		for _, o := range options {
			if option, _ := o.(map[string]any); option["label"] == label {
				found, menu = option, part
			}
		}
	})
	return found, menu
}

// TestDays plays the scripts of testdata/days on each platform, against the
// program as it serves. A script is what people do and what they see:
//
//	Kim types LINE         /io LINE
//	Kim taps LABEL         on what Kim saw last
//	Kim opens the form     where it is not open yet
//	Kim fills NAME: TEXT   and sends the form
//	= TEXT                 is on what came back
//	! TEXT                 is not
//	the channel says TEXT  in a message; it may take a moment
//	no message says TEXT   in the channel
func TestDays(t *testing.T) {
	scripts, err := filepath.Glob("testdata/days/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	rims := map[string]func(*testing.T) rim{"slack": newSlackRim, "discord": newDiscordRim}
	for _, path := range scripts {
		for name, open := range rims {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txt")+"/"+name, func(t *testing.T) {
				d := &day{t: t, rim: open(t), path: path, before: map[string]*shown{}}
				defer d.rim.close()
				d.play()
			})
		}
	}
}

// day is a script being played.
type day struct {
	t      *testing.T
	rim    rim
	path   string
	line   int
	who    string
	before map[string]*shown // what each person saw last
}

func (d *day) play() {
	file, err := os.Open(d.path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		d.line++
		if line := strings.TrimSpace(lines.Text()); line != "" && !strings.HasPrefix(line, "#") {
			d.step(line)
		}
	}
}

func (d *day) step(line string) {
	first, rest, _ := strings.Cut(line, " ")
	_, channelSays, inChannel := strings.Cut(line, "the channel says ")
	_, nowhere, absent := strings.Cut(line, "no message says ")
	switch {
	case first == "=":
		d.check(strings.Contains(d.now().says(), rest), "does not say "+rest)
	case first == "!":
		d.check(!strings.Contains(d.now().says(), rest), "says "+rest)
	case inChannel:
		d.await(channelSays)
	case absent:
		d.check(!strings.Contains(strings.Join(d.rim.channel(), "\n"), nowhere), "and the channel says "+nowhere)
	default:
		d.who = first
		verb, what, _ := strings.Cut(rest, " ")
		d.act(verb, what)
	}
}

// act is something that the person does.
func (d *day) act(verb, what string) {
	switch verb {
	case "types":
		d.see(d.rim.types(d.who, what))
	case "taps":
		d.see(d.rim.taps(d.who, d.now(), what))
	case "opens":
		d.openForm()
	case "fills":
		d.check(d.now().form, "is no form")
		values := map[string]string{}
		for field := range strings.SplitSeq(what, " | ") {
			name, text, _ := strings.Cut(field, ": ")
			values[name] = text
		}
		d.see(d.rim.sends(d.who, d.now(), values))
	default:
		d.t.Fatalf("%s:%d: nobody can do this: %s", d.path, d.line, verb)
	}
}

// openForm taps what opens the form, where there is something to tap.
func (d *day) openForm() {
	if label := d.rim.formButton(d.now()); label != "" && !d.now().form {
		d.see(d.rim.taps(d.who, d.now(), label))
	}
	d.check(d.now().form, "is no form")
}

func (d *day) now() *shown { return d.before[d.who] }

func (d *day) see(s *shown) { d.before[d.who] = s }

func (d *day) check(ok bool, problem string) {
	d.t.Helper()
	if !ok {
		d.t.Fatalf("%s:%d: what %s sees %s:\n%s", d.path, d.line, d.who, problem, d.now().says())
	}
}

// await waits until the channel says something.
func (d *day) await(text string) {
	d.t.Helper()
	said := func() bool { return strings.Contains(strings.Join(d.rim.channel(), "\n"), text) }
	if !eventually(d.t, said) {
		d.t.Fatalf("%s:%d: the channel does not say %s:\n%s", d.path, d.line, text, strings.Join(d.rim.channel(), "\n---\n"))
	}
}

// eventually waits until something is so.
func eventually(t *testing.T, so func() bool) bool {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !so() {
		select {
		case <-look.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// object reads a JSON object.
func object(t *testing.T, text string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return m
}

// judge has payloads checked by the oracle of a platform, where there is one.
func judge(t *testing.T, payloads []any, oracle ...string) {
	t.Helper()
	oracles := os.Getenv("IOBOT_ORACLES")
	if oracles == "" || len(payloads) == 0 {
		return
	}
	args := slices.Clone(oracle[1:])
	dir := t.TempDir()
	for n, p := range payloads {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, fmt.Sprintf("%03d.json", n))
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command(filepath.Join(oracles, oracle[0], "check"), args...).CombinedOutput(); err != nil {
		t.Errorf("check %v: %v\n%s", oracle, err, out)
	}
}
