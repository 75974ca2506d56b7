package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrNoInstall is returned for a place that the bot is not installed in.
var ErrNoInstall = errors.New("not installed")

// Install is the bot in one workspace, or in all of an organisation's. Times
// are kept to the second.
type Install struct {
	Team       string // workspace; empty when OrgWide
	Enterprise string // its organisation; empty when it has none
	OrgWide    bool   // for all workspaces of the organisation
	BotUser    string
	Scopes     []string // what the token may do
	Token      string
	Refresh    string    // renews the token; empty when it does not expire
	Expires    time.Time // of the token; zero when it does not
	Installed  time.Time
	Installer  string // user
}

// place is the key of an install.
func (in Install) place() string {
	if in.OrgWide {
		return in.Enterprise
	}
	return in.Team
}

// SaveInstall keeps an install, in place of an earlier one of the same
// workspace or organisation.
func (s *Store) SaveInstall(ctx context.Context, in Install) error {
	db, err := s.writer(ctx)
	if err == nil {
		err = s.saveInstall(ctx, db, in)
	}
	if err != nil {
		return fmt.Errorf("save install of %q: %w", in.place(), plain(err))
	}
	return nil
}

type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (s *Store) saveInstall(ctx context.Context, db executor, in Install) error {
	place := in.place()
	token, err := s.seal.seal(in.Token, whereToken(place))
	if err != nil {
		return err
	}
	refresh, err := s.seal.seal(in.Refresh, whereRefresh(place))
	if err != nil {
		return err
	}
	const values = `($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	_, err = db.ExecContext(ctx, `INSERT INTO installs (place, `+installColumns+`) VALUES `+values+`
		ON CONFLICT (place) DO UPDATE SET (place, `+installColumns+`) = `+values,
		place, in.Team, in.Enterprise, in.OrgWide, in.BotUser, strings.Join(in.Scopes, ","),
		token, refresh, seconds(in.Expires), seconds(in.Installed), in.Installer)
	return err
}

// Install returns the install of a workspace or, when it has none of its own,
// of its organisation. Either id may be empty. The error is ErrNoInstall when
// there is none.
func (s *Store) Install(ctx context.Context, team, enterprise string) (Install, error) {
	var in Install
	err := s.reading(func(db *sql.DB) (err error) {
		in, _, err = s.scanInstall(db.QueryRowContext(ctx, `SELECT `+installColumns+` FROM installs
			WHERE place IN ($1, $2) ORDER BY place = $1 DESC LIMIT 1`, team, enterprise))
		return err
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Install{}, ErrNoInstall
	case err != nil:
		return Install{}, fmt.Errorf("read install of %q in %q: %w", team, enterprise, plain(err))
	}
	return in, nil
}

// DeleteInstall forgets the install of a workspace or, when team is empty, of
// an organisation. It is no error when there is none.
func (s *Store) DeleteInstall(ctx context.Context, team, enterprise string) error {
	place := Install{Team: team, Enterprise: enterprise, OrgWide: team == ""}.place()
	db, err := s.writer(ctx)
	if err == nil {
		_, err = db.ExecContext(ctx, `DELETE FROM installs WHERE place = $1`, place)
	}
	if err != nil {
		return fmt.Errorf("delete install of %q: %w", place, plain(err))
	}
	return nil
}

// ListExpiring returns the installs whose token expires before a time, the
// earliest first.
func (s *Store) ListExpiring(ctx context.Context, before time.Time) ([]Install, error) {
	var list []listed
	err := s.reading(func(db *sql.DB) (err error) {
		list, err = s.listInstalls(ctx, db, `WHERE expires_at > 0 AND expires_at < $1 ORDER BY expires_at`, before.Unix())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list expiring installs: %w", plain(err))
	}
	var all []Install
	for _, l := range list {
		all = append(all, l.Install)
	}
	return all, nil
}

// sealAnew seals with the first key what another one had sealed.
func (s *Store) sealAnew(ctx context.Context, db *sql.DB) error {
	return inTransaction(ctx, db, nil, func(tx *sql.Tx) error {
		list, err := s.listInstalls(ctx, tx, "")
		if err != nil {
			return fmt.Errorf("read installs: %w", err)
		}
		for _, l := range list {
			if !l.old {
				continue
			}
			if err := s.saveInstall(ctx, tx, l.Install); err != nil {
				return fmt.Errorf("seal install of %q anew: %w", l.place(), err)
			}
		}
		return nil
	})
}

// listed is an install as it was found.
type listed struct {
	Install
	old bool // sealed with another key than the first
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func (s *Store) listInstalls(ctx context.Context, db querier, which string, args ...any) (list []listed, err error) {
	rows, err := db.QueryContext(ctx, `SELECT `+installColumns+` FROM installs `+which, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		in, old, err := s.scanInstall(rows)
		if err != nil {
			return nil, fmt.Errorf("install of %q: %w", in.place(), err)
		}
		list = append(list, listed{in, old})
	}
	return list, rows.Err()
}

// installColumns are in the order of scanInstall and saveInstall.
const installColumns = `team_id, enterprise_id, is_enterprise_install, bot_user_id, scopes,
	access_token, refresh_token, expires_at, installed_at, installer_user_id`

type scanner interface{ Scan(dest ...any) error }

func (s *Store) scanInstall(row scanner) (in Install, old bool, err error) {
	var scopes string
	var token, refresh []byte
	var expires, installed int64
	err = row.Scan(&in.Team, &in.Enterprise, &in.OrgWide, &in.BotUser, &scopes,
		&token, &refresh, &expires, &installed, &in.Installer)
	if err != nil {
		return in, false, err
	}
	in.Scopes, in.Expires, in.Installed = strings.Split(scopes, ","), moment(expires), moment(installed)
	if in.Token, old, err = s.seal.open(token, whereToken(in.place())); err != nil {
		return in, false, fmt.Errorf("open token: %w", err)
	}
	if in.Refresh, _, err = s.seal.open(refresh, whereRefresh(in.place())); err != nil {
		return in, false, fmt.Errorf("open refresh token: %w", err)
	}
	return in, old, nil
}

// whereToken and whereRefresh bind what is sealed to its row and column.
func whereToken(place string) string   { return "installs/" + place + "/access_token" }
func whereRefresh(place string) string { return "installs/" + place + "/refresh_token" }

// seconds is a time as the file keeps it; 0 for the zero time.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
