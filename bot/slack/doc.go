// Package slack is iobot in Slack. It is the only package that knows
// github.com/slack-go/slack, and of this module it imports only bot and
// bot/platform. It holds no medicine and no commands: it turns what Slack sends
// into a bot.Request and a bot.Reply into what Slack shows.
//
// The package has two halves that meet in a few plain values.
//
// Rendering is pure: no clock, no network, no state. Start at Render, which
// turns a bot.Reply into a Message. ResultView is the same in a window,
// OpenForm and Submitted are the dose calculator, Home is the bot's own page,
// NewManifest describes the app to Slack, and card.go holds the few messages
// that no command writes: outdated, shared, sent, not sent.
//
// Receiving verifies, decodes, asks the bot and sends. Start at New and
// App.Handler. What comes back from a button goes through ParseAction; what
// comes back from a form goes through ReadForm or Chosen. For many workspaces
// oauth.go installs the app, and tokens.go finds and renews the token of each.
//
// # How a request is answered
//
//	HTTP, http.go                      Socket Mode, socket.go
//	1 verify   raw bytes, before       the connection itself is proof
//	           anything parses them
//	2 parse    own small types, inbound.go; what leaves a doubt is refused
//	3 dispatch command, interaction, event: one path for both, dispatch.go
//	4 answer   rates.go lets it in; bot.Answer; Render; inside the response or acknowledgement
//	5 send     only what cannot be inside: a job, bounded and counted, platform.Jobs;
//	           to a response_url, hook.go, or the Web API, transport.go
//
// # How a reply becomes a message
//
//	bot.Reply
//	1 withhold  warnings that cannot be shown whole: the answer is not shown either
//	2 flow      blocks become pieces; a label and its value are one piece
//	3 paginate  pieces become parts; title, warnings, first sources and footer stand in each
//	4 blocks    a part becomes title, warnings, body, buttons, sources, footer
//	5 text      the same part as one plain text, for notifications and screen readers
//
// # Decisions
//
//  1. Text is never markup (2026-11). Bodies are rich_text, titles and buttons plain_text:
//     Slack reads no markup in either. The two places where it does, the text of a message
//     and the line of a source, get literal text. The only link is a source's address, and
//     the only emoji the warning sign.
//  2. Nothing above 80 % of a limit of Slack (2026-11), limits.go. A message also stays under
//     80 % of the 20 KB that Slack takes back over a socket, so that every answer can go
//     back in the acknowledgement itself.
//  3. A part is what a person reads at once (2026-11). The rest is behind More, which asks
//     the same command line for the next part.
//  4. A button carries a command line and an id with a version, "io1:run:0" (2026-11). An id
//     of another version still says which command to type.
//  5. A table is a Slack table only when it is small enough for a phone (2026-11); otherwise,
//     and in views, each row is a paragraph in which every value stands beside its name.
//  6. Answers go back inside the response (2026-11). Nothing in the answering path calls Slack,
//     so that Slack being slow or down costs nobody an answer.
//  7. Never again what may have happened (2026-11). A call is repeated only when Slack surely did
//     not do it; a share that may have arrived is not shared again but said to be unsure.
//  8. An answer just made is given again to the same line while the same knowledge is live and the
//     hour is the same (2026-11), known.go. The identity of the knowledge is part of the key.
//  9. What somebody reads stays (2026-11). A tap adds a card and takes none away, except More,
//     Back, Share and Dismiss on a card that only the tapper sees.
//  10. A state of an install is signed, not kept (2026-11): what never comes back takes no room.
//     The key ends with the program, so whoever is on Slack's page then starts over.
//  11. One lock for each install (2026-11): a refresh token works once, so of many who need a new
//     token one gets it for all; and what is uninstalled meanwhile does not come back.
//  12. A command from where the app is not installed says so (2026-11). While that cannot be
//     found out it is answered: an answer needs no token.
package slack
