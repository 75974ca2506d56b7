package discord

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

func registration(f *fake) Registration {
	return Registration{APIURL: f.URL + "/", ApplicationID: "9001", Token: "bot-token", Commands: commandTable()}
}

// methods are the calls to a route, such as "GET PUT".
func methods(calls []call, suffix string) string {
	var list []string
	for _, c := range calls {
		if strings.HasSuffix(c.path, suffix) {
			list = append(list, c.method)
		}
	}
	return strings.Join(list, " ")
}

func TestCommandsGolden(t *testing.T) {
	judge(t, "commands", golden(t, "commands", Commands(commandTable())))
}

func TestRegistration(t *testing.T) {
	const global = "/applications/9001/commands"
	f := newFake(t)
	steps := []struct {
		name   string
		change func(*Registration)
		want   string // the calls, together with those of the steps before
		says   string
	}{
		{"dry run on nothing", func(r *Registration) { r.DryRun = true }, "GET", "add io"},
		{"first", func(*Registration) {}, "GET GET PUT", "add Ask iobot (type 3)"},
		{"nothing differs", func(*Registration) {}, "GET GET PUT GET", ""},
		{"one word differs", func(r *Registration) { r.Commands[0].Summary = "new" }, "GET GET PUT GET GET PUT", `change io options 1 description: "exact dose" becomes "new"`},
		{"clear", func(r *Registration) { r.Clear = true }, "GET GET PUT GET GET PUT GET PUT", "remove io"},
		{"clear again", func(r *Registration) { r.Clear = true }, "GET GET PUT GET GET PUT GET PUT GET", ""},
	}
	for _, s := range steps {
		r := registration(f)
		s.change(&r)
		changes, err := r.Run(context.Background())
		if err != nil {
			t.Fatal(s.name, err)
		}
		if got := strings.Join(changes, "\n"); (s.says == "") != (got == "") || !strings.Contains(got, s.says) {
			t.Errorf("%s: says %q", s.name, got)
		}
		if got := methods(f.seen(), global); got != s.want {
			t.Errorf("%s: calls %s, want %s", s.name, got, s.want)
		}
	}
	if f.commands != "[]" {
		t.Errorf("after clearing there is %s", f.commands)
	}
}

func TestRegistrationInOneServer(t *testing.T) {
	f := newFake(t)
	r := registration(f)
	r.Guild = "77"
	if _, err := r.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, c := range f.seen() {
		if !strings.HasSuffix(c.path, "/applications/9001/guilds/77/commands") || c.header.Get("Authorization") != "Bot bot-token" {
			t.Errorf("%s %s %v", c.method, c.path, c.header)
		}
	}
}

func TestRegistrationFails(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusBadRequest} {
		f := newFake(t)
		f.fail = []int{status}
		_, err := registration(f).Run(context.Background())
		if err == nil || strings.Contains(err.Error(), "bot-token") || methods(f.seen(), "/commands") != "GET" {
			t.Errorf("%d: %v, calls %s", status, err, methods(f.seen(), "/commands"))
		}
	}
	for name, change := range map[string]func(*Registration){
		"no token":  func(r *Registration) { r.Token = "" },
		"no id":     func(r *Registration) { r.ApplicationID = "x/y" },
		"no server": func(r *Registration) { r.APIURL = "http://127.0.0.1:1/" },
	} {
		r := registration(newFake(t))
		change(&r)
		if _, err := r.Run(context.Background()); err == nil || strings.Contains(err.Error(), "bot-token") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
