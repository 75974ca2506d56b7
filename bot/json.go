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
		Form     *formJSON `json:"form,omitempty"`
	}{r.Outcome, r.Title, r.Text(), r.Entries, r.Warnings(), r.Sources, r.Choices, r.Dose, r.review(), r.Revision, r.Shared, r.Pictures, r.Files, r.Form.json()})
	return b.Bytes(), err
}

func (r Reply) review() *Review {
	if r.Review.Status == "" {
		return nil
	}
	return &r.Review
}

// formJSON is a form as programs read it.
type formJSON struct {
	Title  string      `json:"title"`
	Line   string      `json:"line"`
	Submit string      `json:"submit,omitempty"`
	Fields []fieldJSON `json:"fields"`
}

// fieldJSON is a FormField; the command of a choice is the value to send.
type fieldJSON struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Hint     string   `json:"hint,omitempty"`
	Value    string   `json:"value"`
	Long     bool     `json:"long,omitempty"`
	Optional bool     `json:"optional,omitempty"`
	Choices  []Choice `json:"choices,omitempty"`
	Problem  string   `json:"problem,omitempty"`
}

func (f *Form) json() *formJSON {
	if f == nil {
		return nil
	}
	out := &formJSON{Title: f.Title, Line: f.Line, Submit: f.Submit, Fields: []fieldJSON{}}
	for _, field := range f.Fields {
		out.Fields = append(out.Fields, fieldJSON(field))
	}
	return out
}
