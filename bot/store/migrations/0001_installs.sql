-- A place is a workspace, or an organisation whose install is for all its
-- workspaces. Times are seconds since 1970; expires_at 0 is never.
CREATE TABLE installs (
    place                 TEXT    PRIMARY KEY CHECK (place <> ''),
    team_id               TEXT    NOT NULL,
    enterprise_id         TEXT    NOT NULL,
    is_enterprise_install INTEGER NOT NULL,
    bot_user_id           TEXT    NOT NULL,
    scopes                TEXT    NOT NULL,
    access_token          BLOB    NOT NULL,
    refresh_token         BLOB    NOT NULL,
    expires_at            INTEGER NOT NULL,
    installed_at          INTEGER NOT NULL,
    installer_user_id     TEXT    NOT NULL
) STRICT;

CREATE INDEX installs_by_expiry ON installs (expires_at) WHERE expires_at > 0;
