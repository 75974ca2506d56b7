package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"iobot/bot/console"
)

// askOptions are the flags of `iobot ask`.
type askOptions struct {
	json, batch bool
	config      string
	as          string   // account to ask as: PLATFORM:WORKSPACE/USER
	values      []string // NAME=TEXT, for the form of the reply
	valuesFile  string
	save        string // folder for pictures and files
}

func askCommand(w world) *cobra.Command {
	var o askOptions
	c := &cobra.Command{
		Use:     "ask [flags] WORDS…",
		Short:   "Answer one question and exit",
		Example: "  iobot ask dose adrenaline 12 kg\n  iobot ask site 8 months\n  iobot ask why flush",
		RunE:    func(c *cobra.Command, words []string) error { return askOnce(c.Context(), o, words, w) },
	}
	// What follows the first word is the question, so "-5 kg" is no flag.
	c.Flags().SetInterspersed(false)
	c.Flags().BoolVar(&o.json, "json", false, "print the reply as JSON")
	c.Flags().BoolVar(&o.batch, "batch", false, "read one question a line and print one JSON reply a line")
	c.Flags().StringVar(&o.config, "config", "", "settings file")
	c.Flags().StringVar(&o.as, "as", "", "account to ask as, such as slack:T0001/U0001")
	c.Flags().StringArrayVar(&o.values, "value", nil, "NAME=TEXT fills in a field of the reply's form and sends it; may be repeated")
	c.Flags().StringVar(&o.valuesFile, "values", "", "JSON file of such values: {\"NAME\": \"TEXT\"}")
	c.Flags().StringVar(&o.save, "save", "", "write the pictures and files of the reply to this folder")
	return c
}

// check says what is wrong with how ask was called.
func (o askOptions) check(words []string) error {
	switch {
	case o.batch != (len(words) == 0):
		return errors.New("write the question after ask, or one question a line with --json --batch")
	case o.batch && !o.json:
		return errors.New("--batch prints JSON: write --json --batch")
	case o.batch && (o.values != nil || o.valuesFile != "" || o.save != ""):
		return errors.New("--batch takes no --value, --values or --save: ask one question at a time")
	}
	return nil
}

// askOnce answers the words as one question, or every line of standard input.
func askOnce(ctx context.Context, o askOptions, words []string, w world) (err error) {
	if err := o.check(words); err != nil {
		return usageError{err}
	}
	q, err := asker(o.as)
	if err != nil {
		return usageError{err}
	}
	values, err := o.formValues()
	if err != nil {
		return err
	}
	if !o.batch {
		debug.SetGCPercent(oneAnswerGC)
	}
	p, err := load(ctx, o.config, w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.finish(context.WithoutCancel(ctx))) }()
	if o.batch {
		return console.Batch(ctx, p.bot, q, w.in, w.out)
	}
	once := console.Once{Bot: p.bot, Style: style(w), Media: media(w, p.assets), JSON: o.json, Values: values}
	once.Media.Folder = o.save
	q.Line = strings.Join(words, " ")
	err = once.Ask(ctx, q, w.out)
	var wrong console.ValuesError
	if errors.As(err, &wrong) {
		return usageError{err}
	}
	return err
}

// oneAnswerGC lets a process that answers once and ends collect less often
// than Go's 100: a tenth of its time for 10 MiB.
const oneAnswerGC = 400

// formValues reads the values for a form; nil when there are none. A flag
// counts more than the file.
func (o askOptions) formValues() (map[string]string, error) {
	if o.values == nil && o.valuesFile == "" {
		return nil, nil
	}
	values := map[string]string{}
	if o.valuesFile != "" {
		if err := readValues(o.valuesFile, values); err != nil {
			return nil, fmt.Errorf("read values of %s: %w", o.valuesFile, err)
		}
	}
	for _, value := range o.values {
		name, text, ok := strings.Cut(value, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--value %q: write --value NAME=TEXT", value)}
		}
		values[name] = text
	}
	return values, nil
}

// readValues reads a JSON object of texts. A null is refused: it could mean to
// empty the field, or to leave it alone.
func readValues(path string, values map[string]string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var read map[string]*string
	if err := json.Unmarshal(text, &read); err != nil {
		return fmt.Errorf(`write {"NAME": "TEXT"}: %w`, err)
	}
	for name, value := range read {
		if value == nil {
			return fmt.Errorf("%s is null: write a text, or \"\" to empty the field", name)
		}
		values[name] = *value
	}
	return nil
}
