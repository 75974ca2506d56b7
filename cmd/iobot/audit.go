package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"iobot/bot/store"
)

// auditCommand has the tools for those who must be able to trust the record.
func auditCommand(w world) *cobra.Command {
	group := &cobra.Command{Use: "audit", Short: "Check or write out the record of who changed what", Args: noArguments, RunE: showHelp}
	group.AddCommand(
		onState("verify", "Check that no entry was changed, removed or slipped in", w, verifyAudit),
		onState("export", "Write the record out as CSV, one row an act, the oldest first", w, exportAudit),
	)
	return group
}

// backupCommand copies the state of a running program.
func backupCommand(w world) *cobra.Command {
	var path string
	c := &cobra.Command{
		Use: "backup --config FILE COPY", Short: "Copy the state (drafts, approvals, audit) to a new file, also while serve runs",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || path == "" {
				return usageError{errors.New("write iobot backup --config FILE COPY")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return readState(c.Context(), path, w, func(ctx context.Context, s *store.Store, out io.Writer) error {
				if err := s.BackUp(ctx, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(out, "Wrote a copy to %s. To use it, stop the program and name it in the setting state.\n", args[0])
				return err
			})
		},
	}
	c.Flags().StringVar(&path, "config", "", "settings file")
	return c
}

// onState is a command that reads the state of a settings file.
func onState(use, short string, w world, do func(context.Context, *store.Store, io.Writer) error) *cobra.Command {
	var path string
	c := &cobra.Command{
		Use: use + " --config FILE", Short: short, Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("write iobot " + c.Parent().Name() + " " + c.Use)}
			}
			return readState(c.Context(), path, w, do)
		},
	}
	c.Flags().StringVar(&path, "config", "", "settings file")
	return c
}

// readState changes nothing, so that it may run beside serve.
func readState(ctx context.Context, path string, w world, do func(context.Context, *store.Store, io.Writer) error) error {
	settings, err := readConfig(path, w.getenv)
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(ctx, strings.TrimPrefix(settings.State, "sqlite:"))
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, s, w.out), s.Close())
}

func verifyAudit(ctx context.Context, s *store.Store, out io.Writer) error {
	n, err := s.VerifyAudit(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d entries, the chain is whole\n", n)
	return err
}

func exportAudit(ctx context.Context, s *store.Store, out io.Writer) error {
	var acts []store.Act
	err := s.View(ctx, func(tx *store.Tx) (err error) {
		acts, err = tx.Acts("", 0)
		return err
	})
	if err != nil {
		return err
	}
	table := csv.NewWriter(out)
	rows := [][]string{{"number", "at", "person", "account", "verb", "subject", "detail", "hash"}}
	for _, a := range slices.Backward(acts) {
		rows = append(rows, []string{
			strconv.FormatInt(a.Number, 10), a.At.Format(time.RFC3339), inert(a.Person), inert(a.Account),
			inert(a.Verb), inert(a.Subject), inert(a.Detail), a.Hash,
		})
	}
	if err := table.WriteAll(rows); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	return nil
}

// inert keeps a spreadsheet from taking text for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
