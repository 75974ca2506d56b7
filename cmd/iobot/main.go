// Command iobot answers questions about intraosseous infusion.
//
// Without arguments it opens a chat in the terminal over the built-in
// knowledge. `iobot help` lists everything else. It exits with 0 when a reply
// was produced, whatever it says, with 1 when the program failed, and with 2
// when it was called in a way it does not understand.
//
// This package wires the others together and holds no medicine: main.go is
// the command line, wire.go puts the parts together, config.go reads the
// settings, kb.go has the tools for the people who write the knowledge.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], world{os.Getenv, os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// world is everything outside the program, so that a test can stand in for it.
type world struct {
	getenv func(string) string
	in     io.Reader
	out    io.Writer
	err    io.Writer
}

// usageError is a call that was not understood; the program exits with 2.
type usageError struct{ error }

// run is the whole program. It returns the exit status.
func run(ctx context.Context, args []string, w world) int {
	root := rootCommand(w)
	root.SetArgs(args)
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(w.err, "iobot: %v\n", err)
		return 2
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintf(w.err, "iobot: %s\n", line)
	}
	return 1
}

func rootCommand(w world) *cobra.Command {
	root := &cobra.Command{
		Use:           "iobot",
		Short:         "Quick, sourced answers about intraosseous infusion",
		Args:          noArguments,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return chat(c.Context(), chatOptions{}, w) },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		chatCommand(w),
		askCommand(w),
		serveCommand(w),
		kbCommand(w),
		auditCommand(w),
		backupCommand(w),
		configCommand(w),
		slackCommand(w),
		discordCommand(w),
		&cobra.Command{
			Use: "version", Short: "Version, commit and knowledge revision", Args: noArguments,
			RunE: func(*cobra.Command, []string) error { return printVersion(w) },
		},
	)
	return root
}

// noArguments refuses words after a command that takes none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unknown command %q for %q; see iobot help", args[0], c.CommandPath())}
	}
	return nil
}

func configCommand(w world) *cobra.Command {
	group := &cobra.Command{Use: "config", Short: "Check the settings", Args: noArguments, RunE: showHelp}
	var path string
	check := &cobra.Command{
		Use: "check --config FILE", Short: "List all mistakes in a settings file, or print what it means", Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return checkConfig(path, w) },
	}
	check.Flags().StringVar(&path, "config", "", "the settings file")
	group.AddCommand(check)
	return group
}

func showHelp(c *cobra.Command, _ []string) error { return c.Help() }
