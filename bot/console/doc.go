// Package console is the terminal platform: a chat for people, one question
// for scripts, and one JSON reply a line for programs.
//
// It turns typed lines into bot.Request values and bot.Reply values into
// text. It knows no command, no medicine and no environment: whoever calls it
// says how wide the terminal is and how it draws pictures. Start at Chat; Once
// and Batch are for scripts.
//
// # Decisions
//
//  1. A form in a chat is asked field by field (2026-11). An empty line keeps what
//     is there, and after a mistake only the fields with a problem are asked again;
//     when changing those was of no use, all are. What was typed is carried over only
//     to the same form: the next one may have fields of the same names for another
//     drug.
//  2. Leaving a form sends nothing (2026-11): "cancel", Ctrl-C, Ctrl-D and the end of
//     the input all leave it. What a field could not hold, or what is longer than may
//     be sent, is refused before it is sent, because a refused request has no form.
//  3. The up arrow in a form offers what the field holds, line by line (2026-11), so
//     that one figure in a paragraph is changed without typing the paragraph.
//  4. Once fetches the form before it sends values (2026-11), and sends all fields. A
//     field that is missing could be read as one that was emptied.
//  5. A picture comes after the text and never instead of it (2026-11). Escape
//     sequences are written to terminals only, and control characters in a reply are
//     left out, so that nobody's text commands the reader's terminal.
//  6. A picture's name is made from its content (2026-11), so one that lies in the
//     cache is not drawn again. Files are made when they are saved.
package console
