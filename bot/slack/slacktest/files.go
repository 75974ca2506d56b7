package slacktest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// files are what was uploaded.
type files struct {
	made   int
	bytes  map[string]int  // by id; present once the bytes are there
	shown  map[string]bool // completed: a message may show it
	slowly int             // messages that still come too early for a new file
}

// Outside takes the bot out of a channel.
func (s *Server) Outside(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.outside == nil {
		s.outside = map[string]bool{}
	}
	s.outside[channel] = true
}

// SlowFiles makes so many messages fail that show a new file, as Slack does
// until it has looked at the file.
func (s *Server) SlowFiles(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files.slowly = n
}

// message answers chat.postMessage and chat.update.
func (s *Server) message(method string, args map[string]any) map[string]any {
	channel, _ := args["channel"].(string)
	refused := func(code string) map[string]any { return map[string]any{"ok": false, "error": code} }
	if s.unknownFile(args["blocks"]) {
		return refused("invalid_blocks")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.outside[channel] {
		return refused("not_in_channel")
	}
	ts, _ := args["ts"].(string)
	if method == "chat.postMessage" {
		s.sent++
		ts = fmt.Sprintf("1700000000.%06d", s.sent)
		if strings.HasPrefix(channel, "U") {
			channel = "D" + channel[1:] // as Slack opens the conversation
		}
	}
	return map[string]any{"ok": true, "channel": channel, "ts": ts}
}

// file answers the two calls around an upload.
func (s *Server) file(method string, args map[string]any) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files.bytes == nil {
		s.files.bytes, s.files.shown = map[string]int{}, map[string]bool{}
	}
	if method == "files.getUploadURLExternal" {
		s.files.made++
		id := fmt.Sprint("F", s.files.made)
		return map[string]any{"ok": true, "file_id": id, "upload_url": s.http.URL + "/upload/" + id}
	}
	list, _ := args["files"].([]any)
	for _, f := range list {
		one, _ := f.(map[string]any)
		id, _ := one["id"].(string)
		if s.files.bytes[id] == 0 {
			return map[string]any{"ok": false, "error": "file_not_found"}
		}
		s.files.shown[id] = true
	}
	return map[string]any{"ok": true, "files": list}
}

// upload takes the bytes of a file, as they are.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil || len(data) == 0 {
		http.Error(w, "no bytes", http.StatusBadRequest)
		return
	}
	id := r.PathValue("id")
	fault := s.fault("upload")
	s.record(Call{Method: "upload", Token: r.Header.Get("Authorization"), Path: r.URL.Path, Args: map[string]any{
		"id": id, "bytes": len(data), "type": r.Header.Get("Content-Type"), "length": r.ContentLength,
	}})
	if fault.apply(w, r) {
		return
	}
	s.mu.Lock()
	s.files.bytes[id] = len(data)
	s.mu.Unlock()
	_, _ = io.WriteString(w, "OK")
}

// unknownFile reports whether a message shows a file that is not there yet.
func (s *Server) unknownFile(blocks any) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, _ := blocks.([]any)
	for _, b := range list {
		block, _ := b.(map[string]any)
		file, ok := block["slack_file"].(map[string]any)
		if !ok {
			continue
		}
		if s.files.slowly > 0 {
			s.files.slowly--
			return true
		}
		id, _ := file["id"].(string)
		return !s.files.shown[id]
	}
	return false
}
