package editorial

import (
	"slices"
	"strings"

	"iobot/bot"
)

// Role is what a person may do besides asking.
type Role string

// The roles. Anybody with one of them may withdraw an entry.
const (
	Editor   Role = "editor"   // writes drafts and proposes them
	Approver Role = "approver" // approves what others wrote, and signs entries
)

// Person is somebody who may change the knowledge. All their accounts are the
// same person.
type Person struct {
	Name     string
	Accounts []string // PLATFORM:WORKSPACE/USER
	Roles    []Role
}

// Has reports whether the person has a role.
func (p Person) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// Actor is a person at work under one of their accounts.
type Actor struct {
	Person
	Account string
}

// Denied is an error that says who may do what was asked.
type Denied string

// Error returns the text for whoever asked.
func (d Denied) Error() string { return string(d) }

// Account is how the settings write the account that sent a request.
func Account(q bot.Request) string { return q.Platform + ":" + q.Tenant + "/" + q.User }

// Actor returns the person behind a request; false when the account belongs
// to nobody with a role. Only the ids count that a platform verified, never a
// name.
func (d *Desk) Actor(q bot.Request) (Actor, bool) {
	account := Account(q)
	if q.Tenant == "" || q.User == "" {
		return Actor{}, false
	}
	for _, p := range d.config.People {
		if slices.Contains(p.Accounts, account) && len(p.Roles) > 0 {
			return Actor{p, account}, true
		}
	}
	return Actor{}, false
}

// person returns a person of the settings by name.
func (d *Desk) person(name string) (Person, bool) {
	for _, p := range d.config.People {
		if p.Name == name {
			return p, true
		}
	}
	return Person{}, false
}

// People returns the people of the settings.
func (d *Desk) People() []Person { return d.config.People }

// need refuses who lacks a role, and says who has it.
func (d *Desk) need(a Actor, r Role) error {
	if p, ok := d.person(a.Name); ok && p.Has(r) {
		return nil
	}
	return Denied("Only an " + string(r) + " can do that. Ask " + d.who(r, a.Name) + ".")
}

// who names the people with a role, but for one.
func (d *Desk) who(r Role, but string) string {
	var names []string
	for _, p := range d.config.People {
		if p.Has(r) && p.Name != but {
			names = append(names, p.Name)
		}
	}
	switch len(names) {
	case 0:
		return "whoever runs this bot: the settings name no other " + string(r)
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
