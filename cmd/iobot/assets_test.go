package main

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fetch gets an address of the program as it is written.
func (r *running) fetch(path string) (int, http.Header, string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.public, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	req.URL.Opaque = path // not cleaned
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, body.String()
}

// imageIn is the name of the picture that a card shows. The program adds it
// when it is drawn.
func (r *running) imageIn(user, line string) string {
	r.t.Helper()
	seen := len(r.slack.Calls(""))
	texts := []string{r.ask(user, line)}
	named := regexp.MustCompile(`https://iobot\.example\.org/assets/([A-Za-z0-9._-]+\.png)`)
	var name string
	ok := eventually(r.t, func() bool {
		for _, c := range r.slack.Calls("")[seen:] {
			texts = append(texts, fmt.Sprint(c.Args))
		}
		for _, text := range texts {
			if m := named.FindStringSubmatch(text); m != nil {
				name = m[1]
			}
		}
		return name != ""
	})
	if !ok {
		r.t.Fatalf("%s shows no picture: %.500v\n%s", line, texts, r.stop())
	}
	return name
}

// TestAssets fetches what the cards show, as Slack and people do.
func TestAssets(t *testing.T) {
	h := newHospital(t, "")
	r := h.serve()
	const line = "site sternum adult"
	name := r.imageIn("DEE", line)
	status, header, body := r.fetch("/assets/" + name)
	if status != http.StatusOK || header.Get("Content-Type") != "image/png" || header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("%s: %d %v", name, status, header)
	}
	if _, err := png.Decode(strings.NewReader(body)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, path := range []string{
		"0000000000.png", "card-14kg.pdf", "..", "../iobot.yaml", "..%2fiobot.yaml", "%2e%2e/iobot.yaml", "%2e%2e%2fiobot.db", "..%5ciobot.db", "/etc/passwd",
	} {
		status, header, body := r.fetch("/assets/" + path)
		if status == http.StatusTemporaryRedirect { // to what it means
			status, _, body = r.fetch(header.Get("Location"))
		}
		if status != http.StatusNotFound || strings.Contains(body, "signing_secrets") || strings.Contains(body, "SQLite") {
			t.Errorf("/assets/%s: %d %.100s", path, status, body)
		}
	}
	if _, _, body := r.fetch("/assets/0000000000.png"); !strings.Contains(body, ". ") && !strings.HasSuffix(strings.TrimSpace(body), ".") {
		t.Errorf("an unknown name: %q is no sentence", body)
	}
	r.checkCard()
	h.ask("slack:T0001/ANN", "admin withdraw site/sternum because the maker recalls it")
	if !eventually(t, func() bool { return strings.Contains(r.ask("DEE", line), "withdrawn") }) {
		t.Fatal("the withdrawal is not live")
	}
	r.stop()
}

// checkCard fetches a bedside card by the address in the reply.
func (r *running) checkCard() {
	r.t.Helper()
	card := r.ask("DEE", "card 14 kg child")
	m := regexp.MustCompile(`https://iobot\.example\.org(/assets/card-[^"]+\.pdf)`).FindStringSubmatch(card)
	if m == nil {
		r.t.Fatalf("no address of a card in %s", card)
	}
	status, header, body := r.fetch(m[1])
	if status != http.StatusOK || header.Get("Content-Type") != "application/pdf" || header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(body, "%PDF-") {
		r.t.Errorf("%s: %d %v %.20q", m[1], status, header, body)
	}
}

// TestPictureFollowsItsEntry changes a figure of a bone in the folder: its
// picture has another name then, and the old name is found for those who read
// the answer of a moment ago.
func TestPictureFollowsItsEntry(t *testing.T) {
	h := newHospital(t, "knowledge: {dir: content}\n")
	h.run("kb", "init", "content")
	r := h.serve()
	const line = "site proximal tibia adult"
	before := r.imageIn("DEE", line)
	h.change("content/sites/proximal-tibia.yaml", "about 2 cm medial to the tibial tuberosity", "about 2.5 cm medial to the tibial tuberosity")
	h.change("content/sites/proximal-tibia.yaml", "medial, distance: 2 cm", "medial, distance: 2.5 cm")
	var after string
	if !eventually(t, func() bool { after = r.imageIn("DEE", line); return after != before }) {
		t.Fatalf("the picture is still %s", before)
	}
	for _, name := range []string{before, after} {
		if status, _, body := r.fetch("/assets/" + name); status != http.StatusOK || !strings.HasPrefix(body, "\x89PNG") {
			t.Errorf("%s: %d", name, status)
		}
	}
	r.stop()
}

// TestSave has a card written into a folder.
func TestSave(t *testing.T) {
	h := newHospital(t, "")
	h.run("ask", "--save", "out", "card", "14", "kg", "child")
	h.run("ask", "--save", "out", "site", "sternum", "adult")
	for pattern, begins := range map[string]string{"card-*.pdf": "%PDF-", "card-*.png": "\x89PNG", "[^c]*.png": "\x89PNG"} {
		files, err := filepath.Glob(h.path("out/" + pattern))
		if err != nil || len(files) == 0 {
			t.Errorf("no %s: %v", pattern, err)
		}
		for _, f := range files {
			if text, err := os.ReadFile(f); err != nil || !strings.HasPrefix(string(text), begins) {
				t.Errorf("%s: %v", f, err)
			}
		}
	}
}
