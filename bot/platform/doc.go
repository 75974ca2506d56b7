// Package platform is what every chat platform needs besides its SDK: jobs
// that run after the answer, a memory that forgets, limits for many at once,
// the age of a signed request, and what sending a call twice needs. It knows no
// platform and no command.
package platform
