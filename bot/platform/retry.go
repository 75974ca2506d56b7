package platform

import (
	"errors"
	"net"
	"net/http"
)

// Again returns a copy of a request with its body from the start, so that it
// can be changed and sent more than once.
func Again(req *http.Request) (*http.Request, error) {
	again := req.Clone(req.Context())
	if req.GetBody == nil {
		return again, nil
	}
	body, err := req.GetBody()
	again.Body = body
	return again, err
}

// NeverLeft reports whether err means that nothing of a call was sent, so that
// it may be made again whatever it does.
func NeverLeft(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && dial.Op == "dial"
}
