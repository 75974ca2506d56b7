package slack

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"iobot/bot"
)

func cite(s bot.Source) string {
	if s.Year == "" || strings.Contains(s.Citation, s.Year) {
		return s.Citation
	}
	return s.Citation + ", " + s.Year
}

// sources returns what stands under every part: the first sources in full
// and the keys of the others, which the last part holds in full. Answers rest
// on up to fifty documents; a phone shows three.
func (f *flow) sources(list []bot.Source) []piece {
	all := flow{group: f.group}
	for _, s := range list {
		all.add(piece{kind: source, label: orDash(s.Key), text: orDash(cite(s)), link: checked(s.URL)})
	}
	shown, bytes := 0, 0
	for shown < min(len(all.pieces), maxSources) && bytes+all.pieces[shown].bytes() <= sourceBytes {
		bytes += all.pieces[shown].bytes()
		shown++
	}
	first, rest := all.pieces[:shown:shown], all.pieces[shown:]
	if len(rest) == 0 {
		return first
	}
	f.group++
	f.add(piece{kind: heading, text: "More sources", fresh: true})
	f.pieces = append(f.pieces, rest...)
	return append(first, piece{kind: source, text: others(rest)})
}

// others names the sources of another part.
func others(rest []piece) string {
	text := fmt.Sprintf("and %d more under Sources", len(rest))
	for i, p := range rest {
		between := ", "
		if i == 0 {
			between = ": "
		}
		if utf8.RuneCountInString(text+between+p.label) > maxKeys {
			return text + " …"
		}
		text += between + p.label
	}
	return text
}

// sourceLines is the only text in which Slack reads markup of ours: a link
// from the key of a source to its document.
func sourceLines(run []piece) string {
	lines := make([]string, len(run))
	for i, p := range run {
		lines[i] = sourceLine(p)
	}
	return strings.Join(lines, "\n")
}

func sourceLine(p piece) string {
	if p.label == "" {
		return literal(p.text)
	}
	key := strings.ReplaceAll(literal(p.label), "|", "¦")
	if p.link == "" {
		return "[" + key + "] " + literal(p.text)
	}
	return "[<" + strings.ReplaceAll(p.link, "&", "&amp;") + "|" + key + ">] " + literal(p.text)
}

// address is a plain https address: no name of a user, no character that
// could end a link or begin other markup in the name of the host.
var address = regexp.MustCompile("^https://[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(:[0-9]{1,5})?([/?#][!-~]*)?$")

// checked returns the address of a source when it can be a link, and nothing
// otherwise.
func checked(link string) string {
	if len(link) > maxLink || strings.ContainsAny(link, "<>|\"\\^`{}") || !address.MatchString(link) {
		return ""
	}
	return link
}
