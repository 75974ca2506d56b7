package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// Registration brings the commands that Discord has in line with the command
// table.
type Registration struct {
	APIURL        string
	ApplicationID string
	Token         string
	Guild         string // the one server that gets the commands; empty: all
	Commands      []bot.Command
	DryRun        bool // only say what would be written
	Clear         bool // take all commands away instead
}

// Run reads what is registered and writes all of it at once, or nothing when
// nothing differs: a new version makes every client fetch the commands again.
// It returns what differs, one line for each command and option. It writes to
// one server or to all, never to both: people would see every command twice.
func (r Registration) Run(ctx context.Context) ([]string, error) {
	if r.Token == "" {
		return nil, errors.New("register commands: the bot token is needed")
	}
	calls, err := newAPI(r.APIURL, r.ApplicationID, r.Token)
	if err != nil {
		return nil, err
	}
	address := discordgo.EndpointApplicationGlobalCommands(r.ApplicationID)
	if r.Guild != "" {
		address = discordgo.EndpointApplicationGuildCommands(r.ApplicationID, r.Guild)
	}
	live, err := calls.call(ctx, http.MethodGet, address+"?with_localizations=true", nil)
	if err != nil {
		return nil, fmt.Errorf("read the registered commands: %w", err)
	}
	wanted := []*discordgo.ApplicationCommand{}
	if !r.Clear {
		wanted = Commands(r.Commands)
	}
	changes, err := compareCommands(live, wanted)
	if err != nil || len(changes) == 0 || r.DryRun {
		return changes, err
	}
	if _, err := calls.call(ctx, http.MethodPut, address, wanted); err != nil {
		return nil, fmt.Errorf("write the commands: %w", err)
	}
	return changes, nil
}

// compareCommands says in words how commands differ from the live ones.
func compareCommands(live []byte, wanted []*discordgo.ApplicationCommand) ([]string, error) {
	before, err := commandTree(live)
	if err != nil {
		return nil, fmt.Errorf("read the registered commands: %w", err)
	}
	text, err := json.Marshal(wanted)
	if err != nil {
		return nil, fmt.Errorf("write the commands: %w", err)
	}
	after, err := commandTree(text)
	if err != nil {
		return nil, fmt.Errorf("write the commands: %w", err)
	}
	return compare("", before, after), nil
}

// commandTree reads a list of commands by name, without what Discord adds and
// what means the same as nothing.
func commandTree(text []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var list []map[string]any
	if err := dec.Decode(&list); err != nil {
		return nil, err
	}
	tree := map[string]any{}
	for _, c := range list {
		for _, key := range []string{"id", "application_id", "guild_id", "version", "default_permission", "dm_permission"} {
			delete(c, key)
		}
		name := fmt.Sprintf("%v", c["name"])
		if kind := fmt.Sprint(c["type"]); c["type"] != nil && kind != "1" {
			name += " (type " + kind + ")"
		}
		delete(c, "type")
		tree[name] = essence(c)
	}
	return tree, nil
}

// essence drops what means the same as nothing, and writes numbers one way.
func essence(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			item = essence(item)
			if item == nil || key == "name_localized" || key == "description_localized" {
				delete(v, key)
			} else {
				v[key] = item
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = essence(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case json.Number:
		f, err := v.Float64()
		if err == nil {
			return f
		}
	case bool:
		if !v {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}

// compare lists the differences of two trees, each with its place.
func compare(at string, before, after any) []string {
	b, isMap := before.(map[string]any)
	a, stillMap := after.(map[string]any)
	if isMap && stillMap {
		return compareMaps(at, b, a)
	}
	bs, isList := before.([]any)
	as, stillList := after.([]any)
	if isList && stillList && len(bs) == len(as) {
		var all []string
		for i := range bs {
			all = append(all, compare(fmt.Sprintf("%s %d", at, i+1), bs[i], as[i])...)
		}
		return all
	}
	was, is := asJSON(before), asJSON(after)
	if was == is {
		return nil
	}
	return []string{fmt.Sprintf("change%s: %s becomes %s", at, clip(was, maxOption), clip(is, maxOption))}
}

func compareMaps(at string, before, after map[string]any) []string {
	var keys, all []string
	for key := range before {
		keys = append(keys, key)
	}
	for key := range after {
		if _, both := before[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		b, had := before[key]
		a, has := after[key]
		switch {
		case !had:
			all = append(all, "add"+at+" "+key)
		case !has:
			all = append(all, "remove"+at+" "+key)
		default:
			all = append(all, compare(at+" "+key, b, a)...)
		}
	}
	return all
}

// asJSON writes a value so that any two can be compared.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
