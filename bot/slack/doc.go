// Package slack is iobot in Slack. It is the only package that knows
// github.com/slack-go/slack, and of this module it imports only bot and
// bot/platform. It holds no medicine and no commands: it turns what Slack sends
// into a bot.Request and a bot.Reply into what Slack shows.
//
// The package has two halves that meet in a few plain values.
//
// Rendering is pure: no clock, no network, no state. Start at Render, which
// turns a bot.Reply into a Message. ResultView is the same in a window,
// fillView a bot.Form in one, OpenForm and Submitted are the dose calculator,
// Home is the bot's own page, NewManifest describes the app to Slack, and
// card.go holds the few messages that no command writes: outdated, shared,
// sent, not sent.
//
// Receiving verifies, decodes, asks the bot and sends. Start at New and
// App.Handler. What comes back from a button goes through ParseAction; what
// comes back from a window goes through sentIn for a bot.Form, and through
// ReadForm or Chosen for the calculator. For many workspaces oauth.go installs
// the app, and tokens.go finds and renews the token of each. What nobody asked
// for just now goes through Post and Correct, poster.go.
//
// It does not know who may change the knowledge: it says which workspace and
// which user asks, and the command decides, every time.
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
// # What happens once
//
//	a command or a form that acts   acting.go, single: the same answer to the same request
//	a tap                           dispatch.go, by its trigger id; acting.go, again: a double tap
//	an event                        events.go, by its event id
//	a share                         share.go, by its card
//
// # How a picture gets there
//
//	                      ImagesURL                        ImagesUpload
//	text at once          always                           always
//	picture in the text   where Slack says that it took    where Slack says so, and the file is there
//	                      it; in an acknowledgement only
//	                      once it has taken one lately
//	picture afterwards    the card again: response_url, chat.update; beside a tapped card a message
//	it goes wrong         the text stays
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
//  13. A window holds a form, and what is wrong stands beside its field (2026-11), as long as that
//     is all there is to say. With a warning or a table the window is written anew, with what was
//     typed; a failure lies on top of it. The ids of fields change with what they hold, or Slack
//     would go on showing what they held before.
//  14. A line that acts is in no button but the one that does it (2026-11): no More, Share or Send.
//     The other parts of such a reply are kept for an hour under a key that nobody can guess.
//  15. Nothing is done for the second of two equal requests, but it gets the first one's answer
//     (2026-11): Slack shows an acknowledgement that came late and one that was lost alike.
//  16. A user is who they are in their own workspace (2026-11). In a channel that organisations
//     share, the same id from another one is somebody else, and nobody when Slack does not say.
//  17. An acknowledgement holds no picture that Slack might not load (2026-11): Slack would show
//     nothing at all, without telling us. So one is in there only for ten minutes after Slack took
//     one from the same address, and never an uploaded file, which an admin may delete.
//  18. A share is a message of the bot's own (2026-11), because one at a response_url has no id and
//     could never be corrected. Where the bot is not in the channel it still goes there, and
//     whoever shares is told that it cannot be corrected.
//  19. A private reply to a mention goes to direct messages (2026-11): the thread is everybody's.
//  20. Slow lines wait for slow lines only (2026-11), so that a long test of the knowledge keeps
//     nobody from a dose.
//  21. Feedback is asked for in messages only (2026-11): in a window the thanks would take the
//     place of the answer.
package slack
