package bot

import (
	"bytes"
	"encoding/json"
)

// MarshalJSON writes the reply in the form that `iobot ask --json` prints.
func (r Reply) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // addresses hold "&"
	err := enc.Encode(struct {
		Outcome  Outcome   `json:"outcome"`
		Title    string    `json:"title"`
		Text     string    `json:"text"`
		Entries  []string  `json:"entries,omitempty"`
		Warnings []string  `json:"warnings,omitempty"`
		Sources  []Source  `json:"sources,omitempty"`
		Choices  []Choice  `json:"choices,omitempty"`
		Dose     *Dose     `json:"dose,omitempty"`
		Review   *Review   `json:"review,omitempty"`
		Revision string    `json:"revision,omitempty"`
		Shared   bool      `json:"shared"`
		Pictures []Picture `json:"pictures,omitempty"`
		Files    []File    `json:"files,omitempty"`
	}{r.Outcome, r.Title, r.Text(), r.Entries, r.Warnings(), r.Sources, r.Choices, r.Dose, r.review(), r.Revision, r.Shared, r.Pictures, r.Files})
	return b.Bytes(), err
}

func (r Reply) review() *Review {
	if r.Review.Status == "" {
		return nil
	}
	return &r.Review
}
