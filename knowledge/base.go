package knowledge

// Base is one revision of everything known. It is never changed after Load.
type Base struct {
	Title       string
	Articles    []*Article // each list sorted by ID
	Drugs       []*Drug
	Sites       []*Site
	Devices     []*Device
	Sources     map[string]Source
	SiteChoice  []SiteChoice
	Situations  []Situation
	Card        *Card // nil when the folder has none
	Refusals    []Refusal
	Synonyms    [][]string // the first of each is the word the content uses
	Subject     []string   // words that name what this knowledge base is about, such as "IO"
	QuietWords  []string   // say little in any question
	Populations []Population
	Plausible   []Plausible
	Golden      []Golden
	Notices     []Notice
	Revision    string // short hash of all content
	owner       string // of entries that have none of their own
	review      Review // of entries that have none of their own
	names       names
}
