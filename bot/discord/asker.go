package discord

import (
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// user is who did it: a member of a server, or somebody elsewhere.
func (i interaction) user() string {
	if i.Member.User.ID != "" {
		return i.Member.User.ID
	}
	return i.User.ID
}

// direct reports whether nobody but the asker and the bot sees the place.
func (i interaction) direct() bool {
	return i.Guild == "" && (i.Context == nil || discordgo.InteractionContextType(*i.Context) == discordgo.InteractionContextBotDM)
}

// server is the server whose people the asker belongs to; empty where that is
// not sure: outside of servers, and where a person, not the server, has
// installed the bot. Rights are given to a person in a server.
func (i interaction) server() string {
	if _, byServer := i.Owners["0"]; !byServer || i.Member.User.ID == "" {
		return ""
	}
	return i.Guild
}

// useExternalApps is the permission without which Discord shows the answers of
// a bot that a person, not the server, has installed to that person alone.
const useExternalApps = 1 << 50

// shareable reports whether Discord would let others see an answer here.
func (i interaction) shareable() bool {
	if i.direct() {
		return false
	}
	_, byServer := i.Owners["0"]
	if i.Guild == "" || byServer || len(i.Owners) == 0 {
		return true
	}
	held, err := strconv.ParseUint(i.Member.Permissions, 10, 64)
	return err == nil && held&useExternalApps != 0
}

// attachFiles is the permission to send files, administrator the one that
// holds all others.
const (
	administrator = 1 << 3
	attachFiles   = 1 << 15
)

// attaches reports whether the bot may send files here.
func (i interaction) attaches() bool {
	if i.Permissions == "" {
		return true
	}
	held, err := strconv.ParseUint(i.Permissions, 10, 64)
	return err == nil && held&(attachFiles|administrator) != 0
}

// largest is the size in bytes of the largest file that can be sent here.
func (i interaction) largest() int {
	if i.FileLimit <= 0 {
		return defaultFile
	}
	return i.FileLimit
}

// hidden reports whether the message that was tapped is the tapper's alone.
func (i interaction) hidden() bool { return i.Message.Flags&discordgo.MessageFlagsEphemeral != 0 }
