package quantity

import (
	"fmt"
	"strings"
)

// Age is an age in half-hours, so that a day (48), a week (336), a month
// (1,461: a twelfth of 365.25 days) and a year (17,532) are all whole.
type Age int64

// The lengths of the units of age.
const (
	Hour  Age = 2
	Day   Age = 48
	Week  Age = 336
	Month Age = 1461
	Year  Age = 17532
)

// maxAge is the age above which nothing is believed.
const maxAge = 130 * Year

// String prints an age as people say it: "3 days", "8 months",
// "5 years 3 months".
func (a Age) String() string {
	years, months := a/Year, a%Year/Month
	if a >= 3*Year && a%Month == 0 && months > 0 {
		return count(int64(years), "year") + " " + count(int64(months), "month")
	}
	return a.single()
}

// single prints an age in one unit, which ParseAgeRange reads back.
func (a Age) single() string {
	switch {
	case a == 0:
		return "0 days"
	case a%Year == 0:
		return count(int64(a/Year), "year")
	case a%Month == 0:
		return count(int64(a/Month), "month")
	case a%Week == 0 && a > 4*Week: // up to 28 days people count days
		return count(int64(a/Week), "week")
	case a%Day == 0:
		return count(int64(a/Day), "day")
	default:
		return count(int64(a/Hour), "hour")
	}
}

// count prints "1 year", "2 years".
func count(n int64, unit string) string {
	text := Whole(n).String() + " " + unit
	if n != 1 {
		text += "s"
	}
	return text
}

// parseAge reads "29 days" or "1 year".
func parseAge(s string) (Age, error) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := parseNumber(number)
	if err != nil {
		return 0, err
	}
	length, err := ageUnit(unit)
	if err != nil {
		return 0, err
	}
	whole, ok := n.Int64()
	if !ok || whole > int64(maxAge/length) {
		return 0, fmt.Errorf("%q is not an age in whole hours, days, weeks, months or years", s)
	}
	return Age(whole) * length, nil
}

// ageUnit is the length of a unit of age as the content writes it.
func ageUnit(word string) (Age, error) {
	switch strings.TrimSuffix(word, "s") {
	case "hour":
		return Hour, nil
	case "day":
		return Day, nil
	case "week":
		return Week, nil
	case "month":
		return Month, nil
	case "year":
		return Year, nil
	default:
		return 0, fmt.Errorf("unknown unit of age %q; known are hours, days, weeks, months, years", word)
	}
}

// AgeRange is a half-open range of ages, From inclusive, Under exclusive;
// Under zero means no upper end. AtBirth is the delivery room: a population of
// its own that no other range includes unless it says so.
type AgeRange struct {
	From, Under Age
	AtBirth     bool // the first minutes of life, before or after resuscitation
	OnlyAtBirth bool // nothing but the delivery room
}

// ParseAgeRange reads a range as the content writes it: "0 days to under 18
// years", "18 years and over", "under 3 months", "at birth", "any age".
func ParseAgeRange(s string) (AgeRange, error) {
	r, err := parseAgeRange(s)
	if err != nil {
		return AgeRange{}, fmt.Errorf("age %q: %w", s, err)
	}
	return r, nil
}

func parseAgeRange(s string) (AgeRange, error) {
	switch s {
	case "any age":
		return AgeRange{AtBirth: true}, nil
	case "at birth":
		return AgeRange{AtBirth: true, OnlyAtBirth: true}, nil
	}
	if from, isOpen := strings.CutSuffix(s, " and over"); isOpen {
		age, err := parseAge(from)
		return AgeRange{From: age}, err
	}
	if under, isOpen := strings.CutPrefix(s, "under "); isOpen {
		return boundedAges("0 days", under)
	}
	from, under, found := strings.Cut(s, " to under ")
	if !found {
		return AgeRange{}, fmt.Errorf(`not a range such as "29 days to under 1 year", "18 years and over", "at birth" or "any age"`)
	}
	return boundedAges(from, under)
}

// boundedAges is the range between two written ages.
func boundedAges(from, under string) (AgeRange, error) {
	low, err := parseAge(from)
	if err != nil {
		return AgeRange{}, err
	}
	high, err := parseAge(under)
	if err != nil {
		return AgeRange{}, err
	}
	if low >= high {
		return AgeRange{}, fmt.Errorf("the range must rise")
	}
	return AgeRange{From: low, Under: high}, nil
}

// String prints the range as the content writes it.
func (r AgeRange) String() string {
	switch {
	case r.OnlyAtBirth:
		return "at birth"
	case r.AtBirth && r.From == 0 && r.Under == 0:
		return "any age"
	case r.Under == 0:
		return r.From.single() + " and over"
	default:
		return r.From.single() + " to under " + r.Under.single()
	}
}

// Contains says that an age after the delivery room is in the range.
func (r AgeRange) Contains(a Age) bool {
	return !r.OnlyAtBirth && a >= r.From && (r.Under == 0 || a < r.Under)
}

// Overlaps reports whether some patient belongs to both ranges. The delivery
// room is a population of its own: only ranges that both include it meet
// there.
func (r AgeRange) Overlaps(s AgeRange) bool {
	if (r.AtBirth || r.OnlyAtBirth) && (s.AtBirth || s.OnlyAtBirth) {
		return true
	}
	if r.OnlyAtBirth || s.OnlyAtBirth {
		return false
	}
	return (r.Under == 0 || s.From < r.Under) && (s.Under == 0 || r.From < s.Under)
}
