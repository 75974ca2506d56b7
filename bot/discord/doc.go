// Package discord is iobot in Discord. It is the only package that knows
// github.com/bwmarrin/discordgo, and of this module it imports only bot
// and bot/platform. It holds no medicine and no commands: it turns what Discord
// sends into a bot.Request and a bot.Reply into what Discord shows.
//
// The package has two halves that meet in a few plain values.
//
// Rendering is pure: no clock, no network, no state. Start at render, which
// turns a bot.Reply into a message of components; Commands writes the one
// command table down as Discord wants it registered.
//
// Receiving verifies, decodes, asks the bot and answers. Both transports, the
// HTTP endpoint and the gateway, hand the raw bytes of an interaction to
// App.receive and send back what it returns. Start at Handler. Post and Correct
// send what nobody asked for just now.
//
// # How a reply becomes a message
//
//	bot.Reply
//	1 withhold   warnings that cannot be shown whole: the answer is not shown either
//	2 flow       blocks become pieces of Markdown; what the reply says is never Markdown
//	3 paginate   pieces become pages; each page repeats title, warnings and footer
//	4 render     a page becomes one container: text, pictures, what to do next, footer
//	5 deliver    pictures that are drawn go with it, others are put into it later
//
// # How a form goes round
//
//	bot.Form
//	1 openForm   a modal; the form's line is in its ids, behind the fields' names
//	2 filled     the line and the values, as a bot.Request
//	3 render     problems as a message, with a button that opens the form again:
//	             Discord takes no form in answer to a form
//
// # Decisions
//
//  1. Two things of the SDK are used (2026-11): its types for components and commands,
//     and its plumbing for REST. Its limiter keeps every token for ever, its decoder loses
//     an interaction over one unknown component, and its websocket deadlocks, never gives
//     up on a refused token and hides close codes; transport.go, inbound.go, connection.go
//     and supervise.go take their place.
//  2. The first answer goes back inline (2026-11): over HTTP in the response, over the
//     gateway in one call. Only sharing makes another, after the answer, with the fresh
//     token of the click.
//  3. A button carries a version, a verb, a number and a command line in its custom id
//     (2026-11), and nothing is kept for it: it works after a restart and on any replica.
//     A line too long for an id goes into a menu, half in the id and half in the value.
//  4. Whatever arrives gets exactly one answer (2026-11): an id of another version, a form
//     of somebody else's, a number out of bounds each get one private sentence.
//  5. Private in servers and group messages, open in direct messages (2026-11). Sharing
//     renders the answer anew, without the words of whoever asked.
//  6. A line that acts is run for one thing: a command, a tap or a form sent (2026-11). No
//     button turns its pages or shares it, so its further pages follow as messages.
//  7. Rights belong to a person in a server (2026-11). A request names the server only when
//     the asker is a member there and the server, not a person, has installed the bot;
//     everywhere else the command for staff finds no server and denies. That Discord hides
//     the command from others is a courtesy, no check.
//  8. "/io ask admin …" is an order, "Ask iobot" on a message never is (2026-11): there the
//     words are somebody else's.
//  9. A picture never delays or costs an answer (2026-11). One that is drawn gets half of
//     the three seconds to be uploaded; after that the text goes alone.
//  10. What was typed into a form is shown again when no command got it (2026-11). Forms do
//     not count against the questions of a minute.
//  11. A form that needs all five places keeps a text of mere guidance out, and a list of
//     dangers or a warning keeps the form behind a button (2026-11).
//  12. A slow line is acknowledged with a message of its own (2026-11), also after a tap: the
//     card that was tapped stays. Only turning a page works on the card itself.
//  13. Posts are not told to Config.Posted (2026-11), only shared answers: an announcement of
//     what changed on a day stays true when it changes again.
//
// # Measured
//
// On 2 cores, with the starter knowledge where it matters (2026-11):
//
//   - 200 signed commands a second for 30 s over a local socket: p50 1.3 ms, p99 2.1 ms;
//   - a card takes 210 µs where a handler that only verifies takes 88 µs (BenchmarkInteraction);
//   - 50 autocompletes at once, program and signatures included: p99 18 ms;
//   - 20,000 interactions over a gateway whose REST takes 50 ms, 333 a second: each answered
//     once, up to 25 at the same time, 3.9 MiB more heap, no goroutine more;
//   - 1,000,000 random replies rendered without a panic, each twentieth checked whole.
package discord
