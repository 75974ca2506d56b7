// Package platform is what every chat platform needs besides its SDK: jobs
// that run after the answer, a memory that forgets, and a wait that can end
// early. It knows no platform and no command, and imports nothing but the
// standard library.
package platform
