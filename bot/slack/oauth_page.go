package slack

import (
	"io"
	"net/http"
)

// page is what a browser shows at the end. Every page is the same for
// everybody: nothing that came with the request is in it.
type page int

const (
	pageInstalled page = iota
	pageDenied
	pageStale
	pageRefused
	pageBusy
	pageFailed
)

func (p page) content() (status int, title, text string) {
	const nothing = "Nothing was installed"
	switch p {
	case pageInstalled:
		return http.StatusOK, "iobot is installed", "Open Slack and type /io to begin. You can close this page."
	case pageDenied:
		return http.StatusForbidden, nothing,
			"Slack says that nobody agreed to it. Open the install address again to start over."
	case pageStale:
		return http.StatusBadRequest, "This link cannot be used", "It is older than ten minutes, was used before, " +
			"or was opened in another browser. Open the install address again to start over."
	case pageRefused:
		return http.StatusBadRequest, nothing,
			"Slack did not accept the request. Open the install address again to start over."
	case pageBusy:
		return http.StatusServiceUnavailable, nothing, "Too many are trying at once. Open the install address again in a minute."
	}
	return http.StatusBadGateway, nothing,
		"Something went wrong on the way to Slack or here. Open the install address again in a minute."
}

func (p page) write(w http.ResponseWriter) {
	status, title, text := p.content()
	protect(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `<!doctype html><html lang="en"><meta charset="utf-8">`+ // the browser may have gone
		`<meta name="viewport" content="width=device-width"><title>`+title+`</title><h1>`+title+`</h1><p>`+text+`</p></html>`+"\n")
}

// protect keeps an address that holds a code, and a page, to this browser.
func protect(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
}
