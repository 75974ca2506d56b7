package store

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Forgotten begins the name under which somebody is shown whose name was
// erased: "a forgotten person (7)". The number keeps two such people apart,
// and stays the same in everything that the person did.
const Forgotten = "a forgotten person"

const forgottenAccount = "a forgotten account"

var errForgottenName = errors.New("nobody can be named " + Forgotten + "; write the person's own name")

func personDigest(number int64, name *string) string {
	return textDigest("iobot person 1", number, name).hex()
}

func accountDigest(number int64, account *string, person int64) string {
	return textDigest("iobot account 1", number, account).number(person).hex()
}

// textDigest tells a text that was erased from an empty one.
func textDigest(kind string, number int64, text *string) digest {
	d := newDigest(kind).number(number).flag(text != nil)
	if text != nil {
		d.text(*text)
	}
	return d
}

// person returns the number of a name, giving one to a new name.
func (tx *Tx) person(name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	if strings.HasPrefix(name, Forgotten) {
		return tx.forgottenPerson(name)
	}
	var number int64
	err := tx.row([]any{&number}, `SELECT number FROM people WHERE name = $1`, name)
	if !errors.Is(err, ErrNotFound) {
		return number, err
	}
	number, err = tx.insert(`INSERT INTO people (name, digest) VALUES ($1, '') RETURNING number`, name)
	if err != nil {
		return 0, err
	}
	_, err = tx.exec(`UPDATE people SET digest = $1 WHERE number = $2`, personDigest(number, &name), number)
	return number, err
}

// forgottenPerson returns the number in what name wrote, so that what was read
// can be kept again.
func (tx *Tx) forgottenPerson(name string) (int64, error) {
	digits := strings.TrimSuffix(strings.TrimPrefix(name, Forgotten+" ("), ")")
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, errForgottenName
	}
	if known, err := tx.name(number); err != nil || known != name {
		return 0, errors.Join(errForgottenName, err)
	}
	return number, nil
}

// name returns the name of a number.
func (tx *Tx) name(number int64) (string, error) {
	if number == 0 {
		return "", nil
	}
	if name, ok := tx.names[number]; ok {
		return name, nil
	}
	var name *string
	var sum string
	err := tx.row([]any{&name, &sum}, `SELECT name, digest FROM people WHERE number = $1`, number)
	switch {
	case errors.Is(err, ErrNotFound):
		return "", damaged("there is no person %d", number)
	case err != nil:
		return "", err
	case sum != personDigest(number, name):
		return "", damaged("the name of person %d was changed after it was written", number)
	}
	shown := fmt.Sprintf("%s (%d)", Forgotten, number)
	if name != nil {
		shown = *name
	}
	tx.names[number] = shown
	return shown, nil
}

// persons are the numbers of names, each once, in their order.
func (tx *Tx) persons(names []string) ([]int64, error) {
	var numbers []int64
	for _, name := range names {
		n, err := tx.person(name)
		if err != nil {
			return nil, err
		}
		if n != 0 && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers, nil
}

func (tx *Tx) namesOf(numbers []int64) ([]string, error) {
	var names []string
	for _, n := range numbers {
		name, err := tx.name(n)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// account returns the number of an account, and notes whose it is when that
// is known.
func (tx *Tx) account(account string, person int64) (int64, error) {
	if account == "" {
		return 0, nil
	}
	var number, owner int64
	err := tx.row([]any{&number, &owner}, `SELECT number, person FROM accounts WHERE account = $1`, account)
	switch {
	case errors.Is(err, ErrNotFound):
		number, err = tx.insert(`INSERT INTO accounts (account, person, digest) VALUES ($1, 0, '') RETURNING number`, account)
	case err == nil && (person == 0 || person == owner):
		return number, nil
	}
	if err != nil {
		return 0, err
	}
	_, err = tx.exec(`UPDATE accounts SET person = $1, digest = $2 WHERE number = $3`,
		person, accountDigest(number, &account, person), number)
	return number, err
}

// accountNamed returns the account of a number.
func (tx *Tx) accountNamed(number int64) (string, error) {
	if number == 0 {
		return "", nil
	}
	var account *string
	var person int64
	var sum string
	err := tx.row([]any{&account, &person, &sum}, `SELECT account, person, digest FROM accounts WHERE number = $1`, number)
	switch {
	case errors.Is(err, ErrNotFound):
		return "", damaged("there is no account %d", number)
	case err != nil:
		return "", err
	case sum != accountDigest(number, account, person):
		return "", damaged("account %d was changed after it was written", number)
	case account == nil:
		return forgottenAccount, nil
	}
	return *account, nil
}

// Forget erases an account, the name of the person whose it is, and that
// person's other accounts, and returns how many of these there were. What the
// person did stays, under a number. Who acts again after that is somebody new.
func (tx *Tx) Forget(account string) (int, error) {
	var number, person int64
	err := tx.row([]any{&number, &person}, `SELECT number, person FROM accounts WHERE account = $1`, account)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("forget an account: %w", err)
	}
	numbers := []int64{number}
	if person != 0 {
		numbers, err = collect(tx, scanOne[int64], `SELECT number FROM accounts WHERE person = $1 AND account IS NOT NULL`, person)
		if err != nil {
			return 0, fmt.Errorf("forget an account: %w", err)
		}
	}
	for _, n := range numbers {
		if _, err := tx.exec(`UPDATE accounts SET account = NULL, digest = $1 WHERE number = $2`, accountDigest(n, nil, person), n); err != nil {
			return 0, fmt.Errorf("forget account %d: %w", n, err)
		}
	}
	named, err := tx.exec(`UPDATE people SET name = NULL, digest = $1 WHERE number = $2 AND name IS NOT NULL`, personDigest(person, nil), person)
	if err != nil {
		return 0, fmt.Errorf("forget person %d: %w", person, err)
	}
	delete(tx.names, person)
	tx.erased = true
	return len(numbers) + int(named), nil
}
