package slack

// The limits below are 80 % of what Slack takes: a margin for what it counts
// differently from us. Characters are runes unless the name says bytes.
const (
	maxBlocks      = 40     // of 50 in a message
	maxBytes       = 16_000 // of the 20,000 that an acknowledgement over a socket may hold
	maxText        = 3_200  // of 4,000 characters of a message's text
	maxTitle       = 120    // of 150 characters of a header
	maxObject      = 2_400  // of 3,000 characters of a text object
	maxLabel       = 60     // of 75 characters of a button or an option
	maxOptions     = 80     // of 100 options of a menu
	maxOptionValue = 60     // of 75; some pages of Slack say 150
	maxRadios      = 8      // of 10 radio buttons
	maxMetadata    = 2_400  // of 3,000 characters of a view's private metadata
	maxLink        = 400    // of 3,000 characters; a longer address of a source is not linked
	maxAlt         = 1_600  // of 2,000 characters of a picture in words
	maxUploadAlt   = 800    // of 1,000 characters of an uploaded picture in words
)

// The limits below are Slack's own: less would cut what somebody has to type.
const (
	maxInput   = 3_000 // characters of a field
	maxValue   = 75    // characters of the value of an option
	maxHeading = 24    // characters of a window's title and of its buttons
)

// What reads well is less than what Slack takes.
const (
	readable      = 2_800 // characters of one part
	headline      = 140   // characters of a lead in bold; a longer one is a paragraph
	readableLabel = 30    // characters of a button that a phone shows
	guessable     = 120   // characters of a label whose start tells where a button leads
	fewButtons    = 5     // buttons for what to ask next before the last part
	maxSources    = 3     // sources in full under each part
	maxKeys       = 160   // characters of the keys of the other sources
	phoneColumns  = 3     // columns of a table on a phone
	phoneRow      = 42    // characters of one row of a table on a phone
	phoneRows     = 20    // rows of a table before the names of its columns are out of sight
	maxImages     = 3     // pictures under one answer
	maxFeedback   = 3     // buttons to say whether it helped
	maxSaid       = 60    // blocks above the fields of a form
)

// Shares of maxBytes. What remains is for the body of a part.
const (
	warningBytes = 2_400 // all warnings
	textBytes    = 3_000 // the text of a message
	choiceBytes  = 3_000 // buttons of choices
	footerBytes  = 700   // review state and revision
	sourceBytes  = 1_000 // sources in full under each part, addresses included
	lineBytes    = 500   // a command line in a button
	pieceBytes   = 900   // one piece
	bodyBytes    = 2_400 // what pictures leave for the body of a part, at least
)

// Bytes of JSON around a text, at most.
const (
	aroundBlock  = 90
	aroundPiece  = 150
	aroundButton = 140
	aroundItem   = 70
	aroundCell   = 40
)

// jsonBytes is how many bytes a string takes inside JSON, at most.
func jsonBytes(s string) int {
	n := 0
	for _, r := range s {
		n += runeBytes(r)
	}
	return n
}

func runeBytes(r rune) int {
	switch {
	case r == '<' || r == '>' || r == '&':
		return len(`\u003c`) // as encoding/json writes it
	case r == '"' || r == '\\' || r == '\n':
		return 2
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}
