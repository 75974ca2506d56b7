package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"iobot/bot"
)

// drain is the longest that stopping takes.
const drain = 9 * time.Second

// service is one chat platform that is switched on.
type service struct {
	name   string                      // "slack"
	poster bot.Poster                  // posts what nobody asked for
	routes http.Handler                // what the platform calls over HTTP; nil when it does not
	path   string                      // under which the routes lie: "/slack/"
	run    func(context.Context) error // until the context ends; nil when there is nothing to run
	ready  func() error                // why it cannot answer now
	close  func(context.Context) error // waits for what is being sent
}

func serveCommand(w world) *cobra.Command {
	var path string
	c := &cobra.Command{
		Use: "serve --config FILE", Short: "Run the bots that a settings file switches on", Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("write iobot serve --config FILE")}
			}
			return serve(c.Context(), path, w)
		},
	}
	c.Flags().StringVar(&path, "config", "", "settings file")
	return c
}

// serve runs until the context ends or something cannot go on.
func serve(ctx context.Context, path string, w world) (err error) {
	c, err := readConfig(path, w.getenv)
	if err != nil {
		return err
	}
	if c.Slack.Mode == "off" && c.Discord.Mode == "off" {
		return fmt.Errorf("%s switches nothing on: set slack.mode or discord.mode", path)
	}
	logger := slog.New(slog.NewJSONHandler(w.err, nil))
	p, err := wireState(ctx, c, logger, w.getenv)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.finish(context.WithoutCancel(ctx))) }()
	m := newMetrics(p)
	services, err := p.services(m, logger, w)
	if err != nil {
		return err
	}
	services = append(services, p.deskService(services))
	h := &health{program: p, services: services, now: time.Now}
	public, err := listen(c.Listen, publicRoutes(services, p.assets, h), logger)
	if err != nil {
		return err
	}
	admin, err := listen(c.AdminListen, adminRoutes(m, h), logger)
	if err != nil {
		return errors.Join(err, public.listener.Close())
	}
	logger.Info("listening", "public", public.listener.Addr().String(), "admin", admin.listener.Addr().String(),
		"revision", p.library.Snapshot().Base().Revision)
	return runAll(ctx, services, []*server{public, admin}, logger)
}

// services are the platforms that the settings switch on.
func (p *program) services(m *metrics, log *slog.Logger, w world) ([]service, error) {
	var list []service
	if p.config.Slack.Mode != "off" {
		s, err := slackService(p, m, log, w)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	if p.config.Discord.Mode != "off" {
		s, err := discordService(p, m, log, w)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func publicRoutes(services []service, a bot.Assets, h *health) http.Handler {
	mux := http.NewServeMux()
	if pictures, ok := a.(http.Handler); ok {
		mux.Handle("GET /assets/{name}", pictures)
	}
	for _, s := range services {
		if s.routes != nil {
			mux.Handle(s.path, s.routes)
		}
	}
	h.routes(mux)
	return mux
}

func adminRoutes(m *metrics, h *health) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.handler())
	h.routes(mux)
	return mux
}

// server is an HTTP server with the listener it was given.
type server struct {
	*http.Server
	listener net.Listener
}

// listen opens an address. The timeouts and sizes keep a slow or broken
// client from holding on to what others need.
func listen(address string, h http.Handler, logger *slog.Logger) (*server, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return &server{listener: l, Server: &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      15 * time.Second,
		IdleTimeout:       30 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // it writes what strangers sent
	}}, nil
}

// runAll runs everything until the context ends or one part fails, and then
// stops all of it within ten seconds.
func runAll(ctx context.Context, services []service, servers []*server, logger *slog.Logger) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	parts := make(chan struct{})
	count := 0
	start := func(part func() error) {
		count++
		go func() {
			if err := part(); err != nil {
				stop(err)
			}
			parts <- struct{}{}
		}()
	}
	for _, s := range servers {
		start(func() error {
			if err := s.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
				return fmt.Errorf("serve %s: %w", s.listener.Addr(), err)
			}
			return nil
		})
	}
	for _, s := range services {
		if s.run != nil {
			start(func() error { return s.run(ctx) })
		}
	}
	<-ctx.Done()
	logger.Info("stopping")
	err := shutDown(services, servers)
	for range count {
		<-parts
	}
	logger.Info("stopped")
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return errors.Join(cause, err)
	}
	return err
}

// shutDown lets the servers finish the requests they have, and the platforms
// what they are sending.
func shutDown(services []service, servers []*server) error {
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	var errs []error
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			errs = append(errs, fmt.Errorf("stop listening on %s: %w", s.listener.Addr(), err), s.Close())
		}
	}
	for _, s := range services {
		if err := s.close(ctx); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
