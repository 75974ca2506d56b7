package slack

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"iobot/bot/slack/slacktest"
)

// rotating is an App in one workspace whose token lasts twelve hours.
func rotating(t *testing.T) (*ward, *kept) {
	w, k := newWards(t)
	g := ofWard("T0001")
	g.Rotates = true
	w.install(g)
	return w, k
}

// refreshes is how often a token was asked to be renewed.
func (w *ward) refreshes() int {
	n := 0
	for _, c := range w.calls("oauth.v2.access") {
		if c.Args["grant_type"] == "refresh_token" {
			n++
		}
	}
	return n
}

// write sends a message through the App and returns the token it went with.
func (w *ward) write() (string, error) {
	_, err := w.app.post(w.t.Context(), place{team: "T0001"}, "C1", "", Message{Text: "hello"})
	calls := w.slack.Calls("chat.postMessage")
	if err != nil || len(calls) == 0 {
		return "", err
	}
	return calls[len(calls)-1].Token, nil
}

func TestRotation(t *testing.T) {
	w, k := rotating(t)
	first := k.token("T0001")
	if got, err := w.write(); err != nil || got != first || w.refreshes() != 0 {
		t.Errorf("at first: %v, %d renewals", err, w.refreshes())
	}
	w.pass(10*time.Hour + time.Second)
	second, err := w.write()
	if err != nil || second == first || second != k.token("T0001") || w.refreshes() != 1 {
		t.Errorf("after ten hours: %v, %d renewals", err, w.refreshes())
	}
	w.pass(20 * time.Hour)
	if third, err := w.write(); err != nil || third == second || w.refreshes() != 2 {
		t.Errorf("a day later: %v, %d renewals", err, w.refreshes())
	}
	if in := k.all["T0001"]; in.Installer != "U1" || in.BotUser != "UBOT" || !in.Expires.Equal(w.now().Add(12*time.Hour)) {
		t.Errorf("renewing lost what was known: %s %s %v", in.Installer, in.BotUser, in.Expires)
	}
}

func TestRenew(t *testing.T) {
	w, _ := rotating(t)
	w.app.Renew(t.Context(), "T0001", "")
	if w.refreshes() != 0 {
		t.Error("renewed too early")
	}
	w.pass(11 * time.Hour)
	w.app.Renew(t.Context(), "T0001", "")
	w.app.Renew(t.Context(), "T0002", "") // nothing to renew
	if w.refreshes() != 1 || !strings.Contains(w.log.String(), "place=T0002") {
		t.Errorf("%d renewals, log %s", w.refreshes(), w.log)
	}
}

// TestManyAtOnce: of many who need a new token one gets it for all.
func TestManyAtOnce(t *testing.T) {
	w, _ := rotating(t)
	w.pass(13 * time.Hour)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := w.write(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	used := w.tokensUsed("chat.postMessage")
	if n := len(slices.Compact(used)); w.refreshes() != 1 || n != 1 {
		t.Errorf("%d renewals, %d tokens", w.refreshes(), n)
	}
}

// TestRenewalFails keeps the old token, and leaves Slack in peace for a
// minute.
func TestRenewalFails(t *testing.T) {
	w, k := rotating(t)
	first := k.token("T0001")
	w.pass(11 * time.Hour)
	w.slack.Fail("oauth.v2.access", slacktest.Fault{Status: http.StatusInternalServerError})
	for range 3 {
		if got, err := w.write(); err != nil || got != first {
			t.Errorf("while the old one is valid: %v", err)
		}
	}
	if k.token("T0001") != first || w.refreshes() != 1 {
		t.Errorf("%d renewals", w.refreshes())
	}
	w.pass(2 * time.Minute)
	if got, err := w.write(); err != nil || got == first {
		t.Errorf("two minutes later: %v", err)
	}
}

func TestExpiredAndNotRenewed(t *testing.T) {
	w, k := rotating(t)
	first := k.token("T0001")
	w.pass(13 * time.Hour)
	w.slack.Fail("oauth.v2.access", slacktest.Fault{Error: "invalid_refresh_token"})
	if _, err := w.write(); err == nil {
		t.Error("went with an expired token")
	}
	if _, err := w.write(); !errors.Is(err, errNotRenewed) || w.refreshes() != 1 {
		t.Errorf("at once again: %v, %d renewals", err, w.refreshes())
	}
	if k.token("T0001") != first || len(w.slack.Calls("chat.postMessage")) != 0 {
		t.Error("the old token did not stay, or was used")
	}
}

// TestSaidToHaveExpired: Slack's word goes before the clock, once.
func TestSaidToHaveExpired(t *testing.T) {
	w, k := rotating(t)
	first := k.token("T0001")
	expired := slacktest.Fault{Error: "token_expired"}
	w.slack.Fail("chat.postMessage", expired)
	if got, err := w.write(); err != nil || got == first || w.refreshes() != 1 {
		t.Errorf("%v, %d renewals", err, w.refreshes())
	}
	w.slack.Fail("chat.postMessage", expired, expired)
	if _, err := w.write(); err == nil || w.refreshes() != 2 {
		t.Errorf("twice: %v, %d renewals", err, w.refreshes())
	}
}

// TestUninstallWhileRenewing: what was uninstalled while its token was being
// renewed does not come back.
func TestUninstallWhileRenewing(t *testing.T) {
	w, k := rotating(t)
	w.pass(11 * time.Hour)
	hold := make(chan struct{})
	w.slack.Fail("oauth.v2.access", slacktest.Fault{Hold: hold})
	var both sync.WaitGroup
	both.Go(func() { w.app.Renew(t.Context(), "T0001", "") })
	if _, err := w.slack.Await(t.Context(), "oauth.v2.access", 2); err != nil {
		t.Fatal(err)
	}
	both.Go(func() {
		if err := w.app.installer.remove(t.Context(), place{team: "T0001"}); err != nil {
			t.Error(err)
		}
	})
	close(hold)
	both.Wait()
	if k.places() != "" {
		t.Error("came back")
	}
}

// TestBusyWorkspace: what Slack refuses one workspace does not hold up
// another.
func TestBusyWorkspace(t *testing.T) {
	w, _ := newWards(t)
	w.install(ofWard("T0001"))
	w.install(ofWard("T0002"))
	w.slack.Fail("chat.postMessage", slacktest.Fault{Status: http.StatusTooManyRequests, RetryAfter: "60"})
	send := func(team string) error {
		_, err := w.app.post(t.Context(), place{team: team}, "C1", "", Message{Text: "hello"})
		return err
	}
	if send("T0001") == nil || !errors.Is(send("T0001"), errCallLater) {
		t.Error("the refused one did not wait")
	}
	if err := send("T0002"); err != nil {
		t.Errorf("another: %v", err)
	}
}
