package slacktest

import (
	"fmt"
	"maps"
)

// The app that the fake Slack knows.
const (
	ClientID     = "1234567890.1234567890"
	ClientSecret = "CANARY-client-secret-0123456789"
)

// Grant is what somebody agreed to on Slack's page.
type Grant struct {
	Team       string // workspace; empty for a whole organisation
	Enterprise string
	Scope      string // granted, with commas
	Rotates    bool   // the token expires after twelve hours
}

// grants are the codes and refresh tokens that were given out and not used.
type grants struct {
	open map[string]Grant
	made int
}

// Consent returns the code with which the browser comes back. It works once.
func (s *Server) Consent(g Grant) (code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grants.add("CANARY-code", g)
}

func (g *grants) add(prefix string, grant Grant) string {
	if g.open == nil {
		g.open = map[string]Grant{}
	}
	g.made++
	key := fmt.Sprintf("%s-%d", prefix, g.made)
	g.open[key] = grant
	return key
}

// access answers oauth.v2.access: a token for a code or a refresh token.
func (s *Server) access(args map[string]any) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	refused := func(code string) map[string]any { return map[string]any{"ok": false, "error": code} }
	if args["client_id"] != ClientID || args["client_secret"] != ClientSecret {
		return refused("bad_client_secret")
	}
	key, wrong := fmt.Sprint(args["code"]), "invalid_code"
	if args["grant_type"] == "refresh_token" {
		key, wrong = fmt.Sprint(args["refresh_token"]), "invalid_refresh_token"
	}
	g, ok := s.grants.open[key]
	if !ok {
		return refused(wrong)
	}
	delete(s.grants.open, key)
	return s.grants.token(g)
}

// token is Slack's answer that holds a new token.
func (g *grants) token(grant Grant) map[string]any {
	reply := map[string]any{
		"ok": true, "app_id": "A0001", "token_type": "bot", "scope": grant.Scope, "bot_user_id": "UBOT",
		"is_enterprise_install": grant.Team == "", "team": nil, "enterprise": nil,
		"authed_user":  map[string]any{"id": "U1"},
		"access_token": fmt.Sprintf("xoxb-CANARY-%s%s-%d", grant.Team, grant.Enterprise, g.made),
	}
	if grant.Team != "" {
		reply["team"] = map[string]any{"id": grant.Team, "name": "Ward"}
	}
	if grant.Enterprise != "" {
		reply["enterprise"] = map[string]any{"id": grant.Enterprise, "name": "Hospital"}
	}
	if grant.Rotates {
		maps.Copy(reply, map[string]any{
			"access_token":  fmt.Sprintf("xoxe.xoxb-1-CANARY-%s%s-%d", grant.Team, grant.Enterprise, g.made),
			"refresh_token": g.add("xoxe-1-CANARY", grant), "expires_in": 12 * 60 * 60,
		})
	}
	return reply
}
