// Package console is the terminal platform: a chat for people, one question
// for scripts, and one JSON reply a line for programs.
//
// It turns typed lines into bot.Request values and bot.Reply values into
// text. It knows no command and no medicine. Start at Chat.
package console
