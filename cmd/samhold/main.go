// Command samhold runs the Samhold forum: see "samhold --help".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // the zone of Denmark, wherever the binary runs

	"github.com/alecthomas/kong"

	"samhold/internal/config"
)

// version is set when the binary is built for others; see the Dockerfile.
var version string

// cli is every subcommand.
type cli struct {
	Demo    demoCommand    `cmd:"" help:"Show a ready community with invented Danish content."`
	Serve   serveCommand   `cmd:"" help:"Serve the forum, as the SAMHOLD_* variables say."`
	Ready   readyCommand   `cmd:"" help:"Ask whether the process on this machine serves."`
	Migrate migrateCommand `cmd:"" help:"Change the database's schema."`
	Staff   staffCommand   `cmd:"" help:"Let staff in."`
	Reindex reindexCommand `cmd:"" help:"Rebuild the search index without downtime."`
	Triage  triageCommand  `cmd:"" help:"Assess texts: JSON lines in, JSON lines out."`
	Fill    fillCommand    `cmd:"" help:"Fill a database of its own with invented content, for load tests."`
	Audit   auditCommand   `cmd:"" help:"Look after the log of what staff did."`
	Key     keyCommand     `cmd:"" help:"Look after the keys under which texts are sealed."`

	Backup    backupCommand    `cmd:"" help:"Write everything into one encrypted file, also while serving."`
	BackupKey backupKeyCommand `cmd:"" help:"Make the key pair that backups are made for."`
	Doctor    doctorCommand    `cmd:"" help:"Look the installation over, and say what to do."`
	Restore   restoreCommand   `cmd:"" help:"Put a backup into an empty installation."`
	SearchKey searchKeyCommand `cmd:"" help:"Let a Meilisearch server know Samhold's key."`
}

// world is what a command may touch.
type world struct {
	in  io.Reader
	out io.Writer
	log *slog.Logger
	env map[string]string
}

func (w *world) config() (config.Config, error) { return config.Load(w.env) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "samhold:", err)
		stop()
		os.Exit(1)
	}
}

// run does one command. It is main without the process.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) error {
	w := &world{in: in, out: out, log: slog.New(slog.NewTextHandler(errs, nil)), env: environment(os.Environ())}
	var c cli
	parser, err := kong.New(&c, kong.Name("samhold"), kong.Writers(out, errs), kong.UsageOnError(),
		kong.Description("A self-hosted forum for relatives of people with addiction, young people and people in aftercare."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(w), kong.Exit(func(int) { panic(errHelpShown) }))
	if err != nil {
		return err
	}
	return parse(parser, args)
}

var errHelpShown = errors.New("help shown")

// parse runs what the arguments say; a request for help is no error.
func parse(parser *kong.Kong, args []string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p != any(errHelpShown) {
				panic(p)
			}
			err = nil
		}
	}()
	k, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return k.Run()
}

func environment(pairs []string) map[string]string {
	m := make(map[string]string, len(pairs))
	for _, p := range pairs {
		if name, value, ok := strings.Cut(p, "="); ok {
			m[name] = value
		}
	}
	return m
}
