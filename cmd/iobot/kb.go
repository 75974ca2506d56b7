package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"iobot/knowledge"
	"iobot/knowledge/content"
	"iobot/knowledge/dose"
	"iobot/knowledge/picture"
)

// kbCommand has the tools for the people who write the knowledge.
func kbCommand(w world) *cobra.Command {
	group := &cobra.Command{Use: "kb", Short: "Check, write out and compare the knowledge", Args: noArguments, RunE: showHelp}
	group.AddCommand(
		&cobra.Command{
			Use: "lint [DIR]", Short: "List every mistake in a folder, or in the built-in content", Args: upTo(1),
			RunE: func(_ *cobra.Command, args []string) error { return lint(first(args), w) },
		},
		&cobra.Command{
			Use: "init DIR", Short: "Write the starter content out as a folder to edit", Args: exactly(1),
			RunE: func(_ *cobra.Command, args []string) error { return export(content.FS(), args[0], w) },
		},
		exportCommand(w),
		&cobra.Command{
			Use: "diff A B", Short: "Say in words what differs between two folders, doses first", Args: exactly(2),
			RunE: func(_ *cobra.Command, args []string) error { return diff(args[0], args[1], w) },
		},
		&cobra.Command{
			Use: "schema [KIND]", Short: "Print a JSON Schema for editors that complete and check YAML", Args: upTo(1),
			Long: "Print a JSON Schema for editors that complete and check YAML: one for any file of a folder, or for one KIND, such as drugs.",
			RunE: func(_ *cobra.Command, args []string) error { return schema(first(args), w) },
		},
	)
	return group
}

func exportCommand(w world) *cobra.Command {
	var config string
	c := &cobra.Command{
		Use: "export DIR", Short: "Write the live content out", Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			p, err := load(c.Context(), config, w)
			if err != nil {
				return err
			}
			if p.desk == nil {
				return export(contentOf(""), args[0], w)
			}
			defer func() { err = errors.Join(err, p.finish(context.WithoutCancel(c.Context()))) }()
			return export(p.desk.Content(), args[0], w)
		},
	}
	c.Flags().StringVar(&config, "config", "", "settings file")
	return c
}

func exactly(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{fmt.Errorf("write iobot kb %s", c.Use)}
		}
		return nil
	}
}

func upTo(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return usageError{fmt.Errorf("write iobot kb %s", c.Use)}
		}
		return nil
	}
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// lint lists every mistake, one a line on standard error, and fails when
// there is one. A drawing that the content does not bear out is no mistake: the
// answer goes without it, and a note says why.
func lint(dir string, w world) error {
	problems := knowledge.Lint(contentOf(dir), dose.Check)
	if len(problems) > 0 {
		return problems
	}
	base, err := loadKnowledge(dir)
	if err != nil {
		return err
	}
	for _, missing := range picture.Lint(base) {
		if _, err := fmt.Fprintln(w.out, "Note:", missing); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(w.out, "No mistakes found.")
	return err
}

// schema prints the JSON Schema of a kind of file.
func schema(kind string, w world) error {
	text, err := knowledge.JSONSchema(kind)
	if err != nil {
		return usageError{err}
	}
	_, err = w.out.Write(text)
	return err
}

func export(from fs.FS, dir string, w world) error {
	if err := knowledge.Export(from, dir); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w.out, "Wrote the content to %s. Check your changes with: iobot kb lint %s\n", dir, dir)
	return err
}

func diff(a, b string, w world) error {
	before, err := loadKnowledge(a)
	if err != nil {
		return err
	}
	after, err := loadKnowledge(b)
	if err != nil {
		return err
	}
	changes := knowledge.Diff(before, after)
	if len(changes) == 0 {
		_, err := fmt.Fprintln(w.out, "Nothing differs.")
		return err
	}
	for _, c := range changes {
		if _, err := fmt.Fprintln(w.out, c.Text); err != nil {
			return err
		}
	}
	return nil
}
